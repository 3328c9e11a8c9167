/* Column widths and colours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout/colour.h"
#include "layout/table_width.h"

static int64_t sum(const struct column_width *columns, size_t count)
{
    int64_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += columns[i].width;
    return total;
}

static void columns_fill_the_room(void **state)
{
    (void)state;
    struct column_width roomy[] = {{20000, 50000, 0, false}, {10000, 30000, 0, true}, {10000, 70000, 0, false}};
    table_width_share(roomy, 3, 300000);
    assert_int_equal(sum(roomy, 3), 300000);
    assert_int_equal(roomy[1].width, 30000);
    assert_true(roomy[0].width >= 50000 && roomy[2].width >= 70000);

    struct column_width tight[] = {{20000, 900000, 0, false}, {30000, 45000, 0, true}, {25000, 300000, 0, false}};
    table_width_share(tight, 3, 300000);
    assert_int_equal(sum(tight, 3), 300000);
    assert_int_equal(tight[1].width, 45000);
    assert_true(tight[0].width > tight[2].width);
    assert_true(tight[2].width >= 25000);
}

/* One endless word does not starve the columns beside it. */
static void long_words_give_way(void **state)
{
    (void)state;
    struct column_width columns[] = {
        {25000000, 25000000, 0, false}, {40000, 120000, 0, false}, {30000, 60000, 0, false}};
    table_width_share(columns, 3, 450000);
    assert_int_equal(sum(columns, 3), 450000);
    assert_true(columns[1].width >= 40000);
    assert_true(columns[2].width >= 30000);
    assert_true(columns[0].width >= 100000);
}

static void text_can_be_read_on_every_accent(void **state)
{
    (void)state;
    const struct colour black = {0, 0, 0}, white = {255, 255, 255};
    assert_in_range(colour_contrast(black, white), 2098, 2100);
    static const struct str accents[] = {{"#0b3d5c", 7}, {"#ffff00", 7}, {"#ff0000", 7}, {"#ffffff", 7},
                                         {"#000000", 7}, {"#00ff7f", 7}, {"#808080", 7}, {"blue", 4}};
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++) {
        struct palette p = palette_make(accents[i]);
        const struct colour grounds[] = {p.paper, p.tint, p.tint_strong};
        for (size_t g = 0; g < 3; g++) {
            assert_true(colour_contrast(p.text, grounds[g]) >= 450);
            assert_true(colour_contrast(p.quiet, grounds[g]) >= 450);
            assert_true(colour_contrast(p.link, grounds[g]) >= 450);
        }
        assert_true(colour_contrast(p.accent, p.paper) >= 300);
        assert_true(colour_contrast(p.on_accent, p.accent) >= 450 ||
                    colour_contrast(p.on_accent, p.accent) >= colour_contrast(p.text, p.accent));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_fill_the_room),
        cmocka_unit_test(long_words_give_way),
        cmocka_unit_test(text_can_be_read_on_every_accent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
