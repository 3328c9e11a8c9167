/* Directions: which way a paragraph runs, and the level of each of its bytes. */
#ifndef BRIEFING_TEXT_DIRECTION_H
#define BRIEFING_TEXT_DIRECTION_H

#include "text/text.h"

/* Whether a code point can make text run from right to left: a letter or number of such a script, or a sign
 * that asks for it. */
bool direction_is_rtl(uint32_t code_point);

/* Levels of each byte (UAX #9) of the paragraph's text, which is its runs one after the other; run_start
 * tells where each begins, and the end. has_rtl, has_ltr: there are letters of either direction. False: all
 * of it runs from left to right, or ICU is not there; levels are not set then. */
bool direction_levels(const struct text_paragraph *in, struct str text, const uint32_t *run_start,
                      bool has_rtl, bool has_ltr, struct arena *scratch, uint8_t *levels, uint8_t *edges,
                      bool *rtl);

#endif
