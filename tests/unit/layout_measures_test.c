/* Column widths and colours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

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
    struct column_width roomy[] = {{20000, 50000, 0, 0, 0, false}, {10000, 30000, 0, 0, 0, true}, {10000, 70000, 0, 0, 0, false}};
    table_width_share(roomy, 3, 300000);
    assert_int_equal(sum(roomy, 3), 300000);
    assert_true(roomy[0].width > 50000 && roomy[1].width > 30000 && roomy[2].width > 70000);
    /* What is over goes to all of them: more to the longer, but not in proportion. */
    int32_t more[] = {roomy[0].width - 50000, roomy[1].width - 30000, roomy[2].width - 70000};
    assert_true(more[1] < more[0] && more[0] < more[2]);
    assert_true(more[2] < 2 * more[1]);

    struct column_width numbered[] = {{9000, 9000, 0, 0, 0, true}, {10000, 80000, 0, 0, 0, false}, {9000, 20000, 0, 0, 0, true}};
    table_width_share(numbered, 3, 300000);
    assert_int_equal(sum(numbered, 3), 300000);
    assert_int_equal(numbered[0].width, 9000);
    assert_true(numbered[2].width > 20000);

    struct column_width tight[] = {{20000, 900000, 0, 0, 0, false}, {30000, 45000, 0, 0, 0, true}, {25000, 300000, 0, 0, 0, false}};
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
        {25000000, 25000000, 0, 0, 0, false}, {40000, 120000, 0, 0, 0, false}, {30000, 60000, 0, 0, 0, false}};
    table_width_share(columns, 3, 450000);
    assert_int_equal(sum(columns, 3), 450000);
    assert_true(columns[1].width >= 40000);
    assert_true(columns[2].width >= 30000);
    assert_true(columns[0].width >= 100000);
}

/* Figures keep their width, and words beside them 26 points; where there is no room for that, nothing is shared out. */
static void figures_stay_whole(void **state)
{
    (void)state;
    struct column_width columns[] = {
        {200000, 300000, 0, 0, 0, false}, {90000, 90000, 90000, 0, 0, false}, {80000, 90000, 80000, 0, 0, false}};
    assert_true(table_width_share(columns, 3, 220000));
    assert_int_equal(sum(columns, 3), 220000);
    assert_true(columns[0].width >= 26000);
    assert_true(columns[1].width >= 90000);
    assert_true(columns[2].width >= 80000);
    struct column_width narrow[] = {
        {200000, 300000, 0, 0, 0, false}, {90000, 90000, 90000, 0, 0, false}, {80000, 90000, 80000, 0, 0, false}};
    assert_false(table_width_share(narrow, 3, 195000));
    struct column_width one[] = {{90000, 90000, 90000, 0, 0, false}};
    assert_false(table_width_share(one, 1, 80000));
}

/* WCAG 2.2 AA: text 4.5 to 1 (1.4.3), drawings 3 to 1 (1.4.11), on each ground that the page has. */
static void check_palette(struct str accent)
{
    struct palette p = palette_make(accent);
    const struct colour grounds[] = {p.paper, p.tint, p.tint_strong};
    for (size_t g = 0; g < 3; g++) {
        assert_true(colour_contrast(p.text, grounds[g]) >= 450);
        assert_true(colour_contrast(p.quiet, grounds[g]) >= 450);
        assert_true(colour_contrast(p.link, grounds[g]) >= 450);
        assert_true(colour_contrast(p.accent, grounds[g]) >= 300);
    }
    assert_true(colour_contrast(p.on_accent, p.accent) >= 450);
    assert_true(colour_contrast(p.warning, p.paper) >= 450);
}

static void every_accent_keeps_its_contrast(void **state)
{
    (void)state;
    const struct colour black = {0, 0, 0}, white = {255, 255, 255};
    assert_in_range(colour_contrast(black, white), 2098, 2100);
    char accent[8];
    for (unsigned r = 0; r < 256; r += 15)
        for (unsigned g = 0; g < 256; g += 15)
            for (unsigned b = 0; b < 256; b += 15) {
                snprintf(accent, sizeof accent, "#%02x%02x%02x", r, g, b);
                check_palette(str_from(accent));
            }
    check_palette(STR("blue"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_fill_the_room),
        cmocka_unit_test(long_words_give_way),
        cmocka_unit_test(figures_stay_whole),
        cmocka_unit_test(every_accent_keeps_its_contrast),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
