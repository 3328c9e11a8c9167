/* The digits of numbers below 1000, as text. */
#include "pdf/token.h"

#define DIGIT(number, unit) '0' + (number) / (unit) % 10
#define WHOLE(a, b, c)                                                                                       \
    {                                                                                                        \
        {DIGIT(100 * (a) + 10 * (b) + (c), (a)   ? 100                                                       \
                                           : (b) ? 10                                                        \
                                                 : 1),                                                       \
         DIGIT(100 * (a) + 10 * (b) + (c), (a) ? 10 : 1), '0' + (c)},                                        \
            (a)   ? 3                                                                                        \
            : (b) ? 2                                                                                        \
                  : 1                                                                                        \
    }
#define FRACTION(a, b, c)                                                                                    \
    {                                                                                                        \
        {'0' + (a), '0' + (b), '0' + (c)}, (c) ? 4 : (b) ? 3 : (a) ? 2 : 0                                   \
    }
#define TEN(one, a, b)                                                                                       \
    one(a, b, 0), one(a, b, 1), one(a, b, 2), one(a, b, 3), one(a, b, 4), one(a, b, 5), one(a, b, 6),        \
        one(a, b, 7), one(a, b, 8), one(a, b, 9)
#define HUNDRED(one, a)                                                                                      \
    TEN(one, a, 0), TEN(one, a, 1), TEN(one, a, 2), TEN(one, a, 3), TEN(one, a, 4), TEN(one, a, 5),          \
        TEN(one, a, 6), TEN(one, a, 7), TEN(one, a, 8), TEN(one, a, 9)
#define THOUSAND(one)                                                                                        \
    HUNDRED(one, 0), HUNDRED(one, 1), HUNDRED(one, 2), HUNDRED(one, 3), HUNDRED(one, 4), HUNDRED(one, 5),    \
        HUNDRED(one, 6), HUNDRED(one, 7), HUNDRED(one, 8), HUNDRED(one, 9)

const struct token_digits token_wholes[1000] = {THOUSAND(WHOLE)};
const struct token_digits token_fractions[1000] = {THOUSAND(FRACTION)};
