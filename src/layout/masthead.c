/* The masthead of page 1: logo, publisher and product; edition and date at the right. */
#include "layout/layout.h"

int32_t masthead_logo(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    const struct image *image = image_find(lay->options->images, block->u.masthead.logo_path);
    const int32_t tallest = 30 * PT, widest = 110 * PT;
    if (!image || image->width_px <= 0 || image->height_px <= 0)
        return 0;
    int64_t height = tallest, width = height * image->width_px / image->height_px;
    if (width > widest) {
        width = widest;
        height = width * image->height_px / image->width_px;
    }
    uint32_t node = node_add(lay, NODE_FIGURE, area->node);
    node_words(lay, node)->alt = layout_keep(lay, block->u.masthead.logo_alt);
    struct box *box = box_add(lay, stack, area);
    box->side_overhang = height > PT ? (int32_t)height : PT;
    struct page_item *item = box_item(lay, box, ITEM_IMAGE, node);
    item->x = area->x;
    item->u.image.image = image;
    item->u.image.width = width > PT ? (int32_t)width : PT;
    item->u.image.height = box->side_overhang;
    box->figure = node;
    box->figure_x = area->x;
    box->figure_width = item->u.image.width;
    box->figure_height = item->u.image.height;
    stack->glue = BREAK_HARD;
    return item->u.image.width + 12 * PT;
}

static struct style *line_style(struct layout *lay, int weight, enum ink ink, int32_t size)
{
    struct style *style = ARENA_NEW(lay->arena, struct style);
    *style = style_sized(style_of(STYLE_MASTHEAD), size);
    style->leading = 15 * PT;
    style->weight = weight;
    style->ink = ink;
    return style;
}

enum { PUBLISHER_SIZE = 11800, PRODUCT_SIZE = 10400 };

static void line_add(struct layout *lay, struct stack *stack, const struct area *area, struct str text,
                     const struct style *style, uint32_t node)
{
    if (!text.n)
        return;
    struct typeset set = typeset_of(lay, text, style, area->text_width, TEXT_LEFT);
    paragraph_set(lay, stack, area, &set, area->text_x, node);
    stack->glue = BREAK_HARD;
}

/* Edition over date. */
static const struct block_inlines *edition_text(struct layout *lay, const struct block *block)
{
    struct block_inlines *text = ARENA_NEW(&lay->scratch, struct block_inlines);
    struct str edition = block->u.masthead.edition, date = block->u.masthead.date;
    if (edition.n) {
        struct block_inline *part = ARENA_PUSH(&lay->scratch, text);
        part->text = edition;
        part->style = INLINE_STRONG;
    }
    if (edition.n && date.n)
        ARENA_PUSH(&lay->scratch, text)->text = STR("\xE2\x80\xA8");
    if (date.n)
        ARENA_PUSH(&lay->scratch, text)->text = date;
    return text;
}

/* Drawn last, for it is read last: in the box of the last line, but level with the first one, which box from is. Where
 * there are no lines, or too many to stand together, it is a line of its own. */
static void edition_set(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block,
                        size_t from, int32_t x, int32_t width)
{
    enum { LINES_MOST = 8 };
    const struct style *style = line_style(lay, 400, INK_QUIET, 9000);
    const struct style *first =
        line_style(lay, 400, INK_QUIET, block->u.masthead.publisher.n ? PUBLISHER_SIZE : PRODUCT_SIZE);
    const struct block_inlines *text = edition_text(lay, block);
    if (!text->count)
        return;
    uint32_t node = node_add(lay, NODE_P, area->node);
    struct typeset set = typeset_make(lay, text, style, width, TEXT_END, area->language);
    size_t lines = stack->count - from;
    if (lines == 0 || lines > LINES_MOST || set.lines.count > LINES_MOST) {
        set = typeset_make(lay, text, style, area->text_width, TEXT_LEFT, area->language);
        paragraph_set(lay, stack, area, &set, area->text_x, node);
        return;
    }
    struct box *box = &stack->items[stack->count - 1];
    int32_t y = style_baseline(first) - style_baseline(style);
    for (size_t i = from; i + 1 < stack->count; i++)
        y -= stack->items[i].height;
    int32_t bottom = typeset_draw_all(lay, box, &set, x, y, node);
    if (bottom > box->height)
        box->overhang = bottom - box->height;
}

void masthead_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    struct area inner = *area;
    const int32_t right = 150 * PT;
    inner.node = node_block(lay, NODE_DIV, area, block);
    int32_t logo = block->u.masthead.logo_path.n ? masthead_logo(lay, stack, &inner, block) : 0;
    inner.text_x = area->x + logo;
    inner.text_width = area->width - logo - right;
    uint32_t publisher = node_add(lay, NODE_P, inner.node), product = node_add(lay, NODE_P, inner.node);
    size_t from = stack->count;
    line_add(lay, stack, &inner, block->u.masthead.publisher, line_style(lay, 600, INK_TEXT, PUBLISHER_SIZE), publisher);
    line_add(lay, stack, &inner, block->u.masthead.product, line_style(lay, 400, INK_ACCENT, PRODUCT_SIZE), product);
    edition_set(lay, stack, &inner, block, from, area->x + area->width - right, right);
    struct box *rule = box_add(lay, stack, &inner);
    rule->clear = CLEAR_ALL;
    rule->height = 7 * PT;
    rule->below = 4 * PT;
    box_rect(lay, rule, area->x, 6500, area->width, 500, lay->palette.rule_strong, PAGE_ARTIFACT);
    stack->glue = BREAK_FREE;
}
