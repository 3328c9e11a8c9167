/* Pages chosen over the whole document: holes are spread, last pages saved, figures and pull quotes moved. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout_fake.h"

enum { TOP = 76000, FOOT = 841890 - 76000, LINE = 14000 };

struct spot {
    size_t page;
    int32_t y;
};

static struct spot find(const struct pages *pages, const char *beginning)
{
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->items[p].item_count; i++) {
            const struct page_item *item = &pages->items[p].items[i];
            if (fake_is_body(item) && str_starts(item->u.glyphs.segment->text, str_from(beginning)))
                return (struct spot){p, item->y};
        }
    }
    return (struct spot){.page = SIZE_MAX};
}

/* Empty paper at the foot of a page below its lowest line of text or picture; none on one that runs a line
 * long. */
static int32_t hole_of(const struct pages *pages, size_t page)
{
    int32_t lowest = TOP;
    for (size_t i = 0; i < pages->items[page].item_count; i++) {
        const struct page_item *item = &pages->items[page].items[i];
        int32_t bottom = item->kind == ITEM_IMAGE ? item->y + item->u.image.height
                         : fake_is_body(item)     ? item->y
                                                  : 0;
        lowest = bottom > lowest ? bottom : lowest;
    }
    return lowest < FOOT ? FOOT - lowest : 0;
}

static const struct page_item *picture_on(const struct pages *pages, size_t *page)
{
    for (*page = 0; *page < pages->count; ++*page)
        for (size_t i = 0; i < pages->items[*page].item_count; i++)
            if (pages->items[*page].items[i].kind == ITEM_IMAGE)
                return &pages->items[*page].items[i];
    return NULL;
}

static struct pages *set(struct fake_fixture *f, int width_px, int height_px)
{
    struct text_engine *engine = ARENA_NEW(&f->arena, struct text_engine);
    struct image_set *images = ARENA_NEW(&f->arena, struct image_set);
    *engine = layout_fake_engine();
    images->first = ARENA_NEW(&f->arena, struct image);
    *images->first = (struct image){.path = STR("picture"), .width_px = width_px, .height_px = height_px};
    struct layout_options options = {.width_mpt = 595276, .height_mpt = 841890, .images = images};
    struct pages *pages = layout_document(&f->arena, &f->document, &options, engine, &f->diags);
    fake_check_on_paper(pages);
    fake_check_no_overlap(pages);
    return pages;
}

static void add_lines(struct fake_fixture *f, struct block_list *list, size_t count, const char *first)
{
    for (size_t i = 0; i < count; i++)
        fake_text(&f->arena, list, STYLE_BODY, i ? STR("line of text") : str_from(first));
}

static void add_panel(struct fake_fixture *f, size_t lines, const char *first)
{
    struct block *panel = fake_block(&f->arena, &f->document.blocks, BLOCK_PANEL, STYLE_PANEL_TITLE);
    panel->u.panel.panel = PANEL_LOCKED;
    panel->keep_together = true;
    for (size_t i = 0; i < lines; i++)
        fake_text(&f->arena, &panel->children, STYLE_PANEL_TEXT, i ? STR("in it") : str_from(first));
}

/* A page filled to the foot that leaves the next one a third empty is worse than two with a smaller hole
 * each. */
static void spreads_holes(void **state)
{
    struct fake_fixture *f = *state;
    add_lines(f, &f->document.blocks, 25, "lines");
    add_panel(f, 7, "second");
    add_panel(f, 24, "third");
    add_panel(f, 20, "fourth");
    add_lines(f, &f->document.blocks, 20, "rest");
    struct pages *pages = set(f, 1, 1);
    assert_int_equal(find(pages, "lines").page, 0);
    assert_int_equal(find(pages, "third").page, 1);
    assert_int_equal(find(pages, "second").page, 1); /* though the first page has room for it */
    assert_true(hole_of(pages, 0) > 8 * LINE);
    assert_in_range(hole_of(pages, 1), 0, 14 * LINE);
}

/* Without anything that must stay whole, the feet of many pages are level, and none lacks more than two
 * lines. */
