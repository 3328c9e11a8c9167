/* Entities in prose (CommonMark 0.30, 6.2): numbers, and the names that people type. */
#include "prose/prose_parts.h"

static const struct {
    const char *name;
    int32_t c;
} names[] = {
    {"amp", '&'},       {"lt", '<'},         {"gt", '>'},         {"quot", '"'},      {"apos", '\''},
    {"nbsp", 0xA0},     {"shy", 0xAD},       {"ensp", 0x2002},    {"emsp", 0x2003},   {"thinsp", 0x2009},
    {"mdash", 0x2014},  {"ndash", 0x2013},   {"hellip", 0x2026},  {"bull", 0x2022},   {"middot", 0xB7},
    {"copy", 0xA9},     {"reg", 0xAE},       {"trade", 0x2122},   {"sect", 0xA7},     {"para", 0xB6},
    {"laquo", 0xAB},    {"raquo", 0xBB},     {"lsquo", 0x2018},   {"rsquo", 0x2019},  {"sbquo", 0x201A},
    {"ldquo", 0x201C},  {"rdquo", 0x201D},   {"bdquo", 0x201E},   {"lsaquo", 0x2039}, {"rsaquo", 0x203A},
    {"euro", 0x20AC},   {"pound", 0xA3},     {"yen", 0xA5},       {"cent", 0xA2},     {"deg", 0xB0},
    {"plusmn", 0xB1},   {"times", 0xD7},     {"divide", 0xF7},    {"minus", 0x2212},  {"frac12", 0xBD},
    {"frac14", 0xBC},   {"frac34", 0xBE},    {"permil", 0x2030},  {"micro", 0xB5},    {"sup2", 0xB2},
    {"sup3", 0xB3},     {"ordf", 0xAA},      {"ordm", 0xBA},      {"dagger", 0x2020}, {"Dagger", 0x2021},
    {"larr", 0x2190},   {"uarr", 0x2191},    {"rarr", 0x2192},    {"darr", 0x2193},   {"harr", 0x2194},
    {"ne", 0x2260},     {"le", 0x2264},      {"ge", 0x2265},      {"asymp", 0x2248},  {"infin", 0x221E},
    {"auml", 0xE4},     {"ouml", 0xF6},      {"uuml", 0xFC},      {"Auml", 0xC4},     {"Ouml", 0xD6},
    {"Uuml", 0xDC},     {"szlig", 0xDF},     {"agrave", 0xE0},    {"aacute", 0xE1},   {"acirc", 0xE2},
    {"atilde", 0xE3},   {"aring", 0xE5},     {"aelig", 0xE6},     {"ccedil", 0xE7},   {"egrave", 0xE8},
    {"eacute", 0xE9},   {"ecirc", 0xEA},     {"euml", 0xEB},      {"igrave", 0xEC},   {"iacute", 0xED},
    {"icirc", 0xEE},    {"iuml", 0xEF},      {"ntilde", 0xF1},    {"ograve", 0xF2},   {"oacute", 0xF3},
    {"ocirc", 0xF4},    {"otilde", 0xF5},    {"oslash", 0xF8},    {"ugrave", 0xF9},   {"uacute", 0xFA},
    {"ucirc", 0xFB},    {"Eacute", 0xC9},    {"Aring", 0xC5},     {"Oslash", 0xD8},   {"Ccedil", 0xC7},
};

/* The same characters are refused when they stand in a file as they are. */
static bool is_allowed(int32_t c)
{
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF)
        return false;
    if ((c >= 0x2028 && c <= 0x202E) || c == 0xFEFF)
        return false;
    return !(c >= 0xFDD0 && c <= 0xFDEF) && (c & 0xFFFE) != 0xFFFE;
}

static int32_t by_number(struct str digits, int32_t base)
{
    int32_t c = 0;
    for (size_t i = 0; i < digits.n; i++) {
        char digit = digits.p[i];
        int32_t value = digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
        c = c * base + value;
        if (c > 0x10FFFF)
            return -1;
    }
    return is_allowed(c) ? c : -1;
}

int32_t prose_entity(struct str entity)
{
    struct str name = str_slice(entity, 1, entity.n - 1);
    if (str_starts(name, STR("#x")) || str_starts(name, STR("#X")))
        return by_number(str_slice(name, 2, name.n), 16);
    if (str_starts(name, STR("#")))
        return by_number(str_slice(name, 1, name.n), 10);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i].name))
            return names[i].c;
    return 0;
}
