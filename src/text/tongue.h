/* Languages as shaping knows them, each once in a process. */
#ifndef BRIEFING_TEXT_TONGUE_H
#define BRIEFING_TEXT_TONGUE_H

#include <stdbool.h>
#include <stdint.h>

struct tongue {
    struct tongue *next;
    uint64_t prelinked; /* its bit in prelinked tables, 0: it is not among them */
    bool is_french;
    const void *_Atomic harfbuzz; /* hb_language_t, NULL: not asked for yet */
    char name[];          /* BCP 47, in small letters */
};

/* The language of a tag, whatever its case; NULL for NULL. It lives as long as the process. */
const struct tongue *tongue_find(const char *language);

/* Its hb_language_t. */
const void *tongue_for_harfbuzz(const struct tongue *tongue);

#endif
