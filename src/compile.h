/* The pipeline: spec → edition → blocks → pages → PDF bytes. */
#ifndef BRIEFING_COMPILE_H
#define BRIEFING_COMPILE_H

#include "base/aside.h"
#include "base/buf.h"
#include "base/copy_id.h"
#include "edition/edition.h"
#include "layout/page.h"
#include "pdf/pdf.h"
#include "pdf/seal.h"

/* What lives longer than one document. */
struct compile_context {
    struct text_engine *engine;
    struct pdf_writer *writer;
    struct image_cache *images; /* or NULL: each document decodes its pictures */
    struct aside *aside;        /* a second thread, or NULL: the same bytes, later; see compile_hurry */
    struct text_engine *second; /* its engine */
};

/* Lets a second thread help with each document from now on; NULL: no more, before engine and writer are closed.
 * Borrowed; between documents only. */
void compile_hurry(struct compile_context *context, struct aside *aside);

struct compile_options {
    struct edition_options edition;
    enum paper paper;             /* NONE: the house's, else A4 */
    struct pdf_seal_options seal; /* zeroed: the archive profile, not linearised */
    bool personal;                /* keeps a place for the copy line on each page: for compile_copy */
    bool strong_marks;            /* copies are also marked in the spacing of their text */
};

/* One edition of one spec, or a compendium, laid out: what all its copies share. Owns its memory; the house
 * and context that it was made from must outlive it, and the specs of a compendium. */
struct compiled;

/* NULL when diags has errors. The spec may be whole: what the tier may not read goes no further than
 * edition_make. It is not needed any more afterwards. */
struct compiled *compile_open(const struct compile_context *context, const struct spec *spec,
                              const struct house *house, const struct compile_options *options,
                              struct diags *diags);

/* A compendium of editions of several specs, in this order, all for the tier of the options: cover, contents with page
 * numbers, summary table, then the briefings, one outline. NULL when diags has errors. */
struct compiled *compile_compendium_open(const struct compile_context *context, const struct spec *const *specs,
                                         size_t count, const struct house *house,
                                         const struct compile_options *options, struct diags *diags);
void compile_close(struct compiled *compiled);

/* What is told of it in ledgers and messages. Borrowed. */
struct compile_facts {
    size_t pages;
    struct str digest;                   /* of what it shows: hex */
    struct str entity, edition, tier;    /* ids; a compendium's entity is "compendium" */
    struct str name, grade, label;       /* of the entity and its score's band */
    int hundredths;                      /* its score; -1: a compendium */
    struct edition_id edition_id;
    const struct str *files;             /* every picture and font file that it was made from */
    size_t file_count;
};
const struct compile_facts *compile_facts(const struct compiled *compiled);

/* Appends the PDF without a copy line. Not for what was opened as personal. */
bool compile_write(struct compiled *compiled, const struct pdf_seal_options *seal, struct buf *out,
                   struct diags *diags);

/* Appends the copy of that id: fonts, pages and structure are made and compressed at the first one, and shared. Only for
 * what was opened as personal. The bytes of a copy do not depend on which copies were made before. */
bool compile_copy(struct compiled *compiled, const struct copy_id *id, const struct pdf_seal_options *seal,
                  struct buf *out, struct diags *diags);

/* The digest of all bytes of a copy that compile_copy made, neither sealed nor linearised, as hash.h would give it: what
 * copies share is not read again. */
void compile_copy_digest(const struct compiled *compiled, struct str copy, unsigned char digest[32]);

/* compile_open and compile_write in one: a PDF, appended to out; *page_count, if not NULL, is set. false when diags has
 * errors; then out is unchanged. */
bool compile_pdf(const struct compile_context *context, const struct spec *spec, const struct house *house,
                 const struct compile_options *options, struct buf *out, size_t *page_count, struct diags *diags);

/* The same up to the pages, for `check` and tests. NULL when diags has errors. */
struct pages *compile_pages(struct arena *arena, const struct compile_context *context,
                            const struct spec *spec, const struct house *house,
                            const struct compile_options *options, struct diags *diags);

/* Loads every picture that the spec and the house name; what is wrong with one is in diags. */
void compile_load_images(struct arena *arena, const struct spec *spec, const struct house *house,
                         struct image_set *images, struct diags *diags);

#endif
