/* Measuring agrees with drawing, and the search for pages finds those that cost least, on random stacks of
 * boxes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout/flow.h"
#include "layout/flow_cost.h"

enum { BOXES = 48, NODES = 4 * BOXES };

/* ---- random stacks */

static uint32_t seed;

static int32_t any(int32_t from, int32_t to)
{
    seed = seed * 1664525U + 1013904223U;
    return from + (int32_t)((seed >> 8) % (uint32_t)(to - from + 1));
}

static bool one_in(int32_t n)
{
    return any(1, n) == 1;
}

static struct frame outer = {.pad_top = 11 * PT, .pad_bottom = 9 * PT, .above = 12 * PT, .below = 14 * PT};
static struct frame inner = {
    .outer = &outer, .pad_top = 5 * PT, .pad_bottom = 4 * PT, .above = 6 * PT, .below = 8 * PT};
static struct box head = {.height = 23 * PT};

static struct box any_box(bool grid)
{
    struct box box = {.height = one_in(3) ? any(3, 60) * PT : 14 * PT, .cost = BREAK_FREE};
    box.above = one_in(4) ? any(0, 24) * PT : 0;
    box.below = one_in(3) ? any(0, 14) * PT : 0;
    box.overhang = one_in(8) ? any(0, 40) * PT : 0;
    box.side_overhang = one_in(12) ? any(0, 60) * PT : 0;
    box.clear = one_in(3) ? CLEAR_LABELS : one_in(6) ? CLEAR_ALL : CLEAR_NONE;
    box.cost = one_in(3) ? (enum break_cost)any(BREAK_FREE, BREAK_HARD) : BREAK_FREE;
    box.grow = one_in(6) ? any(0, 20) * PT : 0;
    box.in_word = one_in(9);
    box.give = one_in(9) ? box.height / 4 : 0;
    box.grid = grid && one_in(2) ? any(8, 12) * PT : 0;
    box.repeat = one_in(8) ? &head : NULL;
    return box;
}

/* Of any boxes; some stretches of them stand in frames. */
static size_t fill(struct box *boxes, size_t most, bool grid)
{
    static const struct frame *const frames[] = {NULL, NULL, &outer, &inner};
    size_t count = (size_t)any(1, (int32_t)most);
    const struct frame *frame = NULL;
    for (size_t i = 0; i < count; i++) {
        boxes[i] = any_box(grid);
        if (one_in(6))
            frame = frames[any(0, 3)];
        boxes[i].frame = frame;
    }
    return count;
}

struct paced {
    struct pace paces[BOXES];
    struct pace_run runs[BOXES];
};

static struct flow_stack pace_all(const struct stack *stack, struct paced *paced)
{
    for (size_t i = 0; i < stack->count; i++)
        paced->paces[i] = pace_between(i ? &stack->items[i - 1] : NULL, &stack->items[i]);
    pace_runs(paced->runs, paced->paces, stack->items, stack->count);
    return (struct flow_stack){stack, paced->paces, paced->runs};
}

/* ---- measuring and drawing */

static void ignore_open(void *self, struct step_frame *frame)
{
    (void)self;
    (void)frame;
}

static void ignore_close(void *self, const struct step_frame *frame, int32_t bottom)
{
    (void)self;
    assert_true(bottom >= frame->top);
}

static int32_t drawn(const struct stack *stack, int32_t y, int spaces)
{
    struct step_watch watch = {NULL, ignore_open, ignore_close};
    struct step step;
    int32_t ignored;
    step_start(&step, y, spaces);
    for (size_t i = 0; i < stack->count; i++) {
        const struct box *box = &stack->items[i];
        step_to(&step, box, &watch, &ignored);
        if (box->left) {
            int32_t left = drawn(box->left, step.y, spaces), right = drawn(box->right, step.y, spaces);
            step.y = left > right ? left : right;
        }
        step_past(&step, box);
    }
    step_end(&step, &watch);
    return step.y;
}

