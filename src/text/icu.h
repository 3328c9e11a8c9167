/* The three things that ICU is asked for. The library is opened on first need; when it is not there each
 * answers false and the caller does without. */
#ifndef BRIEFING_TEXT_ICU_H
#define BRIEFING_TEXT_ICU_H

#include "base/str.h"

#include <stdint.h>

enum icu_base { ICU_LTR, ICU_RTL, ICU_FIRST_STRONG };

/* Bytes [from, to) that are treated as if in an isolate: from left to right, or as their first strong character
 * has it. */
struct icu_island {
    uint32_t from, to;
    bool ltr;
};

/* Embedding levels (UAX #9) of each byte of text, and the direction of the paragraph. Islands stand in the order
 * of the text, none in another. edges, if not NULL, has text.n + 1 zeroed places: where an isolate begins or ends
 * before a byte it gets the level outside plus 1. Such a place parts what is on either side even where nothing
 * stands there. */
bool icu_levels(struct arena *scratch, struct str text, enum icu_base base, const struct icu_island *islands,
                size_t count, uint8_t *levels, uint8_t *edges, bool *rtl);

/* Marks with 1 the bytes before which a line may break (UAX #14). breaks has text.n + 1 zeroed places. The
 * language (BCP 47, may be NULL) chooses the rules for Chinese, Japanese and Korean. */
bool icu_breaks(struct arena *scratch, struct str text, const char *language, uint8_t *breaks);

/* The character's name as Unicode has it, "" when it has none. */
bool icu_name(uint32_t code_point, char *name, size_t size);

#endif
