/* The search for pages: of all the ways to deal a stack of boxes out to them, the one whose pages cost least
 * together. Places where a page may begin are taken in their order in the document, each with the cheapest
 * way to it; from each the pages that may begin there lead to later places. A page has a bounded number of
 * ends, and no place is left twice, so the time grows with the length of the document. What cannot lead to a
 * cheaper end than pages taken one by one is not followed (branch and bound, after Land and Doig,
 * Econometrica 28, 1960): the pages found are the same. */
#include "layout/flow_cost.h"

#include "layout/flow.h"

/* The cheapest pages up to a place. */
struct way {
    int64_t cost;    /* NOWHERE: there are none */
    uint32_t before; /* the node where the last of them begins */
    int32_t limit;   /* of that page: how far down it may reach */
};

static const int64_t NOWHERE = INT64_MAX;

/* A place where a page ends. */
struct node {
    struct place at;
    struct way way;
};

struct search {
    const struct geometry *geometry;
    struct arena *arena;
    struct flow_scan scan;
    size_t count; /* of boxes */
    struct {
        struct node *items;
        size_t count, cap;
    } nodes;          /* left for good, in order */
    struct way *ways; /* to the plain place before each box, and after all of them */
    struct {
        struct node *items;
        size_t count, cap;
    } ahead;       /* the other places: a heap, the first on top, its cheapest way first */
    int64_t bound; /* what all pages cost at most */
    int64_t *rest; /* the least height of the boxes from each on */
    int64_t most;  /* of what the least heights of a page's boxes come to */
};

static bool is_begin(struct place at)
{
    return !at.box && !at.left && !at.right && !at.held;
}

int32_t flow_top(const struct geometry *geometry, struct place begin)
{
    return is_begin(begin) ? geometry->first_top : geometry->top;
}

bool flow_is_front(const struct geometry *geometry, struct place begin)
{
    return is_begin(begin) && geometry->first_top < geometry->top;
}

/* ---- the heap */

static int compare_sizes(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* A place with a part held back comes before the same without: the page that begins there may end with that
 * part. */
static int compare_places(struct place a, struct place b)
{
    int order = compare_sizes(a.box, b.box);
    order = order ? order : compare_sizes(a.left + a.right, b.left + b.right);
    order = order ? order : compare_sizes(a.left, b.left);
    return order ? order : compare_sizes(a.held - 1, b.held - 1);
}

static bool comes_first(const struct node *a, const struct node *b)
{
    int order = compare_places(a->at, b->at);
    if (order)
        return order < 0;
    return a->way.cost != b->way.cost ? a->way.cost < b->way.cost : a->way.before < b->way.before;
}

static void push(struct search *search, struct node node)
{
    ARENA_PUSH(search->arena, &search->ahead);
    struct node *heap = search->ahead.items;
    size_t at = search->ahead.count - 1;
    for (; at > 0 && comes_first(&node, &heap[(at - 1) / 2]); at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = node;
}

static struct node pop(struct search *search)
{
    struct node *heap = search->ahead.items, top = heap[0], last = heap[--search->ahead.count];
    size_t at = 0, count = search->ahead.count;
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && comes_first(&heap[child + 1], &heap[child]))
            child++;
        if (!comes_first(&heap[child], &last))
            break;
        heap[at] = heap[child];
    }
    heap[at] = last;
    return top;
}

/* ---- costs */

static int64_t cube_of_part(int64_t part, int64_t whole)
{
    int64_t permille = whole > 0 ? part * 1000 / whole : 1000;
    return COST_SPACES * permille * permille * permille / 1000000000;
}

/* A page that ends above the foot: with a hole, unless wider spaces close it, or close half of it. front: set with
 * the widest anyway, for white around a title looks as if it were meant. */
static int64_t hole_cost(const struct ending *ending, bool front, int32_t bottom)
{
    int32_t hole = bottom - ending->natural, wider = flow_wider(ending);
    if (hole <= FLOW_LEVEL)
        return 0;
    if (wider + FLOW_LEVEL >= hole)
        return cube_of_part(hole, wider + FLOW_LEVEL);
    return front || 2 * wider >= hole ? COST_SPACES + flow_hole_cost(hole - wider) : flow_hole_cost(hole);
}

static int64_t few_cost(int32_t fill)
{
    int64_t lacking = fill < FLOW_FEW ? (FLOW_FEW - fill) / PT : 0, few = FLOW_FEW / PT;
    return COST_FEW * lacking * lacking / (few * few);
}

/* Of setting a page closer until it ends at limit; -1: it does not. */
static int64_t close_cost(const struct ending *ending, int32_t limit)
{
    if (ending->close > limit)
        return -1;
    return ending->natural > limit ? cube_of_part(ending->natural - limit, ending->natural - ending->close)
                                   : 0;
}

