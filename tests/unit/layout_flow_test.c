/* Rhythm of pages: spaces that fit the page, columns that begin on different pages, last pages of a few
 * lines, single lines, and the words of the meter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout_fake.h"

enum { TOP = 76000, FOOT = 841890 - 76000, LINE = 14000 };

/* A text with a page and a baseline; page SIZE_MAX when it is on none. */
struct spot {
    size_t page;
    int32_t x, y;
};

static struct spot find(const struct pages *pages, const char *beginning)
{
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->items[p].item_count; i++) {
            const struct page_item *item = &pages->items[p].items[i];
            if (fake_is_body(item) && str_starts(item->u.glyphs.segment->text, str_from(beginning)))
                return (struct spot){p, item->x, item->y};
        }
    }
    return (struct spot){.page = SIZE_MAX};
}

static int32_t lowest_on(const struct pages *pages, size_t page)
{
    int32_t lowest = 0;
    for (size_t i = 0; i < pages->items[page].item_count; i++) {
        const struct page_item *item = &pages->items[page].items[i];
        if (fake_is_body(item) && item->y > lowest)
            lowest = item->y;
    }
    return lowest;
}

static void add_lines(struct fake_fixture *f, size_t count, const char *first)
{
    for (size_t i = 0; i < count; i++)
        fake_text(&f->arena, &f->document.blocks, STYLE_BODY, i ? STR("line of text") : str_from(first));
}

/* A panel that just does not fit is brought in by closer spaces, and a page that it leaves is spread by wider ones to a
 * level foot, or to half of what is free: never by more than 35 per cent, nor a quarter. */
static void fits_spaces_to_the_page(void **state)
{
    struct fake_fixture *f = *state;
    size_t closer = 0, wider = 0, level = 0;
    const int32_t natural = 2 * (LINE + 7000);
    for (size_t lines = 10; lines < 40; lines++) {
        f->document.blocks = (struct block_list){0};
        add_lines(f, 2, "first line");
        add_lines(f, lines, "third line");
        struct block *panel = fake_block(&f->arena, &f->document.blocks, BLOCK_PANEL, STYLE_PANEL_TITLE);
        panel->u.panel.panel = PANEL_LOCKED;
        panel->keep_together = true;
        for (size_t i = 0; i < 12; i++)
            fake_text(&f->arena, &panel->children, STYLE_PANEL_TEXT,
                      i ? STR("in the panel") : STR("panel begins"));
        add_lines(f, 30, "after");
        struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
        fake_check_on_paper(pages);
        fake_check_no_overlap(pages);
        int32_t apart = find(pages, "third line").y - find(pages, "first line").y;
        assert_in_range(apart, 2 * (LINE + 7000 * 65 / 100), 2 * (LINE + 7000 * 5 / 4));
        if (apart < natural)
            closer += find(pages, "panel begins").page == 0;
        if (apart > natural) {
            wider++;
            bool widest = apart >= 2 * (LINE + 7000 * 5 / 4) - 200;
            assert_in_range(lowest_on(pages, 0), FOOT - (widest ? 4 : 1) * LINE, FOOT);
            level += lowest_on(pages, 0) >= FOOT - LINE;
        }
    }
    assert_true(closer > 1 && wider > 1 && level > 1);
}

/* Where the right column finds no room, the left one begins without it, and the right one beside what is
 * left. */
static void begins_the_left_column_first(void **state)
{
    struct fake_fixture *f = *state;
    add_lines(f, 22, "top");
    struct block *columns = fake_block(&f->arena, &f->document.blocks, BLOCK_COLUMNS, STYLE_BODY);
    columns->u.columns.right_permille = 340;
    for (size_t i = 0; i < 12; i++)
        fake_text(&f->arena, &columns->children, STYLE_LIST, fake_words(&f->arena, i, 25));
    struct block *panel = fake_block(&f->arena, &columns->right, BLOCK_PANEL, STYLE_PANEL_TITLE);
    panel->u.panel.panel = PANEL_GLANCE;
    struct block *meter = fake_block(&f->arena, &panel->children, BLOCK_GROUP, STYLE_BODY);
    meter->keep_together = true;
    for (size_t i = 0; i < 20; i++)
        fake_text(&f->arena, &meter->children, STYLE_VALUE, i ? STR("value") : STR("right begins"));
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    assert_int_equal(pages->count, 2);
    fake_check_on_paper(pages);
    fake_check_no_overlap(pages);
    assert_int_equal(find(pages, "w0 ").page, 0);
    assert_int_equal(find(pages, "w11 ").page, 1);
    struct spot right = find(pages, "right begins");
    assert_int_equal(right.page, 1);
    assert_true(right.x > find(pages, "w11 ").x + 200000);
    assert_true(right.y < TOP + 3 * LINE);
}

