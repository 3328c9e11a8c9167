/* Where a page may end: the boxes are set one after the other, with the spaces as they are and as close as
 * they may be, until not even those leave room. */
#include "layout/flow.h"

#include "layout/flow_cost.h"

/* The ends of one column that are worth pairing with those of the other. */
enum { COLUMN_ENDS = 4 };

/* The same boxes, set twice. */
struct tracks {
    struct track natural, close;
};

/* A page in the making. */
struct page_scan {
    struct flow_scan *found;
    const struct stack *stack;
    const struct flow_room *room;
    const struct moving *moved; /* stands at the top of this page, before its place, which is passed over */
    bool any;                   /* an end has been found, told of or not */
};

int64_t flow_hole_cost(int32_t hole)
{
    const int64_t unit = FLOW_HOLE / 100, most = 20000; /* tenths of a point: their cubes fit */
    int64_t tenths = hole / 100;
    tenths = tenths < 0 ? 0 : tenths > most ? most : tenths;
    return 100 * tenths * tenths * tenths / (unit * unit * unit);
}

int32_t flow_wider(const struct ending *ending)
{
    int64_t spaces = ending->natural - ending->close;
    return (int32_t)(spaces * (STEP_WIDEST - 1000) / (1000 - STEP_CLOSEST)) + ending->grow;
}

static void tracks_start(struct tracks *tracks, int32_t natural, int32_t close)
{
    track_start(&tracks->natural, natural, 1000);
    track_start(&tracks->close, close, STEP_CLOSEST);
}

/* Past a box, if it does not stand apart. */
static inline void tracks_go(struct tracks *tracks, const struct pace *pace)
{
    track_go(&tracks->natural, pace, pace->natural);
    track_go(&tracks->close, pace, pace->close);
}

static void tracks_to(struct tracks *tracks, const struct pace *pace, const struct box *box, bool first)
{
    track_to(&tracks->natural, pace, box, first);
    track_to(&tracks->close, pace, box, first);
}

static void tracks_past(struct tracks *tracks, const struct pace *pace, const struct box *box)
{
    track_past(&tracks->natural, pace, box);
    track_past(&tracks->close, pace, box);
}

/* Not to be told of, as not even the widest spaces bring it down. */
static bool is_too_high(const struct page_scan *scan, const struct ending *ending)
{
    return ending->natural + flow_wider(ending) + FLOW_LEVEL < scan->room->least;
}