static void measures_as_it_draws(void **state)
{
    (void)state;
    static const int spaces[] = {STEP_CLOSEST, 780, STEP_GRID_SPACES, 1000, STEP_WIDEST};
    for (seed = 1; seed < 3000;) {
        uint32_t round = seed;
        struct box boxes[BOXES], sides[2][8];
        struct paced main_paces, side_paces[2];
        struct stack stack = {.items = boxes, .count = fill(boxes, BOXES, true)};
        struct stack left = {.items = sides[0], .count = fill(sides[0], 8, true)};
        struct stack right = {.items = sides[1], .count = fill(sides[1], 8, true)};
        struct box *columns = &boxes[any(0, (int32_t)stack.count - 1)];
        columns->left = &left;
        columns->right = &right;
        struct flow_stack on = pace_all(&stack, &main_paces);
        if (one_in(2)) { /* else they are worked out as they are measured */
            left.paces = pace_all(&left, &side_paces[0]).paces;
            right.paces = pace_all(&right, &side_paces[1]).paces;
        }
        struct place end = {.box = (uint32_t)stack.count};
        for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
            int32_t y = any(0, 80000);
            assert_int_equal(flow_bottom(&on, (struct place){0}, end, y, spaces[i]),
                             drawn(&stack, y, spaces[i]));
        }
        assert_int_equal(stack_height(&stack, 0, stack.count), drawn(&stack, 0, 1000));
        seed = round + 1;
    }
}

/* ---- the search */

static struct geometry geometry = {.first_top = 40 * PT, .top = 76 * PT, .bottom = 280 * PT};

struct reached {
    struct place at;
    int64_t cost;
    bool left;
};

static bool same_place(struct place a, struct place b)
{
    return a.box == b.box && a.left == b.left && a.right == b.right && a.held == b.held;
}

static void find_endings(struct flow_scan *scan, struct place from)
{
    struct flow_room room = {.from = from,
                             .top = flow_top(&geometry, from),
                             .limit = geometry.bottom + FLOW_LINE,
                             .least = INT32_MIN};
    flow_endings(scan, &room);
}

/* The cheapest page from a place to another. */
static int64_t cheapest_page(struct flow_scan *scan, struct place from, struct place to)
{
    int64_t least = INT64_MAX;
    int32_t limit;
    find_endings(scan, from);
    for (size_t i = 0; i < scan->endings.count; i++) {
        int64_t cost = flow_page_cost(&geometry, from, &scan->endings.items[i], &limit);
        if (same_place(scan->endings.items[i].at, to) && cost < least)
            least = cost;
    }
    return least;
}

static int64_t cheapest_end(struct flow_scan *scan, struct place from)
{
    int64_t least = INT64_MAX;
    find_endings(scan, from);
    for (size_t i = 0; i < scan->endings.count; i++) {
        int32_t limit;
        int64_t cost = flow_page_cost(&geometry, from, &scan->endings.items[i], &limit);
        least = cost < least ? cost : least;
    }
    return least;
}

/* Of all ways to deal boxes out to pages, by taking the cheapest place that has been reached again and again.
 */
static int64_t cheapest_pages(struct flow_scan *scan)
{
    struct reached reached[NODES] = {{.cost = 0}};
    size_t count = 1;
    for (;;) {
        size_t best = NODES;
        for (size_t i = 0; i < count; i++)
            if (!reached[i].left && (best == NODES || reached[i].cost < reached[best].cost))
                best = i;
        assert_true(best < NODES);
        struct reached *from = &reached[best];
        if (from->at.box == scan->on.stack->count && !from->at.held)
            return from->cost;
        from->left = true;
        int64_t least = cheapest_end(scan, from->at);
        for (size_t e = 0; e < scan->endings.count; e++) {
            int32_t limit;
            const struct ending *ending = &scan->endings.items[e];
            int64_t page = flow_page_cost(&geometry, from->at, ending, &limit), cost = from->cost + page;
            if (page >= flow_break_cost[BREAK_HARD] && page > least)
                continue; /* breaks that no page needs are out of the question where there is another */
            size_t at = 0;
            while (at < count && !same_place(reached[at].at, ending->at))
                at++;
            assert_true(at < NODES);
            if (at == count)
                reached[count++] = (struct reached){ending->at, cost, false};
            else if (!reached[at].left && cost < reached[at].cost)
                reached[at].cost = cost;
        }
    }
}

