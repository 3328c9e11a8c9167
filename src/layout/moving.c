/* Parts that may stand elsewhere than their text has them: figures and pull quotes. Where one finds no room
 * at the foot of a page it stands at the top of the next, and the text of its section goes on before it; or
 * it stands at the top of the page on which its section goes on, a little before its place. It never leaves
 * its section, nor comes before the text that it belongs to. The structure keeps the order of the spec. */
#include "layout/layout.h"

static bool may_move(const struct block *block)
{
    return (block->kind == BLOCK_FIGURE && !block->u.figure.beside) ||
           (block->kind == BLOCK_QUOTE && block->u.quote.pull);
}

static bool may_go_before(const struct block *block)
{
    return block->kind == BLOCK_LIST || block->kind == BLOCK_TABLE || block->kind == BLOCK_QUOTE ||
           (block->kind == BLOCK_TEXT && block->style != STYLE_TIER_MARK);
}

void moving_note(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block,
                 size_t from, size_t *run)
{
    struct moving *last = stack->moving.count ? &stack->moving.items[stack->moving.count - 1] : NULL;
    size_t to = stack->count;
    if (area->column || area->frame || (!may_move(block) && !may_go_before(block))) {
        *run = MOVING_NONE;
        return;
    }
    if (!may_move(block)) {
        if (*run == MOVING_NONE)
            *run = from;
        else if (last && last->latest == from)
            last->latest = to;
        return;
    }
    int32_t height = stack_height(stack, from, to),
            most = (lay->geometry.bottom - lay->geometry.top) * 6 / 10;
    if (*run < from && to > from && height <= most)
        *ARENA_PUSH(lay->arena, &stack->moving) = (struct moving){from, to, *run + 1, to, height};
}
