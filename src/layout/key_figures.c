/* Key figures: a row of large numbers, each over its label. */
#include "layout/row.h"

enum { FIGURE_GAP = 16 * PT, FIGURE_LEAST = 88 * PT, FIGURE_MOST_IN_ROW = 5 };

/* The largest of four sizes in which every value of the row fits on one line; in the smallest, values wrap. */
static const struct style *value_style(struct layout *lay, const struct area *area, const struct block *block,
                                       int32_t width)
{
    static const int32_t sizes[] = {20000, 17000, 14500, 12500};
    struct style *style = ARENA_NEW(lay->arena, struct style);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        *style = style_sized(style_of(STYLE_FIGURE_VALUE), sizes[i]);
        int32_t widest = 0;
        for (size_t k = 0; k < block->u.key_figures.count; k++) {
            int32_t least, most;
            typeset_widths(lay, &block->u.key_figures.cells[k].value, style, area->language, &least, &most);
            if (most > widest)
                widest = most;
        }
        if (widest <= width)
            break;
    }
    return style;
}

static struct row figure_row(struct layout *lay, const struct area *area, int32_t room)
{
    return (struct row){.x = area->x, .width = area->width, .room = room, .rule_colour = lay->palette.rule};
}

static void add_part(struct layout *lay, struct row *row, const struct area *area, const struct block_inlines *text,
                     const struct style *style, size_t column, int32_t width, uint32_t node)
{
    struct row_cell *cell = &row->cells[row->count++];
    cell->x = area->x + (int32_t)column * (width + FIGURE_GAP);
    cell->set = typeset_make(lay, text, style, width, TEXT_LEFT, area->language);
    cell->node = node;
}

void key_figures_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    size_t count = block->u.key_figures.count;
    if (count == 0)
        return;
    size_t fit = (size_t)((area->width + FIGURE_GAP) / (FIGURE_LEAST + FIGURE_GAP));
    fit = fit < 1 ? 1 : fit > FIGURE_MOST_IN_ROW ? FIGURE_MOST_IN_ROW : fit;
    size_t rows = (count + fit - 1) / fit, columns = (count + rows - 1) / rows;
    if (columns < 3 && fit >= 3)
        columns = 3;
    int32_t width = (area->width - FIGURE_GAP * (int32_t)(columns - 1)) / (int32_t)columns;
    const struct style *style = value_style(lay, area, block, width);
    int32_t room = lay->geometry.bottom - lay->geometry.top - 60 * PT;
    uint32_t list = node_block(lay, NODE_L, area, block);
    for (size_t at = 0; at < count; at += columns) {
        size_t n = count - at < columns ? count - at : columns, from = stack->count;
        struct row parts[3];
        for (int p = 0; p < 3; p++) {
            parts[p] = figure_row(lay, area, room);
            parts[p].cells = ARENA_ARRAY(lay->arena, struct row_cell, n);
        }
        parts[0].rule_above = 700;
        parts[0].pad_top = 7 * PT;
        for (size_t i = 0; i < n; i++) {
            const struct key_figure_cell *cell = &block->u.key_figures.cells[at + i];
            uint32_t body = node_add(lay, NODE_LBODY, node_add(lay, NODE_LI, list));
            add_part(lay, &parts[0], area, &cell->value, style, i, width, node_add(lay, NODE_P, body));
            add_part(lay, &parts[1], area, &cell->label, style_of(STYLE_FIGURE_LABEL), i, width,
                     node_add(lay, NODE_P, body));
            if (cell->note.count)
                add_part(lay, &parts[2], area, &cell->note, style_of(STYLE_TERM), i, width,
                         node_add(lay, NODE_P, body));
        }
        for (int p = 0; p < 3; p++) {
            if (parts[p].count == 0)
                continue;
            row_add(lay, stack, area, &parts[p]);
            stack->glue = BREAK_HARD;
        }
        stack->glue = BREAK_FREE;
        stack->items[from].above = at == 0 ? 14 * PT : 12 * PT;
        stack->items[from].clear = true;
        stack->items[stack->count - 1].below = 10 * PT;
        stack_keep_if_fits(lay, stack, from, BREAK_KEEP);
    }
}
