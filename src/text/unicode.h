/* Properties of code points, by HarfBuzz's tables; those of Latin text and common signs without it. */
#ifndef BRIEFING_TEXT_UNICODE_H
#define BRIEFING_TEXT_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

/* General category L. */
bool unicode_is_letter(uint32_t c);
/* Script (UAX #24) as hb_script_t. */
uint32_t unicode_script(uint32_t c);

#endif