int64_t flow_page_cost(const struct geometry *geometry, struct place begin, const struct ending *ending,
                       int32_t *limit)
{
    int32_t bottom = geometry->bottom;
    int64_t cost = COST_PAGE + flow_break_cost[ending->cost] + ending->more;
    *limit = bottom;
    if (ending->whole && !is_begin(begin))
        cost += few_cost(ending->natural - flow_top(geometry, begin));
    if (ending->close <= bottom && ending->natural <= bottom)
        return cost + (ending->whole ? 0 : hole_cost(ending, flow_is_front(geometry, begin), bottom));
    int64_t close = close_cost(ending, bottom), longer = close_cost(ending, bottom + FLOW_LINE);
    if (close >= 0 && (longer < 0 || close <= longer + COST_LONG))
        return cost + close;
    *limit = bottom + FLOW_LINE;
    return cost + (longer >= 0 ? longer + COST_LONG : flow_overfull_cost);
}

/* ---- bounds */

/* The least height of a box's columns; of what is taller than a page, a page. */
static int64_t columns_least(const struct box *box, int64_t page)
{
    const struct stack *sides[] = {box->left, box->right};
    int64_t least = 0;
    for (size_t side = 0; side < 2; side++) {
        int64_t sum = 0;
        for (size_t i = 0; i < sides[side]->count; i++) {
            int32_t height = sides[side]->items[i].height - sides[side]->items[i].give;
            sum += height < page ? height : page;
        }
        least = sum > least ? sum : least;
    }
    return least;
}

/* A page lacks the space before its first box, so it is taken for so much longer. The spaces beside a part
 * that may stand elsewhere do not count: it may have other neighbours. What is taller than a page has one for
 * itself. */
static void find_rest(struct search *search)
{
    const struct stack *stack = search->scan.on.stack;
    const struct geometry *geometry = search->geometry;
    int32_t top = geometry->top < geometry->first_top ? geometry->top : geometry->first_top;
    int32_t page = geometry->bottom + FLOW_LINE - top, widest = 0;
    size_t moving = stack->moving.count;
    search->rest = ARENA_ARRAY(search->arena, int64_t, search->count + 1);
    for (size_t i = search->count; i-- > 0;) {
        const struct box *box = &stack->items[i];
        const struct pace *pace = &search->scan.on.paces[i];
        while (moving && stack->moving.items[moving - 1].from > i)
            moving--;
        bool movable =
            moving && (stack->moving.items[moving - 1].from == i || stack->moving.items[moving - 1].to == i);
        int32_t least = movable ? box->height - box->give : pace->close;
        int32_t space = (int32_t)((int64_t)pace->space * STEP_CLOSEST / 1000);
        widest = space > widest ? space : widest;
        search->rest[i] =
            search->rest[i + 1] + (least < page ? least : page) + (box->left ? columns_least(box, page) : 0);
    }
    search->most = page + widest;
}

/* The least that all pages from a place on cost. */
static int64_t least_cost(const struct search *search, struct place at)
{
    int64_t rest = search->rest[at.left || at.right ? at.box + 1 : at.box];
    return (rest + search->most - 1) / search->most * COST_PAGE;
}

/* The largest hole that costs no more. */
static int32_t hole_within(int64_t cost)
{
    const int32_t step = 100;
    int32_t low = 0, high = 20000;
    if (flow_hole_cost(high * step) <= cost)
        return INT32_MAX / 2;
    while (low < high) {
        int32_t middle = (low + high + 1) / 2;
        if (flow_hole_cost(middle * step) <= cost)
            low = middle;
        else
            high = middle - 1;
    }
    return (low + 1) * step;
}

/* ---- the search */

/* The cheapest ends of a page, so many that each place has a bounded number of ways on. */
struct choice {
    struct {
        const struct ending *ending;
        int64_t cost;
        int32_t limit;
    } items[FLOW_ENDS];
    size_t count;
};

/* Of ends that cost the same the first. It comes last here. */
static void choose(struct choice *choice, const struct ending *ending, int64_t cost, int32_t limit)
{
    size_t at = choice->count < FLOW_ENDS ? choice->count++ : FLOW_ENDS;
    for (; at > 0 && cost <= choice->items[at - 1].cost; at--)
        if (at < FLOW_ENDS)
            choice->items[at] = choice->items[at - 1];
    if (at < FLOW_ENDS) {
        choice->items[at].ending = ending;
        choice->items[at].cost = cost;
        choice->items[at].limit = limit;
    }
}

/* A page that ends there costs no less, for its hole. */
static int64_t least_of(const struct ending *ending, int32_t bottom)
{
    return ending->whole
               ? 0
               : COST_PAGE + flow_hole_cost(bottom - ending->natural - flow_wider(ending) - FLOW_LEVEL);
}

/* Those of the page that begins at a place, and cost no more than most. A break that no page needs is taken
 * only where there is none other. */
