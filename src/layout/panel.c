/* Panels: tinted boxes with a title; they may run over pages. */
#include "layout/layout.h"

static struct frame *panel_frame(struct layout *lay, const struct area *area, enum panel_kind kind)
{
    struct frame *frame = ARENA_NEW(&lay->work, struct frame);
    *frame = (struct frame){.outer = area->frame, .x = area->text_x, .width = area->text_width,
                            .pad_top = 11 * PT, .pad_bottom = 11 * PT, .above = 12 * PT, .below = 14 * PT,
                            .filled = true, .fill = lay->palette.tint};
    if (kind == PANEL_GLANCE) {
        frame->bar_on_top = true;
        frame->bar_x = frame->x;
        frame->bar_width = 2 * PT;
        frame->bar = lay->palette.accent;
        frame->pad_top = 12 * PT;
    } else if (kind == PANEL_LOCKED) {
        frame->bar_x = frame->x;
        frame->bar_width = 2200;
        frame->bar = lay->palette.accent;
    }
    return frame;
}

/* The title for the tops of pages, outside the structure. */
static const struct box *title_box(struct layout *lay, const struct area *area, const struct block_inlines *title)
{
    const struct style *style = style_of(STYLE_PANEL_TITLE);
    struct typeset set =
        typeset_make(lay, title, style, area->text_width, style_align(style, area->text_width), area->language);
    struct box *box = box_alone(lay);
    for (size_t i = 0; i < set.lines.count; i++) {
        typeset_draw(lay, box, &set, i, area->text_x, box->height, PAGE_ARTIFACT);
        box->height += typeset_line_height(&set, i);
    }
    box->height += style->below;
    return box;
}

void panel_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    static const enum node_role roles[] = {NODE_P, NODE_H2, NODE_H2, NODE_H3};
    enum panel_kind kind = block->u.panel.panel;
    const int32_t pad = kind == PANEL_GLANCE ? 11 * PT : 14 * PT;
    struct area inner = *area;
    if (frame_depth(area->frame) < FRAME_DEPTH / 2 && area->text_width > 6 * pad) {
        inner.frame = panel_frame(lay, area, kind);
        inner.text_x += pad;
        inner.text_width -= 2 * pad;
        inner.tinted = true;
    }
    inner.x = inner.text_x;
    inner.width = inner.text_width;
    inner.node = node_block(lay, NODE_DIV, area, block);
    size_t from = stack->count;
    const struct box *title = lay->cut.rest == block ? title_box(lay, &inner, &block->inlines) : NULL;
    if (block->inlines.count && !title) {
        int level = block->level < 0 || block->level > 3 ? 0 : block->level;
        text_plain(lay, stack, &inner, &block->inlines, STYLE_PANEL_TITLE, roles[level]);
        stack->glue = BREAK_HARD;
    }
    blocks_set(lay, stack, &inner, &block->children);
    label_flush(lay, stack, &inner);
    stack->glue = BREAK_FREE;
    for (size_t i = from; title && i < stack->count; i++)
        stack->items[i].repeat = title;
    if (stack->count > from)
        stack->items[from].clear = CLEAR_ALL;
    stack_keep_if_fits(lay, stack, from, kind == PANEL_GLANCE ? BREAK_SOFT : BREAK_KEEP);
}