static void levels_feet(void **state)
{
    struct fake_fixture *f = *state;
    for (size_t i = 0; i < 60; i++)
        fake_text(&f->arena, &f->document.blocks, STYLE_BODY, fake_words(&f->arena, i, 40 + i * 37 % 90));
    struct pages *pages = set(f, 1, 1);
    assert_true(pages->count > 5);
    size_t level = 0;
    for (size_t p = 0; p + 1 < pages->count; p++) {
        int32_t hole = hole_of(pages, p); /* from the last baseline */
        assert_in_range(hole, 0, 5000 + 2 * LINE);
        level += hole < 5000 + LINE / 2;
    }
    assert_true(level * 2 >= pages->count);
}

/* A pull quote that finds no room at a page's foot: the text of its section goes on there, and it begins the
 * next. Text of another section does not. */
static void moves_quotes_down(void **state)
{
    struct fake_fixture *f = *state;
    size_t moved = 0, stayed = 0;
    for (size_t lines = 10; lines < 34; lines++) {
        f->document.blocks = (struct block_list){0};
        add_lines(f, &f->document.blocks, lines, "top");
        struct block *group = fake_block(&f->arena, &f->document.blocks, BLOCK_GROUP, STYLE_BODY);
        fake_heading(&f->arena, &group->children, "Heading");
        fake_text(&f->arena, &group->children, STYLE_BODY, fake_words(&f->arena, 1, 60));
        struct block *quote = fake_block(&f->arena, &group->children, BLOCK_QUOTE, STYLE_PULL_QUOTE);
        quote->u.quote.pull = quote->keep_together = true;
        fake_text(&f->arena, &quote->children, STYLE_PULL_QUOTE, fake_words(&f->arena, 2, 60));
        fake_inline(&f->arena, &quote->inlines, STR("who said it"));
        fake_text(&f->arena, &group->children, STYLE_BODY, fake_words(&f->arena, 3, 300));
        add_lines(f, &f->document.blocks, 30, "other section");
        struct pages *pages = set(f, 1, 1);
        struct spot before = find(pages, "w1 "), begin = find(pages, "w2 "), end = find(pages, "who said"),
                    after = find(pages, "w3 ");
        assert_int_equal(begin.page, end.page);
        struct spot other = find(pages, "other section");
        assert_true(other.page > begin.page || other.y > begin.y);
        assert_true(before.page < begin.page || before.y < begin.y);
        assert_in_range(hole_of(pages, 0), 0, 5 * LINE);
        if (after.page < begin.page) {
            moved++;
            assert_int_equal(begin.page, before.page + 1);
            assert_true(begin.y < TOP + 2 * LINE);
        } else {
            stayed++;
        }
    }
    assert_true(moved > 2 && stayed > 2);
}

static void add_figure(struct fake_fixture *f, struct block_list *list)
{
    struct block *figure = fake_block(&f->arena, list, BLOCK_FIGURE, STYLE_CAPTION);
    figure->u.figure.path = STR("picture");
    figure->keep_together = true;
    fake_inline(&f->arena, &figure->inlines, STR("caption"));
}

/* A figure at the end of its section may stand at the top of the page on which the section goes on, its
 * caption with it, never before the section, and every line of text is set once. */
static void moves_figures(void **state)
{
    struct fake_fixture *f = *state;
    size_t above = 0, below = 0;
    for (size_t lines = 4; lines < 34; lines++) {
        f->document.blocks = (struct block_list){0};
        add_lines(f, &f->document.blocks, lines, "top");
        struct block *group = fake_block(&f->arena, &f->document.blocks, BLOCK_GROUP, STYLE_BODY);
        fake_heading(&f->arena, &group->children, "Heading");
        fake_text(&f->arena, &group->children, STYLE_BODY, fake_words(&f->arena, 1, 300));
        fake_text(&f->arena, &group->children, STYLE_BODY, fake_words(&f->arena, 2, 200));
        add_figure(f, &group->children);
        add_panel(f, 25, "panel");
        struct pages *pages = set(f, 500, 250);
        size_t page, lines_found = 0, last_page = find(pages, "w2 ").page;
        const struct page_item *picture = picture_on(pages, &page);
        assert_non_null(picture);
        struct spot caption = find(pages, "caption"), heading = find(pages, "Heading");
        assert_int_equal(caption.page, page);
        assert_true(caption.y > picture->y + picture->u.image.height);
        assert_true(page > heading.page || picture->y > heading.y);
        assert_in_range(page, heading.page, last_page + 1);
        for (size_t p = 0; p < pages->count; p++)
            for (size_t i = 0; i < pages->items[p].item_count; i++)
                lines_found += pages->items[p].items[i].kind == ITEM_IMAGE;
        assert_int_equal(lines_found, 1);
        struct spot text = find(pages, "w2 ");
        bool is_above = page < text.page || (page == text.page && picture->y < text.y);
        above += is_above;
        below += !is_above;
        if (is_above)
            assert_true(picture->y == TOP);
    }
    assert_true(above > 0 && below > above);
}

