/* The paginator: deals a stack of boxes out to pages. Each page is measured first, the best break within reach is
 * chosen, and then the boxes before it are drawn; no box is looked at more than a few times, so the time is linear. */
#include "layout/layout.h"
#include "layout/step.h"

/* A place in a stack; within a box of two columns also a place in each. */
struct place { size_t box, left, right; };

/* The boxes of a stack that go on one page. */
struct part { struct place end; int32_t bottom; bool whole; };

/* How pages are filled: down to where, and with how many permille of the spaces between boxes. */
struct measures { int32_t limit; int spaces; };

/* Candidates for a break: the last of each cost, and how far the page was filled there. */
struct breaks { size_t at[BREAK_COSTS]; int32_t filled[BREAK_COSTS]; bool found[BREAK_COSTS]; };

static void note_break(struct breaks *breaks, const struct box *box, size_t at, int32_t filled)
{
    breaks->at[box->cost] = at;
    breaks->filled[box->cost] = filled;
    breaks->found[box->cost] = true;
}

/* The cheapest break; a soft one too when the page would be less than three quarters full without. */
static size_t choose_break(const struct breaks *breaks, int32_t top, int32_t limit, size_t otherwise)
{
    int32_t enough = top + (limit - top) * 3 / 4;
    for (int cost = BREAK_FREE; cost < BREAK_COSTS; cost++) {
        if (!breaks->found[cost])
            continue;
        bool soft_is_better = cost == BREAK_FREE && breaks->filled[BREAK_FREE] < enough &&
                              breaks->found[BREAK_SOFT] && breaks->at[BREAK_SOFT] > breaks->at[BREAK_FREE];
        return breaks->at[soft_is_better ? BREAK_SOFT : cost];
    }
    return otherwise;
}

static struct part measure(const struct stack *stack, struct place from, int32_t y, struct measures m, bool force);

/* Two columns from the step's place on. The columns hold no columns themselves: the depth is 1. */
static struct part measure_columns(const struct box *box, struct place from, int32_t y, struct measures m, bool force)
{
    struct part left = measure(box->left, (struct place){.box = from.left}, y, m, force);
    struct part right = measure(box->right, (struct place){.box = from.right}, y, m, force);
    struct part both = {.whole = left.whole && right.whole,
                        .end = {from.box, left.end.box, right.end.box},
                        .bottom = left.bottom > right.bottom ? left.bottom : right.bottom};
    bool stuck = (!left.whole && left.end.box == from.left) || (!right.whole && right.end.box == from.right);
    if (stuck && !force)
        both.end = from;
    return both;
}

/* What fits between y and limit. force: at the top of a page, where at least one box must be taken. */
static struct part measure(const struct stack *stack, struct place from, int32_t y, struct measures m, bool force)
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
            struct part part = measure_columns(box, inner, step.y, (struct measures){m.limit - step.pads, m.spaces},
                                               force && i == from.box);
            bool moved = part.end.left != inner.left || part.end.right != inner.right;
            if (!part.whole && moved)
                return (struct part){part.end, m.limit, false};
            if (!part.whole)
                break;
            step.y = part.bottom;
        }
        step_past(&step, box);
        if (step_bottom(&step) > m.limit)
            break;
    }
    if (i == stack->count)
        return (struct part){{.box = i}, step_bottom(&step), true};
    if (!force && !breaks.found[BREAK_FREE] && !breaks.found[BREAK_SOFT])
        return (struct part){from, y, false};
    size_t otherwise = i > from.box ? i : from.box + 1;
    return (struct part){{.box = choose_break(&breaks, y, m.limit, otherwise)}, m.limit, false};
}

/* ---- drawing */

struct draw { struct layout *lay; uint32_t page; int spaces; };

static struct page_item *page_add(struct draw *draw)
{
    struct page *page = &draw->lay->pages->items[draw->page];
    page->items = arena_grow(draw->lay->arena, page->items, page->item_count, &page->item_cap, sizeof *page->items);
    return &page->items[page->item_count++];
}

/* A frame's tint and bar lie below what stands in it, so their places are taken before their height is known. */
static void frame_open(void *self, struct step_frame *open)
{
    struct draw *draw = self;
    const struct frame *frame = open->frame;
    int32_t x = draw->lay->geometry.margin;
    open->item = draw->lay->pages->items[draw->page].item_count;
    if (frame->filled) {
        struct page_item *tint = page_add(draw);
        *tint = (struct page_item){.kind = ITEM_RECT, .colour = frame->fill, .x = x + frame->x, .y = open->top};
        tint->u.rect.width = frame->width;
    }
    if (frame->bar_width) {
        struct page_item *bar = page_add(draw);
        *bar = (struct page_item){.kind = ITEM_RECT, .colour = frame->bar, .x = x + frame->bar_x, .y = open->top};
        bar->u.rect.width = frame->bar_on_top ? frame->width : frame->bar_width;
        bar->u.rect.height = frame->bar_width;
    }
}

static void frame_close(void *self, const struct step_frame *open, int32_t bottom)
{
    struct draw *draw = self;
    struct page_item *items = draw->lay->pages->items[draw->page].items;
    size_t at = open->item;
    if (open->frame->filled)
        items[at++].u.rect.height = bottom - open->top;
    if (open->frame->bar_width && !open->frame->bar_on_top)
        items[at].u.rect.height = bottom - open->top;
}

