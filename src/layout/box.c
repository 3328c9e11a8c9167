/* Boxes: the strips that pages are filled with, and what is drawn in them. */
#include "layout/layout.h"

int frame_depth(const struct frame *frame)
{
    int depth = 0;
    for (; frame; frame = frame->outer)
        depth++;
    return depth;
}

static void box_start(struct layout *lay, struct box *box)
{
    box->item_from = (uint32_t)lay->items.count;
    box->link_from = (uint32_t)lay->links.count;
    box->anchor_from = (uint32_t)lay->anchors.count;
}

struct box *box_add(struct layout *lay, struct stack *stack, const struct area *area)
{
    struct box *box = ARENA_PUSH(&lay->work, stack);
    *box = (struct box){.frame = area->frame, .cost = stack->glue};
    stack->glue = BREAK_FREE;
    box_start(lay, box);
    for (size_t i = 0; i < lay->waiting.count; i++) {
        *ARENA_PUSH(&lay->work, &lay->anchors) = (struct box_anchor){lay->waiting.items[i], 0};
        box->anchor_count++;
    }
    lay->waiting.count = 0;
    return box;
}

struct box *box_alone(struct layout *lay)
{
    struct box *box = ARENA_NEW(&lay->work, struct box);
    box_start(lay, box);
    return box;
}

struct page_item *box_item(struct layout *lay, struct box *box, enum item_kind kind, uint32_t node)
{
    struct page_item *item = ARENA_PUSH(&lay->work, &lay->items);
    *item = (struct page_item){.kind = kind, .node = node};
    box->item_count = (uint32_t)lay->items.count - box->item_from;
    return item;
}

void box_rect(struct layout *lay, struct box *box, int32_t x, int32_t y, int32_t width, int32_t height,
              struct colour colour, uint32_t node)
{
    struct page_item *item = box_item(lay, box, ITEM_RECT, node);
    item->x = x;
    item->y = y;
    item->colour = colour;
    item->u.rect.width = width;
    item->u.rect.height = height;
}

struct page_item *box_path(struct layout *lay, struct box *box, size_t count, uint32_t node)
{
    struct page_item *item = box_item(lay, box, ITEM_PATH, node);
    item->u.path = ARENA_NEW(lay->arena, struct page_path);
    item->u.path->steps = ARENA_ARRAY(lay->arena, struct path_step, count);
    item->u.path->count = count;
    return item;
}

void stack_keep(struct stack *stack, size_t from, enum break_cost cost)
{
    for (size_t i = from + 1; i < stack->count; i++) {
        if (stack->items[i].cost < cost)
            stack->items[i].cost = cost;
    }
}

void stack_keep_if_fits(struct layout *lay, struct stack *stack, size_t from, enum break_cost cost)
{
    if (stack_height(stack, from, stack->count) <= lay->geometry.bottom - lay->geometry.top)
        stack_keep(stack, from, cost);
}

static void join_at(struct stack *stack, const size_t *starts, size_t item, size_t alone)
{
    const int32_t few_lines = 3 * 14 * PT;
    if (starts[item] >= starts[item + 1] || stack_height(stack, starts[alone], starts[alone + 1]) > few_lines)
        return;
    struct box *box = &stack->items[starts[item]];
    if (box->cost < BREAK_KEEP)
        box->cost = BREAK_KEEP;
}

void stack_join(struct stack *stack, const size_t *starts, size_t items)
{
    if (items < 2)
        return;
    join_at(stack, starts, 1, 0);
    join_at(stack, starts, items - 1, items - 1);
}
