/* Copy ids: a keyed digest (BLAKE2b, RFC 7693) that tells whose personal copy a PDF is to whoever has the key, and
 * nothing to anyone else. */
#ifndef BRIEFING_BASE_COPY_ID_H
#define BRIEFING_BASE_COPY_ID_H

#include <stdbool.h>

#include "base/str.h"

/* Made from the publisher's key file. Wipe it after use (secret.h). */
struct copy_key {
    unsigned char bytes[32];
};

/* "7KQM-2F9X-AB3D-9TZC": 75 bits in Crockford's base 32 (no I, L, O, U) and a check letter. */
struct copy_id {
    char text[20]; /* NUL-terminated */
};

#define COPY_ID_ALPHABET "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/* What a copy is made for. Ids compare whatever the case of the member's id (roster ids are unique so). */
struct copy_subject {
    struct str member, entity, edition, tier;
};

/* The key of a key file's bytes; NULL, or the rule that they break as the end of a sentence ("has fewer than 32
 * bytes"). A single line end behind them does not count. */
const char *copy_key_make(struct str file, struct copy_key *key);

struct copy_id copy_id_make(const struct copy_key *key, const struct copy_subject *subject);

/* Reads an id as somebody typed it: any case, with or without hyphens, dashes, spaces and line ends, O for 0, I and L for 1.
 * false, and an empty id, when it is none or its check letter is wrong: that catches every single wrong letter and any two
 * that changed places. */
bool copy_id_parse(struct str typed, struct copy_id *id);

/* The sign, +1 or -1, that a stretch of marked text (UTF-8) carries for a copy (see pdf/mark.h). Only its letters and digits
 * count: not case (of A to Z), spaces, punctuation, hyphens, nor whether ligatures are one character. */
int copy_id_sign(const struct copy_id *id, struct str letters);

#endif
