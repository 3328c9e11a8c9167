/* Parts that may stand elsewhere than their text has them: figures, tables with a caption, and pull quotes. Where one
 * finds no room at the foot of a page it stands at the top of the next, and the text goes on before it; or it stands at
 * the top of the page on which its section goes on, a little before its place. It never comes before the text that it
 * belongs to. Text of the next section may stand before it, unless a tier's mark tells the two sections apart: what is
 * one tier's is not to look like another's. A pull quote never leaves its section. The structure keeps the order of the
 * spec. */
#include "layout/layout.h"

static bool may_move(const struct block *block)
{
    return (block->kind == BLOCK_FIGURE && !block->u.figure.beside) ||
           (block->kind == BLOCK_TABLE && block->inlines.count) ||
           (block->kind == BLOCK_QUOTE && block->u.quote.pull);
}

static bool is_mark(const struct block *block)
{
    return block->kind == BLOCK_TEXT && block->style == STYLE_TIER_MARK;
}

static bool may_go_before(const struct block *block)
{
    return block->kind == BLOCK_LIST || block->kind == BLOCK_TABLE || block->kind == BLOCK_QUOTE ||
           (block->kind == BLOCK_TEXT && !is_mark(block));
}

/* Boxes [from, to) may go before the last such part. */
static void pass(struct moving *last, size_t from, size_t to)
{
    if (last && last->latest == from)
        last->latest = to;
}

void moving_note(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block,
                 size_t from, struct moving_run *run)
{
    struct moving *last = stack->moving.count ? &stack->moving.items[stack->moving.count - 1] : NULL;
    size_t to = stack->count;
    bool inside = area->column || area->frame;
    if (inside || (!may_move(block) && !may_go_before(block))) {
        if (block->kind == BLOCK_HEADING && !inside && last && !last->bound && !run->marked) {
            last->end = last->end < from ? last->end : from;
            pass(last, from, to);
        }
        run->from = MOVING_NONE;
        run->marked = run->marked || is_mark(block);
        return;
    }
    if (!may_move(block)) {
        if (run->from == MOVING_NONE)
            run->from = from;
        pass(last, from, to);
        return;
    }
    int32_t height = stack_height(stack, from, to),
            most = (lay->geometry.bottom - lay->geometry.top) * 6 / 10;
    /* What is announced, "as follows:", stays with those words. */
    if (run->from < from && to > from && height <= most && stack->items[from].cost == BREAK_FREE)
        *ARENA_PUSH(lay->arena, &stack->moving) =
            (struct moving){from, to, run->from + 1, to, SIZE_MAX, height, run->marked || block->kind == BLOCK_QUOTE};
}
