/* The pipeline: spec → edition → blocks → pages → PDF bytes. */
#ifndef BRIEFING_COMPILE_H
#define BRIEFING_COMPILE_H

#include "base/buf.h"
#include "edition/edition.h"
#include "layout/page.h"
#include "pdf/pdf.h"
#include "pdf/seal.h"

/* What lives longer than one document. */
struct compile_context {
    struct text_engine *engine;
    struct pdf_writer *writer;
};

struct compile_options {
    struct edition_options edition;
    enum paper paper;             /* NONE: the house's, else A4 */
    struct pdf_seal_options seal; /* zeroed: the archive profile, not linearised */
};

/* One edition of one spec as a PDF, appended to out; *page_count, if not NULL, is set. false when diags has
 * errors; then out is unchanged. The spec may be whole: what the tier may not read goes no further than
 * edition_make. */
bool compile_pdf(struct arena *arena, const struct compile_context *context, const struct spec *spec,
                 const struct house *house, const struct compile_options *options, struct buf *out,
                 size_t *page_count, struct diags *diags);

/* The same up to the pages, for `check` and tests. NULL when diags has errors. */
struct pages *compile_pages(struct arena *arena, const struct compile_context *context,
                            const struct spec *spec, const struct house *house,
                            const struct compile_options *options, struct diags *diags);

/* Loads every picture that the spec and the house name; what is wrong with one is in diags. */
void compile_load_images(struct arena *arena, const struct spec *spec, const struct house *house,
                         struct image_set *images, struct diags *diags);

#endif
