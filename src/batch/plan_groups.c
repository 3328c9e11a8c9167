/* Planning: who gets what. Specs × tiers, members × what they watch, and the compendia of both. */
#include <stdlib.h>
#include <string.h>

#include "batch/plan.h"

/* One spec for one tier. */
struct cell {
    bool edition;
    uint32_t copies; /* of members; then, how many of them have their place */
    uint32_t group;  /* of the copies */
};

/* A compendium that somebody gets: a member, or (PLAN_NONE) all readers of a tier. */
struct binding {
    const uint32_t *specs;
    uint32_t count, tier, member;
};

struct builder {
    struct plan *plan;
    struct diags *diags;
    struct idmap tiers;
    struct cell *cells;
    uint32_t *every;   /* all specs */
    uint32_t *watched; /* by the member at hand, each once, by id */
    uint32_t watched_count;
    uint32_t *last_watcher; /* of each spec, + 1 */
    struct binding *bindings;
    size_t binding_count, binding_room;
    size_t task_cap;
};

static uint32_t tier_index(struct builder *builder, struct str tier)
{
    struct plan *plan = builder->plan;
    size_t index = idmap_add(&builder->tiers, tier, plan->tier_count);
    if (index == plan->tier_count)
        plan->tiers[plan->tier_count++] = tier;
    return (uint32_t)index;
}

static size_t member_count(const struct plan *plan)
{
    return plan->request->roster ? plan->request->roster->members.count : 0;
}

static const struct member *member_at(const struct plan *plan, size_t i)
{
    return &plan->request->roster->members.items[i];
}

static void collect_tiers(struct builder *builder)
{
    struct plan *plan = builder->plan;
    const struct batch_request *request = plan->request;
    size_t most = request->tier_count + request->house->tiers.count;
    plan->tiers = ARENA_ARRAY(&plan->arena, struct str, most);
    idmap_init(&builder->tiers, &plan->arena, most);
    for (size_t i = 0; i < request->tier_count; i++)
        tier_index(builder, request->tiers[i]);
    for (size_t i = 0; i < member_count(plan); i++)
        tier_index(builder, member_at(plan, i)->tier.s);
}

static struct cell *cell_at(const struct builder *builder, uint32_t spec, uint32_t tier)
{
    return &builder->cells[(size_t)spec * builder->plan->tier_count + tier];
}

static int compare_numbers(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

/* Fills builder->watched; false for a member who gets nothing. */
static bool find_watched(struct builder *builder, uint32_t index)
{
    struct plan *plan = builder->plan;
    const struct member *member = member_at(plan, index);
    builder->watched_count = 0;
    if (date_is_set(member->unsubscribed.date))
        return false;
    for (uint32_t i = 0; member->all_entities && i < plan->spec_count; i++)
        builder->watched[builder->watched_count++] = i;
    for (size_t i = 0; !member->all_entities && i < member->entities.count; i++) {
        size_t spec = idmap_find(&plan->spec_ids, member->entities.items[i].s);
        if (spec == SIZE_MAX || builder->last_watcher[spec] == index + 1)
            continue;
        builder->last_watcher[spec] = index + 1;
        builder->watched[builder->watched_count++] = (uint32_t)spec;
    }
    qsort(builder->watched, builder->watched_count, sizeof *builder->watched, compare_numbers);
    return builder->watched_count > 0;
}

/* Without an excerpt: a roster's lines hold passwords and addresses. */
static void tell_unknown(struct diags *diags, const struct text *entity)
{
    size_t line = 0, column = 0;
    if (diags->per_code[DIAG_UNKNOWN_ENTITY] < diags->limit)
        span_line_column(entity->at, &line, &column);
    diag_add(diags, DIAG_UNKNOWN_ENTITY, span_none(),
             STR_FMT ":%zu:%zu: no spec of this run has the id '" STR_FMT "', which a member watches",
             STR_ARG(entity->at.source ? entity->at.source->name : STR("")), line, column,
             STR_ARG(entity->s));
}

static void warn_unknown(struct builder *builder)
{
    struct plan *plan = builder->plan;
    struct arena scratch;
    arena_init(&scratch);
    size_t count = 0;
    struct idmap seen = {0};
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1)
            idmap_init(&seen, &scratch, count);
        for (size_t i = 0; i < member_count(plan); i++) {
            const struct member *member = member_at(plan, i);
            for (size_t n = 0; !date_is_set(member->unsubscribed.date) && n < member->entities.count; n++) {
                const struct text *entity = &member->entities.items[n];
                if (idmap_find(&plan->spec_ids, entity->s) != SIZE_MAX)
                    continue;
                if (pass == 0)
                    count++;
                else if (idmap_find(&seen, entity->s) == SIZE_MAX) {
                    idmap_add(&seen, entity->s, 0);
                    tell_unknown(builder->diags, entity);
                }
            }
        }
    }
    arena_done(&scratch);
}

static struct binding *add_binding(struct builder *builder, uint32_t tier, uint32_t member)
{
    struct binding *binding = &builder->bindings[builder->binding_count++];
    *binding = (struct binding){builder->every, builder->plan->spec_count, tier, member};
    return binding;
}