/* A picture that just does not fit is set smaller, by a quarter at most and in its own proportions. */
static void sets_pictures_smaller(void **state)
{
    struct fake_fixture *f = *state;
    size_t smaller = 0;
    int32_t natural = 0;
    for (size_t lines = 8; lines < 30; lines++) {
        f->document.blocks = (struct block_list){0};
        add_lines(f, &f->document.blocks, lines, "top");
        fake_heading(&f->arena, &f->document.blocks, "Heading");
        add_figure(f, &f->document.blocks);
        add_lines(f, &f->document.blocks, 30, "after");
        struct pages *pages = set(f, 500, 400);
        size_t page;
        const struct page_item *picture = picture_on(pages, &page);
        assert_non_null(picture);
        int32_t width = picture->u.image.width, height = picture->u.image.height;
        natural = height > natural ? height : natural;
        assert_in_range(height * 5 / 4 - width + 20, 0, 40);
        assert_in_range(height, natural * 3 / 4 - 1000, natural);
        smaller += height < natural;
        const struct page_node *node = &pages->nodes[picture->node];
        assert_int_equal(page_words_of(node)->box_width, width);
        assert_int_equal(page_words_of(node)->box_height, height);
    }
    assert_true(smaller > 0);
}

/* A text that introduces a table is parted from it rather than leave a large hole; a heading never is. */
static void parts_introductions(void **state)
{
    struct fake_fixture *f = *state;
    size_t parted = 0, together = 0;
    for (size_t i = 0; i < 72; i++) {
        f->document.blocks = (struct block_list){0};
        add_lines(f, &f->document.blocks, 10 + i / 3, "top");
        fake_heading(&f->arena, &f->document.blocks, "Heading")->keep_with_next = true;
        struct block *basis =
            fake_text(&f->arena, &f->document.blocks, STYLE_BODY, fake_words(&f->arena, 1, 40 + i % 3 * 20));
        basis->keep_with_next = true;
        fake_table(&f->arena, &f->document.blocks, 2, 8, 2)->keep_together = true;
        add_lines(f, &f->document.blocks, 40, "after");
        struct pages *pages = set(f, 1, 1);
        struct spot heading = find(pages, "Heading"), text = find(pages, "w1 "),
                    table = find(pages, "Caption");
        assert_int_equal(heading.page, text.page);
        parted += text.page < table.page;
        together += text.page == table.page;
        assert_true(hole_of(pages, 0) >= -LINE &&
                    hole_of(pages, 0) <= 12 * LINE); /* a page may run a line long */
    }
    assert_true(parted > 1 && together > parted);
}

/* How often a text stands on a page, with no part in its structure; y: where. */
static size_t artifacts_on(const struct page *page, struct str text, int32_t *y)
{
    size_t count = 0;
    for (size_t i = 0; i < page->item_count; i++) {
        const struct page_item *item = &page->items[i];
        if (item->kind == ITEM_GLYPHS && item->node == PAGE_ARTIFACT && str_starts(item->u.glyphs.segment->text, text)) {
            *y = item->y;
            count++;
        }
    }
    return count;
}

