/* Facts: terms and their values. In a narrow place one under the other, in a wider one side by side, across the whole
 * page three abreast. */
#include "layout/row.h"

/* ON_GRID: the space below a fact that stands on the grid of columns: with values of one line, a fact takes four lines of it
 * however wide the spaces are. */
enum { ON_GRID = 3800 };

enum { FACTS_BESIDE = 230 * PT, FACTS_GRID = 400 * PT, GRID_COLUMNS = 3, GRID_GAP = 16 * PT };

static uint32_t fact_nodes(struct layout *lay, uint32_t list, uint32_t *term)
{
    uint32_t node = node_add(lay, NODE_LI, list);
    *term = node_add(lay, NODE_LBL, node);
    return node_add(lay, NODE_LBODY, node);
}

static void value_set(struct layout *lay, struct stack *stack, const struct area *area,
                      const struct block_inlines *value, uint32_t node)
{
    struct typeset set =
        typeset_make(lay, value, style_of(STYLE_VALUE), area->text_width, TEXT_LEFT, area->language);
    paragraph_set(lay, stack, area, &set, area->text_x, node);
}

static void fact_set(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block,
                     size_t index, uint32_t list)
{
    const struct style *style = style_of(STYLE_TERM);
    bool beside = area->text_width >= FACTS_BESIDE;
    int32_t term_width = beside ? area->text_width * 30 / 100 : 0;
    uint32_t term_node, value_node = fact_nodes(lay, list, &term_node);
    const struct block_inlines *term = &block->u.facts.terms[index];
    struct area value = *area;
    size_t from = stack->count;
    if (beside &&
        label_set(lay, term, style, area->text_x, term_width - 10 * PT, TEXT_LEFT, area->language, term_node, false)) {
        value.text_x += term_width;
        value.text_width -= term_width;
    } else {
        struct typeset set = typeset_make(lay, term, style, area->text_width, TEXT_LEFT, area->language);
        paragraph_set(lay, stack, area, &set, area->text_x, term_node);
        if (area->column && stack->count > from)
            stack->items[from].grid = typeset_height(&set, 0, set.lines.count) + style_baseline(style_of(STYLE_VALUE));
        stack->glue = BREAK_HARD;
    }
    value_set(lay, stack, &value, &block->u.facts.values[index], value_node);
    label_flush(lay, stack, area);
    stack_keep_if_fits(lay, stack, from, BREAK_KEEP);
    if (stack->count == from)
        return;
    if (stack->items[from].grid)
        stack->items[stack->count - 1].below = ON_GRID;
    if (stack->items[from].clear == CLEAR_NONE)
        stack->items[from].clear = CLEAR_LABELS;
    if (stack->items[from].cost < BREAK_SOFT)
        stack->items[from].cost = BREAK_SOFT;
}

/* One row of the grid: terms, and values below them. */
static void grid_row(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block,
                     size_t at, size_t count, uint32_t list)
{
    int32_t width = (area->text_width - GRID_GAP * (GRID_COLUMNS - 1)) / GRID_COLUMNS;
    struct row rows[2];
    for (int r = 0; r < 2; r++)
        rows[r] = (struct row){.cells = ARENA_ARRAY(lay->arena, struct row_cell, count), .count = count,
                               .x = area->text_x, .width = area->text_width,
                               .room = (lay->geometry.bottom - lay->geometry.top) / 2};
    for (size_t i = 0; i < count; i++) {
        uint32_t term_node, value_node = fact_nodes(lay, list, &term_node);
        int32_t x = area->text_x + (int32_t)i * (width + GRID_GAP);
        rows[0].cells[i] = (struct row_cell){.x = x, .node = term_node};
        rows[0].cells[i].set =
            typeset_make(lay, &block->u.facts.terms[at + i], style_of(STYLE_TERM), width, TEXT_LEFT, area->language);
        rows[1].cells[i] = (struct row_cell){.x = x, .node = value_node};
        rows[1].cells[i].set =
            typeset_make(lay, &block->u.facts.values[at + i], style_of(STYLE_VALUE), width, TEXT_LEFT, area->language);
    }
    size_t from = stack->count;
    row_add_pairs(lay, stack, area, &rows[0], &rows[1]);
    stack->items[stack->count - 1].below = 6 * PT;
    stack_keep_if_fits(lay, stack, from, BREAK_KEEP);
}

/* Of a fact whose value stands below its term. */
static int32_t fact_height(struct layout *lay, const struct area *area, const struct block *block, size_t index)
{
    const struct style *style = style_of(STYLE_VALUE);
    struct typeset term = typeset_make(lay, &block->u.facts.terms[index], style_of(STYLE_TERM), area->text_width,
                                       TEXT_LEFT, area->language);
    struct typeset value =
        typeset_make(lay, &block->u.facts.values[index], style, area->text_width, TEXT_LEFT, area->language);
    return typeset_height(&term, 0, term.lines.count) + typeset_height(&value, 0, value.lines.count) + style->below;
}

/* The facts that fit above limit; a rest of less than worth is kept too. */
static size_t facts_above(struct layout *lay, const struct area *area, const struct block *block, int32_t height,
                          int32_t limit, size_t worth)
{
    size_t count = block->u.facts.count;
    for (size_t kept = 0; kept < count; kept++) {
        height += fact_height(lay, area, block, kept);
        if (height > limit && count - kept >= worth)
            return kept;
    }
    return count;
}

/* Height of a panel of full width with the facts that are left, about. */
static int32_t grid_height(size_t facts)
{
    return (int32_t)((facts + GRID_COLUMNS - 1) / GRID_COLUMNS) * 34 * PT + 44 * PT;
}

/* How many facts stay in the column whose rest goes below (see columns.c): those that end little below the other column,
 * or, where not even two rows of the rest would fit below on the page, all that the page has room for. Where not even what stands above
 * them fits, none: on the next page the column would begin with a stub. */
static size_t facts_kept(struct layout *lay, const struct stack *stack, const struct area *area, const struct block *block)
{
    int32_t height = stack_height(stack, 0, stack->count), page = lay->cut.page;
    size_t count = block->u.facts.count;
    size_t kept = facts_above(lay, area, block, height, lay->cut.beside, 2 * GRID_COLUMNS);
    int32_t beside = lay->cut.beside > height ? lay->cut.beside : height;
    size_t rest = count - kept, begin = 2 * GRID_COLUMNS;
    bool fits = !rest || beside + grid_height(rest < begin ? rest : begin) <= page;
    if (height > page)
        return 0;
    return fits ? kept : facts_above(lay, area, block, height, page, GRID_COLUMNS);
}

void facts_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    size_t count = block->u.facts.count;
    if (lay->cut.facts == block)
        count = lay->cut.kept = facts_kept(lay, stack, area, block);
    if (count == 0)
        return;
    uint32_t list = node_block(lay, NODE_L, area, block);
    if (area->text_width >= FACTS_GRID) {
        label_flush(lay, stack, area);
        for (size_t at = 0; at < count; at += GRID_COLUMNS)
            grid_row(lay, stack, area, block, at, count - at < GRID_COLUMNS ? count - at : GRID_COLUMNS, list);
        return;
    }
    for (size_t i = 0; i < count; i++)
        fact_set(lay, stack, area, block, i, list);
    if (!area->column && stack->count)
        stack->items[stack->count - 1].below = 10 * PT;
}
