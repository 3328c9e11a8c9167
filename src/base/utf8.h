/* UTF-8 over utf8proc: validation, iteration, normalisation, clusters and display width. */
#ifndef BRIEFING_BASE_UTF8_H
#define BRIEFING_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* What utf8_next does where the character is none of ASCII. */
int32_t utf8_next_beyond_ascii(struct str s, size_t *offset);

/* Decodes the code point at *offset of valid or invalid UTF-8 and moves *offset past it (by one byte and
 * returning -1 where the bytes are no UTF-8). At the end returns -1 and leaves *offset. */
static inline int32_t utf8_next(struct str s, size_t *offset)
{
    if (*offset < s.n && (unsigned char)s.p[*offset] < 0x80)
        return s.p[(*offset)++];
    return utf8_next_beyond_ascii(s, offset);
}

/* Offset of the first byte that is no UTF-8 (RFC 3629), or SIZE_MAX when all of it is. */
size_t utf8_invalid(struct str s);

/* NFC form (UAX #15); returns s itself when it is NFC already, or has more than 30 combining marks in a row.
 * s must be valid UTF-8. */
struct str utf8_nfc(struct arena *arena, struct str s);

/* Whether each character stays as it is in NFC, whatever stands around it: told at a glance of nearly all
 * text that is NFC, and then of every stretch of it. */
bool utf8_surely_nfc(struct str s);

/* Byte offset of the end of the grapheme cluster (UAX #29) that starts at offset. */
size_t utf8_cluster_end(struct str s, size_t offset);

/* Columns that s takes on a terminal: combining marks 0, wide characters 2. */
size_t utf8_width(struct str s);

size_t utf8_length(struct str s); /* code points */

/* Whether a code point is a letter or a number (general categories L and N). */
bool utf8_is_alphanumeric(int32_t c);

/* Number of words for reading time: runs of letters and digits; each Han, kana or Thai cluster counts as half
 * a word. */
size_t utf8_words(struct str s);

/* The same for a text that comes in pieces, each of whole characters; {0} before the first. */
struct utf8_words {
    size_t halves; /* of a word */
    bool inside;   /* one that may go on in the next piece */
};
void utf8_words_add(struct utf8_words *words, struct str s);
size_t utf8_words_counted(const struct utf8_words *words);

#endif
