/* The pipeline, phase by phase. An error stops before the next phase; each phase reports all it finds. */
#include "compile.h"

#include "block/block.h"
#include "spec/spec_write.h"

static void load(struct arena *arena, struct image_set *images, const struct picture *picture,
                 struct diags *diags)
{
    if (picture->path.n)
        image_load(arena, images, picture->path, picture->file.at, diags);
}

void compile_load_images(struct arena *arena, const struct spec *spec, const struct house *house,
                         struct image_set *images, struct diags *diags)
{
    load(arena, images, &house->publisher.logo, diags);
    load(arena, images, &spec->entity.image, diags);
    for (size_t i = 0; i < spec->sections.count; i++)
        if (spec->sections.items[i].has_figure)
            load(arena, images, &spec->sections.items[i].figure.picture, diags);
}

static struct layout_options paper_size(enum paper chosen, enum paper of_house)
{
    enum paper paper = chosen != PAPER_NONE ? chosen : of_house;
    if (paper == PAPER_LETTER)
        return (struct layout_options){.width_mpt = 612000, .height_mpt = 792000};
    return (struct layout_options){.width_mpt = 595276,
                                   .height_mpt = 841890}; /* ISO 216 A4, 210 mm x 297 mm */
}

/* What the phases up to the pages hand on. */
struct compiled {
    const struct edition *edition;
    const struct block_document *document;
    struct pages *pages;
};

static bool compile(struct arena *arena, const struct compile_context *context, const struct spec *spec,
                    const struct house *house, const struct compile_options *options, struct compiled *out,
                    struct diags *diags)
{
    size_t errors = diags->errors;
    out->edition = edition_make(arena, spec, house, &options->edition, diags);
    if (!out->edition)
        return false;
    struct image_set images = {0};
    compile_load_images(arena, &out->edition->spec, house, &images, diags);
    if (diags->errors != errors)
        return false;
    out->document = block_build(arena, out->edition, diags);
    if (diags->errors != errors)
        return false;
    struct layout_options layout = paper_size(options->paper, house->paper);
    layout.images = &images;
    out->pages = layout_document(arena, out->document, &layout, context->engine, diags);
    return diags->errors == errors;
}

struct pages *compile_pages(struct arena *arena, const struct compile_context *context,
                            const struct spec *spec, const struct house *house,
                            const struct compile_options *options, struct diags *diags)
{
    struct compiled compiled = {0};
    return compile(arena, context, spec, house, options, &compiled, diags) ? compiled.pages : NULL;
}

/* The edition as a spec of its own, for machines to read: from the filtered copy, never from the text that it
 * was made of. Sections name the tier whose mark they carry on the page, all else the reader's own tier where
 * it may not read what is for the default one, so that the same house makes the same pages of it. Not all of
 * them: what a page says of withheld things (locked panels, counts of withheld claims) is not content, and an
 * edition without a single key point makes a spec that `briefing check` refuses. Pictures are named, with
 * their alternative texts, but not attached again. */
static struct str write_spec(struct arena *arena, const struct edition *edition)
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
    struct buf text = {0};
    spec_write(&text, &spec, edition->reads_default ? (struct str){0} : edition->tier->id.s);
    struct str written = str_dup(arena, buf_view(&text));
    buf_done(&text);
    return written;
}

bool compile_pdf(struct arena *arena, const struct compile_context *context, const struct spec *spec,
                 const struct house *house, const struct compile_options *options, struct buf *out,
                 size_t *page_count, struct diags *diags)
{
    struct compiled compiled = {0};
    if (!compile(arena, context, spec, house, options, &compiled, diags))
        return false;
    const struct block_document *document = compiled.document;
    const struct edition *edition = compiled.edition;
    struct pdf_metadata metadata = {
        .title = document->title,
        .author = document->author,
        .subject = document->subject,
        .keywords = document->keywords,
        .language = document->language,
        .creator = document->creator,
        .producer = STR("briefing " BRIEFING_VERSION),
        .date = edition->date,
        .digest = edition->digest,
        .entity = edition->spec.id.s,
        .edition = edition_format(arena, edition->id),
        .tier = edition->tier->id.s,
        .page_labels_from_one = true,
        .sealed = options->seal.user_password != NULL,
    };
    metadata.attachment = (struct pdf_attachment){
        .name = str_printf(arena, STR_FMT "%s" STR_FMT "_" STR_FMT ".yaml", STR_ARG(metadata.entity),
                           metadata.edition.n ? "_" : "", STR_ARG(metadata.edition), STR_ARG(metadata.tier)),
        .media_type = STR("application/yaml"), /* RFC 9512 */
        .description = STR("This edition as a spec in YAML"),
        .relationship = "Source",
        .data = write_spec(arena, edition),
    };
    struct buf pdf = {0};
    bool ok = pdf_write(context->writer, compiled.pages, &metadata, &pdf, diags) &&
              pdf_seal(&pdf, &options->seal, diags);
    if (ok)
        buf_str(out, buf_view(&pdf));
    buf_done(&pdf);
    if (ok && page_count)
        *page_count = compiled.pages->count;
    return ok;
}