/* A table that follows a drawing of the same says so where a page break parts them, and only there. */
static void continues_drawings(void **state)
{
    struct fake_fixture *f = *state;
    size_t parted = 0, together = 0;
    f->document.continued = STR("continued");
    for (size_t lines = 10; lines < 34; lines++) {
        f->document.blocks = (struct block_list){0};
        add_lines(f, &f->document.blocks, lines, "top");
        fake_text(&f->arena, &f->document.blocks, STYLE_BODY, fake_words(&f->arena, 1, 30))->keep_with_next = true;
        struct block *table = fake_table(&f->arena, &f->document.blocks, 2, 8, 2);
        table->inlines = (struct block_inlines){0};
        table->u.table.title = STR("Relations");
        table->u.table.follows = true;
        struct pages *pages = set(f, 1, 1);
        struct spot drawing = find(pages, "w1 "), head = find(pages, "Head");
        int32_t title_y = 0;
        size_t titles = artifacts_on(&pages->items[head.page], STR("Relations"), &title_y);
        assert_int_equal(titles, drawing.page != head.page);
        assert_true(title_y < head.y);
        parted += drawing.page != head.page;
        together += drawing.page == head.page;
    }
    assert_true(parted > 0 && together > parted);
}

/* ---- random documents */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

enum moves { STAYS, IN_ITS_SECTION, FARTHER };

/* Adds a part of a section whose first words are numbered. */
static enum moves add_random_part(struct fake_fixture *f, struct block_list *list, size_t number, uint32_t *seed)
{
    struct block *block;
    size_t words = 5 + next_random(seed) % 200;
    switch (next_random(seed) % 6) {
    case 0:
        block = fake_block(&f->arena, list, BLOCK_QUOTE, STYLE_PULL_QUOTE);
        block->u.quote.pull = block->keep_together = true;
        fake_text(&f->arena, &block->children, STYLE_PULL_QUOTE,
                  fake_words(&f->arena, number, words / 3 + 1));
        return IN_ITS_SECTION;
    case 1:
        add_figure(f, list);
        list->items[list->count - 1].inlines.items[0].text = fake_words(&f->arena, number, 8);
        return FARTHER;
    case 2:
        block = fake_table(&f->arena, list, 2, 2 + words % 12, 3);
        block->inlines.items[0].text = fake_words(&f->arena, number, 4);
        for (size_t r = 0; r < block->u.table.row_count; r++)
            for (size_t c = 0; c < 2; c++)
                block->u.table.rows[r].cells[c].items[0].text = STR("some words of a cell");
        return FARTHER;
    case 3:
        block = fake_block(&f->arena, list, BLOCK_LIST, STYLE_LIST);
        fake_text(&f->arena, &block->children, STYLE_LIST, fake_words(&f->arena, number, words));
        fake_text(&f->arena, &block->children, STYLE_LIST, STR("second item"));
        return STAYS;
    default:
        fake_text(&f->arena, list, STYLE_BODY, fake_words(&f->arena, number, words));
        return STAYS;
    }
}

struct part_at {
    size_t section;
    bool marked; /* its section, with a tier's mark */
    enum moves moves;
};

enum { PARTS_MOST = 400 };

static size_t add_random_sections(struct fake_fixture *f, size_t sections, struct part_at parts[PARTS_MOST],
                                  uint32_t *seed)
{
    size_t count = 0;
    for (size_t s = 0; s < sections; s++) {
        struct block *group = fake_block(&f->arena, &f->document.blocks, BLOCK_GROUP, STYLE_BODY);
        bool marked = next_random(seed) % 4 == 0;
        if (marked)
            fake_text(&f->arena, &group->children, STYLE_TIER_MARK, STR("Tier"));
        fake_heading(&f->arena, &group->children, "Heading")->keep_with_next = true;
        for (size_t i = 0, n = 1 + next_random(seed) % 7; i < n && count < PARTS_MOST; i++, count++)
            parts[count] = (struct part_at){s, marked, add_random_part(f, &group->children, count, seed)};
    }
    return count;
}

/* How often a beginning is found, as text or in the continued head of a table, and where first. */
static size_t count_of(const struct pages *pages, const char *beginning, struct spot *first)
{
    size_t count = 0;
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->items[p].item_count; i++) {
            const struct page_item *item = &pages->items[p].items[i];
            if (!fake_is_body(item) || !str_starts(item->u.glyphs.segment->text, str_from(beginning)))
                continue;
            if (count++ == 0)
                *first = (struct spot){p, item->y};
        }
    }
    return count;
}

