/* Lists: marks or numbers beside items, which may hold lists in turn. */
#include "layout/layout.h"

/* TIGHT: space between items of a tight list, and of the lists in it. */
enum { LIST_GAP = 5 * PT, LIST_MARK = 8 * PT, LIST_LEAST_WIDTH = 80 * PT, TIGHT = 3 * PT };

static struct str number(struct layout *lay, const struct block *block, size_t index)
{
    return str_printf(lay->arena, "%llu.", (unsigned long long)block->u.list.start + index);
}

/* Marks and numbers in the size of the items' first paragraph. */
static const struct style *label_style(struct layout *lay, const struct block *block)
{
    enum block_style name = block->style == STYLE_BODY ? STYLE_LIST : block->style;
    const struct block *item = block->children.count ? &block->children.items[0] : NULL;
    if (item && item->kind == BLOCK_GROUP && item->children.count && item->children.items[0].kind == BLOCK_TEXT)
        name = item->children.items[0].style;
    struct style *style = ARENA_NEW(lay->arena, struct style);
    *style = *style_of(name);
    style->ink = INK_ACCENT;
    style->italic = false;
    style->tabular = true;
    style->hyphenate = false;
    return style;
}

static int32_t label_width(struct layout *lay, const struct block *block, const struct style *style)
{
    if (!block->u.list.ordered)
        return LIST_MARK;
    int32_t width = typeset_text_width(lay, number(lay, block, block->children.count - 1), style);
    return width > LIST_MARK ? width : LIST_MARK;
}

static void item_set(struct layout *lay, struct stack *stack, const struct area *body, const struct block *item)
{
    if (item->kind == BLOCK_GROUP) {
        blocks_set(lay, stack, body, &item->children);
    } else {
        struct block *copy = ARENA_NEW(lay->arena, struct block);
        *copy = *item;
        struct block_list only = {.items = copy, .count = 1, .cap = 1};
        blocks_set(lay, stack, body, &only);
    }
    label_flush(lay, stack, body);
}

void list_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    if (block->children.count == 0)
        return;
    const struct style *style = label_style(lay, block);
    const int32_t mark_width = label_width(lay, block, style), few_lines = 6 * style->leading;
    bool turned = mirror_start(lay, area->language) != TEXT_LEFT;
    int32_t mark_x = turned ? area->text_x + area->text_width - mark_width : area->text_x;
    struct area body = *area;
    if (area->text_width - mark_width - LIST_GAP >= LIST_LEAST_WIDTH) {
        body.text_x += turned ? 0 : mark_width + LIST_GAP;
        body.text_width -= mark_width + LIST_GAP;
    }
    uint32_t list = node_block(lay, NODE_L, area, block);
    node_at(lay, list)->ordered = block->u.list.ordered;
    struct typeset mark = {0};
    size_t *starts = ARENA_ARRAY(lay->arena, size_t, block->children.count + 1);
    for (size_t i = 0; i < block->children.count; i++) {
        const struct block *item = &block->children.items[i];
        struct area lines = *area;
        lines.node = list;
        uint32_t node = node_block(lay, NODE_LI, &lines, item);
        if (item->kind == BLOCK_GROUP)
            dest_block(lay, item);
        if (lay->label_count == LABELS_MAX)
            label_flush(lay, stack, area);
        if (i == 0 || block->u.list.ordered) {
            struct str label = block->u.list.ordered ? number(lay, block, i) : STR("\xE2\x80\xA2");
            mark = typeset_make(lay, typeset_plain(lay, label), style, mark_width,
                                block->u.list.ordered ? TEXT_END : TEXT_LEFT, area->language);
        }
        label_again(lay, &mark, mark_x, node_add(lay, NODE_LBL, node), false);
        body.node = node_add(lay, NODE_LBODY, node);
        if (block->u.list.notes) /* endnotes, in a list of their own (ISO 32000-1, table 338) */
            body.node = node_add(lay, NODE_NOTE, body.node);
        size_t from = starts[i] = stack->count;
        item_set(lay, stack, &body, item);
        int32_t height = stack_height(stack, from, stack->count);
        if (height <= lay->geometry.bottom - lay->geometry.top)
            stack_keep(stack, from, height <= few_lines ? BREAK_KEEP : BREAK_SOFT);
        if (stack->count > from)
            stack->items[stack->count - 1].below = block->u.list.tight ? TIGHT : 5 * PT;
        for (size_t k = from; block->u.list.tight && k < stack->count; k++) {
            if (stack->items[k].below > TIGHT)
                stack->items[k].below = TIGHT;
        }
    }
    starts[block->children.count] = stack->count;
    stack_join(stack, starts, block->children.count);
    if (stack->count && stack->items[stack->count - 1].below < style->leading / 2)
        stack->items[stack->count - 1].below = style->leading / 2;
}
