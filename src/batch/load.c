/* A spec of the plan: read, checked, and compared with what the plan took it for. */
#include "batch/load.h"

#include <string.h>

#include "base/hash.h"
#include "batch/digest.h"
#include "batch/fault.h"
#include "spec/spec_read.h"
#include "yaml/yaml_tree.h"

void load_diags(struct diags *diags, struct arena *arena, const struct batch_request *request)
{
    diags_init(diags, arena);
    if (request->allowed)
        memcpy(diags->allowed, request->allowed, sizeof diags->allowed);
    diags->warnings_as_errors = request->warnings_as_errors;
}

static void changed(struct diag_source *source, struct diags *diags)
{
    struct diag *diag = diag_add(diags, DIAG_INPUT_CHANGED, span_at(source, 0, 0),
                                 "the spec is another one than when the run was planned");
    diag_hint(diags, diag, "start the run again: it makes only what is missing");
}

static bool same_edition(struct edition_id a, struct edition_id b)
{
    return a.kind == b.kind && a.year == b.year && a.part == b.part;
}

static bool has_typed(const struct history_entry_list *history, struct edition_id edition)
{
    for (size_t i = 0; i < history->count; i++)
        if (same_edition(history->items[i].edition, edition))
            return true;
    return false;
}

static void add_history(const struct plan_spec *planned, struct arena *arena, struct spec *spec)
{
    struct history_entry_list *history = &spec->confidence.history;
    size_t typed = history->count;
    for (size_t i = 0; i < planned->score_count; i++) {
        struct history_entry_list by_hand = {history->items, typed, typed};
        if (!has_typed(&by_hand, planned->scores[i].edition))
            *ARENA_PUSH(arena, history) =
                (struct history_entry){.edition = planned->scores[i].edition,
                                       .score = {.hundredths = planned->scores[i].hundredths}};
    }
}

static void warn_relations(const struct plan *plan, const struct spec *spec, struct diags *diags)
{
    for (size_t i = 0; i < spec->relationships.count; i++) {
        const struct text *id = &spec->relationships.items[i].id;
        if (id->s.n && idmap_find(&plan->spec_ids, id->s) == SIZE_MAX)
            diag_add(diags, DIAG_UNKNOWN_ENTITY, id->at, "no spec of this run has the id '" STR_FMT "'",
                     STR_ARG(id->s));
    }
}

struct spec *load_spec(const struct plan *plan, uint32_t index, struct arena *arena, struct diags *diags,
                       struct diags *aside)
{
    const struct plan_spec *planned = &plan->specs[index];
    const struct batch_request *request = plan->request;
    size_t errors = diags->errors;
    fault_befall(request->fault, "load", str_from(planned->path));
    struct diag_source *source = spec_open(arena, planned->path, YAML_MAX_BYTES, diags);
    if (!source)
        return NULL;
    if (hash_mark(source->text) != planned->mark || !digest_note(planned, source->text)) {
        changed(source, diags);
        return NULL;
    }
    if (planned->rival)
        diag_add(diags, DIAG_DUPLICATE_ID, span_at(source, 0, 0), "the id '" STR_FMT "' is also that of %s",
                 STR_ARG(planned->id), planned->rival);
    struct spec *spec = spec_load(arena, source, request->base, request->house, diags);
    if (!spec)
        return NULL;
    if (!str_eq(spec->id.s, planned->id) ||
        !same_edition(edition_choose(spec, request->edition), planned->edition)) {
        changed(source, diags);
        return NULL;
    }
    spec_check_edition(spec, request->edition, diags);
    if (!request->excerpt)
        warn_relations(plan, spec, request->warnings_as_errors ? diags : aside);
    add_history(planned, arena, spec);
    return diags->errors == errors ? spec : NULL;
}