static bool comes_after(struct spot a, struct spot b)
{
    return a.page != b.page ? a.page > b.page : a.y > b.y;
}

/* Every part is set once; what does not move follows what came before it; what moves stays behind the
 * beginning of its section and near its place, before the next section if it is a pull quote or a tier's mark tells the
 * two apart; no page but the last is left half empty. */
static void sets_random_documents(void **state)
{
    struct fake_fixture *f = *state;
    uint32_t seed = 7;
    struct part_at parts[PARTS_MOST];
    size_t moved = 0, away = 0;
    for (size_t round = 0; round < 60; round++) {
        f->document.blocks = (struct block_list){0};
        size_t count = add_random_sections(f, 2 + next_random(&seed) % 14, parts, &seed);
        struct pages *pages = set(f, 500, 200 + (int)(next_random(&seed) % 200));
        struct spot last = {0}, latest = {0}, begin = {0}, text = {0};
        for (size_t i = 0; i < count; i++) {
            struct spot spot = {0};
            assert_int_equal(count_of(pages, str_printf(&f->arena, "w%zu ", i).p, &spot), 1);
            bool opens = i == 0 || parts[i].section != parts[i - 1].section;
            if (opens)
                assert_true(i == 0 || comes_after(spot, parts[i].marked ? latest : last));
            else
                assert_true(comes_after(spot, begin));
            if (parts[i].moves == STAYS && !opens)
                assert_true(comes_after(spot, text));
            if (parts[i].moves == FARTHER && !opens)
                assert_true(spot.page <= text.page + 2); /* where the text before it ends, or the next */
            moved += !opens && parts[i].moves == STAYS && comes_after(latest, spot);
            away += opens && comes_after(latest, spot);
            begin = opens ? spot : begin;
            text = opens || parts[i].moves == STAYS ? spot : text;
            bool bound = opens || parts[i].moves != FARTHER || parts[i].marked;
            last = bound && comes_after(spot, last) ? spot : last;
            latest = comes_after(spot, latest) ? spot : latest;
        }
        for (size_t p = 0; p + 1 < pages->count; p++)
            assert_in_range(hole_of(pages, p), 0, 300000);
    }
    assert_true(moved > 5 && away > 1);
}

/* A first page that ends short takes more space around its title, so that its foot is level; or as much as there is. The title
 * keeps its place but for a line. */
static void opens_wide(void **state)
{
    struct fake_fixture *f = *state;
    size_t level = 0;
    for (size_t lines = 20; lines < 30; lines++) {
        f->document.blocks = (struct block_list){0};
        struct block *masthead = fake_block(&f->arena, &f->document.blocks, BLOCK_MASTHEAD, STYLE_BODY);
        masthead->u.masthead.publisher = STR("Publisher");
        masthead->u.masthead.product = STR("Product");
        masthead->u.masthead.edition = STR("Edition");
        fake_text(&f->arena, &f->document.blocks, STYLE_KICKER, STR("Kicker"));
        fake_text(&f->arena, &f->document.blocks, STYLE_STANDFIRST, STR("Standfirst"));
        struct block *above = fake_block(&f->arena, &f->document.blocks, BLOCK_GROUP, STYLE_BODY);
        add_lines(f, &above->children, lines, "above");
        struct block *group = fake_block(&f->arena, &f->document.blocks, BLOCK_GROUP, STYLE_BODY);
        group->keep_together = true;
        add_lines(f, &group->children, 18, "below");
        struct pages *pages = set(f, 1, 1);
        assert_int_equal(pages->count, 2);
        struct spot publisher = find(pages, "Publisher"), kicker = find(pages, "Kicker");
        int32_t apart = kicker.y - publisher.y, hole = hole_of(pages, 0);
        assert_true(find(pages, "below").page == 1);
        assert_true(hole < LINE ? apart > 60000 : apart > 79000);
        assert_true(apart < 80000);
        level += hole < LINE;
    }
    assert_in_range(level, 3, 9);
}

