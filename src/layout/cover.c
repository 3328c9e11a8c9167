/* The cover of a volume: the publisher at its head, an accent rule where the eye falls first, and what it is
 * below. */
#include "layout/layout.h"

enum { SPACE_PERMILLE = 270 /* of the page, above the rule */, RULE_WIDTH = 72 * PT, RULE_HEIGHT = 4 * PT };

static void publisher_set(struct layout *lay, struct stack *stack, const struct area *area,
                          struct str publisher)
{
    if (!publisher.n)
        return;
    uint32_t node = node_add(lay, NODE_P, area->node);
    struct typeset set = typeset_of(lay, publisher, style_of(STYLE_MASTHEAD), area->text_width, TEXT_LEFT);
    paragraph_set(lay, stack, area, &set, area->text_x, node);
}

void cover_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    struct area inner = *area, head;
    inner.node = node_block(lay, NODE_SECT, area, block);
    head = inner;
    int32_t logo = block->u.masthead.logo_path.n ? masthead_logo(lay, stack, &head, block) : 0;
    head.text_x = area->x + logo;
    head.text_width = area->width - logo;
    publisher_set(lay, stack, &head, block->u.masthead.publisher);

    /* The space is the box's own: that above a box is dropped where it begins the page. */
    int32_t space = (lay->geometry.bottom - lay->geometry.first_top) / 1000 * SPACE_PERMILLE;
    struct box *rule = box_add(lay, stack, area);
    rule->clear = CLEAR_ALL;
    rule->height = space + RULE_HEIGHT;
    box_rect(lay, rule, area->x, space, RULE_WIDTH, RULE_HEIGHT, lay->palette.accent, PAGE_ARTIFACT);
    inner.text_width = area->width;
    blocks_set(lay, stack, &inner, &block->children);
    label_flush(lay, stack, &inner);
}
