/* What `trace` compares with: the ledger, the roster, the key, and what a run says of all three. */
#include "cli/trace.h"

#include <glob.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/secret.h"
#include "cli/batch_inputs.h"
#include "cli/key_file.h"
#include "cli/roster_file.h"
#include "cli/session.h"
#include "spec/idmap.h"
#include "spec/spec_read.h"
#include "yaml/yaml_tree.h"

enum { WAIT_MS = 5000, MAX_SPECS = 100000 };

struct opening {
    struct arena *arena;
    const struct options *options;
    struct trace_inputs *inputs;
    struct diags *diags;
    struct str folder; /* of the run */
};

/* ---- the run */

/* The option's path, else the run's, else NULL. */
static const char *path_of(const struct opening *opening, enum option_id option, struct str in_run)
{
    if (opening->options->value[option])
        return opening->options->value[option];
    return in_run.n ? file_join(opening->arena, opening->folder, in_run) : NULL;
}

static bool open_run(struct opening *opening)
{
    const char *path = opening->options->value[OPTION_RUN];
    if (!path)
        return true;
    struct diag_source *source = spec_open(opening->arena, path, YAML_MAX_BYTES, opening->diags);
    opening->inputs->run = source ? run_read(opening->arena, source, opening->diags) : NULL;
    opening->folder = file_folder(str_from(path));
    return opening->inputs->run != NULL;
}

/* ---- ledger */

/* The option's, else where a batch of the run has it; NULL: neither is given. */
static const char *ledger_path(const struct opening *opening)
{
    struct batch_inputs places = {0};
    struct diags told; /* the run's faults, by open_run */
    diags_init(&told, opening->arena);
    if (!opening->inputs->run)
        return opening->options->value[OPTION_LEDGER];
    return batch_inputs_places(&places, opening->arena, opening->options, opening->options->value[OPTION_RUN],
                               &told)
               ? places.ledger
               : NULL;
}

static bool open_ledger(struct opening *opening)
{
    const char *path = ledger_path(opening);
    size_t errors = opening->diags->errors;
    if (!path)
        return true;
    opening->inputs->source.ledger = ledger_open(path, true, WAIT_MS, opening->diags);
    if (opening->inputs->source.ledger)
        opening->inputs->ledger_path = path;
    else if (opening->diags->errors == errors && opening->options->value[OPTION_LEDGER])
        diag_add(opening->diags, DIAG_CANNOT_READ, span_none(), "cannot read %s: no such file or folder",
                 path);
    return opening->diags->errors == errors;
}

/* ---- roster, key, and what the key needs to know */

static bool open_key(struct opening *opening)
{
    const char *path = opening->options->value[OPTION_KEY_FILE];
    if (!path)
        return true;
    if (!key_file_read(path, &opening->inputs->key, opening->diags))
        return false;
    opening->inputs->source.key = &opening->inputs->key;
    return true;
}

static bool open_roster(struct opening *opening)
{
    const struct run *run = opening->inputs->run;
    const char *path = path_of(opening, OPTION_ROSTER, run ? run->roster.s : (struct str){0});
    if (!path)
        return true;
    opening->inputs->roster_path = path;
    opening->inputs->source.roster =
        roster_file_read(opening->arena, path, span_none(), NULL, opening->diags);
    return opening->inputs->source.roster != NULL;
}

struct ids {
    struct str *items;
    size_t count, cap;
};

static void add_id(struct arena *arena, struct idmap *map, struct ids *ids, struct str id)
{
    if (id.n && idmap_add(map, id, ids->count) == ids->count)
        *ARENA_PUSH(arena, ids) = id;
}

/* Those of the house; without one those that members have. */
static bool find_tiers(struct opening *opening)
{
    const struct run *run = opening->inputs->run;
    const struct roster *roster = opening->inputs->source.roster;
    const char *path = path_of(opening, OPTION_HOUSE, run ? run->house.s : (struct str){0});
    struct diag_source *source =
        path ? spec_open(opening->arena, path, YAML_MAX_BYTES, opening->diags) : NULL;
    const struct house *house = source ? house_read(opening->arena, source, opening->diags) : NULL;
    struct ids tiers = {0};
    struct idmap seen;
    idmap_init(&seen, opening->arena, roster->members.count + (house ? house->tiers.count : 0));
    for (size_t i = 0; house && i < house->tiers.count; i++)
        add_id(opening->arena, &seen, &tiers, house->tiers.items[i].id.s);
    for (size_t i = 0; !house && i < roster->members.count; i++)
        add_id(opening->arena, &seen, &tiers, roster->members.items[i].tier.s);
    opening->inputs->source.tiers = tiers.items;
    opening->inputs->source.tier_count = tiers.count;
    return !path || house;
}

