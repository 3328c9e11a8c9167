/* Properties of code points: the ranges that are told without HarfBuzz are as it tells them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <hb.h>

#include "text/unicode.h"

static void as_harfbuzz(void **state)
{
    (void)state;
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    for (uint32_t c = 0; c < 0x30000; c++) {
        hb_unicode_general_category_t kind = hb_unicode_general_category(unicode, c);
        bool letter = kind >= HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER &&
                      kind <= HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER;
        if (unicode_is_letter(c) != letter || unicode_script(c) != (uint32_t)hb_unicode_script(unicode, c))
            fail_msg("U+%04X differs", c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_harfbuzz)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
