/* Pages as text, one item a line: for golden tests and for reading a page without a viewer. */
#include "base/buf.h"
#include "layout/page.h"

static const char *const role_names[] = {
    [NODE_DOCUMENT] = "Document", [NODE_SECT] = "Sect", [NODE_DIV] = "Div", [NODE_H1] = "H1", [NODE_H2] = "H2",
    [NODE_H3] = "H3", [NODE_P] = "P", [NODE_SPAN] = "Span", [NODE_LINK] = "Link", [NODE_REFERENCE] = "Reference",
    [NODE_CODE] = "Code", [NODE_L] = "L", [NODE_LI] = "LI", [NODE_LBL] = "Lbl", [NODE_LBODY] = "LBody",
    [NODE_TABLE] = "Table", [NODE_THEAD] = "THead", [NODE_TBODY] = "TBody", [NODE_TR] = "TR", [NODE_TH] = "TH",
    [NODE_TD] = "TD", [NODE_CAPTION] = "Caption", [NODE_FIGURE] = "Figure", [NODE_BLOCKQUOTE] = "BlockQuote",
    [NODE_NOTE] = "Note", [NODE_ASIDE] = "Aside", [NODE_TOC] = "TOC", [NODE_TOCI] = "TOCI",
};

/* Millipoints as points with three places. */
static void points(struct buf *out, int32_t mpt)
{
    int64_t value = mpt < 0 ? -(int64_t)mpt : mpt;
    buf_printf(out, " %s%lld.%03lld", mpt < 0 ? "-" : "", (long long)(value / 1000), (long long)(value % 1000));
}

static void colour(struct buf *out, struct colour c)
{
    buf_printf(out, " #%02x%02x%02x", c.r, c.g, c.b);
}

static void field(struct buf *out, const char *name, struct str value)
{
    if (value.n)
        buf_printf(out, " %s=\"" STR_FMT "\"", name, STR_ARG(value));
}

static void trace_path(struct buf *out, const struct page_item *item)
{
    static const char letters[] = {[PATH_MOVE] = 'M', [PATH_LINE] = 'L', [PATH_CURVE] = 'C', [PATH_CLOSE] = 'Z'};
    buf_printf(out, "path%s%s%s", item->u.path->fill ? " fill" : "", item->u.path->stroke ? " stroke" : "",
               item->u.path->dashed ? " dashed" : "");
    if (item->u.path->fill)
        colour(out, item->colour);
    if (item->u.path->stroke) {
        colour(out, item->u.path->stroke_colour);
        points(out, item->u.path->stroke_mpt);
    }
    for (size_t i = 0; i < item->u.path->count; i++) {
        const struct path_step *step = &item->u.path->steps[i];
        buf_printf(out, " %c", letters[step->op]);
        for (int k = 0; k < (step->op == PATH_CURVE ? 3 : step->op == PATH_CLOSE ? 0 : 1); k++) {
            points(out, step->x[k]);
            points(out, step->y[k]);
        }
    }
}

static void trace_item(struct buf *out, const struct page_item *item)
{
    switch (item->kind) {
    case ITEM_GLYPHS: {
        const struct text_packed *segment = item->u.glyphs.segment;
        buf_text(out, "text");
        points(out, item->x);
        points(out, item->y);
        points(out, segment->size_mpt);
        if (segment->wider_pcm)
            buf_printf(out, " wider=%d", segment->wider_pcm);
        colour(out, item->colour);
        if (segment->face)
            buf_printf(out, " " STR_FMT, STR_ARG(segment->face->postscript_name));
        field(out, segment->rtl ? "rtl" : "ltr", segment->text);
        break;
    }
    case ITEM_RECT:
        buf_text(out, "rect");
        points(out, item->x);
        points(out, item->y);
        points(out, item->u.rect.width);
        points(out, item->u.rect.height);
        colour(out, item->colour);
        break;
    case ITEM_PATH:
        trace_path(out, item);
        break;
    case ITEM_IMAGE:
        buf_text(out, "image");
        points(out, item->x);
        points(out, item->y);
        points(out, item->u.image.width);
        points(out, item->u.image.height);
        break;
    }
    if (item->node == PAGE_ARTIFACT)
        buf_text(out, " artifact\n");
    else
        buf_printf(out, " node=%u\n", item->node);
}

static void trace_page(struct buf *out, const struct page *page, size_t number)
{
    buf_printf(out, "page %zu\n", number);
    for (size_t i = 0; i < page->item_count; i++)
        trace_item(out, &page->items[i]);
    for (size_t i = 0; i < page->link_count; i++) {
        const struct page_link *link = &page->links[i];
        buf_text(out, "link");
        points(out, link->x);
        points(out, link->y);
        points(out, link->width);
        points(out, link->height);
        if (link->url.n)
            field(out, "url", link->url);
        else
            buf_printf(out, " dest=%u", link->dest);
        field(out, "contents", link->contents);
        buf_printf(out, " node=%u\n", link->node);
    }
}

static void trace_node(struct buf *out, const struct page_node *node, size_t index)
{
    buf_printf(out, "node %zu %s in %u", index, role_names[node->role], node->parent);
    const struct page_words *words = page_words_of(node);
    field(out, "alt", words->alt);
    field(out, "lang", words->language);
    field(out, "expansion", words->expansion);
    if (node->named)
        buf_printf(out, " id=\"th%zu\"", index);
    if (node->head_column || node->head_row)
        buf_printf(out, " heads=%u,%u", node->head_column, node->head_row);
    if (node->role == NODE_FIGURE) {
        buf_printf(out, " page=%u", words->box_page + 1);
        points(out, words->box_x);
        points(out, words->box_y);
        points(out, words->box_width);
        points(out, words->box_height);
    }
    buf_text(out, "\n");
}

static void trace_copy(struct buf *out, const struct copy_slot *slot)
{
    if (!slot->face)
        return;
    buf_text(out, "copy");
    points(out, slot->x);
    points(out, slot->y);
    if (slot->width_mpt)
        points(out, slot->width_mpt);
    points(out, slot->size_mpt);
    colour(out, slot->colour);
    buf_printf(out, " " STR_FMT, STR_ARG(slot->face->postscript_name));
    for (size_t i = 0; i < sizeof slot->letters / sizeof *slot->letters; i++) {
        buf_printf(out, " %c", (COPY_ID_ALPHABET "-")[i]);
        points(out, slot->letters[i].advance_mpt);
    }
    buf_text(out, "\n");
}

void pages_trace(struct buf *out, const struct pages *pages)
{
    buf_text(out, "paper");
    points(out, pages->width_mpt);
    points(out, pages->height_mpt);
    buf_text(out, "\n");
    trace_copy(out, &pages->copy);
    for (size_t i = 0; i < pages->count; i++)
        trace_page(out, &pages->items[i], i + 1);
    for (size_t i = 1; i < pages->node_count; i++)
        trace_node(out, &pages->nodes[i], i);
    for (size_t i = 0; i < pages->dest_count; i++) {
        const struct page_dest *dest = &pages->dests[i];
        buf_printf(out, "dest %zu", i);
        field(out, "name", dest->name);
        if (dest->placed) {
            buf_printf(out, " page=%u", dest->page + 1);
            points(out, dest->y);
        }
        buf_text(out, "\n");
    }
    for (size_t i = 0; i < pages->outline_count; i++) {
        const struct outline_entry *entry = &pages->outline[i];
        buf_printf(out, "outline %d dest=%u", entry->level, entry->dest);
        field(out, "title", entry->title);
        buf_text(out, "\n");
    }
}
