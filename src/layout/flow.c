/* The paginator: deals a stack of boxes out to pages. Each page is measured a few times and the best end
 * within reach is taken; no box is looked at more often than that, so the time is linear. */
#include "layout/flow.h"

/* A page that stays emptier than this is set closer, if that brings in what comes next. */
enum { HOLE_MOST = 6 * 14 * PT };

/* A last page with less than this on it is avoided. */
enum { FEW_LINES = 13 * 14 * PT };

/* One page: where it begins and the permille of the spaces between boxes that are given. */
struct sheet {
    struct place begin;
    int spaces;
};

struct plan {
    struct sheet *items;
    size_t count, cap;
    int32_t last_fill; /* height of what stands on the last page */
};

/* How far pages may be tightened: by how much they run longer than they should, and the least of the spaces.
 */
struct closeness {
    int32_t slack;
    int spaces;
};

static int32_t page_top(const struct layout *lay, size_t page)
{
    return page == 0 ? lay->geometry.first_top : lay->geometry.top;
}

static bool is_later(struct place a, struct place b)
{
    if (a.box != b.box)
        return a.box > b.box;
    return a.left + a.right > b.left + b.right;
}

/* Whether a page is worth another try: with a hole at its foot, or without its right column. */
static bool is_wanting(const struct part *part, int32_t bottom)
{
    return !part->whole && (part->lopsided || bottom - part->bottom > HOLE_MOST);
}

static bool is_better(const struct part *part, const struct part *than)
{
    if (part->lopsided != than->lopsided)
        return than->lopsided;
    return is_later(part->end, than->end) && part->bottom > than->bottom;
}

/* A page as the closeness has it; one that is wanting also set closer, and one that stays rather empty then
 * with what would stay together torn. spaces is given back smaller when closer ones were taken. */
static struct part fill_page(const struct layout *lay, const struct stack *stack, struct place from,
                             int32_t top, struct closeness close, int *spaces)
{
    static const struct closeness closer[] = {{0, 850}, {0, 700}, {14 * PT, 700}};
    int32_t bottom = lay->geometry.bottom;
    *spaces = close.spaces;
    struct part best =
        flow_measure(stack, from, top, (struct measures){bottom + close.slack, close.spaces, false});
    for (size_t i = 0; i < sizeof closer / sizeof *closer; i++) {
        if (!is_wanting(&best, bottom))
            return best;
        if (closer[i].spaces > close.spaces)
            continue;
        struct part part = flow_measure(stack, from, top,
                                        (struct measures){bottom + closer[i].slack, closer[i].spaces, false});
        if (is_better(&part, &best)) {
            best = part;
            *spaces = closer[i].spaces;
        }
    }
    struct part torn = flow_measure(stack, from, top, (struct measures){bottom + close.slack, *spaces, true});
    return is_better(&torn, &best) ? torn : best;
}

static struct plan make_plan(struct layout *lay, const struct stack *stack, struct closeness close)
{
    struct plan plan = {0};
    struct place at = {0};
    struct part part = {.whole = false};
    while (!part.whole) {
        struct sheet *sheet = ARENA_PUSH(lay->arena, &plan);
        sheet->begin = at;
        int32_t top = page_top(lay, plan.count - 1);
        part = fill_page(lay, stack, at, top, close, &sheet->spaces);
        plan.last_fill = part.bottom - top;
        at = part.end;
    }
    return plan;
}

static struct place end_of(const struct plan *plan, const struct stack *stack, size_t page)
{
    return page + 1 < plan->count ? plan->items[page + 1].begin : (struct place){.box = stack->count};
}

/* A last page of a few lines that cannot be saved takes along what stands before it, from a heading on: the
 * fewest sections that make it more, so long as they fit and the page before stays seven tenths full. */
static void balance_end(struct layout *lay, const struct stack *stack, struct plan *plan)
{
    struct sheet *before = &plan->items[plan->count - 2], *last = &plan->items[plan->count - 1];
    int32_t top = page_top(lay, plan->count - 2), least = top + (lay->geometry.bottom - top) * 7 / 10;
    struct place end = {.box = stack->count};
    for (size_t i = last->begin.box; i > before->begin.box + 1; i--) {
        struct place at = {.box = i - 1};
        if (!stack->items[at.box].opens || stack->items[at.box].cost != BREAK_FREE)
            continue;
        int32_t bottom = flow_bottom(stack, at, end, lay->geometry.top, 1000);
        if (bottom > lay->geometry.bottom ||
            flow_bottom(stack, before->begin, at, top, before->spaces) < least)
            return;
        if (bottom - lay->geometry.top >= FEW_LINES) {
            *last = (struct sheet){at, 1000};
            return;
        }
    }
}

/* A page that was set closer takes back what spaces it has room for. */
static void loosen(struct layout *lay, const struct stack *stack, struct plan *plan)
{
    const int step = 25;
    for (size_t i = 0; i < plan->count; i++) {
        struct sheet *sheet = &plan->items[i];
        int32_t top = page_top(lay, i), limit = lay->geometry.bottom;
        struct place end = end_of(plan, stack, i);
        int low = 0, high = (1000 - sheet->spaces) / step;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (flow_bottom(stack, sheet->begin, end, top, sheet->spaces + middle * step) <= limit)
                low = middle;
            else
                high = middle - 1;
        }
        sheet->spaces += low * step;
    }
}

/* A last page of a few lines is saved when one more line on each page does so, or that and closer spaces;
 * else it gets more to bear. */
static struct plan best_plan(struct layout *lay, const struct stack *stack)
{
    static const struct closeness attempts[] = {{14 * PT, 1000}, {14 * PT, 850}, {14 * PT, 700}};
    struct plan plan = make_plan(lay, stack, (struct closeness){0, 1000});
    size_t pages = plan.count;
    bool few = pages > 1 && plan.last_fill < FEW_LINES;
    for (size_t i = 0; few && plan.count == pages && i < sizeof attempts / sizeof *attempts; i++) {
        struct plan closer = make_plan(lay, stack, attempts[i]);
        if (closer.count < pages)
            plan = closer;
    }
    if (few && plan.count == pages)
        balance_end(lay, stack, &plan);
    loosen(lay, stack, &plan);
    return plan;
}

void flow_pages(struct layout *lay, const struct stack *stack)
{
    struct plan plan = best_plan(lay, stack);
    struct pages *pages = lay->pages;
    pages->items = ARENA_ARRAY(lay->arena, struct page, plan.count);
    pages->count = pages->cap = plan.count;
    for (size_t i = 0; i < plan.count; i++)
        flow_draw(lay, (uint32_t)i, stack, plan.items[i].begin, end_of(&plan, stack, i), page_top(lay, i),
                  plan.items[i].spaces);
}
