/* Properties of code points. The ranges that are told here are those of Latin prose: HarfBuzz need not be
 * loaded for them. */
#include "text/unicode.h"

#include <hb.h>

enum { LATIN_END = 0x250, SIGNS = 0x2000 };

/* Letters of Latin below its end, beyond ASCII. */
static bool is_latin_letter(uint32_t c)
{
    return c == 0xAA || c == 0xBA || (c >= 0xC0 && c != 0xD7 && c != 0xF7);
}

/* Signs and punctuation of all scripts; no letter is among them. */
static bool is_common_sign(uint32_t c)
{
    return (c >= SIGNS && c <= 0x2064 && c != 0x200C && c != 0x200D) || (c >= 0x20A0 && c <= 0x20BF) ||
           (c >= 0x2190 && c <= 0x2426) || (c >= 0x25A0 && c <= 0x27BF);
}

bool unicode_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 32) - 'a' < 26;
    if (c < LATIN_END)
        return is_latin_letter(c) || c == 0xB5;
    if (is_common_sign(c))
        return false;
    hb_unicode_general_category_t kind = hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
    return kind >= HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER &&
           kind <= HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER;
}

uint32_t unicode_script(uint32_t c)
{
    if (c < 0x80)
        return (c | 32) - 'a' < 26 ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON;
    if (c < LATIN_END)
        return is_latin_letter(c) ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON;
    if (is_common_sign(c))
        return HB_SCRIPT_COMMON;
    return hb_unicode_script(hb_unicode_funcs_get_default(), c);
}
