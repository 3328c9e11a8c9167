/* Parts bound into a volume: one tree, one set of destinations, one outline, one numbering. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "layout_fake.h"

enum { BRIEFINGS = 3, PARTS = BRIEFINGS + 1 };

struct bound {
    struct block_document documents[PARTS];
    struct pages *pages;
    size_t first[PARTS], total;
};

static struct layout *body_of(struct fake_fixture *f, const struct block_document *document)
{
    struct text_engine *engine = ARENA_NEW(&f->arena, struct text_engine);
    struct layout_options *options = ARENA_NEW(&f->arena, struct layout_options);
    *engine = layout_fake_engine();
    *options = (struct layout_options){
        .width_mpt = 595276, .height_mpt = 841890, .images = ARENA_NEW(&f->arena, struct image_set)};
    return layout_body(&f->arena, document, options, engine, &f->diags);
}

static struct str anchor_of(struct fake_fixture *f, size_t number)
{
    return str_printf(&f->arena, "briefing-%zu", number);
}

/* Contents that point to each briefing and to a place of their own. */
static void make_contents(struct fake_fixture *f, struct block_document *document)
{
    struct block *heading = fake_heading(&f->arena, &document->blocks, "Contents");
    heading->anchor = STR("contents");
    heading->outline = STR("Contents");
    struct block *contents = fake_block(&f->arena, &document->blocks, BLOCK_CONTENTS, STYLE_BODY);
    contents->u.contents.entries = ARENA_ARRAY(&f->arena, struct contents_entry, BRIEFINGS);
    contents->u.contents.count = BRIEFINGS;
    for (size_t i = 0; i < BRIEFINGS; i++) {
        struct contents_entry *entry = &contents->u.contents.entries[i];
        fake_inline(&f->arena, &entry->name, str_printf(&f->arena, "Name %zu", i + 1));
        entry->page = STR("7");
        entry->target = anchor_of(f, i + 1);
        entry->link_text = STR("says");
    }
    struct block *text = fake_text(&f->arena, &document->blocks, STYLE_BODY, STR("back to "));
    fake_inline(&f->arena, &text->inlines, STR("the top"))->target = STR("contents");
}

/* A title, a link to a section, a table, pages of text, and the section, by names that all briefings share.
 */
static void make_briefing(struct fake_fixture *f, struct block_document *document, size_t words)
{
    struct block *title = fake_heading(&f->arena, &document->blocks, "Title");
    title->level = 1;
    title->anchor = STR("title");
    title->outline = STR("Title");
    struct block *text = fake_text(&f->arena, &document->blocks, STYLE_BODY, STR("see "));
    fake_inline(&f->arena, &text->inlines, STR("the section"))->target = STR("section");
    fake_table(&f->arena, &document->blocks, 2, 3, 2);
    fake_text(&f->arena, &document->blocks, STYLE_BODY, fake_words(&f->arena, 0, words));
    struct block *section = fake_heading(&f->arena, &document->blocks, "Section");
    section->anchor = STR("section");
    section->outline = STR("Section");
    fake_text(&f->arena, &document->blocks, STYLE_BODY, STR("of it"));
}

static struct bound bind(struct fake_fixture *f)
{
    struct bound bound = {.total = 0};
    struct pages_part parts[PARTS] = {0};
    struct layout *bodies[PARTS];
    for (size_t i = 0; i < PARTS; i++) {
        bound.documents[i] = f->document;
        bound.documents[i].running.foot_left = str_printf(&f->arena, "Foot %zu", i);
        if (i == 0)
            make_contents(f, &bound.documents[i]);
        else
            make_briefing(f, &bound.documents[i], i * 900);
    }
    for (size_t i = 0; i < PARTS; i++) {
        bodies[i] = body_of(f, &bound.documents[i]);
        bound.first[i] = bound.total;
        bound.total += layout_pages(bodies[i])->count;
        parts[i].pages = layout_pages(bodies[i]);
        if (i > 0) {
            parts[i].anchor = anchor_of(f, i);
            parts[i].language = STR("de");
            parts[i].section = true;
        }
    }
    for (size_t i = 0; i < PARTS; i++)
        layout_running(bodies[i], bound.first[i], bound.total);
    bound.pages = pages_join(&f->arena, parts, PARTS);
    for (size_t i = 0; i < PARTS; i++)
        layout_close(bodies[i]);
    return bound;
}

static size_t part_of_page(const struct bound *bound, size_t page)
{
    size_t part = PARTS - 1;
    while (bound->first[part] > page)
        part--;
    return part;
}

