/* The three things that ICU is asked for. The library is opened on first need; when it is not there each
 * answers false and the caller does without. */
#ifndef BRIEFING_TEXT_ICU_H
#define BRIEFING_TEXT_ICU_H

#include "base/str.h"

#include <stdint.h>

enum icu_base { ICU_LTR, ICU_RTL, ICU_FIRST_STRONG };

/* Embedding levels (UAX #9) of each byte of text, and the direction of the paragraph. */
bool icu_levels(struct arena *scratch, struct str text, enum icu_base base, uint8_t *levels, bool *rtl);

/* Marks with 1 the bytes before which a line may break (UAX #14). breaks has text.n + 1 zeroed places. The
 * language (BCP 47, may be NULL) chooses the rules for Chinese, Japanese and Korean. */
bool icu_breaks(struct arena *scratch, struct str text, const char *language, uint8_t *breaks);

/* The character's name as Unicode has it, "" when it has none. */
bool icu_name(uint32_t code_point, char *name, size_t size);

#endif