static void choose_ends(struct search *search, struct place at, int64_t most, struct choice *choice)
{
    int32_t bottom = search->geometry->bottom;
    struct flow_room room = {.from = at,
                             .top = flow_top(search->geometry, at),
                             .limit = bottom + FLOW_LINE,
                             .least = bottom - hole_within(most - COST_PAGE)};
    flow_endings(&search->scan, &room);
    choice->count = 0;
    for (size_t i = search->scan.endings.count; i-- > 0;) {
        const struct ending *ending = &search->scan.endings.items[i];
        int32_t limit;
        if (choice->count == FLOW_ENDS && least_of(ending, bottom) > choice->items[FLOW_ENDS - 1].cost)
            continue;
        int64_t cost = flow_page_cost(search->geometry, at, ending, &limit);
        if (cost <= most)
            choose(choice, ending, cost, limit);
    }
    while (choice->count > 1 && choice->items[choice->count - 1].cost >= flow_break_cost[BREAK_HARD])
        choice->count--;
}

static bool is_end(const struct search *search, struct place at)
{
    return at.box == search->count && !at.held;
}

/* Mostly there is an end that costs a page no more than that: dearer ones are then left alone. */
enum { LIKELY = 400 };

/* Pages taken one by one, each the one that promises to cost least. */
static int64_t find_bound(struct search *search)
{
    struct place at = {0};
    int64_t cost = 0;
    while (!is_end(search, at)) {
        struct choice choice;
        choose_ends(search, at, COST_PAGE + LIKELY, &choice);
        if (!choice.count)
            choose_ends(search, at, NOWHERE, &choice);
        if (!choice.count)
            return NOWHERE;
        size_t best = 0;
        int64_t promised = NOWHERE;
        for (size_t i = 0; i < choice.count; i++) {
            int64_t least = choice.items[i].cost + least_cost(search, choice.items[i].ending->at);
            if (least < promised) {
                promised = least;
                best = i;
            }
        }
        at = choice.items[best].ending->at;
        cost += choice.items[best].cost;
    }
    return cost;
}

static void reach(struct search *search, struct node node)
{
    struct place at = node.at;
    if (at.left || at.right || at.held)
        push(search, node);
    else if (node.way.cost < search->ways[at.box].cost)
        search->ways[at.box] = node.way;
}

/* Leaves a place for good. Nodes are told apart by where they are: of the same place the first is the
 * cheapest. */
static void leave(struct search *search, struct node node)
{
    size_t from = search->nodes.count;
    if (from && compare_places(node.at, search->nodes.items[from - 1].at) == 0)
        return;
    *ARENA_PUSH(search->arena, &search->nodes) = node;
    if (is_end(search, node.at))
        return;
    struct choice choice;
    choose_ends(search, node.at, search->bound - node.way.cost, &choice);
    for (size_t i = 0; i < choice.count; i++) {
        struct node next = {.at = choice.items[i].ending->at,
                            .way = {.cost = node.way.cost + choice.items[i].cost,
                                    .before = (uint32_t)from,
                                    .limit = choice.items[i].limit}};
        if (next.way.cost <= search->bound - least_cost(search, next.at))
            reach(search, next);
    }
}

static void find_nodes(struct search *search)
{
    leave(search, (struct node){.at = {0}});
    for (uint32_t i = 1; i <= search->count; i++) {
        struct place plain = {.box = i};
        while (search->ahead.count && compare_places(search->ahead.items[0].at, plain) < 0)
            leave(search, pop(search));
        if (search->ways[i].cost != NOWHERE)
            leave(search, (struct node){plain, search->ways[i]});
    }
}

size_t flow_search(const struct geometry *geometry, const struct flow_stack *on, struct arena *arena,
                   struct sheet **sheets)
{
    struct arena scratch;
    arena_init(&scratch);
    struct search search = {.geometry = geometry,
                            .arena = &scratch,
                            .scan = {.arena = &scratch, .on = *on},
                            .count = on->stack->count};
    search.ways = ARENA_ARRAY(&scratch, struct way, search.count + 1);
    for (size_t i = 0; i <= search.count; i++)
        search.ways[i].cost = NOWHERE;
    find_rest(&search);
    search.bound = find_bound(&search);
    find_nodes(&search);
    const struct node *nodes = search.nodes.items;
    size_t last = search.nodes.count - 1, count = 0;
    for (size_t at = last; at > 0; at = nodes[at].way.before)
        count++;
    *sheets = ARENA_ARRAY(arena, struct sheet, count);
    for (size_t at = last, page = count; at > 0; at = nodes[at].way.before)
        (*sheets)[--page] =
            (struct sheet){nodes[nodes[at].way.before].at, nodes[at].at, nodes[at].way.limit, 1000};
    arena_done(&scratch);
    return count;
}
