/* The pipeline, phase by phase. An error stops before the next phase; each phase reports all it finds. */
#include "compile.h"

#include "compile_parts.h"
#include "edition/digest.h"

struct pictures {
    const struct picture **items;
    size_t count;
};

static void add_picture(struct pictures *pictures, const struct picture *picture)
{
    if (picture->path.n)
        pictures->items[pictures->count++] = picture;
}

/* In the order of the page. */
static struct pictures pictures_of(struct arena *arena, const struct spec *spec, const struct house *house)
{
    struct pictures pictures = {ARENA_ARRAY(arena, const struct picture *, spec->sections.count + 2), 0};
    add_picture(&pictures, &house->publisher.logo);
    add_picture(&pictures, &spec->entity.image);
    for (size_t i = 0; i < spec->sections.count; i++)
        if (spec->sections.items[i].has_figure)
            add_picture(&pictures, &spec->sections.items[i].figure.picture);
    return pictures;
}

void compile_load_images(struct arena *arena, const struct spec *spec, const struct house *house,
                         struct image_set *images, struct diags *diags)
{
    struct pictures pictures = pictures_of(arena, spec, house);
    for (size_t i = 0; i < pictures.count; i++)
        image_load(arena, images, pictures.items[i]->path, pictures.items[i]->file.at, diags);
}

void compile_hurry(struct compile_context *context, struct aside *aside)
{
    text_engine_close(context->second);
    context->second = aside ? text_engine_second(context->engine) : NULL;
    context->aside = aside;
    pdf_writer_use(context->writer, aside);
}

static bool is_letter(const struct house *house, const struct compile_options *options)
{
    return (options->paper != PAPER_NONE ? options->paper : house->paper) == PAPER_LETTER;
}

/* The pictures are those that the edition shows: one that the tier may not see counts for nothing. */
static void digest_look(struct arena *arena, struct edition *edition, const struct image_set *images,
                        const struct compile_options *options)
{
    struct pictures pictures = pictures_of(arena, &edition->spec, edition->house);
    const unsigned char **digests = ARENA_ARRAY(arena, const unsigned char *, pictures.count);
    size_t count = 0;
    for (size_t i = 0; i < pictures.count; i++) {
        const struct image *image = image_find(images, pictures.items[i]->path);
        if (image)
            digests[count++] = image->digest;
    }
    edition_digest_look(arena, edition, is_letter(edition->house, options) ? "letter" : "A4", digests, count);
}

static struct layout_options paper_size(const struct house *house, const struct compile_options *options)
{
    if (is_letter(house, options))
        return (struct layout_options){.width_mpt = 612000, .height_mpt = 792000};
    return (struct layout_options){.width_mpt = 595276,
                                   .height_mpt = 841890}; /* ISO 216 A4, 210 mm x 297 mm */
}

struct compiled *compiled_new(const struct compile_context *context, const struct compile_options *options)
{
    struct arena arena;
    arena_init(&arena);
    struct compiled *compiled = ARENA_NEW(&arena, struct compiled);
    *compiled = (struct compiled){.arena = arena,
                                  .context = *context,
                                  .personal = options->personal,
                                  .strong_marks = options->strong_marks};
    image_set_init(&compiled->images, context->images);
    return compiled;
}

void compile_close(struct compiled *compiled)
{
    if (!compiled)
        return;
    for (size_t i = 0; i < sizeof compiled->masters / sizeof(struct pdf_master *); i++)
        pdf_master_close(compiled->masters[i]);
    image_set_done(&compiled->images);
    struct arena arena = compiled->arena; /* which holds it */
    arena_done(&arena);
}

/* The digest of an edition, made aside while its blocks are. */
struct digesting {
    struct edition_pending pending; /* first */
    struct aside *aside;
    struct aside_job job;
    struct arena arena;
    struct edition *edition;
    const struct image_set *images;
    const struct compile_options *options;
};

static void digest_whole(void *data, enum aside_who who)
{
    struct digesting *digesting = data;
    (void)who;
    digesting->edition->digest = edition_digest(&digesting->arena, digesting->edition);
    digest_look(&digesting->arena, digesting->edition, digesting->images, digesting->options);
}

static void await_digest(struct edition_pending *pending)
{
    struct digesting *digesting = (struct digesting *)pending;
    aside_finish(digesting->aside, &digesting->job);
}

static void digest_begin(struct digesting *digesting, struct aside *aside, struct edition *edition,
                         const struct image_set *images, const struct compile_options *options)
{
    *digesting = (struct digesting){
        .pending = {await_digest}, .aside = aside, .edition = edition, .images = images, .options = options};
    arena_init(&digesting->arena);
    edition->pending = &digesting->pending;
    aside_start(aside, &digesting->job, digest_whole, digesting);
}

static void digest_end(struct digesting *digesting, struct arena *arena)
{
    await_digest(&digesting->pending);
    digesting->edition->pending = NULL;
    digesting->edition->digest = str_dup(arena, digesting->edition->digest);
    arena_done(&digesting->arena);
}

/* The edition in an arena of its own choice, which may go before the pictures. It is made an attachment where
 * attach is given. */