/* The part whose Sect a node is in; 0: the front matter, which has none. */
static size_t part_of_node(const struct pages *pages, uint32_t node)
{
    uint32_t top = node;
    while (pages->nodes[top].parent != 1) {
        assert_true(pages->nodes[top].parent < top);
        top = pages->nodes[top].parent;
    }
    size_t sections = 0;
    for (uint32_t i = 2; i <= top; i++)
        sections += pages->nodes[i].parent == 1 && pages->nodes[i].role == NODE_SECT;
    return pages->nodes[top].role == NODE_SECT ? sections : 0;
}

static void every_item_stays_with_its_part(void **state)
{
    struct fake_fixture *f = *state;
    struct bound bound = bind(f);
    const struct pages *pages = bound.pages;
    assert_int_equal(pages->count, bound.total);
    assert_int_equal(pages->nodes[1].role, NODE_DOCUMENT);
    size_t seen = 0;
    for (size_t p = 0; p < pages->count; p++)
        for (size_t i = 0; i < pages->items[p].item_count; i++) {
            uint32_t node = pages->items[p].items[i].node;
            assert_true(node < pages->node_count);
            if (node == PAGE_ARTIFACT)
                continue;
            assert_int_equal(part_of_node(pages, node), part_of_page(&bound, p));
            seen++;
        }
    assert_true(seen > 100);
}

static void each_briefing_is_a_section_in_its_language(void **state)
{
    struct fake_fixture *f = *state;
    struct bound bound = bind(f);
    size_t sections = 0;
    for (size_t i = 2; i < bound.pages->node_count; i++) {
        const struct page_node *node = &bound.pages->nodes[i];
        if (node->parent != 1 || node->role != NODE_SECT)
            continue;
        sections++;
        assert_true(str_is(page_words_of(node)->language, "de"));
    }
    assert_int_equal(sections, BRIEFINGS);
}

static void cells_name_heads_of_their_own_table(void **state)
{
    struct fake_fixture *f = *state;
    struct bound bound = bind(f);
    const struct pages *pages = bound.pages;
    size_t cells = 0;
    for (uint32_t i = 2; i < pages->node_count; i++) {
        if (pages->nodes[i].role != NODE_TD)
            continue;
        uint32_t head = pages->nodes[i].head_column;
        assert_int_equal(pages->nodes[head].role, NODE_TH);
        assert_int_equal(part_of_node(pages, head), part_of_node(pages, i));
        cells++;
    }
    assert_int_equal(cells, 3 * BRIEFINGS); /* the first of two columns heads its row */
}

static void contents_lead_to_first_pages_and_links_stay_inside(void **state)
{
    struct fake_fixture *f = *state;
    struct bound bound = bind(f);
    const struct pages *pages = bound.pages;
    size_t out = 0, in = 0;
    for (size_t p = 0; p < pages->count; p++)
        for (size_t i = 0; i < pages->items[p].link_count; i++) {
            const struct page_link *link = &pages->items[p].links[i];
            const struct page_dest *dest = &pages->dests[link->dest];
            assert_true(dest->placed);
            assert_int_equal(pages->nodes[link->node].role, NODE_LINK);
            assert_int_equal(pages->nodes[pages->nodes[link->node].parent].role, NODE_REFERENCE);
            size_t from = part_of_page(&bound, p), to = part_of_page(&bound, dest->page);
            if (str_starts(dest->name, STR("briefing-")) && from == 0) {
                out++;
                assert_int_equal(dest->page, bound.first[out]);
                assert_int_equal(dest->y, 0);
            } else {
                in++;
                assert_int_equal(from, to);
            }
        }
    assert_int_equal(out, BRIEFINGS);
    assert_int_equal(in, BRIEFINGS + 1);
}

static void names_of_destinations_differ(void **state)
{
    struct fake_fixture *f = *state;
    struct bound bound = bind(f);
    const struct pages *pages = bound.pages;
    for (size_t i = 0; i < pages->dest_count; i++)
        for (size_t j = i + 1; j < pages->dest_count; j++)
            assert_false(pages->dests[i].name.n && str_eq(pages->dests[i].name, pages->dests[j].name));
}

static void one_outline_leads_through_all_parts(void **state)
{
    struct fake_fixture *f = *state;
    struct bound bound = bind(f);
    const struct pages *pages = bound.pages;
    assert_int_equal(pages->outline_count, 1 + 2 * BRIEFINGS);
    size_t last = 0;
    for (size_t i = 0; i < pages->outline_count; i++) {
        const struct outline_entry *entry = &pages->outline[i];
        const struct page_dest *dest = &pages->dests[entry->dest];
        assert_true(dest->placed);
        assert_true(dest->page >= last);
        last = dest->page;
        assert_int_equal(part_of_page(&bound, dest->page), (i + 1) / 2);
        assert_int_equal(entry->level, i % 2 == 1 ? 1 : 2);
    }
}

