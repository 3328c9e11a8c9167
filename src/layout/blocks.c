/* Blocks in order, each kind by its own file; here the simplest: groups and rules. */
#include "layout/ahead.h"

/* Blocks within blocks within blocks: what lies deeper is refused. */
enum { DEPTH_MAX = 48 };

/* The longest line of text before the first section. */
enum { FRONT_MEASURE = 430 * PT };

/* The block that will stand first in what follows, or NULL. */
static const struct block *first_of(const struct block *block)
{
    for (int depth = 0; block && block->kind == BLOCK_GROUP && depth < DEPTH_MAX; depth++)
        block = block->children.count ? &block->children.items[0] : NULL;
    return block;
}

/* Whether a heading may stand in the side column: not when what follows needs that column itself. */
static bool heading_is_beside(struct layout *lay, const struct area *area, const struct block *next)
{
    next = first_of(next);
    if (!next)
        return false;
    switch (next->kind) {
    case BLOCK_TEXT:
        return !style_of(next->style)->wide;
    case BLOCK_TABLE:
        return !table_is_wide(lay, area, next);
    case BLOCK_QUOTE:
        return !next->u.quote.pull;
    case BLOCK_LIST:
    case BLOCK_FACTS:
    case BLOCK_TIMELINE:
    case BLOCK_FIGURE:
        return true;
    default:
        return false;
    }
}

static bool takes_labels(const struct block *block)
{
    switch (block->kind) {
    case BLOCK_TEXT:
    case BLOCK_HEADING:
    case BLOCK_LIST:
    case BLOCK_QUOTE:
    case BLOCK_TABLE:
    case BLOCK_FIGURE:
    case BLOCK_FACTS:
    case BLOCK_TIMELINE:
    case BLOCK_GROUP:
        return true;
    default:
        return false;
    }
}

static void group_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    struct area inner = *area;
    inner.node = node_block(lay, area->depth <= 1 ? NODE_SECT : NODE_DIV, area, block);
    blocks_set(lay, stack, &inner, &block->children);
}

void rule_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    (void)block;
    struct box *box = box_add(lay, stack, area);
    box->height = 500;
    box->above = box->below = 10 * PT;
    box_rect(lay, box, area->text_x, 0, area->text_width, 500, lay->palette.rule, PAGE_ARTIFACT);
}

static void block_set(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block,
                      const struct block *next)
{
    switch (block->kind) {
    case BLOCK_TEXT:
        text_block(lay, stack, area, block);
        break;
    case BLOCK_HEADING:
        heading_block(lay, stack, area, block, heading_is_beside(lay, area, next));
        break;
    case BLOCK_LIST:
        list_block(lay, stack, area, block);
        break;
    case BLOCK_QUOTE:
        quote_block(lay, stack, area, block);
        break;
    case BLOCK_TABLE:
        table_block(lay, stack, area, block);
        break;
    case BLOCK_FIGURE:
        figure_block(lay, stack, area, block);
        break;
    case BLOCK_PANEL:
        panel_block(lay, stack, area, block);
        break;
    case BLOCK_COLUMNS:
        columns_block(lay, stack, area, block);
        break;
    case BLOCK_FACTS:
        facts_block(lay, stack, area, block);
        break;
    case BLOCK_KEY_FIGURES:
        key_figures_block(lay, stack, area, block);
        break;
    case BLOCK_METER:
        meter_block(lay, stack, area, block);
        break;
    case BLOCK_MAP:
        map_block(lay, stack, area, block);
        break;
    case BLOCK_TIMELINE:
        timeline_block(lay, stack, area, block);
        break;
    case BLOCK_MASTHEAD:
        masthead_block(lay, stack, area, block);
        break;
    case BLOCK_COVER:
        cover_block(lay, stack, area, block);
        break;
    case BLOCK_CONTENTS:
        contents_block(lay, stack, area, block);
        break;
    case BLOCK_RULE:
        rule_block(lay, stack, area, block);
        break;
    case BLOCK_GROUP:
        group_block(lay, stack, area, block);
        break;
    }
}

/* A paragraph of one line does not stand alone with its heading at a page's end while what follows moves on, nor at a
 * page's top as all that is left of a section. from: its first box. */
