/* A compendium: the editions of several specs bound in one volume, with cover, contents and summary before
 * them. */
#include "compile_parts.h"

#include "base/hash.h"
#include "block/compendium.h"
#include "block/trace.h"

/* Cover, contents, and summary where it does not stand behind the contents on one page. */
enum { COVER, CONTENTS, SUMMARY, FRONT_PARTS };

struct front_part {
    struct block_document *document;
    struct layout *body;
};

/* A volume in the making. */
struct volume {
    struct compiled *compiled;
    const struct house *house;
    struct layout_options layout;
    struct compiled_part *parts;
    const struct edition **editions;
    struct layout **bodies;
    size_t count;
    struct front_part front[FRONT_PARTS];
    size_t front_count;
};

static size_t pages_of(struct layout *body)
{
    return layout_pages(body)->count;
}

static void set_front(struct volume *volume, int part, struct block_document *document, struct diags *diags)
{
    struct compiled *compiled = volume->compiled;
    layout_close(volume->front[part].body);
    volume->front[part].document = document;
    volume->front[part].body =
        layout_body(&compiled->arena, document, &volume->layout, compiled->context.engine, diags);
}

static void set_contents(struct volume *volume, const size_t *first_pages, bool with_summary,
                         struct diags *diags)
{
    set_front(volume, CONTENTS,
              block_compendium_contents(&volume->compiled->arena, volume->editions, volume->count,
                                        first_pages, with_summary),
              diags);
}

/* Where each briefing begins when so many pages stand before the first. */
static void number_pages(const struct volume *volume, size_t before, size_t *first_pages)
{
    for (size_t i = 0; i < volume->count; i++) {
        first_pages[i] = before + 1;
        before += pages_of(volume->bodies[i]);
    }
}

/* The contents name pages whose numbers depend on how long the contents are, other being what else stands
 * before the briefings: they are set until that is stable. Lines leave room for numbers of any usual length,
 * so it is at the second time. What there is to say of them is said once. */
static bool settle_contents(struct volume *volume, size_t other, size_t *first_pages, bool with_summary,
                            struct diags *unheard, struct diags *diags)
{
    enum { TRIES = 8 };
    size_t length = 1;
    for (int i = 0; i < TRIES; i++) {
        number_pages(volume, other + length, first_pages);
        set_contents(volume, first_pages, with_summary, unheard);
        if (pages_of(volume->front[CONTENTS].body) == length) {
            set_contents(volume, first_pages, with_summary, diags);
            return true;
        }
        length = pages_of(volume->front[CONTENTS].body);
        if (with_summary)
            return false;
    }
    diag_add(diags, DIAG_INTERNAL, span_none(), "the length of the contents does not settle");
    return false;
}

/* Contents and summary on one page, if they have room there; else each by itself. */
static bool set_front_matter(struct volume *volume, struct diags *diags)
{
    struct arena *arena = &volume->compiled->arena;
    size_t *first_pages = ARENA_ARRAY(arena, size_t, volume->count);
    struct diags unheard;
    diags_init(&unheard, arena);
    set_front(volume, COVER, block_compendium_cover(arena, volume->editions, volume->count), diags);
    size_t before = pages_of(volume->front[COVER].body);
    volume->front_count = SUMMARY;
    if (settle_contents(volume, before, first_pages, true, &unheard, diags))
        return true;
    volume->front_count = FRONT_PARTS;
    set_front(volume, SUMMARY, block_compendium_summary(arena, volume->editions, volume->count), diags);
    before += pages_of(volume->front[SUMMARY].body);
    return settle_contents(volume, before, first_pages, false, &unheard, diags);
}

/* Running heads and feet of all parts, now that all pages are counted. */
static void draw_running(struct volume *volume)
{
    size_t total = 0, before = 0;
    for (size_t i = 0; i < volume->front_count; i++)
        total += pages_of(volume->front[i].body);
    for (size_t i = 0; i < volume->count; i++)
        total += pages_of(volume->bodies[i]);
    for (size_t i = 0; i < volume->front_count; i++) {
        layout_running(volume->front[i].body, before, total);
        before += pages_of(volume->front[i].body);
    }
    for (size_t i = 0; i < volume->count; i++) {
        layout_running(volume->bodies[i], before, total);
        before += pages_of(volume->bodies[i]);
    }
}

static struct pages *join(struct volume *volume)
{
    struct arena *arena = &volume->compiled->arena;
    size_t count = volume->front_count;
    struct pages_part *parts = ARENA_ARRAY(arena, struct pages_part, count + volume->count);
    for (size_t i = 0; i < count; i++)
        parts[i].pages = layout_pages(volume->front[i].body);
    for (size_t i = 0; i < volume->count; i++)
        parts[count++] = (struct pages_part){.pages = layout_pages(volume->bodies[i]),
                                             .anchor = block_compendium_anchor(arena, i + 1),
                                             .language = volume->editions[i]->spec.language.s,
                                             .section = true};
    return pages_join(arena, parts, count);
}

/* Of the editions, and of what the front matter says of them: page numbers, which depend on paper and fonts,
 * are left out, as an edition's digest leaves out how it is set. */
static struct str digest(const struct volume *volume)
{
    struct arena *arena = &volume->compiled->arena;
    const struct block_document *front_matter[] = {
        volume->front[COVER].document,
        block_compendium_contents(arena, volume->editions, volume->count,
                                  ARENA_ARRAY(arena, size_t, volume->count), true),
    };
    struct hash hash;
    struct buf front = {0};
    hash_init(&hash);
    hash_field(&hash, STR("briefing compendium 1"));
    for (size_t i = 0; i < volume->count; i++)
        hash_field(&hash, volume->editions[i]->digest);
    for (size_t i = 0; i < sizeof front_matter / sizeof(struct block_document *); i++) {
        buf_clear(&front);
        block_trace(&front, front_matter[i]);
        hash_field(&hash, buf_view(&front));
    }
    buf_done(&front);
    unsigned char bytes[32];
    hash_done(&hash, bytes);
    return hash_hex(arena, bytes, sizeof bytes);
}

