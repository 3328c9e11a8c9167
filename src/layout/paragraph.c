/* Paragraphs: lines as boxes that leave no widow or orphan, the labels that stand beside first lines, and headings. */
#include "layout/layout.h"

bool label_set(struct layout *lay, const struct block_inlines *text, const struct style *style, int32_t x,
               int32_t width, enum text_align align, const char *language, uint32_t node, bool side)
{
    struct typeset set = typeset_make(lay, text, style, width, align, language);
    return label_again(lay, &set, x, node, side);
}

bool label_again(struct layout *lay, const struct typeset *set, int32_t x, uint32_t node, bool side)
{
    if (set->lines.count > LABEL_LINES || lay->label_count == LABELS_MAX)
        return false;
    lay->labels[lay->label_count++] = (struct pending_label){.set = *set, .x = x, .node = node, .side = side};
    return true;
}

void label_take(struct layout *lay, struct box *box, const struct style *style, int32_t y)
{
    for (size_t i = 0; i < lay->label_count; i++) {
        struct pending_label *label = &lay->labels[i];
        int32_t top = style_baseline(style) - style_baseline(label->set.style), bottom = y + top;
        if (label->set.lines.count) { /* level, but what is tall may not reach into what stands above */
            bottom += style_baseline(label->set.style) - typeset_baseline(&label->set, 0);
            bottom = bottom < 0 && bottom < top ? (top < 0 ? top : 0) : bottom;
        }
        for (size_t line = 0; line < label->set.lines.count; line++) {
            typeset_draw(lay, box, &label->set, line, label->x, bottom, label->node);
            bottom += typeset_line_height(&label->set, line);
        }
        int32_t *overhang = label->side ? &box->side_overhang : &box->overhang;
        if (bottom - box->height > *overhang)
            *overhang = bottom - box->height;
        if (!label->side && box->clear == CLEAR_NONE)
            box->clear = CLEAR_LABELS;
    }
    lay->label_count = 0;
}

void label_flush(struct layout *lay, struct stack *stack, const struct area *area)
{
    if (lay->label_count == 0)
        return;
    const struct style *style = lay->labels[0].set.style;
    struct box *box = box_add(lay, stack, area);
    box->height = style->leading;
    label_take(lay, box, style, 0);
    stack->glue = BREAK_HARD;
}

/* Two lines stay together at either end; three are not torn at all. */
static enum break_cost line_cost(size_t line, size_t count)
{
    return line == 1 || line + 1 == count || count <= 3 ? BREAK_HARD : BREAK_FREE;
}

void paragraph_set(struct layout *lay, struct stack *stack, const struct area *area, struct typeset *set, int32_t x,
                   uint32_t node)
{
    const struct style *style = set->style;
    for (size_t i = 0; i < set->lines.count; i++) {
        struct box *box = box_add(lay, stack, area);
        box->height = typeset_line_height(set, i);
        if (x < area->text_x)
            box->clear = CLEAR_ALL;
        if (i > 0 && box->cost < line_cost(i, set->lines.count))
            box->cost = line_cost(i, set->lines.count);
        box->in_word = i > 0 && set->lines.items[i - 1].hyphenated;
        if (i == 0) {
            box->above = style->above;
            box->grow = style->grow;
            if (area->column && style->leading == style_of(STYLE_BODY)->leading)
                box->grid = typeset_baseline(set, 0);
            label_take(lay, box, style, typeset_baseline(set, i) - style_baseline(style));
        }
        if (i + 1 == set->lines.count)
            box->below = style->below;
        typeset_draw(lay, box, set, i, x, 0, node);
    }
}

/* The mark of a tier's own section: its label on the accent. */
static void tier_mark(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    const struct style *style = style_of(STYLE_TIER_MARK);
    const int32_t pad = 5 * PT;
    bool headed = stack->glue == BREAK_HARD; /* by its section's heading */
    uint32_t node = node_block(lay, NODE_P, area, block);
    struct typeset set =
        typeset_make(lay, &block->inlines, style, area->text_width - 2 * pad, TEXT_LEFT, area->language);
    for (size_t i = 0; i < set.lines.count; i++) {
        struct box *box = box_add(lay, stack, area);
        box->height = typeset_line_height(&set, i);
        box->above = i == 0 && !headed ? style->above : 0;
        if (i == 0)
            label_take(lay, box, style, typeset_baseline(&set, i) - style_baseline(style));
        box->below = i + 1 == set.lines.count ? style->below : 0;
        if (i > 0)
            box->cost = BREAK_HARD;
        box_rect(lay, box, area->text_x, 0, set.lines.items[i].width_mpt + 2 * pad, box->height, lay->palette.accent,
                 PAGE_ARTIFACT);
        typeset_draw(lay, box, &set, i, area->text_x + pad, 0, node);
    }
    stack->glue = BREAK_HARD;
}

