/* Maps, meters, timelines, key figures, facts, panels and quotations: on the paper, without text over text, with
 * alternatives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "layout/style.h"
#include "layout_fake.h"

static const struct page_node *figure_of(const struct pages *pages)
{
    for (size_t i = 1; i < pages->node_count; i++) {
        if (pages->nodes[i].role == NODE_FIGURE)
            return &pages->nodes[i];
    }
    return NULL;
}

static void check_figures(const struct pages *pages)
{
    size_t figures = 0;
    for (size_t i = 1; i < pages->node_count; i++) {
        const struct page_node *node = &pages->nodes[i];
        if (node->role != NODE_FIGURE)
            continue;
        figures++;
        const struct page_words *words = page_words_of(node);
        assert_true(words->alt.n > 0);
        assert_true(words->box_page < pages->count);
        assert_true(words->box_width > 0 && words->box_height > 0);
        assert_true(words->box_x >= 0 && words->box_x + words->box_width <= pages->width_mpt);
        assert_true(words->box_y >= 0 && words->box_y + words->box_height <= pages->height_mpt);
    }
    assert_true(figures > 0);
}

static void maps_of_any_size(void **state)
{
    struct fake_fixture *f = *state;
    static const size_t sizes[] = {1, 2, 3, 7, 20, 60, 200};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        f->document.blocks = (struct block_list){0};
        struct block *map = fake_block(&f->arena, &f->document.blocks, BLOCK_MAP, STYLE_DRAWING);
        map->u.map.centre = STR("An organisation in the centre");
        map->u.map.alt = STR("All of it in words");
        map->u.map.nodes = ARENA_ARRAY(&f->arena, struct map_node, sizes[s]);
        map->u.map.count = sizes[s];
        for (size_t i = 0; i < sizes[s]; i++)
            map->u.map.nodes[i] = (struct map_node){.name = fake_words(&f->arena, i, 1 + i % 9),
                                                    .relation = fake_words(&f->arena, i, i % 12),
                                                    .strength = (int)(i % 101) - 1, .to = i % 2, .from = i % 3 == 0};
        struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
        check_figures(pages);
        fake_check_on_paper(pages);
        fake_check_no_overlap(pages);
        size_t lines = 0;
        for (size_t p = 0; p < pages->count; p++)
            for (size_t i = 0; i < pages->items[p].item_count; i++)
                lines +=
                    pages->items[p].items[i].kind == ITEM_PATH && pages->items[p].items[i].u.path->stroke;
        assert_int_equal(lines, sizes[s]);
    }
}

static void meters_show_score_and_history(void **state)
{
    struct fake_fixture *f = *state;
    struct block *meter = fake_block(&f->arena, &f->document.blocks, BLOCK_METER, STYLE_SCORE);
    struct meter_band bands[] = {{0, 34, STR("D"), STR("Weak")}, {35, 74, STR("C"), STR("Medium")},
                                 {75, 100, STR("A"), STR("High")}};
    struct meter_point points[] = {{40, STR("0.40"), STR("Q1")},
                                   {90, STR("0.90"), STR("Q2")},
                                   {64, STR("0.64"), STR("Q3")}};
    meter->u.meter.hundredths = 64;
    meter->u.meter.score = STR("0.64");
    meter->u.meter.grade = STR("C");
    meter->u.meter.label = STR("Medium");
    meter->u.meter.alt = STR("0.64 of 1");
    meter->u.meter.bands = bands;
    meter->u.meter.band_count = 3;
    meter->u.meter.points = points;
    meter->u.meter.point_count = 3;
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    check_figures(pages);
    fake_check_no_overlap(pages);
    const struct page_node *figure = figure_of(pages);
    size_t first = 0, last = 0, line_points = 0;
    for (size_t i = 0; i < pages->items[0].item_count; i++) {
        const struct page_item *item = &pages->items[0].items[i];
        if (item->kind == ITEM_GLYPHS) {
            first += str_is(item->u.glyphs.segment->text, "0.40");
            last += str_is(item->u.glyphs.segment->text, "0.64");
        }
        if (item->kind == ITEM_PATH && item->u.path->stroke)
            line_points += item->u.path->count;
        /* Everything that belongs to the figure lies in its box. */
        if (item->kind == ITEM_RECT && &pages->nodes[item->node] == figure) {
            assert_true(item->x >= page_words_of(figure)->box_x);
            assert_true(item->x + item->u.rect.width <= page_words_of(figure)->box_x + page_words_of(figure)->box_width);
        }
    }
    assert_int_equal(first, 1);
    assert_int_equal(last, 2); /* the score, and the last point */
    assert_int_equal(line_points, 3);
}