/* Sections of nine lines: the last page has more than a few lines, however much comes before. */
static void avoids_short_last_pages(void **state)
{
    struct fake_fixture *f = *state;
    size_t several = 0;
    for (size_t lines = 1; lines < 60; lines++) {
        f->document.blocks = (struct block_list){0};
        add_lines(f, lines, "top");
        for (size_t i = 0; i < 6; i++) {
            struct block *group = fake_block(&f->arena, &f->document.blocks, BLOCK_GROUP, STYLE_BODY);
            fake_heading(&f->arena, &group->children, "Heading");
            fake_text(&f->arena, &group->children, STYLE_BODY, fake_words(&f->arena, i, 110));
        }
        struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
        fake_check_on_paper(pages);
        several += pages->count > 1;
        if (pages->count > 1)
            assert_true(lowest_on(pages, pages->count - 1) > TOP + 12 * LINE);
    }
    assert_true(several > 30);
}

/* A heading and one line stay with the table that follows; one line that ends a section is not all of it that
 * a page has; a line that ends in a colon stays with what it announces. */
static void leaves_no_line_alone(void **state)
{
    struct fake_fixture *f = *state;
    for (size_t lines = 10; lines < 50; lines++) {
        f->document.blocks = (struct block_list){0};
        add_lines(f, lines, "top");
        struct block *group = fake_block(&f->arena, &f->document.blocks, BLOCK_GROUP, STYLE_BODY);
        fake_heading(&f->arena, &group->children, "Heading");
        fake_text(&f->arena, &group->children, STYLE_BODY, STR("lone line"));
        struct block *table = fake_table(&f->arena, &group->children, 2, 10, 2);
        table->keep_together = true;
        fake_text(&f->arena, &group->children, STYLE_BODY, fake_words(&f->arena, 7, 120));
        fake_text(&f->arena, &group->children, STYLE_BODY, STR("announced by:"));
        fake_text(&f->arena, &group->children, STYLE_BODY, STR("what follows"));
        fake_text(&f->arena, &group->children, STYLE_BODY, fake_words(&f->arena, 8, 60));
        fake_text(&f->arena, &group->children, STYLE_BODY, STR("closing line"));
        struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
        fake_check_on_paper(pages);
        assert_int_equal(find(pages, "lone line").page, find(pages, "Caption").page);
        assert_int_equal(find(pages, "announced by:").page, find(pages, "what follows").page);
        struct spot closing = find(pages, "closing line");
        assert_true(closing.y > TOP + 2 * LINE);
    }
}

static struct pages *with_meter(struct fake_fixture *f, struct str grade, struct str label)
{
    f->document.blocks = (struct block_list){0};
    struct block *columns = fake_block(&f->arena, &f->document.blocks, BLOCK_COLUMNS, STYLE_BODY);
    columns->u.columns.right_permille = 340;
    fake_text(&f->arena, &columns->children, STYLE_LIST, STR("left"));
    struct block *panel = fake_block(&f->arena, &columns->right, BLOCK_PANEL, STYLE_PANEL_TITLE);
    panel->u.panel.panel = PANEL_GLANCE;
    struct block *meter = fake_block(&f->arena, &panel->children, BLOCK_METER, STYLE_SCORE);
    meter->u.meter.score = STR("0.60");
    meter->u.meter.hundredths = 60;
    meter->u.meter.grade = grade;
    meter->u.meter.label = label;
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    fake_check_on_paper(pages);
    fake_check_no_overlap(pages);
    return pages;
}

/* Grade and label on one line; else one above the other; else under the score. */
static void breaks_the_meters_words_between_grade_and_label(void **state)
{
    struct fake_fixture *f = *state;
    struct pages *pages = with_meter(f, STR("B"), STR("Medium"));
    assert_int_equal(find(pages, "B \xC2\xB7 Medium").page, 0);

    pages = with_meter(f, STR("C/D"), STR("Weak-medium"));
    struct spot score = find(pages, "0.60"), grade = find(pages, "C/D"), label = find(pages, "Weak-medium");
    assert_int_equal(label.page, 0);
    assert_int_equal(label.x, grade.x);
    assert_true(label.y > grade.y && grade.x > score.x);

    pages = with_meter(f, STR("C/D"), STR("Weak to medium in all"));
    score = find(pages, "0.60");
    grade = find(pages, "C/D");
    assert_int_equal(grade.page, 0);
    assert_int_equal(grade.x, score.x);
    assert_true(grade.y > score.y);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fits_spaces_to_the_page, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(begins_the_left_column_first, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(avoids_short_last_pages, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(leaves_no_line_alone, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(breaks_the_meters_words_between_grade_and_label, fake_set_up,
                                        fake_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
