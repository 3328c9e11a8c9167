/* Pages: what keeps together, what breaks, and that everything stays on the paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "layout_fake.h"

static size_t text_lines(const struct page *page, uint32_t node)
{
    size_t lines = 0;
    int32_t y = -1;
    for (size_t i = 0; i < page->item_count; i++) {
        if (page->items[i].kind == ITEM_GLYPHS && page->items[i].node == node && page->items[i].y != y) {
            y = page->items[i].y;
            lines++;
        }
    }
    return lines;
}

static uint32_t role_of(const struct pages *pages, const struct page_item *item)
{
    return pages->nodes[item->node].role;
}

/* A heading is never the lowest thing of a page; a paragraph leaves two lines on each side of a break. */
static void keeps_headings_and_lines(void **state)
{
    struct fake_fixture *f = *state;
    for (size_t shift = 0; shift < 12; shift++) {
        f->document.blocks = (struct block_list){0};
        fake_text(&f->arena, &f->document.blocks, STYLE_BODY, fake_words(&f->arena, 0, 14 * shift + 1));
        for (size_t i = 0; i < 40; i++) {
            fake_heading(&f->arena, &f->document.blocks, "Heading of a section");
            for (size_t k = 0; k < 3; k++)
                fake_text(&f->arena, &f->document.blocks, STYLE_BODY,
                          fake_words(&f->arena, i, 20 + (i * 37 + k * 53) % 150));
        }
        struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
        assert_true(pages->count > 5);
        fake_check_on_paper(pages);
        fake_check_no_overlap(pages);
        for (size_t p = 0; p < pages->count; p++) {
            const struct page_item *lowest = NULL, *first = NULL;
            for (size_t i = 0; i < pages->items[p].item_count; i++) {
                const struct page_item *item = &pages->items[p].items[i];
                if (!fake_is_body(item))
                    continue;
                if (!first)
                    first = item;
                if (!lowest || item->y >= lowest->y)
                    lowest = item;
            }
            assert_non_null(lowest);
            assert_int_not_equal(role_of(pages, lowest), NODE_H2);
            if (p + 1 < pages->count) {
                size_t here = text_lines(&pages->items[p], lowest->node);
                size_t there = text_lines(&pages->items[p + 1], lowest->node);
                assert_true(there == 0 || (here >= 2 && there >= 2));
            }
        }
    }
}

static void repeats_heads_of_tables(void **state)
{
    struct fake_fixture *f = *state;
    fake_table(&f->arena, &f->document.blocks, 3, 120, 9);
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    assert_true(pages->count >= 3);
    fake_check_on_paper(pages);
    fake_check_no_overlap(pages);
    for (size_t p = 1; p < pages->count; p++) {
        size_t heads = 0, continued = 0;
        for (size_t i = 0; i < pages->items[p].item_count; i++) {
            const struct page_item *item = &pages->items[p].items[i];
            if (item->kind != ITEM_GLYPHS || item->node != PAGE_ARTIFACT)
                continue;
            heads += str_is(item->u.glyphs.segment->text, "Head");
            continued += str_find(item->u.glyphs.segment->text, STR("(continued)")) != SIZE_MAX;
        }
        assert_int_equal(heads, 3);
        assert_int_equal(continued, 1);
    }
    size_t headers = 0;
    for (size_t i = 1; i < pages->node_count; i++) {
        const struct page_node *node = &pages->nodes[i];
        headers += node->role == NODE_TH && !node->row_scope;
        if (node->role == NODE_TD) {
            assert_int_equal(pages->nodes[node->head_column].role, NODE_TH);
            assert_int_equal(pages->nodes[node->head_row].role, NODE_TH);
        }
    }
    assert_int_equal(headers, 3);
}

/* A short table stays whole, with its heading, unless that left more than a quarter of the page empty. */
static void keeps_short_tables_whole(void **state)
{
    struct fake_fixture *f = *state;
    size_t whole = 0, torn = 0;
    for (size_t shift = 0; shift < 30; shift++) {
        f->document.blocks = (struct block_list){0};
        fake_text(&f->arena, &f->document.blocks, STYLE_BODY, fake_words(&f->arena, 0, 300 + 13 * shift));
        fake_heading(&f->arena, &f->document.blocks, "Table");
        fake_table(&f->arena, &f->document.blocks, 2, 8, 12);
        struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
        size_t pages_with_cells = 0, page_of_head = 0, first_page = SIZE_MAX, cells_on[8] = {0};
        int32_t heading_y = 0;
        for (size_t p = 0; p < pages->count; p++) {
            for (size_t i = 0; i < pages->items[p].item_count; i++) {
                const struct page_item *item = &pages->items[p].items[i];
                if (!fake_is_body(item))
                    continue;
                if (role_of(pages, item) == NODE_TD)
                    cells_on[p]++;
                if (role_of(pages, item) == NODE_H2) {
                    page_of_head = p;
                    heading_y = item->y;
                }
            }
            pages_with_cells += cells_on[p] > 0;
            if (cells_on[p] && first_page == SIZE_MAX)
                first_page = p;
        }
        assert_int_equal(page_of_head, first_page);
        if (pages_with_cells == 1) {
            whole++;
            continue;
        }
        torn++;
        assert_int_equal(pages_with_cells, 2);
        assert_true(cells_on[first_page] >= 4 && cells_on[first_page + 1] >= 4); /* two rows of two cells */
        assert_true(heading_y < pages->height_mpt * 3 / 4 + 20 * 1000); /* the space above it may be the widest */
    }
    assert_true(whole > torn);
}

