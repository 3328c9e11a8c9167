/* Two stacks side by side. When the right one ends in a panel of facts and is much the longer, the facts that reach
 * below the left stack go into a panel of full width underneath, where three stand side by side: no column of the page
 * stays empty beside them. */
#include "layout/layout.h"

enum { COLUMN_GAP = 22 * PT, COLUMN_LEAST = 90 * PT, COLUMNS_GROW = 20 * PT };

static struct area column_area(const struct area *area, int32_t x, int32_t width)
{
    struct area column = *area;
    column.x = column.text_x = x;
    column.width = column.text_width = width;
    column.frame = NULL;
    column.column = true;
    return column;
}

/* The facts that end the right column's only panel, or NULL. */
static const struct block *closing_facts(const struct block_list *right)
{
    if (right->count != 1 || right->items[0].kind != BLOCK_PANEL || !right->items[0].children.count)
        return NULL;
    const struct block_list *children = &right->items[0].children;
    const struct block *last = &children->items[children->count - 1];
    return last->kind == BLOCK_FACTS ? last : NULL;
}

/* The facts from index kept on. Beneath the columns they need no title; at the top of a page they stand under the
 * panel's, with "(continued)". */
static void rest_set(struct layout *lay, struct stack *stack, const struct area *area, const struct block *panel,
                     const struct block *facts, size_t kept)
{
    struct block *rest = ARENA_NEW(lay->arena, struct block), *part = ARENA_NEW(lay->arena, struct block);
    *part = *facts;
    part->u.facts.terms += kept;
    part->u.facts.values += kept;
    part->u.facts.count -= kept;
    *rest = (struct block){.kind = BLOCK_PANEL, .children = {part, 1, 1}, .inlines = {0}};
    rest->u.panel.panel = PANEL_NOTE;
    for (size_t i = 0; i < panel->inlines.count; i++)
        *ARENA_PUSH(lay->arena, &rest->inlines) = panel->inlines.items[i];
    ARENA_PUSH(lay->arena, &rest->inlines)->text =
        str_printf(lay->arena, " (" STR_FMT ")", STR_ARG(lay->document->continued));
    struct area full = *area;
    full.text_x = area->x;
    full.text_width = area->width;
    lay->cut.rest = rest;
    size_t from = stack->count;
    panel_block(lay, stack, &full, rest);
    lay->cut.rest = NULL;
    for (size_t i = from + 1; i < stack->count; i++) /* rows of it may go on on the next page */
        if (stack->items[i].cost == BREAK_KEEP)
            stack->items[i].cost = BREAK_PART;
}

/* Room for the right column down to the foot of page 1. before: the boxes above the columns. */
static int32_t room_on_page(const struct layout *lay, const struct stack *stack, size_t before)
{
    const struct geometry *g = &lay->geometry;
    const int32_t pads = 12 * PT;
    return g->bottom - g->first_top - stack_height(stack, 0, before) - style_of(STYLE_HEADING)->above - pads;
}

static void pair_set(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block,
                     int32_t left_width, int32_t right_width)
{
    size_t before = stack->count;
    struct box *box = box_add(lay, stack, area);
    box->clear = CLEAR_ALL;
    box->above = style_of(STYLE_HEADING)->above;
    box->grow = COLUMNS_GROW;
    box->below = 8 * PT;
    box->left = ARENA_NEW(&lay->work, struct stack);
    box->right = ARENA_NEW(&lay->work, struct stack);
    struct stack *left = box->left, *right = box->right;
    struct area left_area = column_area(area, area->x, left_width);
    struct area right_area = column_area(area, area->x + left_width + COLUMN_GAP, right_width);
    blocks_set(lay, left, &left_area, &block->children);
    label_flush(lay, left, &left_area);
    lay->cut = (struct facts_cut){.facts = closing_facts(&block->right),
                                  .beside = stack_height(left, 0, left->count) + 20 * PT,
                                  .page = room_on_page(lay, stack, before)};
    blocks_set(lay, right, &right_area, &block->right);
    label_flush(lay, right, &right_area);
    const struct block *facts = lay->cut.facts;
    lay->cut.facts = NULL;
    if (facts && lay->cut.kept < facts->u.facts.count)
        rest_set(lay, stack, area, &block->right.items[0], facts, lay->cut.kept);
}

/* Within a column, or where one would be too narrow to read, the two stacks follow one another. */
void columns_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    int permille = block->u.columns.right_permille;
    if (permille <= 0 || permille >= 1000)
        permille = 340;
    int32_t right_width = (int32_t)((int64_t)(area->width - COLUMN_GAP) * permille / 1000);
    int32_t left_width = area->width - COLUMN_GAP - right_width;
    struct area inner = *area;
    inner.node = node_block(lay, NODE_DIV, area, block);
    if (area->column || !block->right.count || !block->children.count || left_width < COLUMN_LEAST ||
        right_width < COLUMN_LEAST) {
        blocks_set(lay, stack, &inner, &block->children);
        blocks_set(lay, stack, &inner, &block->right);
        return;
    }
    pair_set(lay, stack, &inner, block, left_width, right_width);
}
