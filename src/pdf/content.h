/* The content stream of a page (ISO 32000-1, 8 and 9): text by glyph id, fills, strokes and pictures, all of
 * it marked as an element's content or as an artifact. */
#ifndef BRIEFING_PDF_CONTENT_H
#define BRIEFING_PDF_CONTENT_H

#include "pdf/font.h"
#include "pdf/picture.h"
#include "pdf/structure.h"

/* A number in the stream that has two texts of the same length: [0] for copies of sign -1, [1] of sign +1. The stream
 * holds the first. */
struct content_spot {
    size_t at, n; /* bytes */
    char text[2][24];
};

/* A word that stands further to the left or to the right (mark.h): the number before it, and the one behind it. */
struct content_mark {
    struct content_spot before, behind;
    struct str letters;
};
struct content_marks {
    struct arena *arena;
    struct content_mark *items;
    size_t count, cap;
};

/* Property lists of what is an artifact: part of the running head or foot, words that are repeated on a further page, or
 * a rule, tint or frame (ISO 32000-1, 14.8.2.2.2). Each page needs them: so they are resources (14.6.2). */
#define CONTENT_HEAD "/H"
#define CONTENT_FOOT "/F"
#define CONTENT_REPEATED "/R"
#define CONTENT_LAYOUT "/L"
#define CONTENT_PROPERTIES                                                                                   \
    "/Properties<<" CONTENT_HEAD "<</Type/Pagination/Subtype/Header/Attached[/Top]>>" CONTENT_FOOT             \
    "<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>" CONTENT_REPEATED                                    \
    "<</Type/Pagination>>" CONTENT_LAYOUT "<</Type/Layout>>>>"

/* The colours of fills and text, in the order in which pages need them: by its number one is said in fewer
 * bytes, on each page anew. More than these are said as they are. */
enum { CONTENT_COLOURS = 64 };
struct content_palette {
    struct colour items[CONTENT_COLOURS];
    size_t count;
};

struct content {
    struct buf *out;
    struct content_palette *palette; /* NULL: there is none */
    struct content_marks *marks; /* NULL: nothing is marked. Places are in the page's stream: empty it before a page */
    const struct pages *pages;
    const struct fonts *fonts;
    const struct pictures *pictures;
    struct structure *structure;
    struct text_unpacked unpacked; /* the segment being shown */
    bool *behind;                  /* of the page's items: whether it was drawn before the others (backdrop.h) */
    size_t behind_cap;
    uint32_t page;
    size_t known;         /* glyphs of the current item (fonts.known) */
    const char *artifact; /* what the current item is where it is no element's: its property list */

    /* What is in force in the stream. */
    bool marked, in_text, joined, dashed;
    bool indexed;                /* the colour space is that of the palette */
    bool text_in_mark;           /* the text object began in the marked-content sequence that is open */
    uint32_t node;
    const char *marked_artifact; /* where node is none */
    struct colour fill, stroke;
    int32_t stroke_mpt;
    size_t font; /* index + 1, 0: none yet */
    int32_t size_mpt;
    int16_t wider_pcm;
    int32_t word_mpt;       /* word spacing */
    int64_t line_x, line_y; /* origin of the text line, mpt, y upwards */
    bool pen_known;         /* the pen is on that line, at pen_npt (billionths of a point) from the left */
    int64_t pen_npt;
};

/* Writes one page; fonts must be written already, since their glyphs have got their codes then. */
void content_write(struct content *content, uint32_t page);

/* The palette as a resource, once all pages are written (ISO 32000-1, 8.6.6.3). */
void content_palette_write(const struct content_palette *palette, struct buf *out);

/* To be called before what a delimiter begins: what stands before it needs no white space then. */
void content_delimit(struct buf *out);

/* Makes a colour that of fills and text. */
void content_fill(struct content *content, struct colour colour);

/* Sets the font, which is one of content->fonts, and its size (ISO 32000-1, 9.3.1). */
void content_font(struct content *content, const struct font *font, int32_t size_mpt);

/* Sets the word spacing (ISO 32000-1, 9.3.3), unscaled; what differs by a thousandth of a point stays. */
void content_word_space(struct content *content, int32_t word_mpt);

/* Sets the horizontal scale of glyphs (ISO 32000-1, 9.3.4): so much wider than they are, in
 * hundred-thousandths. */
void content_scale(struct content *content, int16_t wider_pcm);

/* Makes sure that a marked-content sequence of a node and a text object are open; the origin of a new one's line is
 * 0, 0. */
void content_begin_text(struct content *content, uint32_t node);

/* What is shown between the two stands for text (ActualText; ISO 32000-1, 14.9.4). In an element it is a
 * sequence of its own, with its own MCID: readers lose text where a sequence without one is nested in one
 * that has it (seen in poppler). */
void content_begin_span(struct content *content, uint32_t node, struct str text);
void content_end_span(struct content *content);

/* Shows a segment whose pen starts at the item's place (content_text.c). */
void content_text(struct content *content, const struct page_item *item);

#endif
