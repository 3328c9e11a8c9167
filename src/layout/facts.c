/* Facts: terms and their values, side by side where there is room, else one under the other. */
#include "layout/layout.h"

enum { FACTS_BESIDE = 230 * PT };

static uint32_t fact_nodes(struct layout *lay, uint32_t list, uint32_t *term)
{
    uint32_t node = node_add(lay, NODE_LI, list);
    *term = node_add(lay, NODE_LBL, node);
    return node_add(lay, NODE_LBODY, node);
}

static void value_set(struct layout *lay, struct stack *stack, const struct area *area,
                      const struct block_inlines *value, uint32_t node)
{
    struct typeset set =
        typeset_make(lay, value, style_of(STYLE_VALUE), area->text_width, TEXT_LEFT, area->language);
    paragraph_set(lay, stack, area, &set, area->text_x, node);
}

void facts_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    const struct style *term_style = style_of(STYLE_TERM);
    bool beside = area->text_width >= FACTS_BESIDE;
    int32_t term_width = beside ? area->text_width * 30 / 100 : 0;
    uint32_t list = node_block(lay, NODE_L, area, block);
    for (size_t i = 0; i < block->u.facts.count; i++) {
        uint32_t term_node, value_node = fact_nodes(lay, list, &term_node);
        const struct block_inlines *term = &block->u.facts.terms[i];
        struct area value = *area;
        size_t from = stack->count;
        if (beside && lay->label_count < LABELS_MAX &&
            label_set(lay, term, term_style, area->text_x, term_width - 10 * PT, TEXT_LEFT, area->language, term_node)) {
            value.text_x += term_width;
            value.text_width -= term_width;
        } else {
            struct typeset set = typeset_make(lay, term, term_style, area->text_width, TEXT_LEFT, area->language);
            paragraph_set(lay, stack, area, &set, area->text_x, term_node);
            stack->glue = BREAK_HARD;
        }
        value_set(lay, stack, &value, &block->u.facts.values[i], value_node);
        label_flush(lay, stack, area);
        stack_keep_if_fits(lay, stack, from, BREAK_SOFT);
    }
}
