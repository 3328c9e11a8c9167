/* Where a page may end: the boxes are set one after the other, with the spaces as they are and as close as
 * they may be, until not even those leave room. */
#include "layout/flow.h"

#include "layout/flow_cost.h"
#include "layout/step.h"

/* The ends of one column that are worth pairing with those of the other. */
enum { COLUMN_ENDS = 4 };

/* A page in the making. */
struct page_scan {
    struct flow_scan *found;
    const struct stack *stack;
    int32_t limit;
    struct place from;
    const struct moving *moved; /* stands at the top of this page, before its place, which is passed over */
};

/* The same boxes, set twice. */
struct steps {
    struct step natural, close;
};

int64_t flow_hole_cost(int32_t hole)
{
    const int64_t unit = FLOW_HOLE / 100, most = 20000; /* tenths of a point: their cubes fit */
    int64_t tenths = hole / 100;
    tenths = tenths < 0 ? 0 : tenths > most ? most : tenths;
    return 100 * tenths * tenths * tenths / (unit * unit * unit);
}

static void steps_start(struct steps *steps, int32_t natural, int32_t close)
{
    step_start(&steps->natural, natural, 1000);
    step_start(&steps->close, close, STEP_CLOSEST);
}

static void steps_to(struct steps *steps, const struct box *box)
{
    int32_t ignored;
    step_to(&steps->natural, box, NULL, &ignored);
    step_to(&steps->close, box, NULL, &ignored);
}

static void steps_past(struct steps *steps, const struct box *box)
{
    step_past(&steps->natural, box);
    step_past(&steps->close, box);
}

/* An end before a box of the stack, or after all of it. */
static struct ending ending_at(const struct steps *steps, const struct stack *stack, struct place at)
{
    struct ending ending = {
        .at = at, .natural = step_bottom(&steps->natural), .close = step_bottom(&steps->close),
        .grow = steps->natural.grow};
    ending.whole = at.box == stack->count && !at.held;
    if (at.box < stack->count) {
        ending.cost = stack->items[at.box].cost;
        ending.more = stack->items[at.box].in_word ? COST_HYPHEN : 0;
    }
    if (at.held)
        ending.more += COST_MOVED + (at.box > stack->moving.items[at.held - 1].end ? COST_AWAY : 0);
    return ending;
}

static void add(struct page_scan *scan, struct ending ending)
{
    *ARENA_PUSH(scan->found->arena, &scan->found->endings) = ending;
}

/* ---- two columns */

static int64_t side_cost(const struct ending *ending, int32_t limit)
{
    if (ending->whole)
        return 0;
    return flow_break_cost[ending->cost] + ending->more +
           flow_hole_cost(limit - ending->natural) / FLOW_BESIDE;
}

/* The ends of one column from a box on: nothing of it, or up to each break that fits. */
static void side_endings(struct arena *arena, struct endings *endings, const struct stack *stack, size_t from,
                         const struct steps *top, int32_t limit)
{
    struct steps steps;
    endings->count = 0;
    steps_start(&steps, top->natural.y, top->close.y);
    for (size_t i = from; i <= stack->count; i++) {
        struct ending ending = ending_at(&steps, stack, (struct place){.box = i});
        if (i > from + 1 && ending.close > limit)
            break;
        *ARENA_PUSH(arena, endings) = ending;
        if (!ending.whole) {
            steps_to(&steps, &stack->items[i]);
            steps_past(&steps, &stack->items[i]);
        }
    }
}

/* Moves the best few to the front, the cheapest first, and returns how many there are; of a column that fits,
 * all of it is the only one. */
static size_t choose_sides(struct endings *endings, int32_t limit)
{
    size_t kept = 0;
    struct ending *items = endings->items, *last = &items[endings->count - 1];
    if (last->whole && last->close <= limit) {
        items[0] = *last;
        return 1;
    }
    for (size_t i = 0; i < endings->count; i++) {
        struct ending ending = items[i];
        if (ending.close > limit)
            continue;
        size_t at = kept < COLUMN_ENDS ? kept++ : COLUMN_ENDS;
        for (; at > 0 && side_cost(&ending, limit) < side_cost(&items[at - 1], limit); at--)
            if (at < COLUMN_ENDS)
                items[at] = items[at - 1];
        if (at < COLUMN_ENDS)
            items[at] = ending;
    }
    return kept;
}