/* Members first fill the cells; a shared copy is the edition of the member's tier. */
static void count_members(struct builder *builder, bool *personal)
{
    struct plan *plan = builder->plan;
    for (uint32_t i = 0; i < member_count(plan); i++) {
        const struct member *member = member_at(plan, i);
        if (!find_watched(builder, i))
            continue;
        uint32_t tier = tier_index(builder, member->tier.s);
        for (uint32_t n = 0; n < builder->watched_count; n++) {
            struct cell *cell = cell_at(builder, builder->watched[n], tier);
            if (member->personal_copy)
                cell->copies++;
            else
                cell->edition = true;
        }
        if (!member->personal_copy)
            continue;
        *personal = true;
        if (!plan->request->compendium)
            continue;
        struct binding *binding = add_binding(builder, tier, i);
        if (builder->watched_count == plan->spec_count)
            continue;
        uint32_t *specs = ARENA_ARRAY(&plan->arena, uint32_t, builder->watched_count);
        memcpy(specs, builder->watched, builder->watched_count * sizeof *specs);
        binding->specs = specs;
        binding->count = builder->watched_count;
    }
}

static void add_group(struct builder *builder, struct plan_group group)
{
    struct plan *plan = builder->plan;
    group.first = plan->output_count;
    struct plan_group *place = &plan->groups[plan->group_count++];
    *place = group;
    if (!place->compendium)
        place->specs = &place->own;
    place->edition =
        place->compendium ? plan->edition : edition_format(&plan->arena, plan->specs[place->own].edition);
    place->name =
        str_printf(&plan->arena, STR_FMT "%s" STR_FMT "_" STR_FMT ".pdf", STR_ARG(plan_entity(plan, place)),
                   place->edition.n ? "_" : "", STR_ARG(place->edition), STR_ARG(plan->tiers[place->tier]));
}

static void add_output(struct builder *builder, uint32_t member)
{
    struct plan *plan = builder->plan;
    plan->outputs[plan->output_count++] =
        (struct plan_output){.group = plan->group_count - 1, .member = member};
    plan->groups[plan->group_count - 1].count++;
}

/* Editions and copies of the specs. Copies get their members later, in one walk over the roster. */
static void add_specs(struct builder *builder)
{
    struct plan *plan = builder->plan;
    for (uint32_t spec = 0; spec < plan->spec_count; spec++)
        for (uint32_t tier = 0; tier < plan->tier_count; tier++) {
            struct cell *cell = cell_at(builder, spec, tier);
            struct plan_group group = {.tier = tier, .own = spec, .spec_count = 1};
            if (cell->edition) {
                add_group(builder, group);
                add_output(builder, PLAN_NONE);
            }
            if (!cell->copies)
                continue;
            group.personal = true;
            cell->group = plan->group_count;
            add_group(builder, group);
            for (; cell->copies; cell->copies--)
                add_output(builder, PLAN_NONE);
        }
    for (uint32_t i = 0; i < member_count(plan); i++) {
        if (!find_watched(builder, i) || !member_at(plan, i)->personal_copy)
            continue;
        uint32_t tier = tier_index(builder, member_at(plan, i)->tier.s);
        for (uint32_t n = 0; n < builder->watched_count; n++) {
            struct cell *cell = cell_at(builder, builder->watched[n], tier);
            plan->outputs[plan->groups[cell->group].first + cell->copies++].member = i;
        }
    }
}

static int compare_contents(const struct binding *a, const struct binding *b)
{
    if (a->tier != b->tier)
        return a->tier < b->tier ? -1 : 1;
    if ((a->member == PLAN_NONE) != (b->member == PLAN_NONE))
        return a->member == PLAN_NONE ? -1 : 1;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (uint32_t i = 0; a->specs != b->specs && i < a->count; i++)
        if (a->specs[i] != b->specs[i])
            return a->specs[i] < b->specs[i] ? -1 : 1;
    return 0;
}

static int compare_bindings(const void *left, const void *right)
{
    const struct binding *a = left, *b = right;
    int order = compare_contents(a, b);
    return order ? order : (a->member > b->member) - (a->member < b->member);
}

/* Those that bind the same briefings for the same tier are laid out once. */
static void add_compendia(struct builder *builder)
{
    struct plan *plan = builder->plan;
    for (size_t i = 0; plan->request->compendium && i < plan->request->tier_count; i++)
        add_binding(builder, tier_index(builder, plan->request->tiers[i]), PLAN_NONE);
    qsort(builder->bindings, builder->binding_count, sizeof *builder->bindings, compare_bindings);
    for (size_t i = 0; i < builder->binding_count; i++) {
        const struct binding *binding = &builder->bindings[i];
        if (i == 0 || compare_contents(binding - 1, binding) != 0)
            add_group(builder, (struct plan_group){.compendium = true,
                                                   .personal = binding->member != PLAN_NONE,
                                                   .tier = binding->tier,
                                                   .own = PLAN_NONE,
                                                   .specs = binding->specs,
                                                   .spec_count = binding->count});
        add_output(builder, binding->member);
    }
}

