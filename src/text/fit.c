/* The line breaker. Nodes stand in order of their place, so that those still in reach are a stretch of one
 * list. */
#include "text/fit.h"

#include <stdlib.h>
#include <string.h>

enum {
    RATIO_ONE = 1024,
    RATIO_CUBE = RATIO_ONE * RATIO_ONE * RATIO_ONE,
    RATIO_MOST = 10 * RATIO_ONE,
    WIDER_BADNESS = 10,
    RATIO_FAR = 8 * RATIO_ONE, /* beyond it, and with a fit found, shorter lines are not looked at */
    LINE_COST = 10,
    COST_JUMP = 10000,        /* a tight line beside a loose one */
    COST_TWO_HYPHENS = 60000, /* in a row */
    COST_MANY_HYPHENS = 10000000,
    COST_LAST_HYPHEN = 10000, /* before the last line */
    COST_SHORT_END = 40000,   /* a last line of next to nothing, */
    COST_LEAST_END = 40000,   /* of less than its least length, */
    COST_FRAGMENT = 100000,   /* of no more than the rest of a word */
    COST_RAGGED_LINE = 20000, /* so that sharing out takes no line more than filling up */
    REACH_MOST = 512, /* nodes looked back at: characters without a width could put any number into a line */
    NODES_FIRST = 64,
    CLASSES = 4,
    HYPHENS_MOST = 2, /* in a row */
    STATES = CLASSES * (HYPHENS_MOST + 1)
};
static const int64_t COST_OVERFULL =
    1000000000000; /* more than any line that fits; a million of them still add up */

struct node {
    int64_t cost;
    uint32_t candidate, before; /* before: index of the node of the line before */
    uint8_t class, hyphens;     /* hyphens: lines in a row up to here that end in one, HYPHENS_MOST at most */
};

/* The nodes of one candidate, and what it is to the lines that start with it: they have all the same line. */
struct start {
    int64_t reach;                        /* what ends there by the running sum fills the measure */
    int64_t mpt, elastic_mpt, flex, gaps; /* running sums; elastic: of what may be drawn wider or narrower */
    uint32_t candidate;
    uint32_t first; /* of its nodes */
};

struct nodes {
    struct node *items;
    size_t count, cap;
    struct node first[NODES_FIRST]; /* items, as long as there are no more */
};

struct starts {
    struct start *items;
    size_t count, cap;
    struct start first[NODES_FIRST];
};

struct fitter {
    const struct candidates_list *list;
    const struct measure *measure;
    int tolerance;
    struct nodes nodes;
    struct starts starts;
    size_t head, head_start; /* nodes before it are out of reach; the start that it is of */
    bool in_order;           /* no sum of a start was less than that of one before it */
};

static int penalty_of(uint8_t place)
{
    switch (place) {
    case PLACE_DASH:
        return 30;
    case PLACE_SOFT:
        return 40;
    case PLACE_HYPHEN:
        return 60;
    case PLACE_ADDRESS:
        return 80;
    case PLACE_CLUSTER:
        return 3000;
    default:
        return 0;
    }
}

/* A line from a candidate to another: how far its spaces are stretched (positive) or shrunk, in 1/1024. */
struct line {
    int64_t slack, ratio, badness;
    bool too_long, out_of_reach;
    bool natural; /* it may end where it does: the last, or one before a forced end */
};

static int64_t cube(int64_t ratio)
{
    if (ratio < 0)
        ratio = -ratio;
    return ratio * ratio * ratio;
}

/* What lines to one candidate have in common. */
struct ending {
    const struct candidate *at;
    int64_t mpt, elastic_mpt, flex, gaps; /* as in struct start */
    uint32_t index;
    bool last, hyphen, forced;
    int penalty;
};

