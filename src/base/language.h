/* What a language tag (BCP 47) tells. */
#ifndef BRIEFING_BASE_LANGUAGE_H
#define BRIEFING_BASE_LANGUAGE_H

#include "base/str.h"

/* Whether the language is written from right to left: by its script where the tag names one, else by its
 * usual one. */
bool language_is_rtl(struct str tag);

#endif
