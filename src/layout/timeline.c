/* Timelines: dates in a column of their own, a line with a dot for each entry, and the text. */
#include "layout/layout.h"

/* DATE_GAP: room between the longest date and its dot, beside what the line of dots has of its own. */
enum { DATE_LEAST = 62 * PT, DATE_MOST = 86 * PT, DATE_GAP = 6 * PT, SPINE = 11 * PT, DOT = 2300, TIMELINE_LEAST = 200 * PT };

/* A circle of four Bézier arcs (control points at 0.5523 of the radius). */
static void dot_draw(struct layout *lay, struct box *box, int32_t x, int32_t y, int32_t radius)
{
    int32_t k = (int32_t)((int64_t)radius * 5523 / 10000);
    struct page_item *item = box_path(lay, box, 6, PAGE_ARTIFACT);
    struct path_step *s = item->u.path->steps;
    item->colour = lay->palette.accent;
    item->u.path->fill = true;
    s[0] = (struct path_step){PATH_MOVE, {x + radius}, {y}};
    s[1] = (struct path_step){PATH_CURVE, {x + radius, x + k, x}, {y + k, y + radius, y + radius}};
    s[2] = (struct path_step){PATH_CURVE, {x - k, x - radius, x - radius}, {y + radius, y + k, y}};
    s[3] = (struct path_step){PATH_CURVE, {x - radius, x - k, x}, {y - k, y - radius, y - radius}};
    s[4] = (struct path_step){PATH_CURVE, {x + k, x + radius, x + radius}, {y - radius, y - k, y}};
    s[5] = (struct path_step){.op = PATH_CLOSE};
}

/* A strip without height that carries the dot; it stays with the line below it. */
static void dot_add(struct layout *lay, struct stack *stack, const struct area *area, int32_t x,
                    const struct style *style)
{
    struct box *box = box_add(lay, stack, area);
    box->clear = CLEAR_LABELS;
    dot_draw(lay, box, x, style_baseline(style) - style->size * 33 / 100, DOT);
    stack->glue = BREAK_HARD;
}

static struct frame *spine_frame(struct layout *lay, const struct area *area, int32_t x)
{
    struct frame *frame = ARENA_NEW(&lay->work, struct frame);
    *frame = (struct frame){.outer = area->frame, .x = area->text_x, .width = area->text_width, .above = 4 * PT,
                            .below = 10 * PT, .bar_x = x - 350, .bar_width = 700, .bar = lay->palette.rule};
    return frame;
}

/* Of the longest date with a little room, within bounds; longer ones wrap. */
static int32_t date_width(struct layout *lay, const struct block *block, const struct style *style)
{
    int32_t width = DATE_LEAST;
    for (size_t i = 0; i < block->u.timeline.count; i++) {
        int32_t own = typeset_text_width(lay, block->u.timeline.entries[i].date, style) + DATE_GAP;
        width = own > width ? own : width;
    }
    return width < DATE_MOST ? width : DATE_MOST;
}

void timeline_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    const struct style *style = style_of(STYLE_LIST);
    struct style *date_style = ARENA_NEW(&lay->work, struct style);
    *date_style = *style_of(STYLE_VALUE);
    date_style->weight = 600;
    date_style->below = 0;
    bool beside = area->text_width >= TIMELINE_LEAST && frame_depth(area->frame) < FRAME_DEPTH - 1;
    struct area inner = *area;
    int32_t dates = date_width(lay, block, date_style), spine = area->text_x + dates + SPINE / 2;
    if (beside) {
        inner.text_x += dates + 2 * SPINE;
        inner.text_width -= dates + 2 * SPINE;
        inner.frame = spine_frame(lay, area, spine);
    }
    uint32_t list = node_block(lay, NODE_L, area, block);
    size_t *starts = ARENA_ARRAY(lay->arena, size_t, block->u.timeline.count + 1);
    for (size_t i = 0; i < block->u.timeline.count; i++) {
        const struct timeline_entry *entry = &block->u.timeline.entries[i];
        uint32_t node = node_add(lay, NODE_LI, list), label = node_add(lay, NODE_LBL, node);
        const struct block_inlines *date = typeset_plain(lay, entry->date);
        size_t from = starts[i] = stack->count;
        if (beside)
            dot_add(lay, stack, &inner, spine, style);
        if (!beside || !label_set(lay, date, date_style, area->text_x, dates, TEXT_LEFT, area->language, label,
                                  false)) {
            struct typeset set =
                typeset_make(lay, date, date_style, inner.text_width, TEXT_LEFT, area->language);
            paragraph_set(lay, stack, &inner, &set, inner.text_x, label);
            stack->glue = BREAK_HARD;
        }
        struct typeset set =
            typeset_make(lay, &entry->text, style, inner.text_width, TEXT_LEFT, area->language);
        paragraph_set(lay, stack, &inner, &set, inner.text_x, node_add(lay, NODE_LBODY, node));
        label_flush(lay, stack, &inner);
        stack_keep_if_fits(lay, stack, from, BREAK_SOFT);
    }
    starts[block->u.timeline.count] = stack->count;
    stack_join(stack, starts, block->u.timeline.count);
}