static inline struct ending ending_of(const struct fitter *fit, uint32_t index)
{
    const struct candidate *at = &fit->list->items[index];
    const int64_t mpt = at->end_sums.mpt + at->end_extra - at->end_hang;
    return (struct ending){.at = at,
                           .mpt = mpt,
                           .elastic_mpt = mpt - at->end_sums.rigid,
                           .flex = at->end_sums.flex,
                           .gaps = at->end_sums.gaps,
                           .index = index,
                           .last = index + 1 == fit->list->count,
                           .hyphen = place_has_hyphen(at->place),
                           .forced = at->place == PLACE_FORCED,
                           .penalty = penalty_of(at->place)};
}

/* What a line has to give, and what it takes. */
struct room {
    int64_t slack, most, stretch, shrink; /* most: by as much letters may be drawn wider or narrower */
};

static inline struct room room_between(const struct fitter *fit, const struct start *a,
                                       const struct ending *b)
{
    struct room room = {.slack = a->reach - b->mpt, .stretch = fit->measure->ragged_mpt};
    if (room.stretch)
        return room;
    const int64_t flex = b->flex - a->flex;
    room.shrink = flex_shrink(flex);
    room.stretch = flex_stretch(flex) + b->gaps - a->gaps;
    room.most = flex_wider(b->elastic_mpt - a->elastic_mpt);
    return room;
}

static inline struct line line_in(const struct fitter *fit, const struct room *room, const struct ending *b)
{
    const int64_t most = room->most;
    int64_t wider;
    struct line line = {.slack = room->slack};
    if (line.slack >= -most && line.slack <= most) {
        wider = most ? line.slack * RATIO_ONE / most : 0;
    } else {
        int64_t slack = line.slack < 0 ? line.slack + most : line.slack - most;
        wider = most ? RATIO_ONE : 0;
        line.too_long = slack + room->shrink < 0;
        line.out_of_reach = line.too_long && slack + room->shrink + b->at->end_extra < 0;
        if (slack < 0)
            line.ratio = line.too_long || !room->shrink ? -RATIO_ONE : slack * RATIO_ONE / room->shrink;
        else if (slack >= RATIO_MOST / RATIO_ONE * room->stretch)
            line.ratio = RATIO_MOST;
        else
            line.ratio = slack * RATIO_ONE / room->stretch;
        if (line.ratio > RATIO_MOST)
            line.ratio = RATIO_MOST;
    }
    line.natural = b->forced && line.slack >= 0 && !fit->measure->balanced;
    if (!line.natural)
        line.badness =
            (int64_t)((uint64_t)(100 * cube(line.ratio) + WIDER_BADNESS * cube(wider)) / RATIO_CUBE);
    return line;
}

/* A line so short that its badness is beyond the tolerance, told without its badness: its spaces would be
 * stretched beyond the ratio 1.25, which has 195, or 2.25, which has 1139. */
static inline bool is_too_short(const struct fitter *fit, const struct room *room)
{
    int64_t quarters = fit->tolerance > FIT_STRICT ? 9 : 5;
    return room->slack > room->most && 4 * (room->slack - room->most) >= quarters * room->stretch;
}

static inline uint8_t class_of(const struct fitter *fit, const struct line *line)
{
    if (fit->measure->ragged_mpt || line->natural)
        return 1;
    const int64_t ratio = line->ratio;
    return (uint8_t)((ratio >= -RATIO_ONE / 2) + (ratio > RATIO_ONE / 2) + (ratio > RATIO_ONE));
}

/* A last line shorter than its least length, though the paragraph has more that could stand on it. */
static bool is_least_end(const struct fitter *fit, const struct start *from, const struct ending *end,
                         const struct line *line)
{
    return end->last && from->first && fit->list->items[from->candidate].place != PLACE_FORCED &&
           fit->measure->width_mpt - line->slack < fit->measure->least_end_mpt;
}

/* A last line of next to nothing looks lost; more so where lines are ragged anyway and could share out. */
static int64_t cost_of_end(const struct fitter *fit, const struct start *start, const struct node *from,
                           const struct ending *end, const struct line *line)
{
    int64_t length = fit->measure->width_mpt - line->slack, cost = 0;
    int64_t enough = fit->measure->width_mpt / (fit->measure->ragged_mpt ? 3 : 5);
    if (length < enough)
        cost += COST_SHORT_END * ((enough - length) * RATIO_ONE / enough) / RATIO_ONE;
    if (is_least_end(fit, start, end, line))
        cost += COST_LEAST_END;
    if (from->hyphens)
        cost += COST_LAST_HYPHEN + (end->flex > start->flex ? 0 : COST_FRAGMENT);
    return cost;
}

