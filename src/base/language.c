/* Language tags. */
#include "base/language.h"

#include <stdint.h>

/* Two to four letters as one number. */
#define TAG(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

static uint32_t tag_of(struct str part)
{
    uint32_t tag = 0;
    for (size_t i = 0; i < 4; i++)
        tag = tag << 8 | (i < part.n ? (unsigned char)part.p[i] : 0u);
    return part.n <= 4 ? tag : 0;
}

static bool is_rtl_script(struct str part)
{
    switch (tag_of(part)) {
    case TAG('A', 'd', 'l', 'm'):
    case TAG('A', 'r', 'a', 'b'):
    case TAG('A', 'r', 'a', 'n'):
    case TAG('H', 'e', 'b', 'r'):
    case TAG('M', 'a', 'n', 'd'):
    case TAG('N', 'k', 'o', 'o'):
    case TAG('R', 'o', 'h', 'g'):
    case TAG('S', 'a', 'm', 'r'):
    case TAG('S', 'y', 'r', 'c'):
    case TAG('T', 'h', 'a', 'a'):
        return true;
    default:
        return false;
    }
}

static bool is_rtl_language(struct str part)
{
    switch (tag_of(part)) {
    case TAG('a', 'r', 0, 0):
    case TAG('a', 'r', 'c', 0):
    case TAG('c', 'k', 'b', 0):
    case TAG('d', 'v', 0, 0):
    case TAG('f', 'a', 0, 0):
    case TAG('h', 'e', 0, 0):
    case TAG('i', 'w', 0, 0):
    case TAG('k', 'h', 'w', 0):
    case TAG('k', 's', 0, 0):
    case TAG('n', 'q', 'o', 0):
    case TAG('p', 's', 0, 0):
    case TAG('s', 'd', 0, 0):
    case TAG('s', 'y', 'r', 0):
    case TAG('u', 'g', 0, 0):
    case TAG('u', 'r', 0, 0):
    case TAG('y', 'i', 0, 0):
        return true;
    default:
        return false;
    }
}

bool language_is_rtl(struct str tag)
{
    if (tag.n == 2 || (tag.n == 5 && tag.p[2] == '-')) /* a language, and its country: no script */
        return is_rtl_language((struct str){tag.p, 2});
    bool first = true, rtl = false;
    for (size_t at = 0; at < tag.n;) {
        size_t end = at;
        while (end < tag.n && tag.p[end] != '-')
            end++;
        struct str part = str_slice(tag, at, end);
        if (first)
            rtl = is_rtl_language(part);
        else if (part.n == 4 && (unsigned char)part.p[0] > '9') /* a variant of four begins with a digit */
            return is_rtl_script(part);
        else if (part.n < 3)
            break;
        first = false;
        at = end + 1;
    }
    return rtl;
}
