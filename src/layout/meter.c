/* The confidence meter: the score in large figures with its grade and outlook, the bands of the scale with a marker,
 * and the history as a sparkline. The words are text; scale and sparkline are one figure with an alternative. */
#include "layout/layout.h"

enum { SCALE_HEIGHT = 7 * PT, SCALE_TOP = 10 * PT, MARKER = 3500, BAND_GAP = 800, BAND_LINE = 700,
       SPARK_HEIGHT = 26 * PT, SPARK_TOP = 10 * PT, SPARK_SIDE = 24 * PT };

static const struct style *sized(struct layout *lay, int32_t size, int weight, enum ink ink)
{
    struct style *style = ARENA_NEW(lay->arena, struct style);
    *style = style_sized(style_of(STYLE_DRAWING), size);
    style->weight = weight;
    style->ink = ink;
    return style;
}

static bool holds(const struct meter_band *band, int hundredths)
{
    return band->from <= hundredths && hundredths <= band->to;
}

static int32_t scale_x(int32_t x, int32_t width, int hundredths)
{
    return x + (int32_t)((int64_t)width * hundredths / 101);
}

/* A triangle that stands on the scale, pointing down. */
static void marker_draw(struct layout *lay, struct box *box, int32_t x, int32_t y, uint32_t node)
{
    struct page_item *item = box_path(lay, box, 4, node);
    item->colour = lay->palette.text;
    item->u.path->fill = true;
    item->u.path->steps[0] = (struct path_step){PATH_MOVE, {x - MARKER}, {y - 2 * MARKER + PT}};
    item->u.path->steps[1] = (struct path_step){PATH_LINE, {x + MARKER}, {y - 2 * MARKER + PT}};
    item->u.path->steps[2] = (struct path_step){PATH_LINE, {x}, {y}};
    item->u.path->steps[3] = (struct path_step){.op = PATH_CLOSE};
}

/* Bands grow darker with the score, each on a line that shows its extent; the one that holds the score is in the full
 * accent, its grade in bold. Grades that are wider than their band are left to the table of the scale. */
static int32_t scale_draw(struct layout *lay, struct box *box, const struct block *block, int32_t x, int32_t width,
                          int32_t y, uint32_t node)
{
    const struct style *grade = sized(lay, 7000, 400, INK_QUIET), *own = sized(lay, 7000, 600, INK_TEXT);
    int32_t bar = y + SCALE_TOP;
    for (size_t i = 0; i < block->u.meter.band_count; i++) {
        const struct meter_band *band = &block->u.meter.bands[i];
        bool active = holds(band, block->u.meter.hundredths);
        int32_t from = scale_x(x, width, band->from), to = scale_x(x, width, band->to + 1) - BAND_GAP;
        if (to <= from)
            continue;
        struct colour fill =
            active ? lay->palette.accent
                   : colour_mix(lay->palette.paper, lay->palette.accent, 160 + 3 * (band->from + band->to) / 2);
        box_rect(lay, box, from, bar, to - from, SCALE_HEIGHT, fill, node);
        if (!active)
            box_rect(lay, box, from, bar + SCALE_HEIGHT - BAND_LINE, to - from, BAND_LINE, lay->palette.accent, node);
        const struct style *style = active ? own : grade;
        if (band->grade.n && typeset_text_width(lay, band->grade, style) <= to - from + BAND_GAP)
            typeset_text(lay, box, band->grade, style, from - BAND_GAP, bar + SCALE_HEIGHT + PT,
                         to - from + 3 * BAND_GAP, TEXT_CENTRE, node);
    }
    /* In the middle of its hundredth. */
    int32_t middle = x + (int32_t)((int64_t)width * (2 * block->u.meter.hundredths + 1) / 202);
    marker_draw(lay, box, middle, bar - PT, node);
    return SCALE_TOP + SCALE_HEIGHT + PT + grade->leading;
}

struct spark { int32_t x, y, width, height; int low, high; size_t count; };

static int32_t spark_x(const struct spark *spark, size_t index)
{
    return spark->x + (int32_t)((int64_t)spark->width * (int64_t)index / (int64_t)(spark->count - 1));
}

static int32_t spark_y(const struct spark *spark, int hundredths)
{
    return spark->y + (int32_t)((int64_t)spark->height * (spark->high - hundredths) / (spark->high - spark->low));
}

