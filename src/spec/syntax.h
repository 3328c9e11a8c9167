/* The exact form of single values: slugs, ids, language tags, addresses, colours, sizes. Pure functions of a
 * text. */
#ifndef BRIEFING_SPEC_SYNTAX_H
#define BRIEFING_SPEC_SYNTAX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* [a-z0-9] words joined by single '-', 1 to 64 characters. */
bool syntax_slug(struct str s);

/* The slug that s was perhaps meant to be ("Lu_Heng" → "lu-heng"), or an empty slice. */
struct str syntax_slug_near(struct arena *arena, struct str s);

/* [A-Za-z0-9][A-Za-z0-9._-]{0,63} */
bool syntax_id(struct str s);

/* A well-formed language tag (RFC 5646, 2.1), without the grandfathered ones and the primary subtags of four
 * and more letters, which are reserved or registered by nobody. */
bool syntax_language(struct str s);

/* https: or http: with a host, or mailto: with an address; no blank or control character. */
bool syntax_url(struct str s);

/* Something that mail can plausibly be sent to: one '@', a local part of dot-atom form (RFC 5322, 3.2.3) or
 * of letters beyond ASCII (RFC 6531), and a domain with at least one dot. */
bool syntax_email(struct str s);

/* '#' and six hexadecimal digits. */
bool syntax_colour(struct str s);

/* "5 MB", "500 kB", "4 MiB", "1048576 B": a whole number and a unit, in bytes. From 10,000 to 1,000,000,000.
 */
bool syntax_size(struct str s, uint64_t *bytes);

/* Letters with single hyphens between them, at least two letters long. */
bool syntax_hyphenated(struct str s);

/* ASCII only; no locale. */
static inline bool syntax_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline char syntax_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static inline bool syntax_is_letter(char c)
{
    char lower = syntax_lower(c);
    return lower >= 'a' && lower <= 'z';
}

struct str syntax_lower_copy(struct arena *arena, struct str s);

#endif