static void key_figures_shrink_and_wrap(void **state)
{
    struct fake_fixture *f = *state;
    for (size_t count = 1; count <= 12; count++) {
        f->document.blocks = (struct block_list){0};
        struct block *figures = fake_block(&f->arena, &f->document.blocks, BLOCK_KEY_FIGURES, STYLE_FIGURE_VALUE);
        figures->u.key_figures.cells = ARENA_ARRAY(&f->arena, struct key_figure_cell, count);
        figures->u.key_figures.count = count;
        for (size_t i = 0; i < count; i++) {
            struct key_figure_cell *cell = &figures->u.key_figures.cells[i];
            fake_inline(&f->arena, &cell->value, fake_words(&f->arena, i, 1 + i * i % 30));
            fake_inline(&f->arena, &cell->label, fake_words(&f->arena, i, 1 + i * 7 % 20));
            if (i % 2)
                fake_inline(&f->arena, &cell->note, STR("note"));
        }
        struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
        fake_check_on_paper(pages);
        fake_check_no_overlap(pages);
    }
}

/* Too wide for one row, they stand in rows of equal length. */
static void key_figures_share_rows(void **state)
{
    struct fake_fixture *f = *state;
    static const size_t in_last[] = {[4] = 2, [5] = 2, [6] = 3, [7] = 3, [8] = 2, [10] = 2};
    for (size_t count = 4; count <= 10; count++) {
        if (!in_last[count])
            continue;
        f->document.blocks = (struct block_list){0};
        struct block *figures = fake_block(&f->arena, &f->document.blocks, BLOCK_KEY_FIGURES, STYLE_FIGURE_VALUE);
        figures->u.key_figures.cells = ARENA_ARRAY(&f->arena, struct key_figure_cell, count);
        figures->u.key_figures.count = count;
        for (size_t i = 0; i < count; i++)
            fake_inline(&f->arena, &figures->u.key_figures.cells[i].value,
                        count > 6 ? STR("12 million") : STR("over-ten-million-and-more"));
        struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
        int32_t lowest = 0;
        size_t there = 0;
        for (size_t i = 0; i < pages->items[0].item_count; i++) {
            const struct page_item *item = &pages->items[0].items[i];
            if (!fake_is_body(item))
                continue;
            there = item->y > lowest ? 1 : there + (item->y == lowest);
            lowest = item->y > lowest ? item->y : lowest;
        }
        assert_int_equal(there, in_last[count]);
    }
}

static void timelines_and_facts_keep_their_labels_apart(void **state)
{
    struct fake_fixture *f = *state;
    fake_heading(&f->arena, &f->document.blocks, "A heading so long that it needs several lines beside the text");
    struct block *timeline = fake_block(&f->arena, &f->document.blocks, BLOCK_TIMELINE, STYLE_LIST);
    timeline->u.timeline.count = 60;
    timeline->u.timeline.entries = ARENA_ARRAY(&f->arena, struct timeline_entry, 60);
    for (size_t i = 0; i < 60; i++) {
        timeline->u.timeline.entries[i].date = fake_words(&f->arena, 2000 + i, 1 + i % 60);
        fake_inline(&f->arena, &timeline->u.timeline.entries[i].text, fake_words(&f->arena, i, 1 + i % 25));
    }
    struct block *facts = fake_block(&f->arena, &f->document.blocks, BLOCK_FACTS, STYLE_VALUE);
    facts->u.facts.count = 40;
    facts->u.facts.terms = ARENA_ARRAY(&f->arena, struct block_inlines, 40);
    facts->u.facts.values = ARENA_ARRAY(&f->arena, struct block_inlines, 40);
    for (size_t i = 0; i < 40; i++) {
        fake_inline(&f->arena, &facts->u.facts.terms[i], fake_words(&f->arena, i, 1 + i % 50));
        fake_inline(&f->arena, &facts->u.facts.values[i], fake_words(&f->arena, i, 1 + i % 9));
    }
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    fake_check_on_paper(pages);
    fake_check_no_overlap(pages);
}