/* The range drawn spans at least a fifth of the scale, so that small changes look small. */
static struct spark spark_of(const struct block *block, int32_t x, int32_t width, int32_t y)
{
    struct spark spark = {.x = x + SPARK_SIDE, .y = y, .width = width - 2 * SPARK_SIDE, .height = SPARK_HEIGHT,
                          .low = block->u.meter.points[0].hundredths, .high = block->u.meter.points[0].hundredths,
                          .count = block->u.meter.point_count};
    for (size_t i = 1; i < spark.count; i++) {
        int value = block->u.meter.points[i].hundredths;
        spark.low = value < spark.low ? value : spark.low;
        spark.high = value > spark.high ? value : spark.high;
    }
    if (spark.high - spark.low < 20) {
        spark.low -= (20 - (spark.high - spark.low)) / 2;
        spark.high = spark.low + 20;
    }
    return spark;
}

static void spark_dot(struct layout *lay, struct box *box, int32_t x, int32_t y, int32_t size, struct colour colour,
                      uint32_t node)
{
    box_rect(lay, box, x - size / 2, y - size / 2, size, size, colour, node);
}

static int32_t spark_draw(struct layout *lay, struct box *box, const struct block *block, int32_t x, int32_t width,
                          int32_t top, uint32_t node)
{
    size_t count = block->u.meter.point_count;
    if (count < 2 || width < 4 * SPARK_SIDE)
        return 0;
    const struct style *value = sized(lay, 7600, 400, INK_QUIET), *last_value = sized(lay, 7600, 600, INK_TEXT);
    struct spark spark = spark_of(block, x, width, top + SPARK_TOP);
    const struct meter_point *first = &block->u.meter.points[0], *last = &block->u.meter.points[count - 1];
    struct page_item *line = box_path(lay, box, count, node);
    line->u.path->stroke = true;
    line->u.path->stroke_mpt = 1000;
    line->u.path->stroke_colour = lay->palette.accent;
    for (size_t i = 0; i < count; i++)
        line->u.path->steps[i] = (struct path_step){i ? PATH_LINE : PATH_MOVE,
                                                    {spark_x(&spark, i)},
                                                    {spark_y(&spark, block->u.meter.points[i].hundredths)}};
    int32_t first_y = spark_y(&spark, first->hundredths), last_y = spark_y(&spark, last->hundredths);
    int32_t rise = style_baseline(value) - value->size * 33 / 100;
    spark_dot(lay, box, spark.x, first_y, 2600, lay->palette.accent, node);
    spark_dot(lay, box, spark.x + spark.width, last_y, 3600, lay->palette.accent, node);
    typeset_text(lay, box, first->score, value, x, first_y - rise, SPARK_SIDE - 4 * PT, TEXT_LEFT, node);
    typeset_text(lay, box, last->score, last_value, x + width - SPARK_SIDE + 5 * PT, last_y - rise, SPARK_SIDE - 5 * PT,
                TEXT_END, node);
    int32_t under = spark.y + spark.height + 4 * PT;
    int32_t a = typeset_text(lay, box, first->label, value, x, under, width / 2 - 4 * PT, TEXT_LEFT, node);
    int32_t b = typeset_text(lay, box, last->label, value, x + width / 2 + 4 * PT, under, width / 2 - 4 * PT,
                             TEXT_END, node);
    return under + (a > b ? a : b) - top;
}

static void figure_add(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    uint32_t node = node_add(lay, NODE_FIGURE, area->node);
    node_words(lay, node)->alt = layout_keep(lay, block->u.meter.alt);
    node_tell(lay, node, block->u.meter.alt_language, (struct str){0});
    int32_t x = area->text_x, width = area->text_width < 260 * PT ? area->text_width : 260 * PT;
    struct box *box = box_add(lay, stack, area);
    box->height = scale_draw(lay, box, block, x, width, 0, node);
    box->height += spark_draw(lay, box, block, x, width, box->height, node);
    box->clear = CLEAR_ALL;
    box->below = 5 * PT;
    box->figure = node;
    box->figure_x = x;
    box->figure_width = width;
    box->figure_height = box->height;
}

static struct str joined(struct layout *lay, struct str a, const char *between, struct str b)
{
    return str_printf(lay->arena, STR_FMT "%s" STR_FMT, STR_ARG(a), a.n && b.n ? between : "", STR_ARG(b));
}

