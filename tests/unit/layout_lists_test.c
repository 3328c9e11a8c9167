/* Lists, quotations and heads of tables: on which side marks stand, how far items are apart, which heads give
 * way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout/layout.h"
#include "layout_fake.h"

/* The first item on the first page whose text begins with words. */
static const struct page_item *saying(const struct pages *pages, const char *words)
{
    for (size_t i = 0; i < pages->items[0].item_count; i++) {
        const struct page_item *item = &pages->items[0].items[i];
        if (item->kind == ITEM_GLYPHS && str_starts(item->u.glyphs.segment->text, str_from(words)))
            return item;
    }
    fail_msg("nothing says %s", words);
    return NULL;
}

static struct block *list_of(struct arena *arena, struct block_list *blocks, const char *first,
                             const char *second)
{
    struct block *list = fake_block(arena, blocks, BLOCK_LIST, STYLE_LIST);
    list->u.list.tight = true;
    fake_text(arena, &fake_block(arena, &list->children, BLOCK_GROUP, STYLE_LIST)->children, STYLE_LIST,
              str_from(first));
    fake_text(arena, &fake_block(arena, &list->children, BLOCK_GROUP, STYLE_LIST)->children, STYLE_LIST,
              str_from(second));
    return list;
}

/* Where lines begin at the right, so do the marks of lists and the bars of quotations; what stands beside the
 * text of the other direction is at the other end of it. */
static void marks_stand_where_lines_begin(void **state)
{
    struct fake_fixture *f = *state;
    static const char *languages[] = {"en", "he"};
    for (size_t page = 0; page < 2; page++) {
        for (size_t section = 0; section < 2; section++) {
            f->document.blocks = (struct block_list){0};
            f->document.language = str_from(languages[page]);
            struct block *list = list_of(&f->arena, &f->document.blocks, "first", "second");
            list->language = str_from(languages[section]);
            struct block *quote = fake_block(&f->arena, &f->document.blocks, BLOCK_QUOTE, STYLE_PULL_QUOTE);
            quote->language = list->language;
            quote->u.quote.pull = true;
            fake_text(&f->arena, &quote->children, STYLE_PULL_QUOTE, STR("third"));
            struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
            int32_t text = saying(pages, "first")->x, mark = saying(pages, "\u2022")->x, bar = -1;
            assert_true(section ? mark > text : mark < text);
            for (size_t i = 0; i < pages->items[0].item_count; i++) {
                const struct page_item *item = &pages->items[0].items[i];
                if (item->kind == ITEM_RECT && item->u.rect.width == 2200)
                    bar = item->x;
            }
            assert_true(bar >= 0);
            assert_true(section ? bar > saying(pages, "third")->x : bar < saying(pages, "third")->x);
        }
    }
}

static void tight_lists_hold_tight_lists(void **state)
{
    struct fake_fixture *f = *state;
    struct block *list = list_of(&f->arena, &f->document.blocks, "first", "second");
    list_of(&f->arena, &list->children.items[0].children, "inner", "deeper");
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    static const char *lines[] = {"first", "inner", "deeper", "second"};
    int32_t step = saying(pages, "inner")->y - saying(pages, "first")->y;
    assert_in_range(step, style_of(STYLE_LIST)->leading + 1, style_of(STYLE_LIST)->leading + 4000);
    for (size_t i = 1; i < sizeof lines / sizeof *lines; i++)
        assert_int_equal(saying(pages, lines[i])->y - saying(pages, lines[i - 1])->y, step);
}

/* A head that is wider than its column's cells takes two lines where another column is short of room; heads
 * of one line stand level with the last lines of the others. */
static void heads_give_way(void **state)
{
    struct fake_fixture *f = *state;
    static const size_t words[] = {3, 40};
    for (size_t w = 0; w < 2; w++) {
        f->document.blocks = (struct block_list){0};
        struct block *table = fake_table(&f->arena, &f->document.blocks, 2, 3, 1);
        table->u.table.columns[0].heading.count = 0;
        fake_inline(&f->arena, &table->u.table.columns[0].heading, STR("A head of several words"));
        for (size_t r = 0; r < 3; r++) {
            table->u.table.rows[r].cells[1].count = 0;
            fake_inline(&f->arena, &table->u.table.rows[r].cells[1], fake_words(&f->arena, r, words[w]));
        }
        struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
        int32_t apart = saying(pages, "Head")->y - saying(pages, "A head")->y;
        int32_t leading = style_of(STYLE_TABLE_HEAD)->leading;
        assert_in_range(apart, w ? leading : 0, w ? leading + PT : 0);
        fake_check_no_overlap(pages);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(marks_stand_where_lines_begin, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(tight_lists_hold_tight_lists, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(heads_give_way, fake_set_up, fake_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