static bool build(struct arena *arena, struct arena *editions, struct image_set *images,
                  const struct compile_context *attach, const struct spec *spec, const struct house *house,
                  const struct compile_options *options, struct compiled_part *part, struct diags *diags)
{
    size_t errors = diags->errors;
    struct edition_options wanted = options->edition;
    wanted.without_digest = true;
    struct edition *edition = edition_make(editions, spec, house, &wanted, diags);
    part->edition = edition;
    if (!edition)
        return false;
    compile_load_images(arena, &edition->spec, house, images, diags);
    if (diags->errors != errors)
        return false;
    struct digesting digesting;
    digest_begin(&digesting, attach ? attach->aside : NULL, edition, images, options);
    if (attach)
        compiled_attach_begin(attach, &part->attaching, edition);
    part->document = block_build_apart(arena, &part->blocks, part->edition, diags);
    digest_end(&digesting, editions);
    return diags->errors == errors;
}

void compiled_part_done(struct compiled_part *part)
{
    arena_done(&part->blocks);
    part->document = NULL;
}

bool compiled_add(struct compiled *compiled, const struct spec *spec, const struct house *house,
                  const struct compile_options *options, struct compiled_part *part, struct diags *diags)
{
    struct arena *arena = &compiled->arena;
    return build(arena, arena, &compiled->images, NULL, spec, house, options, part, diags);
}

static struct layout_options layout_for(const struct compile_context *context, const struct image_set *images,
                                        const struct house *house,
                                        const struct compile_options *options)
{
    struct layout_options layout = paper_size(house, options);
    layout.images = images;
    layout.personal = options->personal;
    layout.aside = context->aside;
    layout.second = context->second;
    return layout;
}

struct layout_options compiled_layout(struct compiled *compiled, const struct house *house,
                                      const struct compile_options *options)
{
    return layout_for(&compiled->context, &compiled->images, house, options);
}

struct pages *compile_pages(struct arena *arena, const struct compile_context *context,
                            const struct spec *spec, const struct house *house,
                            const struct compile_options *options, struct diags *diags)
{
    struct image_set *images = ARENA_NEW(arena, struct image_set);
    struct compiled_part part = {0};
    struct pages *pages = NULL;
    size_t errors = diags->errors;
    if (build(arena, arena, images, NULL, spec, house, options, &part, diags)) {
        struct layout_options layout = layout_for(context, images, house, options);
        pages = layout_document(arena, part.document, &layout, context->engine, diags);
    }
    compiled_part_done(&part);
    return diags->errors == errors ? pages : NULL;
}

/* ---- the files that pages are made from */

struct files {
    struct arena *arena;
    struct str *items;
    size_t count, cap;
};

/* There are few: a page has some faces and pictures. */
static void add_file(struct files *files, struct str path)
{
    for (size_t i = 0; i < files->count; i++)
        if (str_eq(files->items[i], path))
            return;
    if (path.n)
        *ARENA_PUSH(files->arena, files) = path;
}

static void add_face(struct files *files, const struct text_face *face)
{
    if (face && face->path)
        add_file(files, str_from(face->path));
}

void compiled_count(struct compiled *compiled)
{
    struct files files = {.arena = &compiled->arena};
    const struct pages *pages = compiled->pages;
    for (const struct image *image = compiled->images.first; image; image = image->next)
        add_file(&files, image->path);
    const struct text_face *last = NULL;
    for (size_t p = 0; p < pages->count; p++)
        for (size_t i = 0; i < pages->items[p].item_count; i++) {
            const struct page_item *item = &pages->items[p].items[i];
            if (item->kind != ITEM_GLYPHS || item->u.glyphs.segment->face == last)
                continue;
            last = item->u.glyphs.segment->face;
            add_face(&files, last);
        }
    add_face(&files, pages->copy.face);
    compiled->facts.pages = pages->count;
    compiled->facts.files = files.items;
    compiled->facts.file_count = files.count;
}

const struct compile_facts *compile_facts(const struct compiled *compiled)
{
    return &compiled->facts;
}

/* ---- one edition */

static const struct pdf_attachment *attach_spec(struct compiled *compiled,
                                                struct compiled_attaching *attaching)
{
    struct arena *arena = &compiled->arena;
    const struct pdf_metadata *metadata = &compiled->metadata;
    struct pdf_attachment *attachment = ARENA_NEW(arena, struct pdf_attachment);
    *attachment = (struct pdf_attachment){
        .name =
            str_printf(arena, STR_FMT "%s" STR_FMT "_" STR_FMT ".yaml", STR_ARG(metadata->entity),
                       metadata->edition.n ? "_" : "", STR_ARG(metadata->edition), STR_ARG(metadata->tier)),
        .media_type = STR("application/yaml"), /* RFC 9512 */
        .description = STR("This edition as a spec in YAML"),
        .relationship = "Source",
    };
    compiled_attach(compiled, attaching, attachment);
    return attachment;
}