void text_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    if (block->style == STYLE_TIER_MARK) {
        tier_mark(lay, stack, area, block);
        return;
    }
    const struct style *style = style_of(block->style);
    /* Text before the first heading is wide as it is, but for what lists and quotes indent. */
    bool wide = style->wide && !(area->fronted && area->text_x > area->x);
    int32_t x = wide ? area->x : area->text_x, width = wide ? area->width : area->text_width;
    if (style->most && width > style->most)
        width = style->most;
    uint32_t node = node_block(lay, NODE_P, area, block);
    struct typeset set =
        typeset_make(lay, &block->inlines, style, width, style_align(style, width), area->language);
    if (block->style == STYLE_QUOTE || block->style == STYLE_PULL_QUOTE)
        quote_hang(lay, &set, &block->inlines);
    paragraph_set(lay, stack, area, &set, x, node);
}

void text_plain(struct layout *lay, struct stack *stack, const struct area *area, const struct block_inlines *inlines,
                enum block_style style_name, enum node_role role)
{
    if (inlines->count == 0)
        return;
    const struct style *style = style_of(style_name);
    uint32_t node = node_add(lay, role, area->node);
    struct typeset set = typeset_make(lay, inlines, style, area->text_width, style_align(style, area->text_width),
                                       area->language);
    paragraph_set(lay, stack, area, &set, area->text_x, node);
}

/* The title shrinks until it takes at most three lines, in four steps; smaller it does not get. */
static void title_set(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block,
                      uint32_t node)
{
    static const int32_t sizes[] = {33000, 27000, 22000, 18000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct style *style = ARENA_NEW(&lay->work, struct style);
        *style = style_sized(style_of(block->style), sizes[i]);
        struct typeset set =
            typeset_make(lay, &block->inlines, style, area->width, TEXT_LEFT, area->language);
        if (set.lines.count > (i == 0 ? 2U : 3U) && i + 1 < sizeof sizes / sizeof *sizes)
            continue;
        paragraph_set(lay, stack, area, &set, area->x, node);
        return;
    }
}

/* A hairline across the grid opens each section. */
enum { SECTION_GROW = 14 * PT };

static void section_rule(struct layout *lay, struct stack *stack, const struct area *area, const struct style *style)
{
    bool marked = stack->glue == BREAK_HARD; /* by the tier's mark above it */
    struct box *box = box_add(lay, stack, area);
    box->above = marked ? 0 : style->above;
    box->grow = marked ? 0 : SECTION_GROW;
    box->height = 9 * PT;
    box->clear = CLEAR_ALL;
    box_rect(lay, box, area->x, 0, area->width, 500, lay->palette.rule_strong, PAGE_ARTIFACT);
    stack->glue = BREAK_HARD;
}

/* beside: the heading stands in the side column, its first line level with the text that follows. */
void heading_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block,
                   bool beside)
{
    static const enum node_role roles[] = {NODE_H1, NODE_H2, NODE_H3};
    int level = block->level < 1 ? 1 : block->level > 3 ? 3 : block->level;
    uint32_t node = node_block(lay, roles[level - 1], area, block);
    if (level == 1) {
        lay->title_at = block->at;
        title_set(lay, stack, area, block, node);
        stack->glue = BREAK_HARD;
        return;
    }
    const struct style *style = style_of(block->style == STYLE_BODY ? STYLE_HEADING : block->style);
    bool ruled = level == 2 && !area->tinted && !area->column && area->text_x > area->x;
    if (ruled)
        section_rule(lay, stack, area, style);
    if (level == 2)
        lay->over = true;
    if (ruled && beside &&
        label_set(lay, &block->inlines, style, area->x, area->text_x - area->x - 18 * PT,
                  mirror_start(lay, area->language), area->language, node, true)) {
        lay->over = false;
        return;
    }
    int32_t x = level == 2 ? area->x : area->text_x, width = area->x + area->width - x;
    struct style *own = ARENA_NEW(&lay->work, struct style);
    *own = *style;
    if (ruled)
        own->above = 0;
    struct typeset set = typeset_make(lay, &block->inlines, own, width, TEXT_LEFT, area->language);
    size_t from = stack->count;
    paragraph_set(lay, stack, area, &set, x, node);
    stack_keep(stack, from, BREAK_HARD);
    stack->glue = BREAK_HARD;
}
