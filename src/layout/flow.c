/* The paginator: of all the ways to deal a stack of boxes out to pages, the one whose pages cost least
 * together. Places where a page may begin are taken in their order in the document, each with the cheapest
 * way to it; from each the pages that may begin there lead to later places. A page has a bounded number of
 * ends, and no place is left twice, so the time grows with the length of the document. */
#include "layout/flow.h"

#include "layout/flow_cost.h"

/* A place where a page ends, and the cheapest pages up to it. */
struct node {
    struct place at;
    int64_t cost;
    size_t before; /* the node where its last page begins */
    int32_t limit; /* of that page: how far down it may reach */
};

struct search {
    const struct layout *lay;
    const struct stack *stack;
    struct arena scratch;
    struct {
        struct node *items;
        size_t count, cap;
    } nodes; /* left for good, in order */
    struct {
        struct node *items;
        size_t count, cap;
    } ahead; /* a heap: the first place on top, its cheapest way first */
    struct flow_scan scan;
};

/* One page: where it begins, how far down it may reach and the permille of the spaces between boxes that are
 * given. */
struct sheet {
    struct place begin, end;
    int32_t limit;
    int spaces;
};

static bool is_begin(struct place at)
{
    return !at.box && !at.left && !at.right && !at.held;
}

/* Page 1 under a masthead. */
static bool is_front(const struct layout *lay, struct place begin)
{
    return is_begin(begin) && lay->geometry.first_top < lay->geometry.top;
}

static int32_t page_top(const struct layout *lay, struct place begin)
{
    return is_begin(begin) ? lay->geometry.first_top : lay->geometry.top;
}

/* ---- the heap */

static int compare_sizes(size_t a, size_t b)
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
    return a->cost != b->cost ? a->cost < b->cost : a->before < b->before;
}

