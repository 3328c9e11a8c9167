/* The paginator: pages are searched for (flow_search.c), spaces chosen that bring each down to its foot,
 * boxes drawn. */
#include "layout/flow.h"

#include "layout/flow_cost.h"

/* Spaces that bring the page down to the foot, closer or wider ones; where the widest do not even half
 * of it, they stay as they are, but for a front. */
static int choose_spaces(const struct layout *lay, const struct flow_stack *on, const struct sheet *sheet,
                         bool last)
{
    const int step = 10;
    int32_t top = flow_top(&lay->geometry, sheet->begin);
    int low = 0, high = ((last ? 1000 : STEP_WIDEST) - STEP_CLOSEST) / step;
    int32_t natural = flow_bottom(on, sheet->begin, sheet->end, top, 1000);
    if (natural <= sheet->limit && (last || natural >= sheet->limit - FLOW_LEVEL))
        return 1000;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (flow_bottom(on, sheet->begin, sheet->end, top, STEP_CLOSEST + middle * step) <= sheet->limit)
            low = middle;
        else
            high = middle - 1;
    }
    int spaces = STEP_CLOSEST + low * step;
    int32_t grown = flow_bottom(on, sheet->begin, sheet->end, top, spaces) - natural, hole = sheet->limit - natural;
    bool worth = grown >= hole - FLOW_LEVEL || 2 * grown >= hole;
    return spaces <= 1000 || worth || flow_is_front(&lay->geometry, sheet->begin) ? spaces : 1000;
}

/* The pages of the stack, in the layout's memory. */
static size_t find_sheets(struct layout *lay, const struct stack *stack, struct sheet **sheets)
{
    struct arena scratch;
    arena_init(&scratch);
    struct pace *paces = ARENA_ARRAY(&scratch, struct pace, stack->count + 1);
    for (size_t i = 0; i < stack->count; i++)
        paces[i] = pace_between(i ? &stack->items[i - 1] : NULL, &stack->items[i]);
    struct flow_stack on = {stack, paces};
    size_t count = flow_search(&lay->geometry, &on, &lay->work, sheets);
    for (size_t i = 0; i < count; i++)
        (*sheets)[i].spaces = choose_spaces(lay, &on, &(*sheets)[i], i + 1 == count);
    arena_done(&scratch);
    return count;
}

void flow_pages(struct layout *lay, const struct stack *stack)
{
    struct sheet *sheets;
    size_t count = find_sheets(lay, stack, &sheets);
    struct pages *pages = lay->pages;
    pages->count = pages->cap = count ? count : 1;
    pages->items = ARENA_ARRAY(lay->arena, struct page, pages->count);
    for (size_t i = 0; i < count; i++) {
        const struct sheet *sheet = &sheets[i];
        flow_draw(lay, (uint32_t)i, stack, sheet->begin, sheet->end, flow_top(&lay->geometry, sheet->begin),
                  sheet->spaces);
    }
}