/* The id that a spec has; empty where it cannot be read: then no copy was made of it either. */
static struct str id_of_spec(struct opening *opening, const char *path)
{
    struct diags ignored;
    diags_init(&ignored, opening->arena);
    struct diag_source *source = spec_open(opening->arena, path, YAML_MAX_BYTES, &ignored);
    const struct spec *spec = source ? spec_read(opening->arena, source, NULL, &ignored) : NULL;
    return spec ? spec->id.s : (struct str){0};
}

static void add_specs(struct opening *opening, struct idmap *seen, struct ids *entities)
{
    const struct run *run = opening->inputs->run;
    for (size_t i = 0; run && i < run->specs.count; i++) {
        glob_t found = {0};
        if (glob(file_join(opening->arena, opening->folder, run->specs.items[i].s), 0, NULL, &found) == 0)
            for (size_t k = 0; k < found.gl_pathc && entities->count < MAX_SPECS; k++)
                add_id(opening->arena, seen, entities, id_of_spec(opening, found.gl_pathv[k]));
        globfree(&found);
    }
}

/* Whoever watches all entities may have a copy of any that is known: those of the run, and what other members
 * watch. */
static void find_entities(struct opening *opening)
{
    const struct member_list *members = &opening->inputs->source.roster->members;
    size_t named = 0;
    for (size_t i = 0; i < members->count; i++)
        named += members->items[i].entities.count;
    struct ids entities = {0};
    struct idmap seen;
    idmap_init(&seen, opening->arena, named + MAX_SPECS);
    add_specs(opening, &seen, &entities);
    for (size_t i = 0; i < members->count; i++)
        for (size_t k = 0; k < members->items[i].entities.count; k++)
            add_id(opening->arena, &seen, &entities, members->items[i].entities.items[k].s);
    opening->inputs->source.entities = entities.items;
    opening->inputs->source.entity_count = entities.count;
}

void trace_show_entity(struct trace_inputs *inputs, struct str entity)
{
    inputs->shown[1] = entity;
    inputs->source.shown_count = entity.n ? 2 : 1;
}

static bool check(const struct options *options, const struct trace_inputs *inputs, struct diags *diags)
{
    struct diag *diag;
    if (inputs->source.key && !inputs->source.roster) {
        diag = diag_add(diags, DIAG_USAGE, span_none(), "--key-file is of use with a roster only");
        diag_hint(diags, diag, "add --roster FILE, or --run RUN of a run that has one");
        return false;
    }
    if (inputs->source.key || inputs->source.ledger)
        return true;
    if (options->value[OPTION_RUN])
        diag = diag_add(diags, DIAG_USAGE, span_none(), "%s has no ledger yet, and no key is given",
                        options->value[OPTION_RUN]);
    else
        diag = diag_add(diags, DIAG_USAGE, span_none(), "there is nothing to compare with");
    diag_hint(diags, diag, "add --ledger FILE, or --roster FILE and --key-file FILE");
    return false;
}

bool trace_open(struct arena *arena, const struct options *options, struct trace_inputs *inputs,
                struct diags *diags)
{
    struct opening opening = {.arena = arena, .options = options, .inputs = inputs, .diags = diags};
    struct edition_id edition = {0};
    *inputs = (struct trace_inputs){.shown = {STR("compendium")}};
    inputs->source.shown = inputs->shown;
    inputs->source.shown_count = 1;
    if (!session_edition(options, &edition, diags) || !open_run(&opening) || !open_ledger(&opening) ||
        !open_roster(&opening) || !open_key(&opening) || !check(options, inputs, diags))
        return false;
    if (edition.kind != EDITION_NONE) {
        editions_add(arena, &inputs->source.editions, edition);
        inputs->one_edition = true;
    }
    if (!inputs->source.key)
        return true;
    find_entities(&opening);
    return find_tiers(&opening);
}

void trace_close(struct trace_inputs *inputs)
{
    if (inputs->source.ledger)
        ledger_close(inputs->source.ledger);
    secret_wipe(&inputs->key, sizeof inputs->key);
}
