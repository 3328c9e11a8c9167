/* Tables of more columns than have room on the paper: each row becomes an item, each cell a line that names its
 * column. */
#include "layout/layout.h"

static void record_cell(struct layout *lay, struct stack *stack, const struct area *area,
                        const struct block_inlines *head, const struct block_inlines *cell)
{
    struct block_inlines *text = ARENA_NEW(lay->arena, struct block_inlines);
    for (size_t i = 0; i < head->count; i++) {
        struct block_inline *part = ARENA_PUSH(lay->arena, text);
        *part = head->items[i];
        part->style |= INLINE_QUIET;
    }
    if (head->count) {
        struct block_inline *colon = ARENA_PUSH(lay->arena, text);
        colon->text = STR(": ");
        colon->style = INLINE_QUIET;
    }
    for (size_t i = 0; i < cell->count; i++)
        *ARENA_PUSH(lay->arena, text) = cell->items[i];
    text_plain(lay, stack, area, text, STYLE_TABLE_CELL, NODE_P);
}

void records_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    struct area inner = *area;
    text_plain(lay, stack, area, &block->inlines, STYLE_CAPTION, NODE_P);
    if (block->inlines.count && block->u.table.row_count)
        stack->glue = BREAK_HARD;
    uint32_t list = node_block(lay, NODE_L, area, block);
    for (size_t r = 0; r < block->u.table.row_count; r++) {
        size_t from = stack->count;
        rule_block(lay, stack, area, block);
        stack->glue = BREAK_HARD;
        inner.node = node_add(lay, NODE_LBODY, node_add(lay, NODE_LI, list));
        for (size_t c = 0; c < block->u.table.column_count; c++)
            record_cell(lay, stack, &inner, &block->u.table.columns[c].heading, &block->u.table.rows[r].cells[c]);
        stack_keep_if_fits(lay, stack, from, BREAK_SOFT);
        stack->items[stack->count - 1].below = 10 * PT;
    }
}