/* Copies what it takes: blocks, edition and spec go before the file is written. */
static void describe(struct compiled *compiled, struct compiled_part *part)
{
    const struct block_document *document = part->document;
    const struct edition *edition = part->edition;
    struct pdf_metadata *metadata = &compiled->metadata;
    struct arena *arena = &compiled->arena;
    *metadata = (struct pdf_metadata){
        .title = str_dup(arena, document->title),
        .author = str_dup(arena, document->author),
        .subject = str_dup(arena, document->subject),
        .keywords = str_dup(arena, document->keywords),
        .language = str_dup(arena, document->language),
        .creator = str_dup(arena, document->creator),
        .producer = STR("briefing " BRIEFING_VERSION),
        .date = edition->date,
        .digest = str_dup(arena, edition->digest),
        .entity = str_dup(arena, edition->spec.id.s),
        .edition = edition_format(arena, edition->id),
        .tier = edition->tier->id.s,
        .page_labels_from_one = true,
        .attachment_count = 1,
    };
    metadata->attachments = attach_spec(compiled, &part->attaching);
    compiled->facts = (struct compile_facts){
        .digest = metadata->digest,
        .entity = metadata->entity,
        .edition = metadata->edition,
        .tier = metadata->tier,
        .name = str_dup(arena, edition->spec.entity.name.s),
        .hundredths = edition->spec.confidence.score.hundredths,
        .edition_id = edition->id,
    };
    if (edition->band) {
        compiled->facts.grade = edition->band->grade.s;
        compiled->facts.label = edition->band->label.s;
    }
    compiled_count(compiled);
}

struct compiled *compile_open(const struct compile_context *context, const struct spec *spec,
                              const struct house *house, const struct compile_options *options,
                              struct diags *diags)
{
    struct compiled *compiled = compiled_new(context, options);
    struct compiled_part part = {0};
    struct arena editions;
    arena_init(&editions);
    size_t errors = diags->errors;
    bool ok =
        build(&compiled->arena, &editions, &compiled->images, context, spec, house, options, &part, diags);
    if (ok) {
        struct layout_options layout = compiled_layout(compiled, house, options);
        compiled->pages = layout_document(&compiled->arena, part.document, &layout, context->engine, diags);
        ok = diags->errors == errors;
    }
    if (ok)
        pdf_writer_ready(context->writer);
    if (ok)
        describe(compiled, &part);
    compiled_attach_done(context, &part.attaching); /* where that came to nothing */
    compiled_part_done(&part);
    arena_done(&editions);
    if (ok)
        return compiled;
    compile_close(compiled);
    return NULL;
}

/* ---- files */

static bool is_plain(const struct pdf_seal_options *seal)
{
    return !seal->user_password && !seal->linearize;
}

/* Appends what is in pdf, sealed as asked; empties pdf. */
static bool deliver(struct buf *pdf, const struct pdf_seal_options *seal, struct buf *out,
                    struct diags *diags)
{
    bool ok = pdf_seal(pdf, seal, diags);
    if (ok)
        buf_str(out, buf_view(pdf));
    buf_done(pdf);
    return ok;
}

bool compile_write(struct compiled *compiled, const struct pdf_seal_options *seal, struct buf *out,
                   struct diags *diags)
{
    struct pdf_metadata metadata = compiled->metadata;
    metadata.sealed = seal->user_password != NULL;
    if (is_plain(seal))
        return pdf_write(compiled->context.writer, compiled->pages, &metadata, out, diags);
    struct buf pdf = {0};
    if (pdf_write(compiled->context.writer, compiled->pages, &metadata, &pdf, diags))
        return deliver(&pdf, seal, out, diags);
    buf_done(&pdf);
    return false;
}

static const struct pdf_master *master_of(struct compiled *compiled, bool sealed, struct diags *diags)
{
    struct pdf_master **master = &compiled->masters[sealed];
    struct pdf_metadata metadata = compiled->metadata;
    metadata.sealed = sealed;
    if (!*master)
        *master = pdf_master_open(compiled->context.writer, compiled->pages, &metadata,
                                  compiled->strong_marks, diags);
    return *master;
}

bool compile_copy(struct compiled *compiled, const struct copy_id *id, const struct pdf_seal_options *seal,
                  struct buf *out, struct diags *diags)
{
    bool sealed = seal->user_password != NULL;
    const struct pdf_master *master = master_of(compiled, sealed, diags);
    if (!master)
        return false;
    if (is_plain(seal)) {
        pdf_master_copy(master, id, out);
        return true;
    }
    struct buf pdf = {0};
    pdf_master_copy(master, id, &pdf);
    return deliver(&pdf, seal, out, diags);
}

void compile_copy_digest(const struct compiled *compiled, struct str copy, unsigned char digest[32])
{
    pdf_master_digest(compiled->masters[0], copy, digest);
}

bool compile_pdf(const struct compile_context *context, const struct spec *spec, const struct house *house,
                 const struct compile_options *options, struct buf *out, size_t *page_count,
                 struct diags *diags)
{
    struct compiled *compiled = compile_open(context, spec, house, options, diags);
    bool ok = compiled && compile_write(compiled, &options->seal, out, diags);
    if (ok && page_count)
        *page_count = compiled->facts.pages;
    compile_close(compiled);
    return ok;
}
