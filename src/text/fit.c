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
    COST_JUMP = 10000,         /* a tight line beside a loose one */
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

/* What a candidate is to the lines that start with it, as running sums. */
struct start {
    int64_t mpt, elastic_mpt, flex, gaps; /* elastic: of what may be drawn wider or narrower */
};

struct nodes {
    struct node *items;
    size_t count, cap;
    struct node first[NODES_FIRST]; /* items, as long as there are no more */
};

struct fitter {
    const struct candidates_list *list;
    const struct measure *measure;
    int tolerance;
    struct nodes nodes;
    size_t head; /* nodes before it are out of reach */
    struct start newest; /* of the newest node */
    bool in_order;       /* no sum of a node was less than that of a node before it */
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

/* What a line has to give, and what it takes. */
struct room {
    int64_t slack, most, stretch, shrink; /* most: by as much letters may be drawn wider or narrower */
};

static inline struct room room_between(const struct fitter *fit, uint32_t from, const struct candidate *b)
{
    const struct measure *measure = fit->measure;
    const struct candidate *a = &fit->list->items[from];
    int64_t width = candidates_width(a, b);
    struct room room = {.slack = (from ? measure->width_mpt : measure->first_mpt) - width,
                        .stretch = measure->ragged_mpt};
    if (measure->ragged_mpt)
        return room;
    int64_t flex = b->end_sums.flex - a->start_sums.flex;
    room.shrink = flex_shrink(flex);
    room.stretch = flex_stretch(flex) + b->end_sums.gaps - a->start_sums.gaps;
    room.most = flex_wider(width - b->end_sums.rigid + a->start_sums.rigid);
    return room;
}

static inline struct line line_in(const struct fitter *fit, const struct room *room,
                                  const struct candidate *b)
{
    int64_t most = room->most, wider;
    struct line line = {.slack = room->slack};
    if (line.slack >= -most && line.slack <= most) {
        wider = most ? line.slack * RATIO_ONE / most : 0;
    } else {
        int64_t slack = line.slack < 0 ? line.slack + most : line.slack - most;
        wider = most ? RATIO_ONE : 0;
        line.too_long = slack + room->shrink < 0;
        line.out_of_reach = line.too_long && slack + room->shrink + b->end_extra < 0;
        if (slack < 0)
            line.ratio = line.too_long || !room->shrink ? -RATIO_ONE : slack * RATIO_ONE / room->shrink;
        else if (slack >= RATIO_MOST / RATIO_ONE * room->stretch)
            line.ratio = RATIO_MOST;
        else
            line.ratio = slack * RATIO_ONE / room->stretch;
        if (line.ratio > RATIO_MOST)
            line.ratio = RATIO_MOST;
    }
    line.natural = b->place == PLACE_FORCED && line.slack >= 0 && !fit->measure->balanced;
    if (!line.natural)
        line.badness = (100 * cube(line.ratio) + WIDER_BADNESS * cube(wider)) / RATIO_CUBE;
    return line;
}

static struct line line_between(const struct fitter *fit, uint32_t from, const struct candidate *b)
{
    struct room room = room_between(fit, from, b);
    return line_in(fit, &room, b);
}

/* A line so short that its badness is beyond the tolerance, told without its badness: its spaces would be
 * stretched beyond the ratio 1.25, which has 195, or 2.25, which has 1139. */
static inline bool is_too_short(const struct fitter *fit, const struct room *room)
{
    int64_t quarters = fit->tolerance > FIT_STRICT ? 9 : 5;
    return room->slack > room->most && 4 * (room->slack - room->most) >= quarters * room->stretch;
}

static uint8_t class_of(const struct fitter *fit, int64_t ratio)
{
    if (fit->measure->ragged_mpt)
        return 1;
    return ratio < -RATIO_ONE / 2 ? 0 : ratio <= RATIO_ONE / 2 ? 1 : ratio <= RATIO_ONE ? 2 : 3;
}

/* A last line shorter than its least length, though the paragraph has more that could stand on it. */
static bool is_least_end(const struct fitter *fit, size_t before, uint32_t index, const struct line *line)
{
    return index + 1 == fit->list->count && before &&
           fit->list->items[fit->nodes.items[before].candidate].place != PLACE_FORCED &&
           fit->measure->width_mpt - line->slack < fit->measure->least_end_mpt;
}

/* A last line of next to nothing looks lost; more so where lines are ragged anyway and could share out. */
static int64_t cost_of_end(const struct fitter *fit, size_t before, uint32_t index, const struct line *line)
{
    const struct node *from = &fit->nodes.items[before];
    int64_t length = fit->measure->width_mpt - line->slack, cost = 0;
    int64_t enough = fit->measure->width_mpt / (fit->measure->ragged_mpt ? 3 : 5);
    if (length < enough)
        cost += COST_SHORT_END * ((enough - length) * RATIO_ONE / enough) / RATIO_ONE;
    if (is_least_end(fit, before, index, line))
        cost += COST_LEAST_END;
    if (from->hyphens) {
        bool spaces =
            fit->list->items[index].end_sums.flex > fit->list->items[from->candidate].start_sums.flex;
        cost += COST_LAST_HYPHEN + (spaces ? 0 : COST_FRAGMENT);
    }
    return cost;
}

/* What lines to one candidate have in common. */
struct ending {
    const struct candidate *at;
    uint32_t index;
    bool last, hyphen, ragged;
    int penalty;
};

static inline struct ending ending_of(const struct fitter *fit, uint32_t index)
{
    const struct candidate *at = &fit->list->items[index];
    return (struct ending){.at = at,
                           .index = index,
                           .last = index + 1 == fit->list->count,
                           .hyphen = place_has_hyphen(at->place),
                           .ragged = fit->measure->ragged_mpt > 0,
                           .penalty = penalty_of(at->place)};
}

/* The node that ends a line there, coming from node number before. */
static inline struct node node_after(const struct fitter *fit, size_t before, const struct ending *end,
                                     const struct line *line)
{
    const struct node *from = &fit->nodes.items[before];
    bool natural = line->natural;
    int64_t cost = LINE_COST + line->badness + end->penalty;
    struct node node = {.candidate = end->index, .before = (uint32_t)before, .cost = cost * cost};
    if (line->too_long)
        node.cost = COST_OVERFULL;
    if (end->ragged)
        node.cost += COST_RAGGED_LINE;
    node.class = natural ? 1 : class_of(fit, line->ratio);
    if (end->hyphen) {
        bool more = from->hyphens == HYPHENS_MOST;
        node.hyphens = more ? HYPHENS_MOST : (uint8_t)(from->hyphens + 1);
        node.cost += more ? COST_MANY_HYPHENS : from->hyphens ? COST_TWO_HYPHENS : 0;
    }
    if (!natural && (node.class > from->class + 1 || from->class > node.class + 1))
        node.cost += COST_JUMP;
    if (end->last && before && !fit->measure->balanced)
        node.cost += cost_of_end(fit, before, end->index, line);
    node.cost += from->cost;
    return node;
}

/* Nodes of one candidate that differ in it may lead to different ends: the best of each is kept. */
static size_t state_of(const struct node *node)
{
    return (size_t)node->class * (HYPHENS_MOST + 1) + node->hyphens;
}

/* Not in the arena: three trials of a long paragraph would leave three lists behind. */
static void push(struct fitter *fit, const struct node *node)
{
    struct nodes *nodes = &fit->nodes;
    if (nodes->count == nodes->cap) {
        nodes->cap *= 2;
        struct node *before = nodes->items == nodes->first ? NULL : nodes->items;
        nodes->items = base_realloc(before, nodes->cap * sizeof nodes->items[0]);
        if (!before)
            memcpy(nodes->items, nodes->first, sizeof nodes->first);
    }
    nodes->items[nodes->count++] = *node;
    const struct candidate *at = &fit->list->items[node->candidate];
    int64_t mpt = at->start_sums.mpt - at->start_extra + at->start_hang;
    struct start start = {mpt, mpt - at->start_sums.rigid, at->start_sums.flex, at->start_sums.gaps},
                 newest = fit->newest;
    fit->in_order = fit->in_order && start.mpt >= newest.mpt && start.elastic_mpt >= newest.elastic_mpt &&
                    start.flex >= newest.flex && start.gaps >= newest.gaps;
    fit->newest = start;
}

/* Whether a line is good enough for the tolerance. */
static inline bool is_tolerable(const struct fitter *fit, size_t before, const struct ending *end,
                                const struct line *line)
{
    if (fit->tolerance < 0)
        return true;
    if (line->badness > fit->tolerance)
        return false;
    if (end->hyphen && fit->nodes.items[before].hyphens == HYPHENS_MOST)
        return false;
    return fit->tolerance > FIT_STRICT || !end->last || !is_least_end(fit, before, end->index, line);
}

/* Where a line from a node is too short, those from nodes behind it are shorter. */
static inline bool may_stop(const struct fitter *fit)
{
    return fit->in_order && fit->measure->first_mpt <= fit->measure->width_mpt;
}

/* Whether lines from all nodes in reach are certainly too short to end at a candidate: most are, as a line
 * fills. By is_too_short, with more room to stretch than there is. */
static inline bool are_too_short(const struct fitter *fit, const struct candidate *b)
{
    if (fit->tolerance < 0 || b->place == PLACE_FORCED || !may_stop(fit))
        return false;
    const struct measure *measure = fit->measure;
    const uint32_t from = fit->nodes.items[fit->head].candidate;
    const struct candidate *a = &fit->list->items[from];
    const int64_t width = candidates_width(a, b),
                  slack = (from ? measure->width_mpt : measure->first_mpt) - width;
    const int64_t quarters = fit->tolerance > FIT_STRICT ? 9 : 5;
    if (measure->ragged_mpt)
        return slack > 0 && 4 * slack >= quarters * measure->ragged_mpt;
    const int64_t flex = b->end_sums.flex - a->start_sums.flex, gaps = b->end_sums.gaps - a->start_sums.gaps;
    const int64_t most = (width > 0 ? width : 0) / 32;
    return slack > most && 4 * (slack - most) >= quarters * (flex / 2 + gaps);
}

/* Ends lines at one candidate from every node in reach. False when no line can. */
static bool end_lines(struct fitter *fit, uint32_t index)
{
    const struct ending end = ending_of(fit, index);
    const struct candidate *b = end.at;
    bool forced = b->place == PLACE_FORCED, skips = fit->tolerance >= 0 && !forced, any = false;
    bool stops = may_stop(fit);
    struct node best[STATES];
    unsigned found = 0;
    size_t last = fit->nodes.count, shortest = last; /* shortest: the node to come from, should no line fit */
    if (last - fit->head > REACH_MOST)
        fit->head = last - REACH_MOST;
    uint32_t from = UINT32_MAX;
    struct line line = {0};
    for (size_t i = fit->head; i < last; i++) {
        if (fit->nodes.items[i].candidate != from) { /* nodes of one candidate have one line */
            from = fit->nodes.items[i].candidate;
            struct room room = room_between(fit, from, b);
            if (skips && is_too_short(fit, &room)) {
                if (stops)
                    break;
                from = UINT32_MAX;
                continue;
            }
            line = line_in(fit, &room, b);
        }
        if (line.out_of_reach && i == fit->head) {
            shortest = ++fit->head == last ? i : last;
            continue;
        }
        if (line.too_long) {
            if (from + 1 == index)
                shortest = i;
            continue;
        }
        if (any && fit->tolerance < 0 && line.ratio > RATIO_FAR && !forced)
            break;
        if (!is_tolerable(fit, i, &end, &line))
            continue;
        struct node node = node_after(fit, i, &end, &line);
        size_t state = state_of(&node);
        if (!(found >> state & 1) || node.cost < best[state].cost)
            best[state] = node;
        found |= 1U << state;
        any = true;
    }
    if (!any && (forced || fit->head == last) && fit->tolerance >= 0)
        return false;
    if (!any && fit->tolerance < 0 &&
        (forced || shortest < last)) { /* a line must end here, though it does not fit */
        size_t before = shortest < last ? shortest : last - 1;
        line = line_between(fit, fit->nodes.items[before].candidate, b);
        struct node node = node_after(fit, before, &end, &line);
        best[state_of(&node)] = node;
        found |= 1U << state_of(&node);
    }
    if (forced)
        fit->head = last;
    for (size_t state = 0; found >> state; state++)
        if (found >> state & 1)
            push(fit, &best[state]);
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
    fit.head = 0;
    fit.nodes.items = fit.nodes.first; // cppcheck-suppress uninitvar ; the place of an array needs no value
    fit.nodes.count = 0;
    fit.nodes.cap = NODES_FIRST;
    fit.newest = (struct start){INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN};
    fit.in_order = true;
    push(&fit, &(struct node){.class = 1});
    bool ok = true;
    for (uint32_t i = 1; i < list->count && ok; i++)
        ok = are_too_short(&fit, &list->items[i]) || end_lines(&fit, i);
    if (ok)
        *cost = trace_back(&fit, scratch, ends, count);
    if (fit.nodes.items != fit.nodes.first)
        free(fit.nodes.items);
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
