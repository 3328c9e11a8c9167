/* The pipeline: spec → edition → blocks → pages → PDF bytes. */
#ifndef BRIEFING_COMPILE_H
#define BRIEFING_COMPILE_H

#include "base/buf.h"
#include "edition/edition.h"
#include "layout/page.h"
#include "pdf/pdf.h"

/* What lives longer than one document. */
struct compile_context {
    struct text_engine *engine;
    struct pdf_writer *writer;
};

struct compile_options {
    struct edition_options edition;
    enum paper paper; /* NONE: the house's, else A4 */
};

/* One edition of one spec as a PDF, appended to out. false when diags has errors; then out is unchanged. */
bool compile_pdf(struct arena *arena, const struct compile_context *context, const struct spec *spec, const struct house *house,
                 const struct compile_options *options, struct buf *out, struct diags *diags);

/* The same up to the pages, for tests. NULL when diags has errors. */
struct pages *compile_pages(struct arena *arena, const struct compile_context *context, const struct spec *spec,
                            const struct house *house, const struct compile_options *options, struct diags *diags);

#endif
