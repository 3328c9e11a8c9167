/* Quotations: a bar at the left; pull quotes larger, in the accent. */
#include "layout/layout.h"

void quote_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    bool pull = block->u.quote.pull;
    const int32_t inset = 14 * PT;
    struct area inner = *area;
    if (frame_depth(area->frame) < FRAME_DEPTH / 2 && area->text_width > 8 * inset) {
        struct frame *frame = ARENA_NEW(&lay->work, struct frame);
        *frame = (struct frame){.outer = area->frame, .x = area->text_x, .width = area->text_width,
                                .above = pull ? 12 * PT : 6 * PT, .below = pull ? 16 * PT : 10 * PT,
                                .pad_top = pull ? 2 * PT : 0, .pad_bottom = pull ? 4 * PT : 1 * PT,
                                .bar_x = area->text_x, .bar_width = pull ? 2200 : 1200,
                                .bar = pull ? lay->palette.accent : lay->palette.rule_strong};
        inner.frame = frame;
        inner.text_x += inset;
        inner.text_width -= inset;
    }
    inner.node = node_block(lay, NODE_BLOCKQUOTE, area, block);
    size_t from = stack->count;
    blocks_set(lay, stack, &inner, &block->children);
    if (stack->count > from)
        stack->glue = BREAK_HARD;
    text_plain(lay, stack, &inner, &block->inlines, STYLE_ATTRIBUTION, NODE_P);
    stack->glue = BREAK_FREE;
    stack_keep_if_fits(lay, stack, from, pull ? BREAK_KEEP : BREAK_SOFT);
}