/* The best nodes of a candidate: those that differ in class and hyphens may lead to different ends, and the
 * best of each is kept. */
struct best {
    int64_t cost[STATES];
    uint32_t before[STATES];
    unsigned found; /* a bit for each state that there is */
};

/* Ends a line from node number before. */
static inline void end_line(const struct fitter *fit, const struct start *start, size_t before,
                            const struct ending *end, const struct line *line, struct best *best)
{
    const struct node *from = &fit->nodes.items[before];
    const int64_t demerit = LINE_COST + line->badness + end->penalty;
    int64_t cost = from->cost + (line->too_long ? COST_OVERFULL : demerit * demerit) +
                   (fit->measure->ragged_mpt ? COST_RAGGED_LINE : 0);
    const int class = class_of(fit, line), jump = class - from->class;
    unsigned hyphens = 0;
    if (end->hyphen) {
        const bool more = from->hyphens == HYPHENS_MOST;
        hyphens = more ? HYPHENS_MOST : from->hyphens + 1u;
        cost += more ? COST_MANY_HYPHENS : from->hyphens ? COST_TWO_HYPHENS : 0;
    }
    if (!line->natural && (jump > 1 || jump < -1))
        cost += COST_JUMP;
    if (end->last && before && !fit->measure->balanced)
        cost += cost_of_end(fit, start, from, end, line);
    const unsigned state = (unsigned)class * (HYPHENS_MOST + 1) + hyphens;
    if (best->found >> state & 1 && cost >= best->cost[state])
        return;
    best->cost[state] = cost;
    best->before[state] = (uint32_t)before;
    best->found |= 1U << state;
}

/* Twice the room in an array that begins on the stack. Not in the arena: three trials of a long paragraph
 * would leave three lists behind. */
static void *grow(void *items, const void *first, size_t *cap, size_t size)
{
    const size_t old = *cap * size;
    void *grown = base_realloc(items == first ? NULL : items, 2 * old);
    if (items == first)
        memcpy(grown, first, old);
    *cap *= 2;
    return grown;
}

/* A candidate that lines can start with: its nodes are to follow. */
static void push_start(struct fitter *fit, uint32_t candidate)
{
    struct starts *starts = &fit->starts;
    if (starts->count == starts->cap)
        starts->items = grow(starts->items, starts->first, &starts->cap, sizeof starts->items[0]);
    const struct candidate *at = &fit->list->items[candidate];
    const int64_t mpt = at->start_sums.mpt - at->start_extra + at->start_hang;
    const struct start start = {.reach =
                                    mpt + (candidate ? fit->measure->width_mpt : fit->measure->first_mpt),
                                .mpt = mpt,
                                .elastic_mpt = mpt - at->start_sums.rigid,
                                .flex = at->start_sums.flex,
                                .gaps = at->start_sums.gaps,
                                .candidate = candidate,
                                .first = (uint32_t)fit->nodes.count};
    if (starts->count) {
        const struct start *before = &starts->items[starts->count - 1];
        fit->in_order &= start.mpt >= before->mpt && start.elastic_mpt >= before->elastic_mpt &&
                         start.flex >= before->flex && start.gaps >= before->gaps;
    }
    starts->items[starts->count++] = start;
}

static inline void push_node(struct fitter *fit, const struct node *node)
{
    struct nodes *nodes = &fit->nodes;
    if (nodes->count == nodes->cap)
        nodes->items = grow(nodes->items, nodes->first, &nodes->cap, sizeof nodes->items[0]);
    nodes->items[nodes->count++] = *node;
}