/* A panel of so many facts beside a short list. */
static struct pages *facts_beside_a_list(struct fake_fixture *f, size_t count)
{
    struct block *columns = fake_block(&f->arena, &f->document.blocks, BLOCK_COLUMNS, STYLE_BODY);
    fake_text(&f->arena, &columns->children, STYLE_LIST, STR("short"));
    struct block *panel = fake_block(&f->arena, &columns->right, BLOCK_PANEL, STYLE_PANEL_TITLE);
    panel->u.panel.panel = PANEL_GLANCE;
    fake_inline(&f->arena, &panel->inlines, STR("Glance"));
    struct block *facts = fake_block(&f->arena, &panel->children, BLOCK_FACTS, STYLE_VALUE);
    facts->u.facts.count = count;
    facts->u.facts.terms = ARENA_ARRAY(&f->arena, struct block_inlines, count);
    facts->u.facts.values = ARENA_ARRAY(&f->arena, struct block_inlines, count);
    for (size_t i = 0; i < count; i++) {
        fake_inline(&f->arena, &facts->u.facts.terms[i], STR("term"));
        fake_inline(&f->arena, &facts->u.facts.values[i], fake_words(&f->arena, i, 1));
    }
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    fake_check_on_paper(pages);
    fake_check_no_overlap(pages);
    return pages;
}

/* How many segments of a page end in the words, and the baseline of the last of them. */
static size_t count_of(const struct page *page, const char *words, int32_t *y)
{
    size_t count = 0;
    for (size_t i = 0; i < page->item_count; i++)
        if (page->items[i].kind == ITEM_GLYPHS && str_ends(page->items[i].u.glyphs.segment->text, str_from(words))) {
            count++;
            *y = page->items[i].y;
        }
    return count;
}

/* A long panel beside a short list: the facts that reach below go across the page, none is lost. */
static void facts_spread_below_short_columns(void **state)
{
    struct fake_fixture *f = *state;
    struct pages *pages = facts_beside_a_list(f, 20);
    int32_t left = INT32_MAX;
    for (size_t i = 0; i < 20; i++) {
        size_t found = 0;
        struct str word = fake_words(&f->arena, i, 1);
        for (size_t k = 0; k < pages->items[0].item_count; k++) {
            const struct page_item *item = &pages->items[0].items[k];
            if (item->kind == ITEM_GLYPHS && str_eq(item->u.glyphs.segment->text, word)) {
                found++;
                left = item->x < left ? item->x : left;
            }
        }
        assert_int_equal(found, 1);
    }
    assert_true(left < pages->width_mpt / 3);
    bool term = false; /* the text before is one: its value is drawn next */
    for (size_t k = 0; k < pages->items[0].item_count; k++) {
        const struct page_item *item = &pages->items[0].items[k];
        if (item->kind != ITEM_GLYPHS)
            continue;
        bool another = str_is(item->u.glyphs.segment->text, "term");
        assert_false(term && another);
        term = another;
    }
}

/* Right below the panel its facts go on without a title, on the next page under it. */
static void facts_are_titled_again_on_the_next_page(void **state)
{
    struct fake_fixture *f = *state;
    int32_t y = 0, lowest = 0;
    struct pages *pages = facts_beside_a_list(f, 20);
    assert_int_equal(pages->count, 1);
    assert_int_equal(count_of(&pages->items[0], "(continued)", &y), 0);
    f->document.blocks.count = 0;
    pages = facts_beside_a_list(f, 150);
    assert_true(pages->count > 1);
    assert_int_equal(count_of(&pages->items[0], "(continued)", &y), 0);
    for (size_t p = 1; p < pages->count; p++) {
        assert_int_equal(count_of(&pages->items[p], "(continued)", &y), 1);
        assert_true(count_of(&pages->items[p], "term", &lowest) > 3 && y < lowest);
    }
}

/* The long lines of a page, from the first on; the number of them. */
static size_t lines_of(const struct page *page, const struct page_item **found, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < page->item_count; i++) {
        const struct page_item *item = &page->items[i];
        if (item->kind == ITEM_GLYPHS && count < most && fake_is_body(item) && item->u.glyphs.segment->text.n > 8)
            found[count++] = item;
    }
    return count;
}

