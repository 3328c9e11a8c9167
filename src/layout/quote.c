/* Quotations: a bar at the left; pull quotes larger, in the accent. */
#include "layout/layout.h"

#include "base/utf8.h"

enum { INSET = 14 * PT, INSET_PULL = 16 * PT, BAR = 1200, BAR_PULL = 2200, BAR_CLEAR = 2 * PT };

static bool is_opening_mark(int32_t sign)
{
    static const uint16_t marks[] = {0xAB,   0xBB,   0x2018, 0x201A, 0x201C, 0x201E,
                                     0x2039, 0x203A, 0x3008, 0x300A, 0x300C, 0x300E};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (sign == marks[i])
            return true;
    }
    return false;
}

/* The bytes of the opening mark, with the narrow space that some languages have behind it. */
static size_t opening_mark(struct str text)
{
    size_t end = 0;
    if (!text.n || !is_opening_mark(utf8_next(text, &end)))
        return 0;
    size_t next = end;
    int32_t space = next < text.n ? utf8_next(text, &next) : -1;
    return space == 0xA0 || space == 0x202F ? next : end;
}

void quote_hang(struct layout *lay, struct typeset *set, const struct block_inlines *inlines)
{
    if (lay->mirrored || !set->lines.count || inlines->items[0].style)
        return;
    struct text_line *first = &set->lines.items[0];
    size_t mark = opening_mark(inlines->items[0].text);
    if (!mark || !first->segment_count || first->segments[0].text_at || first->segments[0].rtl)
        return;
    int32_t width = typeset_text_width(lay, (struct str){inlines->items[0].text.p, mark}, set->style);
    bool full_width = (unsigned char)inlines->items[0].text.p[0] == 0xE3; /* U+3000 on: half of its square is blank */
    if ((full_width ? width / 2 : width) > INSET - BAR_PULL - BAR_CLEAR)
        return;
    for (size_t i = 0; i < first->segment_count; i++)
        first->segments[i].x_mpt -= width - first->start_hang_mpt;
    first->start_hang_mpt = width;
}

void quote_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    bool pull = block->u.quote.pull;
    const int32_t inset = pull ? INSET_PULL : INSET;
    struct area inner = *area;
    if (frame_depth(area->frame) < FRAME_DEPTH / 2 && area->text_width > 8 * inset) {
        struct frame *frame = ARENA_NEW(&lay->work, struct frame);
        *frame = (struct frame){.outer = area->frame, .x = area->text_x, .width = area->text_width,
                                .above = pull ? 14 * PT : 6 * PT, .below = pull ? 12 * PT : 10 * PT,
                                .pad_top = pull ? 2 * PT : 0, .pad_bottom = pull ? 4 * PT : 1 * PT,
                                .bar_x = area->text_x, .bar_width = pull ? BAR_PULL : BAR,
                                .bar = pull ? lay->palette.accent : lay->palette.rule_strong};
        if (mirror_start(lay, area->language) == TEXT_LEFT)
            inner.text_x += inset;
        else
            frame->bar_x += area->text_width - frame->bar_width;
        inner.frame = frame;
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
