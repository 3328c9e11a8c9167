/* The map of relationships, for any names and numbers of them: no label over another, over a line, over the
 * centre or off the figure; no line across another; heads for directions, weight for strength. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "layout/colour.h"
#include "layout_fake.h"

enum {
    SEEDS = 12,
    SAMPLES = 16,
    POINTS_MOST = SAMPLES + 4,
    SPACE = 4300, /* hangs out of a line: the fake engine keeps the space at its end */
};

struct region {
    int64_t left, top, right, bottom;
};
struct point {
    int64_t x, y;
};
struct line {
    const struct page_item *item;
    struct point points[POINTS_MOST];
    size_t count;
};

/* What one drawing of the map shows. */
struct drawing {
    const struct page_node *figure;
    struct region centre;
    struct {
        const struct page_item *items[600];
        size_t count;
    } texts;
    struct {
        struct line items[64];
        size_t count;
    } lines;
    size_t heads;
};

static uint32_t random_next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* Capitals reach about 0.7 of the size over the baseline, descenders 0.25 below it. */
static struct region region_of(const struct page_item *text)
{
    const struct text_packed *segment = text->u.glyphs.segment;
    return (struct region){text->x, text->y - segment->size_mpt * 7 / 10, text->x + segment->width_mpt,
                           text->y + segment->size_mpt / 4};
}

/* The centre is made of one rectangle or more. */
static void region_widen(struct region *region, const struct page_item *rect)
{
    int64_t right = (int64_t)rect->x + rect->u.rect.width, bottom = (int64_t)rect->y + rect->u.rect.height;
    if (region->right == 0)
        *region = (struct region){rect->x, rect->y, right, bottom};
    region->left = rect->x < region->left ? rect->x : region->left;
    region->top = rect->y < region->top ? rect->y : region->top;
    region->right = right > region->right ? right : region->right;
    region->bottom = bottom > region->bottom ? bottom : region->bottom;
}

static bool region_holds(struct region outer, struct region inner)
{
    return outer.left <= inner.left && inner.right <= outer.right && outer.top <= inner.top &&
           inner.bottom <= outer.bottom;
}

