/* The structure tree, links and destinations of pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "layout_fake.h"

static size_t count_role(const struct pages *pages, enum node_role role)
{
    size_t count = 0;
    for (size_t i = 1; i < pages->node_count; i++)
        count += pages->nodes[i].role == role;
    return count;
}

static void parents_come_first(void **state)
{
    struct fake_fixture *f = *state;
    fake_heading(&f->arena, &f->document.blocks, "Heading");
    struct block *list = fake_block(&f->arena, &f->document.blocks, BLOCK_LIST, STYLE_LIST);
    list->u.list.ordered = true;
    list->u.list.start = 9;
    for (size_t i = 0; i < 3; i++) {
        struct block *item = fake_block(&f->arena, &list->children, BLOCK_GROUP, STYLE_LIST);
        fake_text(&f->arena, &item->children, STYLE_LIST, fake_words(&f->arena, i, 30));
    }
    fake_table(&f->arena, &f->document.blocks, 2, 3, 2);
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    assert_int_equal(pages->nodes[1].role, NODE_DOCUMENT);
    for (size_t i = 2; i < pages->node_count; i++)
        assert_true(pages->nodes[i].parent >= 1 && pages->nodes[i].parent < i);
    assert_int_equal(count_role(pages, NODE_LI), 3);
    assert_int_equal(count_role(pages, NODE_LBL), 3);
    assert_int_equal(count_role(pages, NODE_TR), 4);
    assert_int_equal(count_role(pages, NODE_TD), 3);
    assert_int_equal(count_role(pages, NODE_TH), 5);
    struct buf trace = {0};
    pages_trace(&trace, pages);
    assert_true(str_find(buf_view(&trace), STR("\"11.\"")) != SIZE_MAX);
    buf_done(&trace);
}

/* A link that runs over two lines has a place on each, and is one element: it is read out once. */
static void link_of_two_lines(void **state)
{
    struct fake_fixture *f = *state;
    struct block *text = fake_text(&f->arena, &f->document.blocks, STYLE_BODY, fake_words(&f->arena, 0, 40));
    fake_inline(&f->arena, &text->inlines, fake_words(&f->arena, 1, 12))->url = STR("https://example.org/");
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    assert_int_equal(pages->count, 1);
    assert_int_equal(pages->items[0].link_count, 2);
    assert_int_equal(count_role(pages, NODE_LINK), 1);
    for (size_t i = 0; i < pages->items[0].link_count; i++) {
        const struct page_link *link = &pages->items[0].links[i];
        assert_int_equal(pages->nodes[link->node].role, NODE_LINK);
        assert_true(link->width > 0 && link->height > 0);
        assert_true(link->x >= 0 && link->x + link->width <= pages->width_mpt);
        assert_true(link->contents.n > 0);
        for (size_t k = 0; k < i; k++)
            assert_int_equal(link->node, pages->items[0].links[k].node);
    }
}

static void links_point_both_ways(void **state)
{
    struct fake_fixture *f = *state;
    struct block *text = fake_text(&f->arena, &f->document.blocks, STYLE_BODY, STR("Claim"));
    struct block_inline *reference = fake_inline(&f->arena, &text->inlines, STR("[1]"));
    reference->target = STR("source-1");
    reference->anchor = STR("ref-1");
    reference->link_text = STR("Source 1");
    for (size_t i = 0; i < 30; i++)
        fake_text(&f->arena, &f->document.blocks, STYLE_BODY, fake_words(&f->arena, i, 120));
    struct block *source = fake_text(&f->arena, &f->document.blocks, STYLE_SOURCE, STR("Title "));
    source->anchor = STR("source-1");
    source->outline = STR("Source");
    fake_inline(&f->arena, &source->inlines, STR("back"))->target = STR("ref-1");
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    assert_true(pages->count > 1);
    const struct page_link *there = &pages->items[0].links[0], *back = &pages->items[pages->count - 1].links[0];
    assert_true(str_is(pages->dests[there->dest].name, "source-1"));
    assert_true(pages->dests[there->dest].placed);
    assert_int_equal(pages->dests[there->dest].page, pages->count - 1);
    assert_true(str_is(there->contents, "Source 1"));
    assert_int_equal(pages->nodes[pages->nodes[there->node].parent].role, NODE_REFERENCE);
    assert_true(str_is(pages->dests[back->dest].name, "ref-1"));
    assert_true(pages->dests[back->dest].placed);
    assert_int_equal(pages->dests[back->dest].page, 0);
    assert_int_equal(pages->outline_count, 1);
    assert_int_equal(pages->outline[0].dest, there->dest);
}

