/* Rectangles that are drawn before all else. */
#include "pdf/backdrop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct page_item rect(uint32_t node, int32_t y, int32_t height)
{
    struct page_item item = {.kind = ITEM_RECT, .node = node, .y = y};
    item.u.rect.width = 100000;
    item.u.rect.height = height;
    return item;
}

static void rules_and_tints_are_taken(void **state)
{
    (void)state;
    struct backdrop backdrop;
    backdrop_init(&backdrop, 842000);
    struct page_item rule = rect(PAGE_ARTIFACT, 100000, 500), tint = rect(PAGE_ARTIFACT, 50000, 200000);
    struct page_item words = {.kind = ITEM_GLYPHS, .node = 1, .y = 100000};
    assert_true(backdrop_takes(&backdrop, &rule));
    assert_false(backdrop_takes(&backdrop, &words));
    assert_true(backdrop_takes(&backdrop, &tint)); /* over no words, but over the rule: in their order */
}

static void nothing_goes_below_what_it_covered(void **state)
{
    (void)state;
    struct path_step steps[] = {
        {PATH_MOVE, {0}, {400000}}, {PATH_CURVE, {0}, {410000, 300000, 420000}}, {PATH_CLOSE, {0}, {0}}};
    struct page_path path = {.steps = steps, .count = 3, .fill = true};
    struct page_item element = rect(3, 100000, 20000), line = {.kind = ITEM_PATH};
    struct page_item picture = {.kind = ITEM_IMAGE, .y = 600000};
    picture.u.image.height = 100000;
    line.u.path = &path;
    struct page_item over[] = {rect(PAGE_ARTIFACT, 90000, 10500), rect(PAGE_ARTIFACT, 310000, 500),
                               rect(PAGE_ARTIFACT, 699000, 500), rect(PAGE_ARTIFACT, -10000, 900000)};
    struct page_item beside[] = {rect(PAGE_ARTIFACT, 80000, 10500), rect(PAGE_ARTIFACT, 290000, 500),
                                 rect(PAGE_ARTIFACT, 702000, 500), rect(PAGE_ARTIFACT, 900000, 1000)};
    for (size_t i = 0; i < 4; i++) {
        struct backdrop backdrop;
        backdrop_init(&backdrop, 842000);
        assert_false(backdrop_takes(&backdrop, &element));
        assert_false(backdrop_takes(&backdrop, &line));
        assert_false(backdrop_takes(&backdrop, &picture));
        assert_true(backdrop_takes(&backdrop, &beside[i]));
        assert_false(backdrop_takes(&backdrop, &over[i]));
    }
}

static void one_that_stays_keeps_those_over_it(void **state)
{
    (void)state;
    struct backdrop backdrop;
    backdrop_init(&backdrop, 842000);
    struct page_item element = rect(3, 100000, 20000), over = rect(PAGE_ARTIFACT, 110000, 100000),
                     over_that = rect(PAGE_ARTIFACT, 200000, 500);
    assert_false(backdrop_takes(&backdrop, &element));
    assert_false(backdrop_takes(&backdrop, &over));
    assert_false(backdrop_takes(&backdrop, &over_that));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_and_tints_are_taken),
        cmocka_unit_test(nothing_goes_below_what_it_covered),
        cmocka_unit_test(one_that_stays_keeps_those_over_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
