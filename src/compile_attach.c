/* The edition as an attachment to its own PDF, made aside while the pages are laid out. */
#include "compile_parts.h"

#include "spec/spec_write.h"

/* The edition as a spec of its own, for machines to read: from the filtered copy, never from the text that it
 * was made of. Sections name the tier whose mark they carry on the page, all else the reader's own tier where
 * it may not read what is for the default one, so that the same house makes the same pages of it. Not all of
 * them: what a page says of withheld things (locked panels, counts of withheld claims) is not content.
 * Pictures are named, with their alternative texts, but not attached again. */
static void write_spec(struct arena *arena, const struct edition *edition, struct buf *text)
{
    struct spec spec = edition->spec;
    size_t count = spec.sections.count;
    spec.sections.items = ARENA_ARRAY(arena, struct section, count);
    for (size_t i = 0; i < count; i++) {
        struct section *section = &spec.sections.items[i];
        *section = edition->spec.sections.items[i];
        const struct tier *tier = edition->section_tiers[i];
        if (tier)
            *ARENA_PUSH(arena, &section->audience) = tier->id;
    }
    spec.pruned = spec.key_points.count == 0;
    spec_write(text, &spec, edition->reads_default ? (struct str){0} : edition->tier->id.s);
}

/* Deflated at once: of a long document the text is large. */
static void make(void *data, enum aside_who who)
{
    struct compiled_attaching *attaching = data;
    enum { USUAL = 16 * 1024 }; /* bytes, which need not be moved as it grows */
    struct buf text = {0};
    struct arena scratch;
    arena_init(&scratch);
    buf_reserve(&text, USUAL);
    write_spec(&scratch, attaching->edition, &text);
    arena_done(&scratch);
    attaching->size = text.n;
    pdf_pack(attaching->writer, who, buf_view(&text), &attaching->packed);
    buf_done(&text);
}

void compiled_attach_begin(const struct compile_context *context, struct compiled_attaching *attaching,
                           const struct edition *edition)
{
    *attaching = (struct compiled_attaching){.writer = context->writer, .edition = edition};
    aside_start(context->aside, &attaching->job, make, attaching);
}

void compiled_attach_done(const struct compile_context *context, struct compiled_attaching *attaching)
{
    if (!attaching->edition)
        return;
    aside_finish(context->aside, &attaching->job);
    buf_done(&attaching->packed);
    attaching->edition = NULL;
}

void compiled_attach(struct compiled *compiled, struct compiled_attaching *attaching,
                     struct pdf_attachment *attachment)
{
    aside_finish(compiled->context.aside, &attaching->job);
    attachment->size = attaching->size;
    attachment->data = str_dup(&compiled->arena, buf_view(&attaching->packed));
    compiled_attach_done(&compiled->context, attaching);
}