static void push(struct search *search, struct node node)
{
    ARENA_PUSH(&search->scratch, &search->ahead);
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

/* A page that ends above the foot: with a hole, unless wider spaces close it. front: set with the widest even where these
 * do not, for white around a title looks as if it were meant. */
static int64_t hole_cost(const struct ending *ending, bool front, int32_t bottom)
{
    int64_t hole = bottom - ending->natural, spaces = ending->natural - ending->close;
    int64_t wider = spaces * (STEP_WIDEST - 1000) / (1000 - STEP_CLOSEST) + ending->grow;
    if (hole <= FLOW_LEVEL)
        return 0;
    if (wider + FLOW_LEVEL >= hole)
        return cube_of_part(hole, wider + FLOW_LEVEL);
    return front ? COST_SPACES + flow_hole_cost((int32_t)(hole - wider)) : flow_hole_cost((int32_t)hole);
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

/* What a page costs; the cheaper limit for it. */
static int64_t page_cost(const struct search *search, struct place begin, const struct ending *ending,
                         int32_t *limit)
{
    int32_t bottom = search->lay->geometry.bottom;
    int64_t cost = COST_PAGE + flow_break_cost[ending->cost] + ending->more,
            close = close_cost(ending, bottom);
    int64_t longer = close_cost(ending, bottom + FLOW_LINE);
    *limit = bottom;
    if (ending->whole && !is_begin(begin))
        cost += few_cost(ending->natural - page_top(search->lay, begin));
    if (close >= 0 && ending->natural <= bottom)
        return cost + (ending->whole ? 0 : hole_cost(ending, is_front(search->lay, begin), bottom));
    if (close >= 0 && (longer < 0 || close <= longer + COST_LONG))
        return cost + close;
    *limit = bottom + FLOW_LINE;
    return cost + (longer >= 0 ? longer + COST_LONG : flow_overfull_cost);
}

/* ---- the search */

/* The cheapest ends of a page, so many that each place has a bounded number of ways on. */
struct choice {
    struct node items[FLOW_ENDS];
    size_t count;
};

static void choose(struct choice *choice, struct node node)
{
    size_t at = choice->count < FLOW_ENDS ? choice->count++ : FLOW_ENDS;
    for (; at > 0 && node.cost < choice->items[at - 1].cost; at--)
        if (at < FLOW_ENDS)
            choice->items[at] = choice->items[at - 1];
    if (at < FLOW_ENDS)
        choice->items[at] = node;
}

/* A break that no page needs is followed only where there is none other. */
static void follow(struct search *search, size_t from)
{
    struct node node = search->nodes.items[from];
    struct choice choice = {.count = 0};
    int32_t bottom = search->lay->geometry.bottom;
    flow_endings(&search->scan, search->stack, node.at, page_top(search->lay, node.at), bottom + FLOW_LINE);
    for (size_t i = 0; i < search->scan.endings.count; i++) {
        const struct ending *ending = &search->scan.endings.items[i];
        struct node next = {.at = ending->at, .before = from};
        next.cost = node.cost + page_cost(search, node.at, ending, &next.limit);
        choose(&choice, next);
    }
    int64_t worst = node.cost + flow_break_cost[BREAK_HARD];
    for (size_t i = 0; i < choice.count; i++)
        if (choice.items[i].cost < worst || i == 0)
            push(search, choice.items[i]);
}

static void find_nodes(struct search *search)
{
    push(search, (struct node){.at = {0}});
    while (search->ahead.count) {
        struct node node = pop(search);
        size_t count = search->nodes.count;
        if (count && compare_places(node.at, search->nodes.items[count - 1].at) == 0)
            continue;
        *ARENA_PUSH(&search->scratch, &search->nodes) = node;
        if (node.at.box < search->stack->count || node.at.held)
            follow(search, count);
    }
}

/* Spaces that bring the page down to the foot, closer or wider ones; where the widest do not, they stay as
 * they are, but for a front. */
static int choose_spaces(const struct layout *lay, const struct stack *stack, const struct sheet *sheet,
                         bool last)
{
    const int step = 10;
    int32_t top = page_top(lay, sheet->begin);
    int low = 0, high = ((last ? 1000 : STEP_WIDEST) - STEP_CLOSEST) / step;
    int32_t natural = flow_bottom(stack, sheet->begin, sheet->end, top, 1000);
    if (natural <= sheet->limit && (last || natural >= sheet->limit - FLOW_LEVEL))
        return 1000;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (flow_bottom(stack, sheet->begin, sheet->end, top, STEP_CLOSEST + middle * step) <= sheet->limit)
            low = middle;
        else
            high = middle - 1;
    }
    int spaces = STEP_CLOSEST + low * step;
    bool level = flow_bottom(stack, sheet->begin, sheet->end, top, spaces) >= sheet->limit - FLOW_LEVEL;
    return spaces <= 1000 || level || is_front(lay, sheet->begin) ? spaces : 1000;
}

void flow_pages(struct layout *lay, const struct stack *stack)
{
    struct search search = {.lay = lay, .stack = stack};
    arena_init(&search.scratch);
    search.scan.arena = &search.scratch;
    find_nodes(&search);
    const struct node *nodes = search.nodes.items;
    size_t last = search.nodes.count - 1, count = 0;
    for (size_t at = last; at > 0; at = nodes[at].before)
        count++;
    struct pages *pages = lay->pages;
    pages->count = pages->cap = count ? count : 1;
    pages->items = ARENA_ARRAY(lay->arena, struct page, pages->count);
    struct sheet *sheets = ARENA_ARRAY(&search.scratch, struct sheet, pages->count);
    for (size_t at = last, page = count; at > 0; at = nodes[at].before)
        sheets[--page] = (struct sheet){nodes[nodes[at].before].at, nodes[at].at, nodes[at].limit, 1000};
    for (size_t i = 0; i < count; i++) {
        struct sheet *sheet = &sheets[i];
        sheet->spaces = choose_spaces(lay, stack, sheet, i + 1 == count);
        flow_draw(lay, (uint32_t)i, stack, sheet->begin, sheet->end, page_top(lay, sheet->begin),
                  sheet->spaces);
    }
    arena_done(&search.scratch);
}
