/* Drawing: boxes onto a page, with the frames behind them. */
#include "layout/flow.h"

#include <string.h>

#include "layout/step.h"

struct draw {
    struct layout *lay;
    uint32_t page;
};

static struct page_item *page_add(struct draw *draw)
{
    struct page *page = &draw->lay->pages->items[draw->page];
    if (page->item_count == page->item_cap)
        page->items =
            arena_grow(&draw->lay->work, page->items, page->item_count, &page->item_cap, sizeof *page->items);
    return &page->items[page->item_count++];
}

/* A frame's tint and bar lie below what stands in it, so their places are taken before their height is known.
 */
static void frame_open(void *self, struct step_frame *open)
{
    struct draw *draw = self;
    const struct frame *frame = open->frame;
    int32_t x = draw->lay->geometry.margin;
    open->item = draw->lay->pages->items[draw->page].item_count;
    if (frame->filled) {
        struct page_item *tint = page_add(draw);
        *tint =
            (struct page_item){.kind = ITEM_RECT, .colour = frame->fill, .x = x + frame->x, .y = open->top};
        tint->u.rect.width = frame->width;
    }
    if (frame->bar_width) {
        struct page_item *bar = page_add(draw);
        *bar = (struct page_item){
            .kind = ITEM_RECT, .colour = frame->bar, .x = x + frame->bar_x, .y = open->top};
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
    struct page_path *path = ARENA_NEW(lay->arena, struct page_path);
    *path = *item->u.path;
    path->steps = ARENA_ARRAY(lay->arena, struct path_step, path->count);
    for (size_t i = 0; i < path->count; i++) {
        path->steps[i] = item->u.path->steps[i];
        for (int k = 0; k < 3; k++) {
            path->steps[i].x[k] += x;
            path->steps[i].y[k] += y;
        }
    }
    item->u.path = path;
}

static void draw_items(struct draw *draw, const struct box *box, int32_t y)
{
    struct layout *lay = draw->lay;
    int32_t x = lay->geometry.margin;
    const struct page_item *from = &lay->items.items[box->item_from];
    for (uint32_t i = 0; i < box->item_count; i++) {
        struct page_item *item = page_add(draw);
        *item = from[i];
        item->x += x;
        item->y += y;
        if (item->kind == ITEM_PATH)
            shift_path(lay, item, x, y);
    }
}

static int32_t scaled(int32_t length, int32_t height, const struct box *box)
{
    return box->height ? (int32_t)((int64_t)length * height / box->height) : length;
}

/* A picture becomes as much narrower as it becomes lower. */
static void shrink_picture(struct draw *draw, const struct box *box, int32_t height, struct page_item *item)
{
    struct page_words *node = node_words(draw->lay, box->figure);
    item->u.image.width = scaled(item->u.image.width, height, box);
    item->u.image.height = scaled(item->u.image.height, height, box);
    node->box_width = item->u.image.width;
    node->box_height = item->u.image.height;
}

static void draw_box(struct draw *draw, const struct box *box, int32_t y, int32_t height)
{
    struct layout *lay = draw->lay;
    struct page *page = &lay->pages->items[draw->page];
    int32_t x = lay->geometry.margin;
    draw_items(draw, box, y);
    for (size_t i = box->link_from; i < box->link_from + box->link_count; i++) {
        page->links =
            arena_grow(lay->arena, page->links, page->link_count, &page->link_cap, sizeof *page->links);
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
        struct page_words *node = node_words(lay, box->figure);
        node->box_page = draw->page;
        node->box_x = x + box->figure_x;
        node->box_y = y;
        node->box_width = box->figure_width;
        node->box_height = box->figure_height;
    }
    if (height < box->height && box->figure)
        shrink_picture(draw, box, height, &page->items[page->item_count - 1]);
}

static int32_t walk(struct step_watch *watch, const struct stack *stack, struct place from, struct place to,
                    int32_t y, int spaces);

/* A box with two columns: as much of them as lies between the places. Returns their bottom. */
static int32_t walk_columns(struct step_watch *watch, const struct box *box, struct place from,
                            struct place to, int32_t y, int spaces)
{
    struct place left_from = {.box = from.left}, left_to = {.box = to.left};
    struct place right_from = {.box = from.right}, right_to = {.box = to.right};
    int32_t left = walk(watch, box->left, left_from, left_to, y, spaces);
    int32_t right = walk(watch, box->right, right_from, right_to, y, spaces);
    return left > right ? left : right;
}

static void walk_box(struct step *step, struct step_watch *watch, const struct stack *stack, size_t i,
                     struct place from, struct place to)
{
    const struct box *box = &stack->items[i];
    int32_t head_y;
    step_to(step, box, watch, &head_y);
    if (head_y != step->y)
        draw_items(watch->self, box->repeat, head_y);
    draw_box(watch->self, box, step->y, box->height - step_give(box, step->spaces));
    if (box->left) {
        struct place begin = i == from.box ? from : (struct place){0};
        struct place end = i == to.box ? to
                                       : (struct place){.left = (uint32_t)box->left->count,
                                                        .right = (uint32_t)box->right->count};
        step->y = walk_columns(watch, box, begin, end, step->y, step->spaces);
    }
    step_past(step, box);
}

/* Boxes from a place to another; returns the bottom. */
static int32_t walk(struct step_watch *watch, const struct stack *stack, struct place from, struct place to,
                    int32_t y, int spaces)
{
    struct stretch stretches[FLOW_STRETCHES];
    size_t count = flow_stretches(stack, from, to, stretches);
    struct step step;
    step_start(&step, y, spaces);
    for (size_t s = 0; s < count; s++)
        for (size_t i = stretches[s].from; i < stretches[s].to; i++)
            walk_box(&step, watch, stack, i, from, to);
    if (to.left || to.right)
        walk_box(&step, watch, stack, to.box, from, to);
    step_end(&step, watch);
    return step.y;
}

/* A page is drawn in one and the same memory, and kept in as much as it needs, with room for its head and
 * foot. */
void flow_draw(struct layout *lay, uint32_t page, const struct stack *stack, struct place from,
               struct place to, int32_t y, int spaces)
{
    enum { HEAD_AND_FOOT = 10 };
    struct draw draw = {lay, page};
    struct step_watch watch = {&draw, frame_open, frame_close};
    struct page *on = &lay->pages->items[page];
    on->items = lay->drawing.items;
    on->item_cap = lay->drawing.cap;
    walk(&watch, stack, from, to, y, spaces);
    lay->drawing.items = on->items;
    lay->drawing.cap = on->item_cap;
    on->item_cap = on->item_count + HEAD_AND_FOOT;
    on->items = ARENA_ROOM(lay->arena, struct page_item, on->item_cap);
    if (on->item_count)
        memcpy(on->items, lay->drawing.items, on->item_count * sizeof *on->items);
}