/* A row, a panel, a list item and a word that are each taller or wider than a page go on on the next. */
static void tears_what_is_taller_than_a_page(void **state)
{
    struct fake_fixture *f = *state;
    fake_table(&f->arena, &f->document.blocks, 2, 2, 2500);
    struct block *panel = fake_block(&f->arena, &f->document.blocks, BLOCK_PANEL, STYLE_PANEL_TITLE);
    panel->keep_together = true;
    fake_text(&f->arena, &panel->children, STYLE_PANEL_TEXT, fake_words(&f->arena, 1, 3000));
    struct block *list = fake_block(&f->arena, &f->document.blocks, BLOCK_LIST, STYLE_LIST);
    struct block *item = fake_block(&f->arena, &list->children, BLOCK_GROUP, STYLE_LIST);
    fake_text(&f->arena, &item->children, STYLE_LIST, fake_words(&f->arena, 2, 3000));
    char *word = arena_alloc(&f->arena, 5000);
    memset(word, 'x', 5000);
    struct str long_word = {word, 5000};
    fake_text(&f->arena, &f->document.blocks, STYLE_BODY, long_word);
    fake_inline(&f->arena, &fake_heading(&f->arena, &f->document.blocks, "H")->inlines, long_word);
    fake_text(&f->arena, &f->document.blocks, STYLE_BODY, long_word);
    f->document.running.foot_left = long_word;
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    assert_true(pages->count > 6);
    fake_check_on_paper(pages);
    fake_check_no_overlap(pages);
    assert_int_equal(f->diags.errors, 0);
    assert_int_equal(f->diags.per_code[DIAG_TEXT_SHORTENED], 1);
}

/* A heading of one line and a word becomes two of about a length; one that is level is left. */
static void balances_headings(void **state)
{
    struct fake_fixture *f = *state;
    static const struct { const char *heading, *second; } cases[] = {
        {"Where the money comes from", "comes from"},
        {"Where the money really goes to", "really goes to"},
        {"Short", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct block_document document = {.language = f->document.language};
        fake_heading(&f->arena, &document.blocks, cases[i].heading);
        fake_text(&f->arena, &document.blocks, STYLE_BODY, STR("Text"));
        struct pages *pages = fake_layout(&f->arena, &document, &f->diags);
        int32_t first = 0;
        bool found = !cases[i].second;
        for (size_t at = 0; at < pages->items[0].item_count; at++) {
            const struct page_item *item = &pages->items[0].items[at];
            if (item->kind != ITEM_GLYPHS || role_of(pages, item) != NODE_H2)
                continue;
            if (cases[i].second && str_is(item->u.glyphs.segment->text, cases[i].second))
                found = first && item->y > first;
            if (!first)
                first = item->y;
        }
        assert_true(found);
    }
}

static void sets_columns_beside_each_other(void **state)
{
    struct fake_fixture *f = *state;
    struct block *columns = fake_block(&f->arena, &f->document.blocks, BLOCK_COLUMNS, STYLE_BODY);
    columns->u.columns.right_permille = 340;
    for (size_t i = 0; i < 30; i++)
        fake_text(&f->arena, &columns->children, STYLE_LIST, fake_words(&f->arena, i, 40));
    struct block *panel = fake_block(&f->arena, &columns->right, BLOCK_PANEL, STYLE_PANEL_TITLE);
    panel->u.panel.panel = PANEL_GLANCE;
    for (size_t i = 0; i < 5; i++)
        fake_text(&f->arena, &panel->children, STYLE_VALUE, fake_words(&f->arena, 100 + i, 4));
    fake_text(&f->arena, &f->document.blocks, STYLE_BODY, STR("after"));
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    assert_true(pages->count >= 2);
    fake_check_on_paper(pages);
    fake_check_no_overlap(pages);
    int32_t left_y = 0, right_y = 0, after_y = 0, lowest = 0;
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->items[p].item_count; i++) {
            const struct page_item *item = &pages->items[p].items[i];
            if (!fake_is_body(item))
                continue;
            struct str text = item->u.glyphs.segment->text;
            if (str_starts(text, STR("w0 ")))
                left_y = item->y;
            if (str_starts(text, STR("w100 ")))
                right_y = item->y;
            if (str_starts(text, STR("after")))
                after_y = item->y;
            else if (p + 1 == pages->count)
                lowest = item->y > lowest ? item->y : lowest;
        }
    }
    assert_true(left_y > 0 && right_y > 0);
    assert_true(right_y - left_y < 30000);
    assert_true(after_y > lowest);
}

/* Ten times the content takes ten times the memory, not a hundred times. */
static void grows_in_proportion(void **state)
{
    struct fake_fixture *f = *state;
    size_t used[2];
    for (size_t round = 0; round < 2; round++) {
        struct arena arena;
        struct diags diags;
        arena_init(&arena);
        diags_init(&diags, &arena);
        f->document.blocks = (struct block_list){0};
        struct block *list = fake_block(&arena, &f->document.blocks, BLOCK_LIST, STYLE_LIST);
        for (size_t i = 0; i < (round ? 10000 : 1000); i++) {
            struct block *item = fake_block(&arena, &list->children, BLOCK_GROUP, STYLE_LIST);
            struct block *text = fake_text(&arena, &item->children, STYLE_LIST, fake_words(&arena, i, 20));
            fake_inline(&arena, &text->inlines, STR(" [1]"))->target = STR("source-1");
        }
        struct pages *pages = fake_layout(&arena, &f->document, &diags);
        assert_true(pages->count > (round ? 300U : 30U));
        used[round] = arena.used_bytes;
        arena_done(&arena);
    }
    f->document.blocks = (struct block_list){0};
    assert_true(used[1] < 14 * used[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keeps_headings_and_lines, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(repeats_heads_of_tables, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(keeps_short_tables_whole, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(tears_what_is_taller_than_a_page, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(balances_headings, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(sets_columns_beside_each_other, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(grows_in_proportion, fake_set_up, fake_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
