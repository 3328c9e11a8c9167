/* What the fields of a spec must agree on. */
#include "spec/between.h"

#include "spec/decode.h"
#include "spec/idmap.h"

enum { SOURCES_TOLD = 8 };

struct refs_check {
    struct arena *arena;
    struct diags *diags;
    struct idmap ids;
    struct str *names; /* of the sources, for hints */
    size_t count;
};

static void check_ref(void *context, const struct field *field, const void *value,
                      const struct record *record, const void *owner)
{
    struct refs_check *check = context;
    (void)record;
    if (field->kind != FIELD_REF)
        return;
    const struct text *ref = value;
    if (ref->s.n == 0 || idmap_find(&check->ids, ref->s) != SIZE_MAX)
        return;
    (void)owner;
    struct diag *diag =
        diag_add(check->diags, DIAG_UNKNOWN_SOURCE, ref->at, "there is no source '" STR_FMT "'",
                 STR_ARG(decode_shown(check->arena, ref->s)));
    if (check->count == 0)
        diag_hint(check->diags, diag, "this spec has no 'sources'");
    else if (decode_hint_nearest(check->arena, check->diags, diag, ref->s, check->names, check->count).n ==
                 0 &&
             check->count <= SOURCES_TOLD)
        diag_hint(check->diags, diag, "its sources are " STR_FMT,
                  STR_ARG(decode_alternatives(check->arena, check->names, check->count)));
}

static void check_sources(struct arena *arena, const struct spec *spec, struct diags *diags)
{
    const struct source_list *sources = &spec->sources;
    struct refs_check check = {.arena = arena, .diags = diags};
    idmap_init(&check.ids, arena, sources->count);
    check.names = ARENA_ARRAY(arena, struct str, sources->count);
    for (size_t i = 0; i < sources->count; i++) {
        const struct source *source = &sources->items[i];
        if (source->id.s.n == 0)
            continue;
        size_t first = idmap_add(&check.ids, source->id.s, i);
        if (first == i) {
            check.names[check.count++] = source->id.s;
        } else {
            struct diag *diag = diag_add(diags, DIAG_DUPLICATE_ID, source->id.at,
                                         "there are two sources '" STR_FMT "'", STR_ARG(source->id.s));
            diag_note(diags, diag, sources->items[first].id.at, "the first one");
        }
        if (source->repeats.s.n && str_eq(source->repeats.s, source->id.s))
            diag_add(diags, DIAG_REPEATS_ITSELF, source->repeats.at,
                     "source '" STR_FMT "' cannot repeat itself", STR_ARG(source->id.s));
    }
    fields_walk(fields_of(FILE_SPEC), spec, check_ref, &check);
}

static void check_history(struct arena *arena, const struct spec *spec, struct diags *diags)
{
    const struct history_entry_list *history = &spec->confidence.history;
    struct idmap seen;
    idmap_init(&seen, arena, history->count);
    for (size_t i = 0; i < history->count; i++) {
        struct str edition = edition_format(arena, history->items[i].edition);
        size_t first = edition.n ? idmap_add(&seen, edition, i) : i;
        if (first == i)
            continue;
        struct diag *diag = diag_add(diags, DIAG_DUPLICATE_ID, history->items[i].span,
                                     "the history has two scores of " STR_FMT, STR_ARG(edition));
        diag_note(diags, diag, history->items[first].span, "the first one");
    }
}

void between_dates(struct arena *arena, struct diags *diags, struct dated from, const char *from_key,
                   struct dated to, const char *to_key)
{
    if (!date_is_set(from.date) || !date_is_set(to.date))
        return;
    if (date_compare(date_last(to.date), date_first(from.date)) < 0)
        diag_add(diags, DIAG_DATE_ORDER, to.at, "'%s' " STR_FMT " lies before '%s' " STR_FMT, to_key,
                 STR_ARG(date_iso(arena, to.date)), from_key, STR_ARG(date_iso(arena, from.date)));
}

static void check_table(const struct table *table, struct diags *diags)
{
    size_t columns = table->columns.count;
    if (table->align.count && columns && table->align.count != columns)
        diag_add(diags, DIAG_TABLE_WIDTH, table->span, "'align' has %zu word%s for %zu column%s",
                 table->align.count, table->align.count == 1 ? "" : "s", columns, columns == 1 ? "" : "s");
    for (size_t i = 0; columns && i < table->rows.count; i++) {
        const struct table_row *row = &table->rows.items[i];
        if (row->count == columns)
            continue;
        struct diag *diag =
            diag_add(diags, DIAG_TABLE_WIDTH, row->span, "this row has %zu cell%s for %zu column%s",
                     row->count, row->count == 1 ? "" : "s", columns, columns == 1 ? "" : "s");
        diag_hint(diags, diag,
                  row->count > columns ? "a text with a comma wants quotes" : "write \"\" for an empty cell");
    }
}

void between_check(struct arena *arena, const struct spec *spec, struct diags *diags)
{
    check_sources(arena, spec, diags);
    check_history(arena, spec, diags);
    for (size_t i = 0; i < spec->entity.roles.count; i++)
        between_dates(arena, diags, spec->entity.roles.items[i].from, "from", spec->entity.roles.items[i].to,
                      "to");
    for (size_t i = 0; i < spec->relationships.count; i++)
        between_dates(arena, diags, spec->relationships.items[i].since, "since",
                      spec->relationships.items[i].until, "until");
    for (size_t i = 0; i < spec->sections.count; i++)
        if (spec->sections.items[i].has_table)
            check_table(&spec->sections.items[i].table, diags);
}