/* Text in a language of its own; language: empty where it is the document's. */
static const struct block_inlines *passage(struct layout *lay, struct str text, struct str language)
{
    struct block_inlines *inlines = typeset_plain(lay, text);
    if (inlines->count)
        inlines->items[0].language = language;
    return inlines;
}

static bool fits(struct layout *lay, struct str text, const struct style *style, int32_t width)
{
    return typeset_text_width(lay, text, style) <= width;
}

static void line_add(struct layout *lay, struct stack *stack, const struct area *area, struct str text,
                     const struct style *style)
{
    if (!text.n)
        return;
    struct typeset set = typeset_of(lay, text, style, area->text_width, TEXT_LEFT);
    paragraph_set(lay, stack, area, &set, area->text_x, node_add(lay, NODE_P, area->node));
    stack->glue = BREAK_HARD;
}

/* Room above the words beside the score, whose figures rise over their line. It is no space between boxes: a
 * page that is set closer keeps it. */
static void rise_add(struct layout *lay, struct stack *stack, const struct area *area, int32_t rise)
{
    struct box *box = box_add(lay, stack, area);
    box->clear = CLEAR_LABELS;
    box->height = rise > 0 ? rise : 0;
    stack->glue = BREAK_HARD;
}

/* Grade and label beside the score, on its line, the outlook below them. Where they are too wide for one line
 * the grade stands above the label; where one of them would have to wrap, they stand under the score. */
static void words_add(struct layout *lay, struct stack *stack, const struct area *area,
                      const struct block *block)
{
    const struct block_inlines *score = typeset_plain(lay, block->u.meter.score);
    const struct style *style = style_of(STYLE_SCORE);
    struct str grade = block->u.meter.grade, label = block->u.meter.label;
    int32_t score_width = typeset_text_width(lay, block->u.meter.score, style) + 9 * PT;
    struct area inner = *area;
    uint32_t node = node_add(lay, NODE_P, area->node);
    struct style *band = ARENA_NEW(lay->arena, struct style);
    *band = *style_of(STYLE_PANEL_TEXT);
    band->weight = 600;
    band->below = 0;
    bool beside = lay->label_count < LABELS_MAX && area->text_width - score_width >= 50 * PT &&
                  fits(lay, grade, band, area->text_width - score_width) &&
                  fits(lay, label, band, area->text_width - score_width);
    if (beside) {
        inner.text_x += score_width;
        inner.text_width -= score_width;
    } else {
        struct typeset set = typeset_make(lay, score, style, area->text_width, TEXT_LEFT, area->language);
        paragraph_set(lay, stack, area, &set, area->text_x, node);
        stack->glue = BREAK_HARD;
    }
    struct str words = joined(lay, grade, " \xC2\xB7 ", label);
    bool stacked = !fits(lay, words, band, inner.text_width);
    if (beside)
        rise_add(lay, stack, &inner,
                 style_baseline(style) - style_baseline(band) - (stacked ? band->leading : 0));
    if (stacked)
        line_add(lay, stack, &inner, grade, band);
    if (beside)
        label_set(lay, score, style, area->text_x, score_width, TEXT_LEFT, area->language, node, false);
    line_add(lay, stack, &inner, stacked ? label : words, band);
    struct str outlook = joined(lay, block->u.meter.outlook_arrow, " ", block->u.meter.outlook);
    text_plain(lay, stack, &inner, passage(lay, outlook, block->u.meter.outlook_language), STYLE_TERM,
               NODE_P);
    label_flush(lay, stack, &inner);
}

void meter_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    struct area inner = *area;
    inner.node = node_block(lay, NODE_DIV, area, block);
    size_t from = stack->count;
    text_plain(lay, stack, &inner, &block->inlines, STYLE_TERM, NODE_P);
    words_add(lay, stack, &inner, block);
    figure_add(lay, stack, &inner, block);
    text_plain(lay, stack, &inner, passage(lay, block->u.meter.caption, block->u.meter.caption_language), STYLE_TERM,
               NODE_P);
    if (stack->count > from)
        stack->items[stack->count - 1].below = 10 * PT;
    stack_keep_if_fits(lay, stack, from, BREAK_HARD);
}
