/* The inside of compile.c, for what makes pages in another way (a compendium): fill a struct compiled, and
 * writing, copies and facts work for it. */
#ifndef BRIEFING_COMPILE_PARTS_H
#define BRIEFING_COMPILE_PARTS_H

#include "base/aside.h"
#include "block/block.h"
#include "compile.h"
#include "pdf/master.h"

struct compiled {
    struct arena arena; /* holds this struct too */
    struct compile_context context;
    struct pages *pages;          /* with a slot for the copy line, if it is personal */
    struct pdf_metadata metadata; /* `sealed` is set anew for each file */
    struct compile_facts facts;
    struct image_set images; /* every picture on the pages */
    bool personal, strong_marks;
    struct pdf_master *masters[2]; /* of archive and sealed copies, each made with the first one */
};

/* An edition that is made an attachment; zeroed: none. */
struct compiled_attaching {
    struct aside_job job;
    struct pdf_writer *writer;
    const struct edition *edition;
    struct buf packed;
    size_t size;
};

/* One edition as blocks; to be zeroed. The blocks are needed until the pages are laid out, and described. */
struct compiled_part {
    const struct edition *edition;
    struct compiled_attaching attaching; /* is done apart from the rest */
    struct block_document *document;
    struct arena blocks;
};
void compiled_part_done(struct compiled_part *part);

/* An empty one, to be filled; closed by compile_close. Never NULL. */
struct compiled *compiled_new(const struct compile_context *context, const struct compile_options *options);

/* Spec → edition, in the arena of compiled, → blocks, in that of part; pictures go to its images. false when diags has new
 * errors. */
bool compiled_add(struct compiled *compiled, const struct spec *spec, const struct house *house,
                  const struct compile_options *options, struct compiled_part *part, struct diags *diags);

/* Paper, pictures and what else layout is told. The pictures are those of compiled, which must stay where it
 * is. */
struct layout_options compiled_layout(struct compiled *compiled, const struct house *house,
                                      const struct compile_options *options);

/* Sets those facts that pages and pictures give: pages, files. The rest, and metadata, are the caller's. */
void compiled_count(struct compiled *compiled);

/* Begins to make the edition a spec of its own, for machines to read; it must not change until that is done.
 */
void compiled_attach_begin(const struct compile_context *context, struct compiled_attaching *attaching,
                           const struct edition *edition);
/* Makes it the attachment's data. */
void compiled_attach(struct compiled *compiled, struct compiled_attaching *attaching,
                     struct pdf_attachment *attachment);
/* Where it was begun and is not wanted any more. */
void compiled_attach_done(const struct compile_context *context, struct compiled_attaching *attaching);

#endif
