/* The paginator: pages are searched for (flow_search.c), spaces chosen that bring each down to its foot,
 * boxes drawn. */
#include "layout/flow.h"

#include "layout/flow_cost.h"

/* Steps of spaces from the closest on. */
enum { SPACES_STEP = 10, SPACES_NATURAL = (1000 - STEP_CLOSEST) / SPACES_STEP, SPACES_GUESSES = 3 };

/* The widest spaces, at most those of step high, with which a page ends within its limit. It ends at natural
 * with those of 1000 permille. The wider they are, the lower it ends, and nearly in proportion: so the step
 * is guessed. */
static int widest_spaces(const struct flow_stack *on, const struct sheet *sheet, int32_t top, int32_t natural,
                         int high)
{
    int low = 0;
    int64_t at_low = 0, at_high = 0; /* where it ends; 0: not measured */
    if (natural <= sheet->limit) {
        low = SPACES_NATURAL;
        at_low = natural;
    } else {
        high = SPACES_NATURAL - 1;
        at_high = natural;
    }
    for (int next = high, tries = 0; low < high; tries++) {
        int32_t end = flow_bottom(on, sheet->begin, sheet->end, top, STEP_CLOSEST + next * SPACES_STEP);
        if (end <= sheet->limit) {
            low = next;
            at_low = end;
        } else {
            high = next - 1;
            at_high = end;
        }
        next = (low + high + 1) / 2;
        if (at_low && at_high > at_low && tries < SPACES_GUESSES)
            next = low + (int)((sheet->limit - at_low) * (high + 1 - low) / (at_high - at_low));
        next = next <= low ? low + 1 : next > high ? high : next;
    }
    return STEP_CLOSEST + low * SPACES_STEP;
}

/* Spaces that bring the page down to the foot, closer or wider ones; where the widest do not even half
 * of it, they stay as they are, but for a front. */
static int choose_spaces(const struct layout *lay, const struct flow_stack *on, const struct sheet *sheet,
                         bool last)
{
    int32_t top = flow_top(&lay->geometry, sheet->begin);
    int32_t natural = flow_bottom(on, sheet->begin, sheet->end, top, 1000);
    if (natural <= sheet->limit && (last || natural >= sheet->limit - FLOW_LEVEL))
        return 1000;
    int spaces =
        widest_spaces(on, sheet, top, natural, ((last ? 1000 : STEP_WIDEST) - STEP_CLOSEST) / SPACES_STEP);
    int32_t grown = flow_bottom(on, sheet->begin, sheet->end, top, spaces) - natural, hole = sheet->limit - natural;
    bool worth = grown >= hole - FLOW_LEVEL || 2 * grown >= hole;
    return spaces <= 1000 || worth || flow_is_front(&lay->geometry, sheet->begin) ? spaces : 1000;
}

static const struct pace *paces_of(struct arena *arena, const struct stack *stack)
{
    struct pace *paces = ARENA_ROOM(arena, struct pace, stack->count + 1);
    for (size_t i = 0; i < stack->count; i++)
        paces[i] = pace_between(i ? &stack->items[i - 1] : NULL, &stack->items[i]);
    return paces;
}

/* The pages of the stack, in the layout's memory. */
static size_t find_sheets(struct layout *lay, const struct stack *stack, struct sheet **sheets)
{
    struct arena scratch;
    arena_init(&scratch);
    const struct pace *paces = paces_of(&scratch, stack);
    struct pace_run *runs = ARENA_ROOM(&scratch, struct pace_run, stack->count + 1);
    pace_runs(runs, paces, stack->items, stack->count);
    for (size_t i = 0; i < stack->count; i++) {
        if (stack->items[i].left) {
            stack->items[i].left->paces = paces_of(&lay->work, stack->items[i].left);
            stack->items[i].right->paces = paces_of(&lay->work, stack->items[i].right);
        }
    }
    struct flow_stack on = {stack, paces, runs};
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
