/* Link annotations, each the object of its Link element. */
#include "pdf/link.h"

#include "pdf/token.h"

enum { WHOLE_MPT = 1000, TENTH_MPT = 100 };

/* Nobody sees the edges of what a click meets, nor by how much a page is scrolled: few digits do. */
static void put_length(struct buf *out, int64_t mpt, int64_t unit_mpt)
{
    token_milli(out, (mpt + (mpt < 0 ? -unit_mpt : unit_mpt) / 2) / unit_mpt * unit_mpt);
}

bool link_destination(struct buf *out, const struct pages *pages, uint32_t dest, struct object *const *page_objects)
{
    if (dest >= pages->dest_count || !pages->dests[dest].placed || pages->dests[dest].page >= pages->count)
        return false;
    buf_char(out, '[');
    token_ref(out, page_objects[pages->dests[dest].page]->id);
    buf_text(out, "/XYZ null ");
    put_length(out, (int64_t)pages->height_mpt - pages->dests[dest].y + WHOLE_MPT / 2 - 1,
               WHOLE_MPT); /* up */
    buf_text(out, " null]");
    return true;
}

/* A URI is 7-bit ASCII (12.6.4.7): all else percent-encoded, as RFC 3986, 2.1 and RFC 3987, 3.1 say. */
static void put_uri(struct buf *out, struct str url)
{
    static const char hex[] = "0123456789ABCDEF";
    struct buf ascii = {0};
    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.p[i];
        if (c > ' ' && c < 0x7F) {
            buf_char(&ascii, (char)c);
        } else {
            buf_char(&ascii, '%');
            buf_char(&ascii, hex[c >> 4]);
            buf_char(&ascii, hex[c & 15]);
        }
    }
    if (ascii.n > TOKEN_MAX_STRING)
        ascii.n = TOKEN_MAX_STRING;
    token_bytes(out, ascii.p, ascii.n);
    buf_done(&ascii);
}

static bool put_target(struct buf *out, const struct pages *pages, const struct page_link *link,
                       struct object *const *page_objects)
{
    if (link->url.n) {
        buf_text(out, "/A<</S/URI/URI");
        put_uri(out, link->url);
        buf_text(out, ">>");
        return true;
    }
    buf_text(out, "/Dest");
    return link_destination(out, pages, link->dest, page_objects);
}

static void put_rect(struct buf *out, const struct pages *pages, const struct page_link *link)
{
    int64_t bottom = (int64_t)pages->height_mpt - link->y - link->height;
    const int64_t sides[] = {link->x, bottom, (int64_t)link->x + link->width, bottom + link->height};
    buf_text(out, "/Rect[");
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        if (i)
            buf_char(out, ' ');
        put_length(out, sides[i], TENTH_MPT);
    }
    buf_char(out, ']');
}

static struct object *write_link(struct structure *structure, struct objects *objects, const struct page_link *link,
                                 uint32_t page, struct object *const *page_objects)
{
    struct buf out = {0};
    struct object *annot = NULL;
    buf_text(&out, "/Subtype/Link/F 4/Border[0 0 0]");
    put_rect(&out, structure->pages, link);
    if (put_target(&out, structure->pages, link, page_objects)) {
        annot = object_new(objects);
        buf_text(&out, "/Contents");
        struct str contents = link->contents.n ? link->contents : link->url.n ? link->url : STR("Link");
        token_text(&out, contents);
        if (structure_has(structure, link->node)) {
            buf_text(&out, "/StructParent ");
            token_int(&out, structure_annotation(structure, link->node, page, annot));
        }
        object_raw(annot, buf_view(&out));
    }
    buf_done(&out);
    return annot;
}

void links_write(struct structure *structure, struct objects *objects, struct object *const *page_objects)
{
    struct buf annots = {0};
    for (uint32_t p = 0; p < structure->pages->count; p++) {
        const struct page *page = &structure->pages->items[p];
        buf_clear(&annots);
        for (size_t i = 0; i < page->link_count; i++) {
            const struct object *annot = write_link(structure, objects, &page->links[i], p, page_objects);
            if (!annot)
                continue;
            buf_text(&annots, annots.n ? "" : "/Annots[");
            token_ref(&annots, annot->id);
        }
        if (annots.n) {
            buf_char(&annots, ']');
            object_raw(page_objects[p], buf_view(&annots));
        }
    }
    buf_done(&annots);
}