static bool regions_meet(struct region a, struct region b)
{
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/* A cubic Bézier at the given share of its parameter. */
static int64_t curve_at(int64_t p0, const int32_t p[3], int64_t step)
{
    int64_t t = step, u = SAMPLES - step, whole = (int64_t)SAMPLES * SAMPLES * SAMPLES;
    return (u * u * u * p0 + 3 * u * u * t * p[0] + 3 * u * t * t * p[1] + t * t * t * p[2]) / whole;
}

static void line_take(struct drawing *drawing, const struct page_item *item)
{
    assert_true(drawing->lines.count < 64);
    struct line *line = &drawing->lines.items[drawing->lines.count++];
    *line = (struct line){.item = item};
    for (size_t i = 0; i < item->u.path->count; i++) {
        const struct path_step *step = &item->u.path->steps[i];
        if (step->op != PATH_CURVE) {
            line->points[line->count++] = (struct point){step->x[0], step->y[0]};
            continue;
        }
        struct point from = line->points[line->count - 1];
        for (int64_t s = 1; s <= SAMPLES; s++)
            line->points[line->count++] =
                (struct point){curve_at(from.x, step->x, s), curve_at(from.y, step->y, s)};
    }
}

/* The drawing whose Figure has that node. */
static struct drawing drawing_read(const struct pages *pages, uint32_t node)
{
    struct drawing drawing = {.figure = &pages->nodes[node]};
    const struct page *page = &pages->items[page_words_of(drawing.figure)->box_page];
    for (size_t i = 0; i < page->item_count; i++) {
        const struct page_item *item = &page->items[i];
        if (item->node != node)
            continue;
        if (item->kind == ITEM_GLYPHS && drawing.texts.count < 600)
            drawing.texts.items[drawing.texts.count++] = item;
        if (item->kind == ITEM_RECT)
            region_widen(&drawing.centre, item);
        if (item->kind == ITEM_PATH && item->u.path->stroke)
            line_take(&drawing, item);
        drawing.heads += item->kind == ITEM_PATH && item->u.path->fill;
    }
    return drawing;
}

/* All drawings of the map, in their order. */
static struct drawing *drawings_read(struct arena *arena, const struct pages *pages, size_t *count)
{
    struct drawing *drawings = ARENA_ARRAY(arena, struct drawing, pages->node_count);
    *count = 0;
    for (uint32_t node = 1; node < pages->node_count; node++)
        if (pages->nodes[node].role == NODE_FIGURE)
            drawings[(*count)++] = drawing_read(pages, node);
    return drawings;
}

/* Twice the area of a triangle, with its sign: at which side of ab c lies. */
static int64_t side_of(struct point a, struct point b, struct point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static bool segments_cross(struct point a, struct point b, struct point c, struct point d)
{
    int64_t s = side_of(a, b, c), t = side_of(a, b, d), u = side_of(c, d, a), v = side_of(c, d, b);
    return ((s > 0) != (t > 0)) && ((u > 0) != (v > 0)) && (s || t) && (u || v);
}

static bool lines_cross(const struct line *a, const struct line *b)
{
    for (size_t i = 1; i < a->count; i++)
        for (size_t j = 1; j < b->count; j++)
            if (segments_cross(a->points[i - 1], a->points[i], b->points[j - 1], b->points[j]))
                return true;
    return false;
}

static void check_lines(const struct drawing *drawing, const struct palette *palette)
{
    for (size_t i = 0; i < drawing->lines.count; i++) {
        const struct line *line = &drawing->lines.items[i];
        int64_t half = line->item->u.path->stroke_mpt / 2;
        assert_true(colour_contrast(line->item->u.path->stroke_colour, palette->paper) >= 300);
        for (size_t j = i + 1; j < drawing->lines.count; j++)
            assert_false(lines_cross(line, &drawing->lines.items[j]));
        for (size_t p = 0; p < line->count; p++) {
            struct region dot = {line->points[p].x - half, line->points[p].y - half, line->points[p].x + half,
                                 line->points[p].y + half};
            for (size_t t = 0; t < drawing->texts.count; t++)
                assert_false(regions_meet(dot, region_of(drawing->texts.items[t])));
        }
    }
}

static void check_drawing(const struct drawing *drawing, const struct palette *palette)
{
    const struct page_words *figure = page_words_of(drawing->figure);
    assert_true(figure->alt.n > 0);
    struct region frame = {figure->box_x, figure->box_y, (int64_t)figure->box_x + figure->box_width,
                           (int64_t)figure->box_y + figure->box_height};
    assert_true(region_holds(frame, drawing->centre));
    for (size_t i = 0; i < drawing->texts.count; i++) {
        struct region text = region_of(drawing->texts.items[i]);
        struct region within = {text.left + SPACE, text.top, text.right - SPACE, text.bottom};
        assert_true(region_holds(frame, within));
        assert_true(region_holds(drawing->centre, text) || !regions_meet(drawing->centre, text));
    }
    check_lines(drawing, palette);
}

static struct block *random_map(struct fake_fixture *f, size_t count, uint32_t *state)
{
    f->document.blocks = (struct block_list){0};
    struct block *map = fake_block(&f->arena, &f->document.blocks, BLOCK_MAP, STYLE_DRAWING);
    map->u.map.centre = fake_words(&f->arena, 0, 1 + random_next(state) % 6);
    map->u.map.alt = STR("All of it in words");
    map->u.map.nodes = ARENA_ARRAY(&f->arena, struct map_node, count);
    map->u.map.count = count;
    for (size_t i = 0; i < count; i++) {
        uint32_t way = random_next(state) % 3;
        map->u.map.nodes[i] =
            (struct map_node){.name = fake_words(&f->arena, 100 + i, 1 + random_next(state) % 8),
                              .relation = fake_words(&f->arena, 500 + i, random_next(state) % 9),
                              .strength = (int)(random_next(state) % 102) - 1,
                              .to = way != 0,
                              .from = way != 1};
    }
    return map;
}

/* As many heads, dashes and as much weight as the nodes ask for, over all drawings. */
static void check_against_nodes(const struct block *map, const struct drawing *drawings, size_t count)
{
    size_t heads = 0, wanted = 0, dashed = 0, unknown = 0, lines = 0;
    int64_t weight = 0, strength = 0;
    for (size_t d = 0; d < count; d++) {
        heads += drawings[d].heads;
        lines += drawings[d].lines.count;
        for (size_t i = 0; i < drawings[d].lines.count; i++) {
            const struct page_item *item = drawings[d].lines.items[i].item;
            dashed += item->u.path->dashed;
            weight += item->u.path->dashed ? 0 : item->u.path->stroke_mpt - 500;
        }
    }
    for (size_t i = 0; i < map->u.map.count; i++) {
        const struct map_node *node = &map->u.map.nodes[i];
        wanted += (size_t)node->to + (size_t)node->from;
        unknown += node->strength < 0;
        strength += node->strength < 0 ? 0 : node->strength;
    }
    assert_int_equal(lines, map->u.map.count);
    assert_int_equal(heads, wanted);
    assert_int_equal(dashed, unknown);
    assert_int_equal(weight, 22 * strength);
}

static bool is_shown(const struct drawing *drawings, size_t count, struct str word)
{
    size_t found = 0;
    for (size_t d = 0; d < count; d++)
        for (size_t i = 0; i < drawings[d].texts.count; i++) {
            struct str text = drawings[d].texts.items[i]->u.glyphs.segment->text;
            found += str_starts(text, word) && (text.n == word.n || text.p[word.n] == ' ');
        }
    assert_true(found <= 1);
    return found == 1;
}

static void nothing_overlaps_or_crosses(void **state)
{
    static const size_t sizes[] = {1, 2, 5, 12, 30, 60};
    struct fake_fixture *f = *state;
    const struct palette palette = palette_make(f->document.accent);
    uint32_t chance = 20261122;
    for (size_t s = 0; s < SEEDS * sizeof sizes / sizeof *sizes; s++) {
        const struct block *map = random_map(f, sizes[s / SEEDS], &chance);
        struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
        size_t count;
        const struct drawing *drawings = drawings_read(&f->arena, pages, &count);
        fake_check_on_paper(pages);
        fake_check_no_overlap(pages);
        for (size_t d = 0; d < count; d++)
            check_drawing(&drawings[d], &palette);
        check_against_nodes(map, drawings, count);
        bool relations = is_shown(drawings, count, str_printf(&f->arena, "w%d", 500));
        for (size_t i = 0; i < map->u.map.count; i++) {
            assert_true(is_shown(drawings, count, str_printf(&f->arena, "w%zu", 100 + i)));
            assert_true(relations == is_shown(drawings, count, str_printf(&f->arena, "w%zu", 500 + i)));
        }
        assert_true(relations || map->u.map.count > 12);
    }
}

/* The same line, once for each strength: never thinner for a stronger one. */
static void weight_grows_with_strength(void **state)
{
    struct fake_fixture *f = *state;
    int32_t before = 0;
    for (int strength = 0; strength <= 100; strength++) {
        uint32_t chance = 1;
        struct block *map = random_map(f, 1, &chance);
        map->u.map.nodes[0].strength = strength;
        size_t count;
        const struct drawing *drawing =
            drawings_read(&f->arena, fake_layout(&f->arena, &f->document, &f->diags), &count);
        assert_int_equal(count, 1);
        assert_int_equal(drawing->lines.count, 1);
        const struct page_item *stroke = drawing->lines.items[0].item;
        if (!stroke) {
            fail_msg("no line was drawn");
            return;
        }
        assert_true(stroke->u.path->stroke_mpt > before);
        before = stroke->u.path->stroke_mpt;
    }
}

/* Sixty short names go onto one page, in one drawing. */
static void sixty_names_fit_one_page(void **state)
{
    struct fake_fixture *f = *state;
    uint32_t chance = 7;
    struct block *map = random_map(f, 60, &chance);
    for (size_t i = 0; i < 60; i++)
        map->u.map.nodes[i].name = fake_words(&f->arena, 100 + i, 3);
    struct pages *pages = fake_layout(&f->arena, &f->document, &f->diags);
    assert_int_equal(pages->count, 1);
    size_t count;
    const struct drawing *drawing = drawings_read(&f->arena, pages, &count);
    assert_int_equal(count, 1);
    assert_int_equal(drawing->lines.count, 60);
}

/* A name that takes too many lines is cut with one warning, however often the map is measured. */
static void a_long_name_is_told_once(void **state)
{
    struct fake_fixture *f = *state;
    uint32_t chance = 3;
    struct block *map = random_map(f, 60, &chance);
    map->u.map.nodes[20].name = fake_words(&f->arena, 120, 90);
    fake_layout(&f->arena, &f->document, &f->diags);
    assert_int_equal(f->diags.warnings, 1);
    assert_int_equal(f->diags.per_code[DIAG_TEXT_SHORTENED], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_overlaps_or_crosses, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(weight_grows_with_strength, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(sixty_names_fit_one_page, fake_set_up, fake_tear_down),
        cmocka_unit_test_setup_teardown(a_long_name_is_told_once, fake_set_up, fake_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
