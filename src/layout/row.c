/* Rows: the same line of every cell lies in one strip, so that lines of neighbours stand level. */
#include "layout/row.h"

/* The heights of its strips, which are asked for again and again. */
static void measure(struct layout *lay, struct row *row)
{
    if (row->strips)
        return;
    row->strip_count = 1;
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i].set.lines.count > row->strip_count)
            row->strip_count = row->cells[i].set.lines.count;
    }
    row->strips = ARENA_ARRAY(&lay->scratch, int32_t, row->strip_count);
    for (size_t i = 0; i < row->count; i++) {
        const struct typeset *set = &row->cells[i].set;
        for (size_t strip = 0; strip < set->lines.count; strip++) {
            int32_t height = typeset_line_height(set, strip);
            if (height > row->strips[strip])
                row->strips[strip] = height;
        }
    }
}

int32_t row_height(struct layout *lay, struct row *row)
{
    measure(lay, row);
    int32_t height = row->pad_top + row->pad_bottom;
    for (size_t i = 0; i < row->strip_count && height <= row->room; i++)
        height += row->strips[i];
    return height;
}

static void ground_draw(struct layout *lay, struct box *box, const struct row *row, int32_t y, int32_t height,
                        bool first, bool last)
{
    if (row->filled)
        box_rect(lay, box, row->x, y, row->width, height, row->fill, PAGE_ARTIFACT);
    if (row->bar_width)
        box_rect(lay, box, row->x, y, row->bar_width, height, row->bar, PAGE_ARTIFACT);
    if (first && row->rule_above)
        box_rect(lay, box, row->x, y, row->width, row->rule_above, row->rule_colour, PAGE_ARTIFACT);
    if (last && row->rule_below)
        box_rect(lay, box, row->x, y + height - row->rule_below, row->width, row->rule_below, row->rule_colour,
                 PAGE_ARTIFACT);
}

/* How far below the row's first line a cell begins. */
static int32_t drop(const struct row *row, size_t index)
{
    if (!row->low)
        return 0;
    int32_t height = 0;
    for (size_t i = 0; i < row->strip_count; i++)
        height += row->strips[i];
    const struct typeset *set = &row->cells[index].set;
    return height - typeset_height(set, 0, set->lines.count);
}

/* One cell after the other, so that each is read as a whole in order of drawing too. */
static void cell_draw(struct layout *lay, struct box *box, struct row *row, size_t index, size_t from, size_t to, int32_t y,
                      bool structured)
{
    struct row_cell *cell = &row->cells[index];
    y += drop(row, index);
    for (size_t i = from; i < to && i < cell->set.lines.count; i++) {
        typeset_draw(lay, box, &cell->set, i, cell->x, y, structured ? cell->node : PAGE_ARTIFACT);
        y += row->low ? typeset_line_height(&cell->set, i) : row->strips[i];
    }
}

/* Strips [from, to) from y down, with the row's own padding where they are its first and last. */
static int32_t strips_draw(struct layout *lay, struct box *box, struct row *row, size_t from, size_t to, int32_t y,
                           bool structured)
{
    int32_t at = y + (from == 0 ? row->pad_top : 0), height = at - y;
    for (size_t i = from; i < to; i++)
        height += row->strips[i];
    height += to == row->strip_count ? row->pad_bottom : 0;
    ground_draw(lay, box, row, y, height, from == 0, to == row->strip_count);
    if (from == 0 && structured && row->count) {
        const struct typeset *first = &row->cells[0].set;
        int32_t lower = first->lines.count ? typeset_baseline(first, 0) - style_baseline(first->style) : 0;
        label_take(lay, box, first->style, at + lower + drop(row, 0));
    }
    for (size_t i = 0; i < row->count; i++)
        cell_draw(lay, box, row, i, from, to, at, structured);
    return height;
}

/* The head of its table with some air below, for a row that goes on beneath it. */
static const struct box *head_of_rest(struct layout *lay, const struct row *row)
{
    if (!row->repeat)
        return NULL;
    struct box *head = box_alone(lay);
    *head = *row->repeat;
    head->height += row->pad_top;
    return head;
}

void row_add(struct layout *lay, struct stack *stack, const struct area *area, struct row *row)
{
    bool torn = row_height(lay, row) > row->room;
    size_t count = row->strip_count, step = torn ? 1 : count;
    const struct box *rest = step < count ? head_of_rest(lay, row) : NULL;
    for (size_t from = 0; from < count; from += step) {
        struct box *box = box_add(lay, stack, area);
        box->repeat = from ? rest : row->repeat;
        if (from > 0 && box->cost < BREAK_SOFT)
            box->cost = from == 1 || from + 1 == count ? BREAK_HARD : BREAK_SOFT;
        if (row->x < area->text_x)
            box->clear = CLEAR_ALL;
        int32_t height = strips_draw(lay, box, row, from, from + step, 0, true);
        box->height = height;
    }
}

void row_add_pairs(struct layout *lay, struct stack *stack, const struct area *area, struct row *upper, struct row *lower)
{
    int32_t top = row_height(lay, upper), height = top + row_height(lay, lower);
    if (height > upper->room) {
        row_add(lay, stack, area, upper);
        stack->glue = BREAK_HARD;
        row_add(lay, stack, area, lower);
        return;
    }
    struct box *box = box_add(lay, stack, area);
    box->height = height;
    for (size_t i = 0; i < upper->count; i++) {
        cell_draw(lay, box, upper, i, 0, upper->strip_count, 0, true);
        cell_draw(lay, box, lower, i, 0, lower->strip_count, top, true);
    }
}

void row_repeat(struct layout *lay, struct box *box, struct row *row, int32_t y)
{
    measure(lay, row);
    strips_draw(lay, box, row, 0, row->strip_count, y, false);
}