static void add(struct page_scan *scan, struct ending ending)
{
    scan->any = true;
    if (!ending.whole && is_too_high(scan, &ending))
        return;
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
                         const struct tracks *top, int32_t limit)
{
    struct tracks tracks;
    endings->count = 0;
    tracks_start(&tracks, top->natural.y, top->close.y);
    for (size_t i = from; i <= stack->count; i++) {
        const struct box *box = &stack->items[i];
        struct ending ending = {.at = {.box = (uint32_t)i},
                                .natural = track_bottom(&tracks.natural),
                                .close = track_bottom(&tracks.close),
                                .whole = i == stack->count};
        if (i > from + 1 && ending.close > limit)
            break;
        if (!ending.whole) {
            struct pace now;
            const struct pace *pace = &now;
            if (i > from && stack->paces)
                pace = &stack->paces[i];
            else
                now = pace_between(i > from ? box - 1 : NULL, box);
            ending.cost = box->cost;
            ending.more = box->in_word ? COST_HYPHEN : 0;
            tracks_to(&tracks, pace, box, i == from);
            tracks_past(&tracks, pace, box);
        }
        *ARENA_PUSH(arena, endings) = ending;
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

/* Both columns end here, or go on. Where the right one cannot begin, the left one may, so long as it has some
 * lines here and goes on beside the right; the right one never begins first. */
static void add_pair(struct page_scan *scan, struct place begin, const struct ending *left,
                     const struct ending *right, int32_t top, int32_t limit)
{
    const int32_t some_lines = 6 * FLOW_LINE;
    bool left_stuck = !left->whole && left->at.box == begin.left;
    bool right_stuck = !right->whole && right->at.box == begin.right;
    bool alone = right_stuck && !left_stuck && !left->whole && left->natural - top >= some_lines;
    if ((left->whole && right->whole) || (!alone && (left_stuck || right_stuck)))
        return;
    struct ending ending = {.at = {.box = begin.box, .left = left->at.box, .right = right->at.box},
                            .natural = track_lower(left->natural, right->natural),
                            .close = track_lower(left->close, right->close)};
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
static bool set_columns(struct page_scan *scan, struct tracks *tracks, size_t i)
{
    const struct box *box = &scan->stack->items[i];
    struct place begin = i == scan->room->from.box ? scan->room->from : (struct place){.box = (uint32_t)i};
    int32_t limit = scan->room->limit - tracks->natural.pads, top = tracks->natural.y;
    struct endings *left = &scan->found->left, *right = &scan->found->right;
    side_endings(scan->found->arena, left, box->left, begin.left, tracks, limit);
    side_endings(scan->found->arena, right, box->right, begin.right, tracks, limit);
    size_t lefts = choose_sides(left, limit), rights = choose_sides(right, limit);
    for (size_t l = 0; l < lefts; l++)
        for (size_t r = 0; r < rights; r++)
            add_pair(scan, begin, &left->items[l], &right->items[r], top, limit);
    if (lefts && rights && left->items[0].whole && right->items[0].whole) {
        tracks->natural.y = track_lower(left->items[0].natural, right->items[0].natural);
        tracks->close.y = track_lower(left->items[0].close, right->items[0].close);
        return true;
    }
    if (!scan->any)
        add(scan, (struct ending){.at = forced_on(box, begin),
                                  .natural = scan->room->limit + 1,
                                  .close = scan->room->limit + 1});
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

/* The page ends before a box, or after all of them. */
static void end_at(struct page_scan *scan, const struct tracks *tracks, size_t i, size_t held)
{
    struct ending ending = {.at = {.box = (uint32_t)i, .held = (uint32_t)held},
                            .natural = track_bottom(&tracks->natural),
                            .close = track_bottom(&tracks->close),
                            .grow = tracks->natural.grow,
                            .whole = i == scan->stack->count && !held,
                            .more = held ? COST_MOVED : 0};
    if (held && i > scan->stack->moving.items[held - 1].end)
        ending.more += COST_AWAY;
    if (i < scan->stack->count) {
        const struct pace *pace = &scan->found->on.paces[i];
        ending.cost = pace->cost;
        ending.more += pace->in_word ? COST_HYPHEN : 0;
    }
    add(scan, ending);
}

/* A part whose place comes soon after may then stand at the top of the next page. */
static void end_before(struct page_scan *scan, const struct tracks *tracks, size_t i, size_t held,
                       size_t next)
{
    const struct stack *stack = scan->stack;
    if (held && stack->items[i].repeat)
        return; /* no figure between the rows of a table */
    end_at(scan, tracks, i, held);
    if (held || next == stack->moving.count)
        return;
    const struct moving *moving = &stack->moving.items[next];
    if (i >= moving->earliest && i < moving->from)
        end_at(scan, tracks, i, next + 1);
}

/* Sets box i. before: the box that was set last, as index + 1; 0: none. false: the page ends within. */
static bool set_box(struct page_scan *scan, struct tracks *tracks, size_t before, size_t i)
{
    const struct box *boxes = scan->stack->items, *box = &boxes[i];
    struct pace made;
    const struct pace *pace = &made;
    if (before && before == i)
        pace = &scan->found->on.paces[i];
    else
        made = pace_between(before ? &boxes[before - 1] : NULL, box);
    if (!pace->apart) {
        tracks_go(tracks, pace);
        return true;
    }
    tracks_to(tracks, pace, box, !before);
    if (box->left && !set_columns(scan, tracks, i))
        return false;
    tracks_past(tracks, pace, box);
    return true;
}

/* Whether the place of the part that was moved to this page's top is passed: before that the page cannot end,
 * for the next one would show the part again. */
static bool is_passed(const struct page_scan *scan, size_t i)
{
    return !scan->moved || i >= scan->moved->to;
}

/* Whether box k of a run, which begins at i, is passed without a look: the page would end too high before it,
 * and has room for it. The same is so for those before it. */
static bool is_passed_over(const struct page_scan *scan, const struct tracks *tracks, size_t i, size_t k)
{
    const struct pace_run *run = &scan->found->on.runs[i], *at = &scan->found->on.runs[k];
    int32_t close = tracks->close.y + tracks->close.pads + run->close - at->close;
    struct ending ending = {.natural = tracks->natural.y + tracks->natural.pads + run->natural - at->natural,
                            .close = close,
                            .grow = tracks->natural.grow + run->grow - at->grow};
    return is_too_high(scan, &ending) && close + scan->found->on.paces[k].close <= scan->room->limit;
}

/* Past the boxes of a run, up to `to`, before which the page would end too high to be told of. Returns the
 * first that is not passed. i: not the page's first box; the page may end before it. */
static size_t pass_run(struct page_scan *scan, struct tracks *tracks, size_t i, size_t to)
{
    const struct pace_run *runs = scan->found->on.runs, *run = &runs[i];
    if (run->end <= i + 1 || !track_is_clear(&tracks->natural) || !track_is_clear(&tracks->close) ||
        !is_passed_over(scan, tracks, i, i))
        return i;
    size_t low = i + 1, high = run->end < to ? run->end : to;
    if (low < high && is_passed_over(scan, tracks, i, high - 1))
        low = high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (is_passed_over(scan, tracks, i, middle))
            low = middle + 1;
        else
            high = middle;
    }
    const struct pace_run none = {0}, *rest = low < run->end ? &runs[low] : &none;
    track_pass(&tracks->natural, run->natural - rest->natural, run->grow - rest->grow);
    track_pass(&tracks->close, run->close - rest->close, run->grow - rest->grow);
    scan->any = true;
    return low;
}

/* Boxes [i, to) are set one after the other. before: see set_box. held: a part that is left to the next page.
 */
static void scan_boxes(struct page_scan *scan, struct tracks tracks, size_t before, size_t i, size_t to,
                       size_t held)
{
    const struct stack *stack = scan->stack;
    size_t next = next_moving(stack, i);
    for (; i < to; i++) {
        const struct moving *moving = next < stack->moving.count ? &stack->moving.items[next] : NULL;
        if (before && before == i && !held && is_passed(scan, i)) {
            size_t end = moving && moving->from < to ? moving->from : to;
            size_t on = i < end ? pass_run(scan, &tracks, i, end) : i;
            if (on > i) {
                before = on;
                i = on - 1;
                continue;
            }
        }
        if (moving && moving->from == i && !held) {
            next++;
            if (moving == scan->moved) {
                i = moving->to - 1;
                continue;
            }
            /* It stays where it fits with a little to spare. */
            if (before && moving->latest > moving->to &&
                tracks.natural.y + moving->height > scan->room->limit - 2 * FLOW_LINE)
                scan_boxes(scan, tracks, before, moving->to, moving->latest, next);
        }
        if (before && is_passed(scan, i))
            end_before(scan, &tracks, i, held, next);
        if (!set_box(scan, &tracks, before, i))
            return;
        before = i + 1;
        if (track_bottom(&tracks.close) > scan->room->limit && (scan->any || scan->moved))
            return;
    }
    if (!is_passed(scan, i))
        return;
    if (i < stack->count)
        end_before(scan, &tracks, i, held, next);
    else
        end_at(scan, &tracks, i, held);
}

void flow_endings(struct flow_scan *found, const struct flow_room *room)
{
    const struct stack *stack = found->on.stack;
    struct page_scan scan = {.found = found, .stack = stack, .room = room};
    struct tracks tracks;
    size_t before = 0;
    found->endings.count = 0;
    tracks_start(&tracks, room->top, room->top);
    if (room->from.held) {
        const struct moving *moving = &stack->moving.items[room->from.held - 1];
        for (size_t i = moving->from; i < moving->to; i++) {
            set_box(&scan, &tracks, before, i);
            before = i + 1;
        }
        if (room->from.box <= moving->from)
            scan.moved = moving;
    }
    scan_boxes(&scan, tracks, before, room->from.box, stack->count, 0);
}