static void push_best(struct fitter *fit, uint32_t candidate, const struct best *best)
{
    if (!best->found)
        return;
    push_start(fit, candidate);
    for (unsigned left = best->found, state = 0; left; left >>= 1, state++)
        if (left & 1)
            push_node(fit, &(struct node){.cost = best->cost[state],
                                          .candidate = candidate,
                                          .before = best->before[state],
                                          .class = (uint8_t)(state / (HYPHENS_MOST + 1)),
                                          .hyphens = (uint8_t)(state % (HYPHENS_MOST + 1))});
}

/* Whether lines from a start may be good enough for the tolerance. */
static inline bool is_tolerable(const struct fitter *fit, const struct start *start, const struct ending *end,
                                const struct line *line)
{
    if (fit->tolerance < 0)
        return true;
    return line->badness <= fit->tolerance &&
           (fit->tolerance > FIT_STRICT || !is_least_end(fit, start, end, line));
}

/* Where a line from a start is too short, those from starts behind it are shorter. */
static inline bool may_stop(const struct fitter *fit)
{
    return fit->in_order && fit->measure->first_mpt <= fit->measure->width_mpt;
}

/* Passes candidates from one on that lines from all nodes in reach are certainly too short to end at: most
 * are, as a line fills. By is_too_short, with more room to stretch than there is. */
static uint32_t pass_too_short(const struct fitter *fit, uint32_t from)
{
    if (fit->tolerance < 0 || !may_stop(fit))
        return from;
    const struct start head = fit->starts.items[fit->head_start];
    const int64_t quarters = fit->tolerance > FIT_STRICT ? 9 : 5, ragged_mpt = fit->measure->ragged_mpt;
    const struct candidate *b = &fit->list->items[from], *end = &fit->list->items[fit->list->count];
    for (; b < end && b->place != PLACE_FORCED; b++) {
        const int64_t mpt = b->end_sums.mpt + b->end_extra - b->end_hang, slack = head.reach - mpt;
        int64_t stretch = ragged_mpt, most = 0;
        if (!ragged_mpt) {
            stretch = (b->end_sums.flex - head.flex) / 2 + b->end_sums.gaps - head.gaps;
            most = (mpt > head.mpt ? mpt - head.mpt : 0) / 32;
        }
        if (slack <= most || 4 * (slack - most) < quarters * stretch)
            break;
    }
    return (uint32_t)(b - fit->list->items);
}

/* Where no line fits: the node to come from, the last of the candidate before; or one past the last node. */
static inline void pass_too_long(struct fitter *fit, const struct start *start, size_t next,
                                 const struct line *line, const struct ending *end, size_t *shortest)
{
    const size_t last = fit->nodes.count;
    if (line->out_of_reach && fit->head >= start->first) {
        fit->head = next;
        fit->head_start++;
        *shortest = next == last ? last - 1 : last;
    } else if (start->candidate + 1 == end->index) {
        *shortest = next - 1;
    }
}