/* The masthead is drawn in the order in which it is read, and its edition stands level with the publisher. */
static void draws_the_masthead_in_order(void **state)
{
    struct fake_fixture *f = *state;
    struct block *masthead = fake_block(&f->arena, &f->document.blocks, BLOCK_MASTHEAD, STYLE_BODY);
    masthead->u.masthead.publisher = STR("Publisher");
    masthead->u.masthead.product = STR("Product");
    masthead->u.masthead.edition = STR("Edition");
    masthead->u.masthead.date = STR("Date");
    struct pages *pages = set(f, 1, 1);
    static const char *const words[] = {"Publisher", "Product", "Edition", "Date"};
    size_t next = 0;
    for (size_t i = 0; i < pages->items[0].item_count; i++) {
        const struct page_item *item = &pages->items[0].items[i];
        if (item->kind == ITEM_GLYPHS && next < 4)
            next += str_eq(item->u.glyphs.segment->text, str_from(words[next]));
    }
    assert_int_equal(next, 4);
    assert_in_range(find(pages, "Edition").y - find(pages, "Publisher").y + 1000, 0, 2000);
    assert_true(find(pages, "Date").y > find(pages, "Edition").y);
}

/* Lines of either column stand on one grid of half lines, whatever stands between them; facts of a line each,
 * four half lines apart; unless the page needs the room. */
static void aligns_columns(void **state)
{
    struct fake_fixture *f = *state;
    struct block *columns = fake_block(&f->arena, &f->document.blocks, BLOCK_COLUMNS, STYLE_BODY);
    columns->u.columns.right_permille = 340;
    for (size_t i = 0; i < 7; i++) {
        fake_text(&f->arena, &columns->children, STYLE_LIST, fake_words(&f->arena, i, 12 + i));
        fake_text(&f->arena, &columns->children, STYLE_SMALL, STR("between"));
    }
    struct block *panel = fake_block(&f->arena, &columns->right, BLOCK_PANEL, STYLE_PANEL_TITLE);
    panel->u.panel.panel = PANEL_GLANCE;
    fake_inline(&f->arena, &panel->inlines, STR("title"));
    fake_text(&f->arena, &panel->children, STYLE_BODY, fake_words(&f->arena, 10, 30));
    fake_text(&f->arena, &panel->children, STYLE_SMALL, STR("between"));
    fake_text(&f->arena, &panel->children, STYLE_BODY, fake_words(&f->arena, 11, 30));
    struct block *facts = fake_block(&f->arena, &panel->children, BLOCK_FACTS, STYLE_VALUE);
    facts->u.facts.count = 5;
    facts->u.facts.terms = ARENA_ARRAY(&f->arena, struct block_inlines, 5);
    facts->u.facts.values = ARENA_ARRAY(&f->arena, struct block_inlines, 5);
    for (size_t i = 0; i < 5; i++) {
        fake_inline(&f->arena, &facts->u.facts.terms[i], STR("term"));
        fake_inline(&f->arena, &facts->u.facts.values[i], str_printf(&f->arena, "value %zu", i));
    }
    struct pages *pages = set(f, 1, 1);
    assert_int_equal(pages->count, 1);
    int32_t first = find(pages, "w0 ").y;
    for (size_t i = 1; i < 12; i++) {
        struct spot spot = find(pages, str_printf(&f->arena, "w%zu ", i).p);
        assert_true(i > 6 && i < 10 ? spot.page == SIZE_MAX : (spot.y - first) % (LINE / 2) == 0);
    }
    for (size_t i = 1; i < 5; i++) {
        int32_t y = find(pages, str_printf(&f->arena, "value %zu", i).p).y;
        assert_int_equal((y - first) % (LINE / 2), 0);
        assert_int_equal(y - find(pages, str_printf(&f->arena, "value %zu", i - 1).p).y, 2 * LINE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(spreads_holes, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(levels_feet, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(moves_quotes_down, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(moves_figures, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(sets_pictures_smaller, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(parts_introductions, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(continues_drawings, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(opens_wide, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(draws_the_masthead_in_order, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(aligns_columns, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(sets_random_documents, fake_set_up, fake_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