static bool page_says(struct fake_fixture *f, const struct page *page, struct str text)
{
    struct buf all = {0};
    for (size_t i = 0; i < page->item_count; i++)
        if (page->items[i].kind == ITEM_GLYPHS && page->items[i].node == PAGE_ARTIFACT)
            buf_str(&all, page->items[i].u.glyphs.segment->text);
    struct str said = str_dup(&f->arena, buf_view(&all));
    buf_done(&all);
    return str_find(said, text) != SIZE_MAX;
}

static void pages_are_numbered_through_with_their_own_feet(void **state)
{
    struct fake_fixture *f = *state;
    struct bound bound = bind(f);
    assert_true(bound.total > PARTS + 1);
    for (size_t p = 0; p < bound.pages->count; p++) {
        const struct page *page = &bound.pages->items[p];
        assert_true(page_says(f, page, str_printf(&f->arena, "Page %zu of %zu", p + 1, bound.total)));
        assert_true(page_says(f, page, str_printf(&f->arena, "Foot %zu", part_of_page(&bound, p))));
    }
}

/* An entry taller than a page goes on, each part of it with a link of its own to the same element. */
static void long_entries_are_torn_and_stay_linked(void **state)
{
    struct fake_fixture *f = *state;
    struct block *contents = fake_block(&f->arena, &f->document.blocks, BLOCK_CONTENTS, STYLE_BODY);
    struct contents_entry *entry = contents->u.contents.entries = ARENA_NEW(&f->arena, struct contents_entry);
    contents->u.contents.count = 1;
    fake_inline(&f->arena, &entry->name, fake_words(&f->arena, 0, 2000));
    fake_inline(&f->arena, &entry->note, STR("note"));
    entry->page = STR("12345");
    entry->target = STR("elsewhere");
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    assert_true(pages->count > 1);
    fake_check_on_paper(pages);
    fake_check_no_overlap(pages);
    uint32_t node = 0;
    for (size_t p = 0; p < pages->count; p++) {
        assert_true(pages->items[p].link_count > 0);
        for (size_t i = 0; i < pages->items[p].link_count; i++) {
            node = node ? node : pages->items[p].links[i].node;
            assert_int_equal(pages->items[p].links[i].node, node);
        }
    }
    assert_int_equal(pages->nodes[node].role, NODE_LINK);
    assert_int_equal(pages->nodes[pages->nodes[node].parent].role, NODE_REFERENCE);
    assert_int_equal(pages->nodes[pages->nodes[pages->nodes[node].parent].parent].role, NODE_TOCI);
}

/* Where the page numbers change, the lines stay as they are: what is told of pages then is true. */
static void numbers_do_not_move_the_lines(void **state)
{
    struct fake_fixture *f = *state;
    const struct str numbers[] = {STR("1"), STR("99"), STR("9999")};
    int32_t height[3] = {0};
    for (size_t n = 0; n < 3; n++) {
        f->document.blocks = (struct block_list){0};
        struct block *contents = fake_block(&f->arena, &f->document.blocks, BLOCK_CONTENTS, STYLE_BODY);
        contents->u.contents.entries = ARENA_ARRAY(&f->arena, struct contents_entry, 12);
        contents->u.contents.count = 12;
        for (size_t i = 0; i < 12; i++) {
            fake_inline(&f->arena, &contents->u.contents.entries[i].name, fake_words(&f->arena, i, 3 + i));
            fake_inline(&f->arena, &contents->u.contents.entries[i].note, fake_words(&f->arena, i, 9 + i));
            contents->u.contents.entries[i].page = numbers[n];
            contents->u.contents.entries[i].target = STR("elsewhere");
        }
        struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
        const struct page_link *last = &pages->items[0].links[pages->items[0].link_count - 1];
        assert_int_equal(pages->count, 1);
        height[n] = last->y + last->height;
    }
    assert_int_equal(height[0], height[1]);
    assert_int_equal(height[0], height[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_item_stays_with_its_part, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(each_briefing_is_a_section_in_its_language, fake_set_up,
                                        fake_tear_down),
        cmocka_unit_test_setup_teardown(cells_name_heads_of_their_own_table, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(contents_lead_to_first_pages_and_links_stay_inside, fake_set_up,
                                        fake_tear_down),
        cmocka_unit_test_setup_teardown(names_of_destinations_differ, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(one_outline_leads_through_all_parts, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(pages_are_numbered_through_with_their_own_feet, fake_set_up,
                                        fake_tear_down),
        cmocka_unit_test_setup_teardown(long_entries_are_torn_and_stay_linked, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(numbers_do_not_move_the_lines, fake_set_up, fake_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