/* Ends lines at one candidate from every node in reach. False when no line can. */
static bool end_lines(struct fitter *fit, uint32_t index)
{
    const struct ending end = ending_of(fit, index);
    const bool skips = fit->tolerance >= 0 && !end.forced, stops = may_stop(fit);
    struct best best;
    best.found = 0;
    const size_t last = fit->nodes.count, starts = fit->starts.count;
    size_t shortest = last;
    if (last - fit->head > REACH_MOST) {
        fit->head = last - REACH_MOST;
        while (fit->head_start + 1 < starts && fit->starts.items[fit->head_start + 1].first <= fit->head)
            fit->head_start++;
    }
    for (size_t i = fit->head_start, next; i < starts; i++) {
        const struct start *start = &fit->starts.items[i];
        next = i + 1 < starts ? start[1].first : last;
        const struct room room = room_between(fit, start, &end);
        if (skips && is_too_short(fit, &room)) {
            if (stops)
                break;
            continue;
        }
        const struct line line = line_in(fit, &room, &end);
        if (line.too_long) {
            pass_too_long(fit, start, next, &line, &end, &shortest);
            continue;
        }
        if (!is_tolerable(fit, start, &end, &line))
            continue;
        const bool far = fit->tolerance < 0 && line.ratio > RATIO_FAR && !end.forced;
        for (size_t node = i == fit->head_start ? fit->head : start->first; node < next; node++) {
            if (far && best.found)
                break;
            if (fit->tolerance < 0 || !end.hyphen || fit->nodes.items[node].hyphens < HYPHENS_MOST)
                end_line(fit, start, node, &end, &line, &best);
        }
        if (far && best.found)
            break;
    }
    if (!best.found && (end.forced || fit->head == last) && fit->tolerance >= 0)
        return false;
    if (!best.found && fit->tolerance < 0 &&
        (end.forced || shortest < last)) { /* a line must end here, though it does not fit */
        const size_t before = shortest < last ? shortest : last - 1;
        size_t i = starts - 1;
        while (fit->starts.items[i].first > before)
            i--;
        const struct start *start = &fit->starts.items[i];
        const struct room room = room_between(fit, start, &end);
        const struct line line = line_in(fit, &room, &end);
        end_line(fit, start, before, &end, &line, &best);
    }
    if (end.forced) {
        fit->head = last;
        fit->head_start = starts;
    }
    push_best(fit, index, &best);
    return true;
}

/* The cheapest way to the last candidate; its cost. */
static int64_t trace_back(const struct fitter *fit, struct arena *scratch, uint32_t **ends, size_t *count)
{
    const struct node *nodes = fit->nodes.items;
    size_t best = fit->head;
    for (size_t i = fit->head; i < fit->nodes.count; i++)
        if (nodes[i].cost < nodes[best].cost)
            best = i;
    for (size_t i = best; i; i = nodes[i].before)
        ++*count;
    *ends = ARENA_ARRAY(scratch, uint32_t, *count);
    size_t left = *count;
    for (size_t i = best; i; i = nodes[i].before)
        (*ends)[--left] = nodes[i].candidate;
    return nodes[best].cost;
}

static bool fit_within(const struct candidates_list *list, const struct measure *measure, int tolerance,
                       struct arena *scratch, uint32_t **ends, size_t *count, int64_t *cost)
{
    *count = 0;
    if (list->count < 2)
        return true;
    struct fitter fit;
    fit.list = list;
    fit.measure = measure;
    fit.tolerance = tolerance;
    fit.head = fit.head_start = 0;
    fit.nodes.items = fit.nodes.first;   // cppcheck-suppress uninitvar ; the place of an array needs no value
    fit.starts.items = fit.starts.first; // cppcheck-suppress uninitvar ; the same
    fit.nodes.count = fit.starts.count = 0;
    fit.nodes.cap = fit.starts.cap = NODES_FIRST;
    fit.in_order = true;
    push_start(&fit, 0);
    push_node(&fit, &(struct node){.class = 1});
    bool ok = true;
    uint32_t i = pass_too_short(&fit, 1);
    while (i < list->count && (ok = end_lines(&fit, i)))
        i = pass_too_short(&fit, i + 1);
    if (ok)
        *cost = trace_back(&fit, scratch, ends, count);
    if (fit.nodes.items != fit.nodes.first)
        free(fit.nodes.items);
    if (fit.starts.items != fit.starts.first)
        free(fit.starts.items);
    return ok;
}

/* Where any line will do, a way that needs none beyond a tolerance and costs less than one such line is the
 * cheapest of all, and found with fewer lines looked at. Justified text was tried so before it comes to that.
 */
bool fit_lines(const struct candidates_list *list, const struct measure *measure, int tolerance,
               struct arena *scratch, uint32_t **ends, size_t *count)
{
    const int64_t beyond = (int64_t)(LINE_COST + FIT_LOOSE) * (LINE_COST + FIT_LOOSE);
    int64_t cost = 0;
    if (tolerance < 0 && measure->ragged_mpt &&
        fit_within(list, measure, FIT_LOOSE, scratch, ends, count, &cost) && cost < beyond)
        return true;
    return fit_within(list, measure, tolerance, scratch, ends, count, &cost);
}
