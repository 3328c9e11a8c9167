/* The content stream of a page (ISO 32000-1, 8 and 9): text by glyph id, fills, strokes and pictures, all of it
 * marked as an element's content or as an artifact. */
#ifndef BRIEFING_PDF_CONTENT_H
#define BRIEFING_PDF_CONTENT_H

#include "pdf/font.h"
#include "pdf/picture.h"
#include "pdf/structure.h"

struct content {
    struct buf *out;
    const struct pages *pages;
    const struct fonts *fonts;
    const struct pictures *pictures;
    struct structure *structure;
    uint32_t page;

    /* What is in force in the stream. */
    bool marked, in_text, joined, dashed;
    uint32_t node;
    struct colour fill, stroke;
    int32_t stroke_mpt;
    size_t font; /* index + 1, 0: none yet */
    int32_t size_mpt;
    int64_t line_x, line_y; /* origin of the text line, mpt, y upwards */
};

/* Writes one page; fonts must be written already, since their glyphs have got their codes then. */
void content_write(struct content *content, uint32_t page);

/* Makes a colour that of fills and text. */
void content_fill(struct content *content, struct colour colour);

/* Shows a segment whose pen starts at the item's place (content_text.c). */
void content_text(struct content *content, const struct page_item *item);

#endif