static void spans_carry_language_and_expansion(void **state)
{
    struct fake_fixture *f = *state;
    struct block *text = fake_text(&f->arena, &f->document.blocks, STYLE_BODY, STR("The "));
    struct block_inline *part = fake_inline(&f->arena, &text->inlines, STR("RIR"));
    part->expansion = STR("regional Internet registry");
    fake_inline(&f->arena, &text->inlines, STR(" in "));
    part = fake_inline(&f->arena, &text->inlines, STR("Hanoi"));
    part->language = STR("vi");
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    assert_int_equal(count_role(pages, NODE_SPAN), 2);
    bool expansion = false, language = false;
    for (size_t i = 1; i < pages->node_count; i++) {
        const struct page_words *words = page_words_of(&pages->nodes[i]);
        expansion = expansion || str_is(words->expansion, "regional Internet registry");
        language = language || (pages->nodes[i].role == NODE_SPAN && str_is(words->language, "vi"));
    }
    assert_true(expansion && language);
}

/* Each page says which it is and how it may be shared, as artifact. */
static void running_words_are_artifacts(void **state)
{
    struct fake_fixture *f = *state;
    f->document.running.marking = STR("TLP:AMBER+STRICT");
    f->document.running.stamp = STR("Draft");
    for (size_t i = 0; i < 20; i++)
        fake_text(&f->arena, &f->document.blocks, STYLE_BODY, fake_words(&f->arena, i, 150));
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    assert_true(pages->count > 1);
    for (size_t p = 0; p < pages->count; p++) {
        struct str number = str_printf(&f->arena, "Page %zu of %zu", p + 1, pages->count);
        size_t markings = 0, stamps = 0, numbers = 0;
        for (size_t i = 0; i < pages->items[p].item_count; i++) {
            const struct page_item *item = &pages->items[p].items[i];
            if (item->kind != ITEM_GLYPHS || item->node != PAGE_ARTIFACT)
                continue;
            const struct text_packed *segment = item->u.glyphs.segment;
            if (str_is(segment->text, "TLP:AMBER+STRICT")) {
                markings++;
                assert_true(segment->size_mpt >= 12000);
                assert_int_equal(item->colour.r, 0xFF);
                assert_int_equal(item->colour.g, 0xC0);
                assert_int_equal(item->colour.b, 0x00);
            }
            stamps += str_is(segment->text, "Draft");
            numbers += str_eq(segment->text, number);
        }
        assert_int_equal(markings, 2);
        assert_int_equal(stamps, 1);
        assert_int_equal(numbers, 1);
    }
}

/* However many pages show it, with a masthead on the first or without. */
static void a_long_stamp_is_told_of_once(void **state)
{
    struct fake_fixture *f = *state;
    f->document.running.stamp = fake_words(&f->arena, 1, 60);
    for (size_t masthead = 0; masthead < 2; masthead++) {
        f->document.blocks = (struct block_list){0};
        if (masthead)
            fake_block(&f->arena, &f->document.blocks, BLOCK_MASTHEAD, STYLE_BODY);
        for (size_t i = 0; i < 20; i++)
            fake_text(&f->arena, &f->document.blocks, STYLE_BODY, fake_words(&f->arena, i, 150));
        assert_true(fake_layout(&f->arena, &f->document, &f->diags)->count > 2);
        assert_int_equal(f->diags.per_code[DIAG_TEXT_SHORTENED], masthead + 1);
    }
}

/* The stamp's frame holds its letters, however tall, and keeps clear of the rule below it. */
static void frames_tall_stamps(void **state)
{
    struct fake_fixture *f = *state;
    const int32_t head_rule = 50000;
    f->document.running.stamp = STR("\xE0\xBD\x80\xE0\xBD\xA4");
    fake_text(&f->arena, &f->document.blocks, STYLE_BODY, STR("text"));
    const struct page *page = &fake_layout(&f->arena, &f->document, &f->diags)->items[0];
    const struct page_item *stamp = NULL;
    for (size_t i = 0; i < page->item_count; i++)
        if (page->items[i].kind == ITEM_GLYPHS && str_eq(page->items[i].u.glyphs.segment->text, f->document.running.stamp))
            stamp = &page->items[i];
    assert_non_null(stamp);
    size_t above = 0, below = 0;
    for (size_t i = 0; stamp && i < page->item_count; i++) {
        const struct page_item *rect = &page->items[i];
        if (rect->kind != ITEM_RECT || rect->u.rect.height != 1000 || rect->y >= head_rule)
            continue;
        above += rect->y + 1000 <= stamp->y - FAKE_TALL_ASCENT;
        below += rect->y >= stamp->y + FAKE_TALL_DESCENT && rect->y + 1000 < head_rule;
    }
    assert_int_equal(above, 1);
    assert_int_equal(below, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(parents_come_first, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(link_of_two_lines, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(links_point_both_ways, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(spans_carry_language_and_expansion, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(a_long_stamp_is_told_of_once, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(frames_tall_stamps, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(running_words_are_artifacts, fake_set_up, fake_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
