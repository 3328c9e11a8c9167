/* The accent of a letter. Whole numbers only, so that every machine writes the same. */
#include "mail/letter_colour.h"

/* Of 255² × 10,000: a relative luminance of 0.175, a little below the 0.183 at which white is 4.5 times as
 * light. Squares stand for the curve of sRGB: above it, but for the darkest tones. */
enum { DARK_ENOUGH = 113793750 };

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool parse(struct str text, int rgb[3])
{
    if (text.n != 7 || text.p[0] != '#')
        return false;
    for (size_t i = 0; i < 3; i++) {
        int high = hex_digit(text.p[2 * i + 1]), low = hex_digit(text.p[2 * i + 2]);
        if (high < 0 || low < 0)
            return false;
        rgb[i] = high * 16 + low;
    }
    return true;
}

static bool is_light(const int rgb[3])
{
    return 2126 * rgb[0] * rgb[0] + 7152 * rgb[1] * rgb[1] + 722 * rgb[2] * rgb[2] > DARK_ENOUGH;
}

struct str letter_accent(struct arena *arena, struct str accent)
{
    int given[3], rgb[3];
    if (!parse(accent, given))
        return STR("#0b3d5c");
    for (int percent = 100; percent > 0; percent -= 5) {
        for (size_t i = 0; i < 3; i++)
            rgb[i] = given[i] * percent / 100;
        if (!is_light(rgb))
            break;
    }
    return str_printf(arena, "#%02x%02x%02x", (unsigned)rgb[0], (unsigned)rgb[1], (unsigned)rgb[2]);
}