static void keep_lone_line(struct stack *stack, size_t from, const struct block_list *list, size_t i)
{
    if (list->items[i].kind != BLOCK_TEXT || stack->count != from + 1 || i == 0)
        return;
    bool headed = list->items[i - 1].kind == BLOCK_HEADING && list->items[i - 1].level > 1, last = i + 1 == list->count;
    if (headed && !last && stack->glue < BREAK_HARD)
        stack->glue = BREAK_HARD;
    if (last && stack->items[from].cost < BREAK_KEEP)
        stack->items[from].cost = BREAK_KEEP;
}

/* A paragraph that announces what follows it, in its last sign. */
static bool ends_in_colon(const struct block *block)
{
    if (block->kind != BLOCK_TEXT || !block->inlines.count)
        return false;
    struct str text = str_trim(block->inlines.items[block->inlines.count - 1].text);
    return str_ends(text, STR(":")) || str_ends(text, STR("\xEF\xBC\x9A")); /* U+FF1A, fullwidth */
}

static void keep_to_next(struct stack *stack, enum break_cost cost)
{
    if (stack->glue < cost)
        stack->glue = cost;
}

/* What a break costs between a block, which begins with box from, and the next. */
static void keep_with_next(struct stack *stack, size_t from, const struct block *block, const struct block *next)
{
    bool introduces = block->kind == BLOCK_TEXT && block->style == STYLE_BODY && stack->count > from + 1;
    if (next && ends_in_colon(block))
        keep_to_next(stack, BREAK_KEEP);
    if (next && block->kind == BLOCK_MAP)
        keep_to_next(stack, BREAK_PART);
    if (block->keep_with_next && stack->count > from)
        keep_to_next(stack, introduces ? BREAK_PART : BREAK_HARD);
}

/* What stands apart from running text. */
static bool stands_apart(const struct block *block)
{
    return block->kind == BLOCK_FIGURE || block->kind == BLOCK_TABLE || block->kind == BLOCK_MAP ||
           block->kind == BLOCK_PANEL || block->kind == BLOCK_QUOTE;
}

/* It may do so by a little more, above and below. from: the first box of the next block. */
static void set_apart(struct stack *stack, const struct area *area, size_t from, const struct block *block,
                      const struct block *before)
{
    const int32_t grow = 6 * PT;
    if (area->column || area->frame || from == stack->count || stack->items[from].cost == BREAK_HARD)
        return;
    if ((stands_apart(block) || (before && stands_apart(before))) && stack->items[from].grow < grow)
        stack->items[from].grow = grow;
}

void blocks_set(struct layout *lay, struct stack *stack, const struct area *area, const struct block_list *list)
{
    struct area inner = *area;
    inner.depth++;
    if (inner.depth > DEPTH_MAX) {
        if (list->count)
            diag_add(lay->diags, DIAG_PROSE_TOO_DEEP, list->items[0].at, "text is nested more than %d deep", DEPTH_MAX);
        return;
    }
    struct moving_run run = {.from = MOVING_NONE};
    struct arena_mark mark = scratch_mark(lay);
    for (size_t i = 0; i < list->count; i++) {
        const struct block *block = &list->items[i];
        const struct block *next = i + 1 < list->count ? &list->items[i + 1] : NULL;
        struct area own = inner;
        if (block->language.n)
            own.language = str_z(&lay->scratch, block->language);
        if (block->kind == BLOCK_HEADING && block->level > 1)
            lay->front = false;
        if (lay->front && !own.fronted && block->kind != BLOCK_GROUP) {
            own.fronted = true;
            own.text_x = own.x;
            own.text_width = own.width < FRONT_MEASURE ? own.width : FRONT_MEASURE;
        }
        if (!takes_labels(block))
            label_flush(lay, stack, &own);
        dest_block(lay, block);
        size_t from = stack->count;
        if (list == &lay->document->blocks)
            ahead_enter(lay, i);
        block_set(lay, stack, &own, block, next);
        if (stack->count > from && stack->items[from].clear == CLEAR_NONE)
            stack->items[from].clear = CLEAR_LABELS;
        set_apart(stack, area, from, block, i ? block - 1 : NULL);
        if (block->keep_together)
            stack_keep_if_fits(lay, stack, from, BREAK_KEEP);
        keep_lone_line(stack, from, list, i);
        keep_with_next(stack, from, block, next);
        moving_note(lay, stack, area, block, from, &run);
        scratch_rewind(lay, mark);
        if (list == &lay->document->blocks && ahead_leave(lay) && lay->label_count == 0)
            block_forget(lay->document, i);
    }
}