static int digits_of(size_t number)
{
    int digits = 1;
    for (; number >= 10; number /= 10)
        digits++;
    return digits;
}

/* The spec of every edition, named by its number, so that names differ and are in the volume's order. */
static const struct pdf_attachment *attachments(const struct volume *volume)
{
    struct arena *arena = &volume->compiled->arena;
    struct pdf_attachment *all = ARENA_ARRAY(arena, struct pdf_attachment, volume->count);
    for (size_t i = 0; i < volume->count; i++) {
        const struct edition *edition = volume->editions[i];
        struct str id = edition_format(arena, edition->id);
        all[i] = (struct pdf_attachment){
            .name = str_printf(arena, "%0*zu_" STR_FMT "%s" STR_FMT "_" STR_FMT ".yaml",
                               digits_of(volume->count), i + 1, STR_ARG(edition->spec.id.s), id.n ? "_" : "",
                               STR_ARG(id), STR_ARG(edition->tier->id.s)),
            .media_type = STR("application/yaml"), /* RFC 9512 */
            .description = str_printf(arena, "The edition on " STR_FMT " as a spec in YAML",
                                      STR_ARG(edition->spec.entity.name.s)),
            .relationship = "Source",
        };
        struct compiled_attaching *attaching = &volume->parts[i].attaching;
        compiled_attach_begin(&volume->compiled->context, attaching, edition);
        compiled_attach(volume->compiled, attaching, &all[i]);
    }
    return all;
}

static void describe(struct volume *volume)
{
    struct compiled *compiled = volume->compiled;
    const struct block_document *document = volume->front[COVER].document;
    struct edition_id id = block_compendium_edition(volume->editions, volume->count);
    compiled->metadata = (struct pdf_metadata){
        .title = document->title,
        .author = document->author,
        .subject = document->subject,
        .keywords = document->keywords,
        .language = document->language,
        .creator = document->creator,
        .producer = STR("briefing " BRIEFING_VERSION),
        .date = block_compendium_date(volume->editions, volume->count),
        .digest = digest(volume),
        .entity = STR("compendium"),
        .edition = edition_format(&compiled->arena, id),
        .tier = volume->editions[0]->tier->id.s,
        .page_labels_from_one = true,
        .attachments = attachments(volume),
        .attachment_count = volume->count,
    };
    const struct pdf_metadata *metadata = &compiled->metadata;
    compiled->facts.digest = metadata->digest;
    compiled->facts.entity = metadata->entity;
    compiled->facts.edition = metadata->edition;
    compiled->facts.tier = metadata->tier;
    compiled->facts.name = metadata->title;
    compiled->facts.hundredths = -1;
    compiled->facts.edition_id = id;
    compiled_count(compiled);
}

/* Specs → editions → blocks. All that is wrong with any of them is told, and what is wrong with the
 * publisher's logo, which all of them show, is told once. */
static bool read_parts(struct volume *volume, const struct spec *const *specs,
                       const struct compile_options *options, struct diags *diags)
{
    const struct picture *logo = &volume->house->publisher.logo;
    struct compiled *compiled = volume->compiled;
    bool ok = true;
    if (logo->path.n && !image_load(&compiled->arena, &compiled->images, logo->path, logo->file.at, diags))
        return false;
    for (size_t i = 0; i < volume->count; i++) {
        ok = compiled_add(compiled, specs[i], volume->house, options, &volume->parts[i], diags) && ok;
        volume->editions[i] = volume->parts[i].edition;
    }
    return ok;
}

static bool lay_out(struct volume *volume, struct diags *diags)
{
    struct arena *arena = &volume->compiled->arena;
    struct text_engine *engine = volume->compiled->context.engine;
    size_t errors = diags->errors;
    for (size_t i = 0; i < volume->count; i++)
        volume->bodies[i] = layout_body(arena, volume->parts[i].document, &volume->layout, engine, diags);
    if (!set_front_matter(volume, diags))
        return false;
    draw_running(volume);
    if (diags->errors != errors)
        return false;
    volume->compiled->pages = join(volume);
    return true;
}

static void close_bodies(const struct volume *volume)
{
    for (size_t i = 0; i < FRONT_PARTS; i++)
        layout_close(volume->front[i].body);
    for (size_t i = 0; i < volume->count; i++) {
        layout_close(volume->bodies[i]);
        compiled_part_done(&volume->parts[i]);
    }
}

struct compiled *compile_compendium_open(const struct compile_context *context,
                                         const struct spec *const *specs, size_t count,
                                         const struct house *house, const struct compile_options *options,
                                         struct diags *diags)
{
    struct compiled *compiled = compiled_new(context, options);
    struct volume volume = {
        .compiled = compiled,
        .house = house,
        .layout = compiled_layout(compiled, house, options),
        .parts = ARENA_ARRAY(&compiled->arena, struct compiled_part, count),
        .editions = ARENA_ARRAY(&compiled->arena, const struct edition *, count),
        .bodies = ARENA_ARRAY(&compiled->arena, struct layout *, count),
        .count = count,
    };
    bool ok = read_parts(&volume, specs, options, diags) && lay_out(&volume, diags);
    close_bodies(&volume);
    if (!ok) {
        compile_close(compiled);
        return NULL;
    }
    describe(&volume);
    return compiled;
}
