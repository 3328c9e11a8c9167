/* Key figures: rows of large numbers, each over its label. */
#include "layout/row.h"

enum { FIGURE_GAP = 16 * PT, FIGURE_LEAST = 82 * PT, FIGURE_MOST_IN_ROW = 5 };

/* Values shrink in steps until each fits on one line; in the smallest size they wrap. */
static const int32_t sizes[] = {20000, 17500, 15000, 12500};
enum { SIZES = sizeof sizes / sizeof *sizes };

struct figures {
    const struct area *area;
    const struct block *block;
    size_t columns;
    int32_t column_width;
    struct style *value;
};

/* The first of the sizes that fits, or the last. */
static size_t fitting_size(struct layout *lay, const struct figures *f, int32_t width)
{
    for (size_t i = 0; i + 1 < SIZES; i++) {
        struct style style = style_sized(style_of(STYLE_FIGURE_VALUE), sizes[i]);
        int32_t widest = 0;
        for (size_t k = 0; k < f->block->u.key_figures.count; k++) {
            int32_t least, most;
            typeset_widths(lay, &f->block->u.key_figures.cells[k].value, &style, f->area->language, &least, &most);
            widest = most > widest ? most : widest;
        }
        if (widest <= width)
            return i;
    }
    return SIZES - 1;
}

static int32_t width_for(const struct figures *f, size_t columns)
{
    return (f->area->width - FIGURE_GAP * (int32_t)(columns - 1)) / (int32_t)columns;
}

/* All in one row where the values then keep a fair size, else rows of equal length: four are two and two, and seven are
 * four and three, where four fit. */
static void choose_columns(struct layout *lay, struct figures *f)
{
    size_t count = f->block->u.key_figures.count;
    size_t fit = (size_t)((f->area->width + FIGURE_GAP) / (FIGURE_LEAST + FIGURE_GAP));
    fit = fit < 1 ? 1 : fit > FIGURE_MOST_IN_ROW ? FIGURE_MOST_IN_ROW : fit;
    size_t most = fit < 3 ? fit : 3, rows = (count + most - 1) / most;
    if (count > fit || fitting_size(lay, f, width_for(f, count)) + 1 == SIZES)
        f->columns = (count + rows - 1) / rows;
    else
        f->columns = count < most ? most : count;
    size_t more = f->columns + 1;
    if (count > more && count % f->columns == 1 && count % more != 1 && more <= fit &&
        fitting_size(lay, f, width_for(f, more)) + 1 < SIZES)
        f->columns = more;
    f->column_width = width_for(f, f->columns);
    f->value = ARENA_NEW(lay->arena, struct style);
    *f->value = style_sized(style_of(STYLE_FIGURE_VALUE), sizes[fitting_size(lay, f, f->column_width)]);
}

static void add_part(struct layout *lay, struct row *row, const struct figures *f, const struct block_inlines *text,
                     const struct style *style, size_t column, uint32_t body)
{
    if (!text->count)
        return;
    struct row_cell *cell = &row->cells[row->count++];
    cell->x = f->area->x + (int32_t)column * (f->column_width + FIGURE_GAP);
    cell->set = typeset_make(lay, text, style, f->column_width, TEXT_LEFT, f->area->language);
    cell->node = node_add(lay, NODE_P, body);
}

/* Values, labels and notes are three rows of cells, so that they stand level. */
static void add_row(struct layout *lay, struct stack *stack, const struct figures *f, size_t at, size_t count,
                    uint32_t list)
{
    struct row parts[3];
    for (int p = 0; p < 3; p++) {
        parts[p] = (struct row){.x = f->area->x, .width = f->area->width, .rule_colour = lay->palette.rule,
                                .room = lay->geometry.bottom - lay->geometry.top - 60 * PT,
                                .cells = ARENA_ARRAY(lay->arena, struct row_cell, count)};
    }
    parts[0].rule_above = 700;
    parts[0].pad_top = 7 * PT;
    for (size_t i = 0; i < count; i++) {
        const struct key_figure_cell *cell = &f->block->u.key_figures.cells[at + i];
        uint32_t body = node_add(lay, NODE_LBODY, node_add(lay, NODE_LI, list));
        add_part(lay, &parts[0], f, &cell->value, f->value, i, body);
        add_part(lay, &parts[1], f, &cell->label, style_of(STYLE_FIGURE_LABEL), i, body);
        add_part(lay, &parts[2], f, &cell->note, style_of(STYLE_TERM), i, body);
    }
    for (int p = 0; p < 3; p++) {
        if (parts[p].count == 0)
            continue;
        row_add(lay, stack, f->area, &parts[p]);
        stack->glue = BREAK_HARD;
    }
    stack->glue = BREAK_FREE;
}

void key_figures_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    size_t count = block->u.key_figures.count;
    if (count == 0)
        return;
    struct figures f = {.area = area, .block = block};
    choose_columns(lay, &f);
    uint32_t list = node_block(lay, NODE_L, area, block);
    for (size_t at = 0; at < count; at += f.columns) {
        size_t from = stack->count;
        add_row(lay, stack, &f, at, count - at < f.columns ? count - at : f.columns, list);
        if (stack->count == from)
            continue;
        stack->items[from].above = at == 0 ? 14 * PT : 12 * PT;
        stack->items[from].clear = CLEAR_ALL;
        stack->items[stack->count - 1].below = 8 * PT;
        stack_keep_if_fits(lay, stack, from, BREAK_KEEP);
    }
}
