/* One document in the making, and what outlives it: the inside that pdf.c and master.c share. */
#ifndef BRIEFING_PDF_MAKING_H
#define BRIEFING_PDF_MAKING_H

#include "pdf/content.h"
#include "pdf/deflate.h"
#include "pdf/marked.h"
#include "pdf/pdf.h"

struct pdf_writer {
    struct deflater *deflater;
    struct font_cache fonts;
    struct picture_cache pictures;
};

struct making {
    struct pdf_writer *writer;
    const struct pages *pages;
    struct arena arena;
    struct objects *objects;
    struct fonts fonts;
    struct pictures pictures;
    struct structure structure;
    struct object **page_objects;
    struct object *resources, *xmp;

    /* Of a master; else NULL. */
    struct object *copy_line;     /* the last part of each page's content, still empty */
    struct marked_stream *marked; /* one for each page, filled as pages are written */
    struct arena *keep;           /* where what they hold lives */
};

/* Checks limits and starts the document. false with diagnostics; close in either case. */
bool making_open(struct making *making, struct pdf_writer *writer, const struct pages *pages,
                 const struct pdf_metadata *metadata, struct diags *diags);
void making_close(struct making *making);

/* Writes all objects; saves them. false when the library or a font failed; that is in diags. */
bool making_write(struct making *making, const struct pdf_metadata *metadata, struct diags *diags);
bool making_save(struct making *making, const struct pdf_metadata *metadata, struct buf *out,
                 struct saved *saved, struct diags *diags);

#endif
