/* Scores as whole hundredths. */
#include "base/decimal.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

enum score_problem score_parse(struct str text, int *hundredths)
{
    size_t i = 0;
    bool large = false;
    int whole = 0, fraction = 0;
    bool negative = i < text.n && text.p[i] == '-';
    if (negative)
        i++;
    size_t whole_from = i;
    for (; i < text.n && is_digit(text.p[i]); i++) {
        whole = whole * 10 + (text.p[i] - '0');
        if (whole > 1) {
            large = true;
            whole = 2;
        }
    }
    if (i == whole_from)
        return SCORE_NOT_DECIMAL;
    bool finer = false;
    if (i < text.n) {
        if (text.p[i++] != '.' || i == text.n)
            return SCORE_NOT_DECIMAL;
        int scale = 10;
        for (; i < text.n && is_digit(text.p[i]); i++) {
            fraction += scale * (text.p[i] - '0');
            finer = finer || (scale == 0 && text.p[i] != '0');
            scale /= 10;
        }
        if (i < text.n)
            return SCORE_NOT_DECIMAL;
    }
    int value = whole * 100 + fraction;
    if (large || value > 100 || (value == 100 && finer) || (negative && (value || finer)))
        return SCORE_OUT_OF_RANGE;
    *hundredths = value;
    return finer ? SCORE_TOO_FINE : SCORE_OK;
}

struct str score_format(struct arena *arena, int hundredths)
{
    char *text = arena_room(arena, 4, 1);
    text[0] = (char)('0' + hundredths / 100);
    text[1] = '.';
    text[2] = (char)('0' + hundredths / 10 % 10);
    text[3] = (char)('0' + hundredths % 10);
    return (struct str){text, 4};
}