/* A figure that may stand elsewhere, outside of frames. */
static void add_moving(struct stack *stack, struct moving *moving)
{
    size_t from = (size_t)any(1, (int32_t)stack->count - 2);
    for (size_t i = 0; i < stack->count; i++)
        stack->items[i].frame = NULL;
    moving->from = from;
    moving->to = from + 1;
    moving->earliest = (size_t)any(1, (int32_t)from);
    moving->latest = (size_t)any((int32_t)from + 1, (int32_t)stack->count);
    moving->end = one_in(2) ? SIZE_MAX : (size_t)any((int32_t)from + 1, (int32_t)stack->count);
    moving->height = stack_height(stack, from, from + 1);
    stack->moving.items = moving;
    stack->moving.count = 1;
}

/* Ends that are not to be told of are passed by the run; what is told is the same as box by box. */
static void tells_the_same_ends_by_runs(void **state)
{
    (void)state;
    static const struct pace_run none[BOXES];
    size_t told = 0, passed = 0;
    for (seed = 1; seed < 4000;) {
        uint32_t round = seed;
        struct box boxes[BOXES];
        struct paced paced;
        struct moving moving;
        struct stack stack = {.items = boxes, .count = fill(boxes, BOXES, one_in(2))};
        if (stack.count > 6 && one_in(3))
            add_moving(&stack, &moving);
        struct arena arena;
        arena_init(&arena);
        struct flow_scan scan = {.arena = &arena, .on = pace_all(&stack, &paced)}, plain = scan;
        plain.on.runs = none;
        struct flow_room room = {.from = {.box = (uint32_t)any(0, (int32_t)stack.count - 1)},
                                 .top = geometry.top,
                                 .limit = any(120, 400) * PT};
        room.from.held = stack.moving.count && room.from.box >= moving.earliest && room.from.box < moving.from;
        room.least = one_in(4) ? INT32_MIN : room.limit - any(0, 200) * PT;
        flow_endings(&scan, &room);
        flow_endings(&plain, &room);
        assert_int_equal(scan.endings.count, plain.endings.count);
        for (size_t i = 0; i < plain.endings.count; i++) {
            const struct ending *a = &scan.endings.items[i], *b = &plain.endings.items[i];
            assert_true(same_place(a->at, b->at) && a->whole == b->whole);
            assert_true(a->natural == b->natural && a->close == b->close && a->grow == b->grow);
            assert_true(a->cost == b->cost && a->more == b->more);
        }
        told += plain.endings.count;
        for (size_t i = 0; i < stack.count; i++)
            passed += paced.runs[i].end > i + 1;
        arena_done(&arena);
        seed = round + 1;
    }
    assert_true(told > 4000 && passed > 4000);
}

/* Nothing that costs less is cut off by the search's bounds, nor by following few ends of each page: the
 * pages hold no more than those. */
static void finds_the_cheapest_pages(void **state)
{
    (void)state;
    size_t pages = 0, moved = 0;
    for (seed = 1; seed < 2000;) {
        uint32_t round = seed;
        struct box boxes[BOXES];
        struct paced paced;
        struct moving moving;
        struct stack stack = {.items = boxes, .count = fill(boxes, BOXES, false)};
        if (stack.count > 6 && one_in(3))
            add_moving(&stack, &moving);
        if (one_in(5))
            boxes[any(0, (int32_t)stack.count - 1)].height = 300 * PT; /* taller than the page */
        struct arena arena;
        arena_init(&arena);
        struct flow_scan scan = {.arena = &arena, .on = pace_all(&stack, &paced)};
        struct sheet *sheets;
        size_t count = flow_search(&geometry, &scan.on, &arena, &sheets);
        int64_t cost = 0;
        for (size_t i = 0; i < count; i++) {
            assert_true(i == 0 || same_place(sheets[i].begin, sheets[i - 1].end));
            cost += cheapest_page(&scan, sheets[i].begin, sheets[i].end);
            moved += sheets[i].end.held > 0;
        }
        assert_true(count && sheets[count - 1].end.box == stack.count);
        assert_int_equal(cost, cheapest_pages(&scan));
        pages += count;
        arena_done(&arena);
        seed = round + 1;
    }
    assert_true(pages > 4000 && moved > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_as_it_draws),
        cmocka_unit_test(tells_the_same_ends_by_runs),
        cmocka_unit_test(finds_the_cheapest_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
