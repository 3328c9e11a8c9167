/* The contents of a volume: a line for each entry, with its page at the right; all of a line is one link. */
#include "layout/row.h"

enum { COLUMN_GAP = 14 * PT, NAME_PERMILLE = 450, ROW_PAD = 4 * PT };

struct contents {
    const struct area *area;
    const struct style *name, *note, *page;
    int32_t name_width, note_width, page_width;
    uint32_t node;
};

/* Figures are of one width, so that the longest number is the widest. Room for four stays in any case: the
 * lines then do not depend on the numbers, which are not known before the lines have been set. */
static int32_t widest_page(struct layout *lay, const struct block *block, const struct style *style)
{
    struct str longest = STR("0000");
    for (size_t i = 0; i < block->u.contents.count; i++)
        if (block->u.contents.entries[i].page.n > longest.n)
            longest = block->u.contents.entries[i].page;
    return typeset_text_width(lay, longest, style);
}

/* The content of an entry is that of a Link in a Reference (ISO 32000-1, 14.8.4.3 and 14.8.4.4). */
static uint32_t entry_node(struct layout *lay, const struct contents *contents,
                           const struct contents_entry *entry)
{
    uint32_t item = node_add(lay, NODE_TOCI, contents->node);
    uint32_t link = node_add(lay, NODE_LINK, node_add(lay, NODE_REFERENCE, item));
    node_tell(lay, link, entry->language, (struct str){0});
    return link;
}

/* A Span of its own for each cell: rows are drawn line by line, and are to be read cell by cell. */
static struct row_cell cell_of(struct layout *lay, const struct block_inlines *text,
                               const struct style *style, int32_t x, int32_t width, enum text_align align,
                               const char *language, uint32_t link)
{
    return (struct row_cell){.set = typeset_make(lay, text, style, width, align, language),
                             .x = x,
                             .node = node_add(lay, NODE_SPAN, link)};
}

/* The links of boxes from index from on: one for each strip of the row. */
static void link_boxes(struct layout *lay, struct stack *stack, size_t from, const struct area *area,
                       const struct contents_entry *entry, uint32_t node)
{
    for (size_t i = from; i < stack->count; i++) {
        struct box *box = &stack->items[i];
        box->link_from = (uint32_t)lay->links.count;
        box->link_count = 1;
        *ARENA_PUSH(&lay->work, &lay->links) = (struct page_link){.x = area->x,
                                                                  .width = area->width,
                                                                  .height = box->height,
                                                                  .node = node,
                                                                  .contents = layout_keep(lay, entry->link_text),
                                                                  .dest = dest_named(lay, entry->target)};
    }
}

static void entry_set(struct layout *lay, struct stack *stack, const struct contents *contents,
                      const struct contents_entry *entry)
{
    const struct area *area = contents->area;
    const char *language = entry->language.n ? str_z(lay->arena, entry->language) : area->language;
    struct row_cell cells[3];
    struct row row = {.cells = cells,
                      .x = area->x,
                      .width = area->width,
                      .pad_top = ROW_PAD,
                      .pad_bottom = ROW_PAD,
                      .rule_below = 350,
                      .rule_colour = lay->palette.rule,
                      .room = lay->geometry.bottom - lay->geometry.top - 60 * PT};
    int32_t x = area->x, end = area->x + area->width;
    uint32_t node = entry_node(lay, contents, entry);
    cells[row.count++] =
        cell_of(lay, &entry->name, contents->name, x, contents->name_width, TEXT_LEFT, language, node);
    x += contents->name_width + COLUMN_GAP;
    if (entry->note.count)
        cells[row.count++] =
            cell_of(lay, &entry->note, contents->note, x, contents->note_width, TEXT_LEFT, language, node);
    cells[row.count++] =
        cell_of(lay, typeset_plain(lay, entry->page), contents->page, end - contents->page_width,
                contents->page_width, TEXT_END, lay->language, node);
    size_t from = stack->count;
    row_add(lay, stack, area, &row);
    link_boxes(lay, stack, from, area, entry, node);
}

static const struct style *inked(struct layout *lay, enum ink ink)
{
    struct style *style = ARENA_NEW(&lay->work, struct style);
    *style = *style_of(STYLE_TABLE_CELL);
    style->ink = ink;
    return style;
}

void contents_block(struct layout *lay, struct stack *stack, const struct area *area,
                    const struct block *block)
{
    size_t count = block->u.contents.count;
    if (count == 0)
        return;
    struct contents contents = {.area = area,
                                .name = inked(lay, INK_ACCENT),
                                .note = inked(lay, INK_QUIET),
                                .page = style_of(STYLE_TABLE_CELL)};
    contents.node = node_block(lay, NODE_TOC, area, block);
    contents.page_width = widest_page(lay, block, contents.page);
    int32_t left = area->width - contents.page_width - 2 * COLUMN_GAP;
    contents.name_width = left / 1000 * NAME_PERMILLE;
    contents.note_width = left - contents.name_width;
    for (size_t i = 0; i < count; i++) {
        /* Neither the first nor the last line stands alone. */
        if ((i == 1 || i + 1 == count) && stack->glue < BREAK_KEEP)
            stack->glue = BREAK_KEEP;
        entry_set(lay, stack, &contents, &block->u.contents.entries[i]);
    }
    stack->items[stack->count - 1].below = 14 * PT;
}
