/* Reading a spec, and checking it against its house. */
#include "spec/spec_read.h"

#include "base/file.h"
#include "spec/between.h"
#include "spec/decode.h"
#include "spec/lint.h"
#include "spec/syntax.h"
#include "spec/tiers.h"

bool spec_is_slug(struct str text)
{
    return syntax_slug(text);
}

static struct spec *decode_spec(struct arena *arena, struct diag_source *source, const char *base_dir,
                                struct diags *diags)
{
    struct reader reader = {.arena = arena,
                            .diags = diags,
                            .source = source,
                            .kind = FILE_SPEC,
                            .folder = base_dir,
                            .pictures_beneath = true};
    if (!base_dir && !str_is(source->name, "<stdin>"))
        reader.folder = str_z(arena, file_folder(source->name));
    struct spec *spec = ARENA_NEW(arena, struct spec);
    spec->source = source;
    decode_file(&reader, spec);
    struct arena scratch;
    arena_init(&scratch);
    between_check(&scratch, spec, diags);
    arena_done(&scratch);
    return spec;
}

struct spec *spec_read(struct arena *arena, struct diag_source *source, const char *base_dir,
                       struct diags *diags)
{
    size_t errors = diags->errors;
    struct spec *spec = decode_spec(arena, source, base_dir, diags);
    return diags->errors == errors ? spec : NULL;
}

struct audience_check {
    struct arena *arena;
    const struct house *house;
    struct diags *diags;
};

static void check_audience(void *context, const struct field *field, const void *value,
                           const struct record *record, const void *owner)
{
    const struct audience_check *check = context;
    (void)record;
    (void)owner;
    if (field->kind == FIELD_TIER)
        tiers_check(check->arena, check->house, value, check->diags);
}

static void check_as_of(struct arena *arena, const struct spec *spec, struct diags *diags)
{
    if (spec->edition.kind == EDITION_NONE || !date_is_set(spec->as_of.date) ||
        edition_holds(spec->edition, spec->as_of.date))
        return;
    struct diag *diag = diag_add(
        diags, DIAG_AS_OF_OUTSIDE, spec->as_of.at, "'as_of' " STR_FMT " lies outside the edition " STR_FMT,
        STR_ARG(date_iso(arena, spec->as_of.date)), STR_ARG(edition_format(arena, spec->edition)));
    diag_note(diags, diag, spec->edition_at, "the edition");
}

static void check_spec(const struct spec *spec, const struct house *house, struct diags *diags)
{
    struct arena scratch;
    arena_init(&scratch);
    struct audience_check check = {&scratch, house, diags};
    fields_walk(fields_of(FILE_SPEC), spec, check_audience, &check);
    check_as_of(&scratch, spec, diags);
    arena_done(&scratch);
}

static void lint_here(const struct spec *spec, const struct house *house, struct diags *diags, bool whole)
{
    struct arena scratch;
    arena_init(&scratch);
    lint_spec(&scratch, spec, house, diags, whole);
    arena_done(&scratch);
}

struct spec *spec_load(struct arena *arena, struct diag_source *source, const char *base_dir,
                       const struct house *house, struct diags *diags)
{
    struct spec_lint lint = {.diags = NULL};
    return spec_load_aside(arena, source, base_dir, house, diags, NULL, &lint);
}

static void lint_aside(void *data, enum aside_who who)
{
    struct spec_lint *lint = data;
    (void)who;
    lint_here(lint->spec, lint->house, &lint->told, true);
}

struct spec *spec_load_aside(struct arena *arena, struct diag_source *source, const char *base_dir,
                             const struct house *house, struct diags *diags, struct aside *aside,
                             struct spec_lint *lint)
{
    size_t errors = diags->errors;
    struct spec *spec = decode_spec(arena, source, base_dir, diags);
    bool whole = diags->errors == errors;
    if (house)
        check_spec(spec, house, diags);
    if (house && aside && diags->errors == errors && !diags->warnings_as_errors) {
        *lint = (struct spec_lint){.spec = spec, .house = house, .diags = diags, .place = diags->last};
        arena_init(&lint->arena);
        diags_fork(&lint->told, diags, &lint->arena);
        aside_start(aside, &lint->job, lint_aside, lint);
    } else if (house) {
        lint_here(spec, house, diags, whole);
    }
    return diags->errors == errors ? spec : NULL;
}

void spec_lint_finish(struct spec_lint *lint, struct aside *aside)
{
    if (!lint->diags)
        return;
    aside_finish(aside, &lint->job);
    diags_join(lint->diags, lint->place, &lint->told);
    arena_done(&lint->arena);
    lint->diags = NULL;
}

void spec_check_edition(const struct spec *spec, struct edition_id asked, struct diags *diags)
{
    bool same = asked.kind == spec->edition.kind && edition_compare(asked, spec->edition) == 0;
    if (asked.kind == EDITION_NONE || same || !date_is_set(spec->as_of.date) ||
        edition_holds(asked, spec->as_of.date))
        return;
    struct str as_of = date_iso(diags->arena, spec->as_of.date), edition = edition_format(diags->arena, asked);
    diag_add(diags, DIAG_AS_OF_OUTSIDE, spec->as_of.at,
             "'as_of' " STR_FMT " lies outside the edition " STR_FMT " that is asked for", STR_ARG(as_of),
             STR_ARG(edition));
}
