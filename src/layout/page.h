/* Pages as plain data: a display list of positioned glyphs, fills, strokes, pictures and links, with the
 * structure tree they belong to. Lengths are millipoints; the origin is the page's top left corner, y grows
 * downwards. */
#ifndef BRIEFING_LAYOUT_PAGE_H
#define BRIEFING_LAYOUT_PAGE_H

#include "base/aside.h"
#include "base/copy_id.h"
#include "image/image.h"
#include "text/packed.h"

struct colour {
    uint8_t r, g, b;
};

enum item_kind { ITEM_GLYPHS, ITEM_RECT, ITEM_PATH, ITEM_IMAGE };

enum { PAGE_ARTIFACT = 0 }; /* node 0: running heads, rules, tints: not part of the structure */

enum path_op { PATH_MOVE, PATH_LINE, PATH_CURVE /* three points */, PATH_CLOSE };
struct path_step {
    enum path_op op;
    int32_t x[3], y[3];
};

struct page_path {
    struct path_step *steps;
    size_t count;
    bool fill, stroke;
    int32_t stroke_mpt;
    bool dashed;
    struct colour stroke_colour;
};

/* There are many, mostly glyphs: what few need stands elsewhere. */
struct page_item {
    enum item_kind kind;
    uint32_t node; /* structure node, or PAGE_ARTIFACT */
    struct colour colour;
    int32_t x, y; /* glyphs: baseline origin; rect, image: top left */
    union {
        struct {
            const struct text_packed *segment;
        } glyphs; /* drawn at x,y, in which its place on the line and its rise are already */
        struct {
            int32_t width, height;
        } rect; /* filled */
        struct page_path *path;
        struct {
            const struct image *image;
            int32_t width, height;
        } image;
    } u;
};

struct page_link {
    int32_t x, y, width, height;
    struct str url;      /* or: */
    uint32_t dest;       /* index into pages.dests, when url is empty */
    struct str contents; /* for assistive technology */
    uint32_t node;       /* its Link element */
};

struct page {
    struct page_item *items;
    size_t item_count, item_cap;
    size_t running_count; /* so many items at the end are the running head and foot */
    struct page_link *links;
    size_t link_count, link_cap;
};

struct page_dest {
    struct str name;
    uint32_t page;
    int32_t y;
    bool placed;
};

struct outline_entry {
    struct str title;
    int level; /* 1 is the top */
    uint32_t dest;
};

/* Standard structure types (ISO 32000-1, 14.8.4), as far as briefings use them. */
enum node_role {
    NODE_DOCUMENT,
    NODE_SECT,
    NODE_DIV,
    NODE_H1,
    NODE_H2,
    NODE_H3,
    NODE_P,
    NODE_SPAN,
    NODE_LINK,
    NODE_REFERENCE,
    NODE_CODE,
    NODE_L,
    NODE_LI,
    NODE_LBL,
    NODE_LBODY,
    NODE_TABLE,
    NODE_THEAD,
    NODE_TBODY,
    NODE_TR,
    NODE_TH,
    NODE_TD,
    NODE_CAPTION,
    NODE_FIGURE,
    NODE_BLOCKQUOTE,
    NODE_NOTE,
    NODE_ASIDE,
    NODE_TOC,
    NODE_TOCI
};

struct page_node {
    enum node_role role;
    uint32_t parent; /* node 1 is the document; children in order of index */
    bool named;                     /* TH: Headers of cells name it */
    bool row_scope;                 /* TH of a row; else of a column */
    bool ordered;                   /* L: ListNumbering Decimal, else Disc */
    uint32_t head_column, head_row; /* TD: nodes of its TH cells, 0: none */
    struct page_words *words;       /* NULL: none, as most nodes */
};

/* What few nodes have. */
struct page_words {
    struct str alt, language, expansion;
    int32_t box_x, box_y, box_width, box_height; /* FIGURE: bounding box */
    uint32_t box_page;
};

/* Those of a node; of one that has none, empty ones. */
const struct page_words *page_words_of(const struct page_node *node);

/* A letter of a copy id as it is shown in the slot. */
struct copy_letter {
    uint32_t glyph;
    int32_t advance_mpt;
};

/* The place of the copy id, the same on each page, as an artifact. The words around it are ordinary items. */
struct copy_slot {
    const struct text_face *face; /* NULL: there is no slot */
    int32_t size_mpt;
    struct colour colour;
    int32_t x, y;                                          /* baseline origin of the id's first letter */
    int32_t width_mpt; /* not 0: the id ends at x + width, beside its words on a mirrored page */
    struct copy_letter letters[sizeof COPY_ID_ALPHABET];   /* in the order of the alphabet, then '-' */
};

struct pages {
    int32_t width_mpt, height_mpt;
    struct copy_slot copy;
    struct page *items;
    size_t count, cap;
    struct page_dest *dests;
    size_t dest_count, dest_cap;
    struct outline_entry *outline;
    size_t outline_count, outline_cap;
    struct page_node *nodes; /* [0] unused (artifact), [1] the document */
    size_t node_count, node_cap;
};

struct block_document;

struct layout_options {
    int32_t width_mpt, height_mpt;  /* paper */
    const struct image_set *images; /* every picture that blocks name, loaded */
    bool personal;                  /* with the document's copy line, and the slot of the id in it */
    struct aside *aside;            /* a second thread, and its engine: both or NULL */
    struct text_engine *second;
};

/* Sets a document. Never NULL; what does not fit or has no glyph is in diags. Everything lives in the arena.
 */
struct pages *layout_document(struct arena *arena, const struct block_document *document,
                              const struct layout_options *options, struct text_engine *engine,
                              struct diags *diags);

/* The same in two steps, for parts of a volume: first the pages without running heads and feet; then those, once it is
 * known how many pages stand before the document, and how many there are in all. What is handed to layout_body must live
 * until layout_close. */
struct layout;
struct layout *layout_body(struct arena *arena, const struct block_document *document,
                           const struct layout_options *options, struct text_engine *engine, struct diags *diags);
struct pages *layout_pages(struct layout *layout);
void layout_running(struct layout *layout, size_t before, size_t total);
/* Gives back all but the pages. May be NULL. */
void layout_close(struct layout *layout);

/* One of the parts of a volume. */
struct pages_part {
    struct pages *pages;
    struct str anchor;   /* its name: prefix of its own anchors and, to parts without a name, that of its first page */
    struct str language; /* of all of it; empty: the document's */
    bool section;        /* one Sect of the document; else its elements stand in the document itself */
};

/* Binds parts into one document, in this order; there is at least one. Uses them up: their pages are the volume's. */
struct pages *pages_join(struct arena *arena, const struct pages_part *parts, size_t count);

/* The pages as text, one item a line, for golden tests. */
struct buf;
void pages_trace(struct buf *out, const struct pages *pages);

#endif
