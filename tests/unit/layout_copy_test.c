/* The copy line: words that are set, and a slot for an id that is not known. */
#include "layout_fake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static struct pages *set(struct fake_fixture *f, const char *copy_line, bool personal)
{
    struct text_engine *engine = ARENA_NEW(&f->arena, struct text_engine);
    struct image_set *images = ARENA_NEW(&f->arena, struct image_set);
    *engine = layout_fake_engine();
    fake_text(&f->arena, &f->document.blocks, STYLE_BODY, fake_words(&f->arena, 1, 1500));
    f->document.running.copy_line = str_from(copy_line);
    struct layout_options options = {
        .width_mpt = 595276, .height_mpt = 841890, .images = images, .personal = personal};
    return layout_document(&f->arena, &f->document, &options, engine, &f->diags);
}

/* The item of a page whose text begins so; NULL. */
static const struct page_item *find(const struct page *page, const char *text)
{
    for (size_t i = 0; i < page->item_count; i++)
        if (page->items[i].kind == ITEM_GLYPHS &&
            str_starts(page->items[i].u.glyphs.segment->text, str_from(text)))
            return &page->items[i];
    return NULL;
}

static void slot_follows_its_words(void **state)
{
    struct fake_fixture *f = *state;
    struct pages *pages = set(f, "Copy {copy} of a member", true);
    assert_true(pages->count > 1);
    assert_non_null(pages->copy.face);
    int32_t widest = 16 * pages->copy.letters[0].advance_mpt + 3 * pages->copy.letters[32].advance_mpt;
    for (size_t p = 0; p < pages->count; p++) {
        const struct page_item *before = find(&pages->items[p], "Copy "),
                               *behind = find(&pages->items[p], " of a member");
        assert_non_null(before);
        assert_non_null(behind);
        assert_int_equal(before->node, PAGE_ARTIFACT);
        assert_int_equal(before->y, pages->copy.y);
        assert_int_equal(behind->y, pages->copy.y);
        assert_in_range(pages->copy.x - before->x, before->u.glyphs.segment->width_mpt - 10,
                        before->u.glyphs.segment->width_mpt + pages->copy.size_mpt);
        assert_true(behind->x >= pages->copy.x + widest);
        assert_null(find(&pages->items[p], "0000"));
    }
    assert_int_equal(f->diags.warnings + f->diags.errors, 0);
    fake_check_no_overlap(pages);
}

/* In a volume the feet of its parts differ, and the slot is one. */
static void slot_stands_still(void **state)
{
    struct fake_fixture *f = *state;
    struct pages *one = set(f, "Copy {copy}", true);
    f->document.running.foot_left = fake_words(&f->arena, 1, 22);
    f->document.running.marking = STR("TLP:AMBER+STRICT");
    struct pages *two = set(f, "Copy {copy}", true);
    assert_int_equal(one->copy.x, two->copy.x);
    assert_int_equal(one->copy.y, two->copy.y);
    fake_check_on_paper(two);
    fake_check_no_overlap(two);
}

static void long_words_are_cut_and_the_slot_stays(void **state)
{
    struct fake_fixture *f = *state;
    struct buf words = {0};
    for (int i = 0; i < 20; i++)
        buf_text(&words, "xx ");
    buf_text(&words, "{copy}");
    for (int i = 0; i < 20; i++)
        buf_text(&words, " yy");
    struct pages *pages = set(f, str_z(&f->arena, buf_view(&words)), true);
    buf_done(&words);
    assert_non_null(pages->copy.face);
    assert_int_equal(f->diags.per_code[DIAG_TEXT_SHORTENED], 2);
    const struct page_item *behind = find(&pages->items[0], " y");
    assert_non_null(behind);
    assert_true(behind->x + behind->u.glyphs.segment->width_mpt < pages->width_mpt * 6 / 10);
}

static void others_have_no_copy_line(void **state)
{
    struct fake_fixture *f = *state;
    struct pages *pages = set(f, "Copy {copy}", false);
    assert_null(pages->copy.face);
    assert_null(find(&pages->items[0], "Copy"));
}

static void trace_shows_the_slot(void **state)
{
    struct fake_fixture *f = *state;
    struct buf out = {0};
    pages_trace(&out, set(f, "Copy {copy}", true));
    assert_true(str_find(buf_view(&out), STR("\ncopy ")) != SIZE_MAX);
    buf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(slot_follows_its_words, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(slot_stands_still, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(long_words_are_cut_and_the_slot_stays, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(others_have_no_copy_line, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(trace_shows_the_slot, fake_set_up, fake_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