static int32_t lower(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Both columns end here, or go on. Where the right one cannot begin, the left one may, so long as it has some
 * lines here and goes on beside the right; the right one never begins first. */
static void add_pair(struct page_scan *scan, size_t box, struct place begin, const struct ending *left,
                     const struct ending *right, int32_t top, int32_t limit)
{
    const int32_t some_lines = 6 * FLOW_LINE;
    bool left_stuck = !left->whole && left->at.box == begin.left;
    bool right_stuck = !right->whole && right->at.box == begin.right;
    bool alone = right_stuck && !left_stuck && !left->whole && left->natural - top >= some_lines;
    if ((left->whole && right->whole) || (!alone && (left_stuck || right_stuck)))
        return;
    struct ending ending = {.at = {.box = box, .left = left->at.box, .right = right->at.box},
                            .natural = lower(left->natural, right->natural),
                            .close = lower(left->close, right->close)};
    ending.more = side_cost(left, limit) + (alone ? COST_ALONE : side_cost(right, limit));
    add(scan, ending);
}

/* What is taller than a page goes there all the same. */
static struct place forced_on(const struct box *box, struct place begin)
{
    if (begin.left < box->left->count)
        begin.left++;
    else
        begin.right++;
    return begin;
}

/* Sets the columns and goes on below them; false: the page ends within. */
static bool set_columns(struct page_scan *scan, struct steps *steps, size_t i)
{
    const struct box *box = &scan->stack->items[i];
    struct place begin = i == scan->from.box ? scan->from : (struct place){.box = i};
    int32_t limit = scan->limit - steps->natural.pads, top = steps->natural.y;
    struct endings *left = &scan->found->left, *right = &scan->found->right;
    side_endings(scan->found->arena, left, box->left, begin.left, steps, limit);
    side_endings(scan->found->arena, right, box->right, begin.right, steps, limit);
    size_t lefts = choose_sides(left, limit), rights = choose_sides(right, limit);
    for (size_t l = 0; l < lefts; l++)
        for (size_t r = 0; r < rights; r++)
            add_pair(scan, i, begin, &left->items[l], &right->items[r], top, limit);
    if (lefts && rights && left->items[0].whole && right->items[0].whole) {
        steps->natural.y = lower(left->items[0].natural, right->items[0].natural);
        steps->close.y = lower(left->items[0].close, right->items[0].close);
        return true;
    }
    if (!scan->found->endings.count)
        add(scan, (struct ending){
                      .at = forced_on(box, begin), .natural = scan->limit + 1, .close = scan->limit + 1});
    return false;
}

/* ---- the page */

/* The first floating part at or after a box. */
static size_t next_moving(const struct stack *stack, size_t box)
{
    size_t low = 0, high = stack->moving.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (stack->moving.items[middle].from < box)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The page ends before a box; a part whose place comes soon after may then stand at the top of the next. */
static void end_before(struct page_scan *scan, const struct steps *steps, size_t i, size_t held, size_t next)
{
    const struct stack *stack = scan->stack;
    if (held && stack->items[i].repeat)
        return; /* no figure between the rows of a table */
    add(scan, ending_at(steps, stack, (struct place){.box = i, .held = held}));
    if (held || next == stack->moving.count)
        return;
    const struct moving *moving = &stack->moving.items[next];
    if (i >= moving->earliest && i < moving->from)
        add(scan, ending_at(steps, stack, (struct place){.box = i, .held = next + 1}));
}

/* Boxes [i, to) are set one after the other. held: a part that is left to the next page. */
static void scan_boxes(struct page_scan *scan, struct steps steps, size_t i, size_t to, size_t held)
{
    const struct stack *stack = scan->stack;
    size_t next = next_moving(stack, i);
    for (; i < to; i++) {
        const struct box *box = &stack->items[i];
        const struct moving *moving = next < stack->moving.count ? &stack->moving.items[next] : NULL;
        if (moving && moving->from == i && !held) {
            next++;
            if (moving == scan->moved) {
                i = moving->to - 1;
                continue;
            }
            /* It stays where it fits with a little to spare. */
            if (steps.natural.begun && moving->latest > moving->to &&
                steps.natural.y + moving->height > scan->limit - 2 * FLOW_LINE)
                scan_boxes(scan, steps, moving->to, moving->latest, next);
        }
        bool passed = !scan->moved || i >= scan->moved->to;
        if (steps.natural.begun && passed)
            end_before(scan, &steps, i, held, next);
        steps_to(&steps, box);
        if (box->left && !set_columns(scan, &steps, i))
            return;
        steps_past(&steps, box);
        if (step_bottom(&steps.close) > scan->limit && (scan->found->endings.count || scan->moved))
            return;
    }
    if (i < stack->count) {
        end_before(scan, &steps, i, held, next);
        return;
    }
    add(scan, ending_at(&steps, stack, (struct place){.box = i, .held = held}));
}

void flow_endings(struct flow_scan *found, const struct stack *stack, struct place from, int32_t top,
                  int32_t limit)
{
    struct page_scan scan = {found, stack, limit, from, NULL};
    found->endings.count = 0;
    struct steps steps;
    steps_start(&steps, top, top);
    if (from.held) {
        const struct moving *moving = &stack->moving.items[from.held - 1];
        for (size_t i = moving->from; i < moving->to; i++) {
            steps_to(&steps, &stack->items[i]);
            steps_past(&steps, &stack->items[i]);
        }
        if (from.box <= moving->from)
            scan.moved = moving;
    }
    scan_boxes(&scan, steps, from.box, stack->count, 0);
}

size_t flow_stretches(const struct stack *stack, struct place from, struct place to,
                      struct stretch stretches[FLOW_STRETCHES])
{
    const struct moving *first = from.held ? &stack->moving.items[from.held - 1] : NULL;
    const struct moving *left = to.held ? &stack->moving.items[to.held - 1] : NULL;
    size_t count = 0, at = from.box;
    if (first)
        stretches[count++] = (struct stretch){first->from, first->to};
    if (first && first->from >= from.box) {
        stretches[count++] = (struct stretch){at, first->from};
        at = first->to;
    }
    if (left && left->to <= to.box) {
        stretches[count++] = (struct stretch){at, left->from};
        at = left->to;
    }
    stretches[count++] = (struct stretch){at, to.box};
    return count;
}
