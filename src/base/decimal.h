/* Scores: decimals from 0.00 to 1.00 in whole hundredths, never a float. */
#ifndef BRIEFING_BASE_DECIMAL_H
#define BRIEFING_BASE_DECIMAL_H

#include <stdbool.h>

#include "base/str.h"

enum score_problem { SCORE_OK, SCORE_NOT_DECIMAL, SCORE_OUT_OF_RANGE, SCORE_TOO_FINE };

/* Reads "0.82", "1", "0.5", ".5" is no decimal. On SCORE_TOO_FINE *hundredths is the lower of the two
 * neighbours. */
enum score_problem score_parse(struct str text, int *hundredths);

/* "0.82"; always two places. Of 0 to 999. */
struct str score_format(struct arena *arena, int hundredths);

#endif
