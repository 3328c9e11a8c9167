/* Pictures with their captions. */
#include "layout/layout.h"

/* Where a page has no room for it, a picture may become smaller by so much. */
enum { SMALLER_PERMILLE = 250 };

/* No picture is enlarged beyond 110 pixels an inch, nor taller than half a page's text. */
static void picture_size(const struct layout *lay, const struct image *image, int32_t room, int32_t *width,
                         int32_t *height)
{
    int64_t w = room, natural = (int64_t)image->width_px * 72 * PT / 110;
    int64_t tallest = (lay->geometry.bottom - lay->geometry.top) / 2;
    if (w > natural)
        w = natural;
    int64_t h = w * image->height_px / image->width_px;
    if (h > tallest) {
        h = tallest;
        w = h * image->width_px / image->height_px;
    }
    *width = w < PT ? PT : (int32_t)w;
    *height = h < PT ? PT : (int32_t)h;
}

void figure_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block)
{
    const struct image *image = image_find(lay->options->images, block->u.figure.path);
    size_t from = stack->count;
    struct area inner = *area;
    inner.node = node_block(lay, NODE_DIV, area, block);
    if (image && image->width_px > 0 && image->height_px > 0) {
        int32_t width, height;
        picture_size(lay, image, area->text_width, &width, &height);
        uint32_t node = node_add(lay, NODE_FIGURE, inner.node);
        node_words(lay, node)->alt = layout_keep(lay, block->u.figure.alt);
        struct box *box = box_add(lay, stack, area);
        box->height = height;
        box->give = block->u.figure.beside ? 0 : height / 1000 * SMALLER_PERMILLE;
        box->above = block->u.figure.beside ? 0 : 10 * PT;
        box->below = 6 * PT;
        label_take(lay, box, style_of(STYLE_BODY), 0);
        struct page_item *item = box_item(lay, box, ITEM_IMAGE, node);
        item->x = area->text_x;
        item->u.image.image = image;
        item->u.image.width = width;
        item->u.image.height = height;
        box->figure = node;
        box->figure_x = area->text_x;
        box->figure_width = width;
        box->figure_height = height;
        stack->glue = BREAK_HARD;
    }
    text_plain(lay, stack, &inner, &block->inlines, STYLE_CAPTION, NODE_CAPTION);
    stack_keep(stack, from, BREAK_HARD);
    if (!block->u.figure.beside && stack->count > from)
        stack->items[stack->count - 1].below = 12 * PT;
    stack->glue = BREAK_FREE;
}
