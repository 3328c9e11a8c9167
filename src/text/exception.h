/* Hyphenation that a house asks for, word by word, in place of what the patterns say. */
#ifndef BRIEFING_TEXT_EXCEPTION_H
#define BRIEFING_TEXT_EXCEPTION_H

#include "text/text.h"

/* Whether the word of count lower-case letters is excepted in a language (BCP 47; an exception for "en" holds in
 * "en-GB" too). If so, points[i] is set when it may be broken before letter i. */
bool exception_word(const struct text_exceptions *all, const char *language, uint32_t *letters, size_t count,
                    bool *points);

/* Languages and words as text_exceptions_make was given them, one after the other: those of which the same is told do the
 * same. Empty: there are none. */
struct str exceptions_told(const struct text_exceptions *all);

#endif
