/* String slices: borrowed UTF-8 bytes with a length, not terminated. */
#ifndef BRIEFING_BASE_STR_H
#define BRIEFING_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct str {
    const char *p; /* may be NULL when n is 0 */
    size_t n;      /* bytes */
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).n, ((s).p ? (s).p : "")

struct str str_from(const char *text); /* NULL gives an empty slice */
bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *text);
int str_cmp(struct str a, struct str b); /* by bytes, shorter first */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
struct str str_trim(struct str s); /* without spaces, tabs and line ends at both ends */
struct str str_slice(struct str s, size_t from, size_t to); /* clamped */
size_t str_find(struct str s, struct str what);             /* byte offset, or SIZE_MAX */

struct str str_dup(struct arena *arena, struct str s); /* the copy is followed by a NUL byte */
const char *str_z(struct arena *arena, struct str s);  /* a NUL-terminated copy */
struct str str_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The nearest of count candidates within a third of the word's length in edits (Damerau-Levenshtein,
 * optimal string alignment), or an empty slice. For "did you mean". */
struct str str_nearest(struct str word, const struct str *candidates, size_t count);

#endif