static void words_of_quotations_stand_under_one_another(void **state)
{
    struct fake_fixture *f = *state;
    static const enum block_style styles[] = {STYLE_QUOTE, STYLE_PULL_QUOTE};
    static const char *marks[] = {"\u201c", "\u00ab\u202f", ""};
    for (size_t s = 0; s < sizeof styles / sizeof *styles; s++) {
        for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
            f->document.blocks = (struct block_list){0};
            struct block *quote = fake_block(&f->arena, &f->document.blocks, BLOCK_QUOTE, styles[s]);
            quote->u.quote.pull = styles[s] == STYLE_PULL_QUOTE;
            fake_text(&f->arena, &quote->children, styles[s],
                      str_printf(&f->arena, "%s" STR_FMT, marks[m], STR_ARG(fake_words(&f->arena, 1, 30))));
            struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
            const struct page_item *lines[8];
            size_t count = lines_of(&pages->items[0], lines, 8);
            assert_in_range(count, 2, 8);
            int32_t hangs = lines[1]->x - lines[0]->x, letter = style_of(styles[s])->size / 2;
            assert_int_equal(hangs, m == 0 ? letter : 0); /* two of these wide letters have no room beside the bar */
            for (size_t i = 2; i < count; i++)
                assert_int_equal(lines[i]->x, lines[1]->x);
        }
    }
}

/* What begins a line of its own in a value is told from a line that goes on. */
static void parts_of_a_value_stand_apart(void **state)
{
    struct fake_fixture *f = *state;
    struct block *facts = fake_block(&f->arena, &f->document.blocks, BLOCK_FACTS, STYLE_VALUE);
    facts->u.facts.count = 1;
    facts->u.facts.terms = ARENA_ARRAY(&f->arena, struct block_inlines, 1);
    facts->u.facts.values = ARENA_ARRAY(&f->arena, struct block_inlines, 1);
    fake_inline(&f->arena, &facts->u.facts.terms[0], STR("term"));
    fake_inline(&f->arena, &facts->u.facts.values[0],
                str_printf(&f->arena, STR_FMT "\u2028" STR_FMT, STR_ARG(fake_words(&f->arena, 1, 30)),
                           STR_ARG(fake_words(&f->arena, 2, 30))));
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    const struct page_item *lines[32];
    size_t count = lines_of(&pages->items[0], lines, 32), apart = 0;
    assert_in_range(count, 4, 31);
    for (size_t i = 1; i < count; i++)
        apart += lines[i]->y - lines[i - 1]->y > style_of(STYLE_VALUE)->leading;
    assert_int_equal(apart, 1);
}

/* Where the page has room for some rows of them only, the rest goes on on the next. */
static void facts_go_on_on_the_next_page(void **state)
{
    struct fake_fixture *f = *state;
    size_t torn = 0;
    for (size_t lines = 10; lines < 30; lines++) {
        f->document.blocks = (struct block_list){0};
        for (size_t i = 0; i < lines; i++)
            fake_text(&f->arena, &f->document.blocks, STYLE_BODY, STR("line of text"));
        struct pages *pages = facts_beside_a_list(f, 22);
        size_t across = 0;
        int32_t y = 0;
        for (size_t i = 0; i < pages->items[0].item_count; i++) {
            const struct page_item *item = &pages->items[0].items[i];
            across += item->kind == ITEM_GLYPHS && item->x < pages->width_mpt / 3 &&
                      str_is(item->u.glyphs.segment->text, "term");
        }
        if (pages->count == 1 || across == 0)
            continue;
        assert_int_equal(count_of(&pages->items[1], "(continued)", &y), 1);
        torn++;
    }
    assert_true(torn > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(maps_of_any_size, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(meters_show_score_and_history, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(key_figures_shrink_and_wrap, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(key_figures_share_rows, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(timelines_and_facts_keep_their_labels_apart, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(facts_spread_below_short_columns, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(facts_go_on_on_the_next_page, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(facts_are_titled_again_on_the_next_page, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(words_of_quotations_stand_under_one_another, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(parts_of_a_value_stand_apart, fake_set_up, fake_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