static bool is_among(const struct str *ids, size_t count, struct str id)
{
    bool found = count == 0;
    for (size_t i = 0; !found && i < count; i++)
        found = plan_same_id(ids[i], id);
    return found;
}

/* Whether --only and --member ask for an output. Who shares an edition is served by it. */
static void choose(struct builder *builder)
{
    struct plan *plan = builder->plan;
    const struct batch_request *request = plan->request;
    bool *wanted = ARENA_ARRAY(&plan->arena, bool, member_count(plan)); /* members */
    for (size_t i = 0; i < (size_t)plan->spec_count * plan->tier_count; i++)
        builder->cells[i].edition = request->member_count == 0;
    for (uint32_t i = 0; i < member_count(plan); i++) {
        wanted[i] = is_among(request->members, request->member_count, member_at(plan, i)->id.s);
        if (!wanted[i] || member_at(plan, i)->personal_copy || !find_watched(builder, i))
            continue;
        uint32_t tier = tier_index(builder, member_at(plan, i)->tier.s);
        for (uint32_t n = 0; n < builder->watched_count; n++)
            cell_at(builder, builder->watched[n], tier)->edition = true;
    }
    for (uint32_t g = 0; g < plan->group_count; g++) {
        const struct plan_group *group = &plan->groups[g];
        bool entity = is_among(request->only, request->only_count, plan_entity(plan, group));
        bool edition = group->compendium ? request->member_count == 0
                                         : cell_at(builder, group->own, group->tier)->edition;
        for (uint32_t i = group->first; i < group->first + group->count; i++) {
            struct plan_output *output = &plan->outputs[i];
            bool whose = output->member == PLAN_NONE ? edition : wanted[output->member];
            output->state = entity && whose ? PLAN_MAKE : PLAN_UNASKED;
        }
    }
}

static void add_tasks(struct builder *builder)
{
    struct plan *plan = builder->plan;
    for (uint32_t g = 0; g < plan->group_count; g++)
        for (uint32_t done = 0; done < plan->groups[g].count; done += PLAN_CHUNK) {
            uint32_t left = plan->groups[g].count - done;
            plan->tasks = arena_grow(&plan->arena, plan->tasks, plan->task_count, &builder->task_cap,
                                     sizeof *plan->tasks);
            plan->tasks[plan->task_count++] =
                (struct plan_task){.group = g,
                                   .first = plan->groups[g].first + done,
                                   .count = left < PLAN_CHUNK ? left : PLAN_CHUNK};
        }
}

/* Room for all at once: groups point into themselves, and an array that grows leaves its smaller selves
 * behind. */
static void make_room(struct builder *builder)
{
    struct plan *plan = builder->plan;
    size_t outputs = builder->binding_room, groups = outputs;
    for (size_t i = 0; i < (size_t)plan->spec_count * plan->tier_count; i++) {
        outputs += builder->cells[i].copies + builder->cells[i].edition;
        groups += 2;
    }
    plan->outputs = ARENA_ARRAY(&plan->arena, struct plan_output, outputs);
    plan->groups = ARENA_ARRAY(&plan->arena, struct plan_group, groups);
}

bool plan_groups(struct plan *plan, struct diags *diags)
{
    struct builder builder = {.plan = plan, .diags = diags};
    const struct batch_request *request = plan->request;
    struct arena *arena = &plan->arena;
    bool personal = false;
    collect_tiers(&builder);
    builder.cells = ARENA_ARRAY(arena, struct cell, (size_t)plan->spec_count * plan->tier_count);
    builder.every = ARENA_ARRAY(arena, uint32_t, plan->spec_count);
    builder.watched = ARENA_ARRAY(arena, uint32_t, plan->spec_count);
    builder.last_watcher = ARENA_ARRAY(arena, uint32_t, plan->spec_count);
    builder.binding_room = request->compendium ? member_count(plan) + request->tier_count : 0;
    builder.bindings = ARENA_ARRAY(arena, struct binding, builder.binding_room);
    for (uint32_t i = 0; i < plan->spec_count; i++) {
        builder.every[i] = i;
        for (size_t t = 0; t < request->tier_count; t++)
            cell_at(&builder, i, tier_index(&builder, request->tiers[t]))->edition = true;
    }
    warn_unknown(&builder);
    count_members(&builder, &personal);
    if (personal && !request->key) {
        struct diag *diag = diag_add(diags, DIAG_USAGE, span_none(), "members' personal copies need a key");
        diag_hint(diags, diag,
                  "add --key-file FILE; 'head -c 32 /dev/urandom >FILE' makes one. Keep it: copies are "
                  "traced by it");
        return false;
    }
    make_room(&builder);
    memset(builder.last_watcher, 0, plan->spec_count * sizeof *builder.last_watcher);
    add_specs(&builder);
    add_compendia(&builder);
    memset(builder.last_watcher, 0, plan->spec_count * sizeof *builder.last_watcher);
    choose(&builder);
    add_tasks(&builder);
    return true;
}
