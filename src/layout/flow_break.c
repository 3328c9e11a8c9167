/* Where a page may end: the boxes are set one after the other until the page is full, and the best break
 * within reach is chosen. */
#include "layout/flow.h"

#include "layout/step.h"

/* Candidates for a break: the last of each cost, and how far the page was filled there. */
struct breaks {
    size_t at[BREAK_COSTS];
    int32_t filled[BREAK_COSTS];
    bool found[BREAK_COSTS];
};

static void note_break(struct breaks *breaks, const struct box *box, size_t at, int32_t filled)
{
    breaks->at[box->cost] = at;
    breaks->filled[box->cost] = filled;
    breaks->found[box->cost] = true;
}

/* Whether the dearer break fills the page further. */
static bool is_later(const struct breaks *breaks, int dearer, int cheaper)
{
    return breaks->found[dearer] && breaks->at[dearer] > breaks->at[cheaper];
}

/* The cheapest break. When the measures allow it, a soft one where the page would be less than three quarters
 * full without, and one that tears what is to stay together where it would be less than seven tenths full. */
static struct part choose_break(const struct breaks *breaks, int32_t top, struct measures m, size_t otherwise)
{
    int32_t height = m.limit - top;
    for (int cost = BREAK_FREE; cost < BREAK_COSTS; cost++) {
        if (!breaks->found[cost])
            continue;
        int chosen = cost;
        if (m.tear && chosen == BREAK_FREE && breaks->filled[chosen] < top + height * 3 / 4 &&
            is_later(breaks, BREAK_SOFT, chosen))
            chosen = BREAK_SOFT;
        if (m.tear && chosen < BREAK_KEEP && breaks->filled[chosen] < top + height * 7 / 10 &&
            is_later(breaks, BREAK_KEEP, chosen))
            chosen = BREAK_KEEP;
        return (struct part){.end.box = breaks->at[chosen], .bottom = breaks->filled[chosen]};
    }
    return (struct part){.end.box = otherwise, .bottom = m.limit};
}

static struct part measure(const struct stack *stack, struct place from, int32_t y, struct measures m,
                           bool force);

/* Two columns from the step's place on. The columns hold no columns themselves: the depth is 1. Where the
 * right one cannot begin here, the left one may, with some lines, so long as enough of it is left to stand
 * beside the right. */
static struct part measure_columns(const struct box *box, struct place from, int32_t y, struct measures m,
                                   bool force)
{
    const int32_t some_lines = 6 * 14 * PT;
    struct part left = measure(box->left, (struct place){.box = from.left}, y, m, force);
    struct part right = measure(box->right, (struct place){.box = from.right}, y, m, force);
    struct part both = {.whole = left.whole && right.whole,
                        .end = {from.box, left.end.box, right.end.box},
                        .bottom = left.bottom > right.bottom ? left.bottom : right.bottom};
    bool left_stuck = !left.whole && left.end.box == from.left;
    bool right_stuck = !right.whole && right.end.box == from.right;
    both.lopsided = right_stuck && !left_stuck && !left.whole && left.bottom - y >= some_lines;
    if (!force && (left_stuck || right_stuck) && !both.lopsided)
        both.end = from;
    return both;
}

/* What fits between y and the limit. force: at the top of a page, where at least one box must be taken. */
static struct part measure(const struct stack *stack, struct place from, int32_t y, struct measures m,
                           bool force)
{
    struct breaks breaks = {.found = {false}};
    struct step step;
    int32_t ignored;
    step_start(&step, y, m.spaces);
    size_t i = from.box;
    for (; i < stack->count; i++) {
        const struct box *box = &stack->items[i];
        int32_t filled = step_bottom(&step);
        step_to(&step, box, NULL, &ignored);
        if (i > from.box)
            note_break(&breaks, box, i, filled);
        if (box->left) {
            struct place inner = i == from.box ? from : (struct place){.box = i};
            struct measures rest = {m.limit - step.pads, m.spaces, m.tear};
            struct part part = measure_columns(box, inner, step.y, rest, force && i == from.box);
            bool moved = part.end.left != inner.left || part.end.right != inner.right;
            if (!part.whole && moved)
                return part;
            if (!part.whole)
                break;
            step.y = part.bottom;
        }
        step_past(&step, box);
        if (step_bottom(&step) > m.limit)
            break;
    }
    if (i == stack->count)
        return (struct part){.end.box = i, .bottom = step_bottom(&step), .whole = true};
    if (!force && !breaks.found[BREAK_FREE] && !breaks.found[BREAK_SOFT])
        return (struct part){.end = from, .bottom = y};
    return choose_break(&breaks, y, m, i > from.box ? i : from.box + 1);
}

struct part flow_measure(const struct stack *stack, struct place from, int32_t top, struct measures measures)
{
    return measure(stack, from, top, measures, true);
}