static void shift_path(struct layout *lay, struct page_item *item, int32_t x, int32_t y)
{
    size_t count = item->u.path.count;
    struct path_step *steps = ARENA_ARRAY(lay->arena, struct path_step, count);
    for (size_t i = 0; i < count; i++) {
        steps[i] = item->u.path.steps[i];
        for (int k = 0; k < 3; k++) {
            steps[i].x[k] += x;
            steps[i].y[k] += y;
        }
    }
    item->u.path.steps = steps;
}

static void draw_items(struct draw *draw, const struct box *box, int32_t y)
{
    struct layout *lay = draw->lay;
    int32_t x = lay->geometry.margin;
    for (size_t i = box->item_from; i < box->item_from + box->item_count; i++) {
        struct page_item *item = page_add(draw);
        *item = lay->items.items[i];
        item->x += x;
        item->y += y;
        if (item->kind == ITEM_PATH)
            shift_path(lay, item, x, y);
    }
}

static void draw_box(struct draw *draw, const struct box *box, int32_t y)
{
    struct layout *lay = draw->lay;
    struct page *page = &lay->pages->items[draw->page];
    int32_t x = lay->geometry.margin;
    draw_items(draw, box, y);
    for (size_t i = box->link_from; i < box->link_from + box->link_count; i++) {
        page->links = arena_grow(lay->arena, page->links, page->link_count, &page->link_cap, sizeof *page->links);
        struct page_link *link = &page->links[page->link_count++];
        *link = lay->links.items[i];
        link->x += x;
        link->y += y;
    }
    for (size_t i = box->anchor_from; i < box->anchor_from + box->anchor_count; i++) {
        struct page_dest *dest = &lay->pages->dests[lay->anchors.items[i].dest];
        if (dest->placed)
            continue;
        dest->placed = true;
        dest->page = draw->page;
        dest->y = y + lay->anchors.items[i].y;
    }
    if (box->figure) {
        struct page_node *node = node_at(lay, box->figure);
        node->box_page = draw->page;
        node->box_x = x + box->figure_x;
        node->box_y = y + box->figure_y;
        node->box_width = box->figure_width;
        node->box_height = box->figure_height;
    }
}

/* Draws boxes from a place to another; returns the bottom. */
static int32_t draw_part(struct draw *draw, const struct stack *stack, struct place from, struct place to, int32_t y)
{
    struct step_watch watch = {draw, frame_open, frame_close};
    struct step step;
    step_start(&step, y, draw->spaces);
    for (size_t i = from.box; i < stack->count; i++) {
        const struct box *box = &stack->items[i];
        bool torn = i == to.box && (to.left || to.right);
        if (i >= to.box && !torn)
            break;
        int32_t head_y;
        step_to(&step, box, &watch, &head_y);
        if (head_y != step.y)
            draw_items(draw, box->repeat, head_y);
        draw_box(draw, box, step.y);
        if (box->left) {
            struct place begin = i == from.box ? from : (struct place){0};
            struct place end = torn ? to : (struct place){0, box->left->count, box->right->count};
            struct place left_begin = {.box = begin.left}, left_end = {.box = end.left};
            struct place right_begin = {.box = begin.right}, right_end = {.box = end.right};
            int32_t top = step.y;
            int32_t left = draw_part(draw, box->left, left_begin, left_end, top);
            int32_t right = draw_part(draw, box->right, right_begin, right_end, top);
            step.y = left > right ? left : right;
        }
        step_past(&step, box);
        if (torn)
            break;
    }
    step_end(&step, &watch);
    return step.y;
}

/* ---- pages */

struct plan {
    struct place *items; /* where each page begins */
    size_t count, cap;
    int32_t last_fill;   /* height of what stands on the last page */
    int spaces;
};

static int32_t page_top(const struct layout *lay, size_t page)
{
    return page == 0 ? lay->geometry.first_top : lay->geometry.top;
}

/* slack: by how much the pages may run longer than they should; spaces: permille of the spaces that are given. */
static struct plan make_plan(struct layout *lay, const struct stack *stack, int32_t slack, int spaces)
{
    struct plan plan = {.spaces = spaces};
    struct measures measures = {lay->geometry.bottom + slack, spaces};
    struct place at = {0};
    struct part part = {.whole = false};
    while (!part.whole) {
        *ARENA_PUSH(lay->arena, &plan) = at;
        int32_t top = page_top(lay, plan.count - 1);
        part = measure(stack, at, top, measures, true);
        plan.last_fill = part.bottom - top;
        at = part.end;
    }
    return plan;
}

/* A last page of a few lines is saved when one more line on each page does so, or that and closer spaces. */
static struct plan best_plan(struct layout *lay, const struct stack *stack)
{
    static const struct { int32_t slack; int spaces; } attempts[] = {{14 * PT, 1000}, {14 * PT, 850}, {14 * PT, 700}};
    const int32_t few = 13 * 14 * PT;
    struct plan plan = make_plan(lay, stack, 0, 1000);
    if (plan.count < 2 || plan.last_fill >= few)
        return plan;
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
        struct plan closer = make_plan(lay, stack, attempts[i].slack, attempts[i].spaces);
        if (closer.count < plan.count)
            return closer;
    }
    return plan;
}

void flow_pages(struct layout *lay, const struct stack *stack)
{
    struct plan plan = best_plan(lay, stack);
    struct pages *pages = lay->pages;
    pages->items = ARENA_ARRAY(lay->arena, struct page, plan.count);
    pages->count = pages->cap = plan.count;
    for (size_t i = 0; i < plan.count; i++) {
        struct draw draw = {lay, (uint32_t)i, plan.spaces};
        struct place end = i + 1 < plan.count ? plan.items[i + 1] : (struct place){.box = stack->count};
        draw_part(&draw, stack, plan.items[i], end, page_top(lay, i));
    }
}
