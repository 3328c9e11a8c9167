/* Pages of a language that is written from right to left, as Arabic and Hebrew. They are laid out like any
 * other, from the edge where lines begin, and then turned about the paper's middle: what stood at the left
 * stands at the right. Everything that has a place turns, so that columns, tables, marks of lists, head and
 * foot, and drawings run from right to left, scales and lines of time among them. What has a face of its own
 * does not: lines of text keep the order that the rules of direction give them, and pictures are not
 * reversed. */
#include "layout/layout.h"

#include "base/language.h"

static int32_t turned(const struct layout *lay, int32_t x, int32_t width)
{
    return lay->geometry.width - x - width;
}

static void turn_path(const struct layout *lay, struct page_item *item)
{
    for (size_t i = 0; i < item->u.path->count; i++)
        for (int k = 0; k < 3; k++)
            item->u.path->steps[i].x[k] = turned(lay, item->u.path->steps[i].x[k], 0);
}

void mirror_items(const struct layout *lay, struct page *page, size_t from)
{
    for (size_t i = from; lay->mirrored && i < page->item_count; i++) {
        struct page_item *item = &page->items[i];
        switch (item->kind) {
        case ITEM_GLYPHS:
            item->x = turned(lay, item->x, item->u.glyphs.segment->width_mpt);
            break;
        case ITEM_RECT:
            item->x = turned(lay, item->x, item->u.rect.width);
            break;
        case ITEM_IMAGE:
            item->x = turned(lay, item->x, item->u.image.width);
            break;
        case ITEM_PATH:
            turn_path(lay, item);
            break;
        }
    }
}

static void turn_figure(struct layout *lay, uint32_t node)
{
    struct page_words *figure = node_words(lay, node);
    figure->box_x = turned(lay, figure->box_x, figure->box_width);
}

void mirror_pages(struct layout *lay)
{
    struct pages *pages = lay->pages;
    for (size_t i = 0; lay->mirrored && i < pages->count; i++) {
        struct page *page = &pages->items[i];
        mirror_items(lay, page, 0);
        for (size_t j = 0; j < page->link_count; j++)
            page->links[j].x = turned(lay, page->links[j].x, page->links[j].width);
    }
    for (size_t i = 1; lay->mirrored && i < pages->node_count; i++)
        if (pages->nodes[i].role == NODE_FIGURE)
            turn_figure(lay, (uint32_t)i);
}

int32_t mirror_segment(const struct layout *lay, const struct typeset *set,
                       const struct text_segment *segment)
{
    return lay->mirrored ? set->width - segment->x_mpt - segment->width_mpt : segment->x_mpt;
}

enum text_align mirror_start(const struct layout *lay, const char *language)
{
    return language_is_rtl(str_from(language)) == lay->mirrored ? TEXT_LEFT : TEXT_END;
}
