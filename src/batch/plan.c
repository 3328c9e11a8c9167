/* Planning: the specs of a run, what they are called, and what was asked for of them. */
#include "batch/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "batch/digest.h"
#include "batch/glance.h"
#include "yaml/yaml_tree.h"

enum { MOST_SHOWN = 8, LIKELY_BYTES = 64 * 1024 /* few specs are larger */ };

/* What a spec without an id is called: its file's name in the letters of a slug. */
static struct str name_of_file(struct arena *arena, const char *path)
{
    struct str name = str_from(path);
    name = str_slice(name, file_folder(name).n, name.n);
    for (size_t i = name.n; i-- > 1;)
        if (name.p[i] == '.') {
            name.n = i;
            break;
        }
    struct buf out = {0};
    for (size_t i = 0; i < name.n && out.n < 48; i++) {
        char c = name.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain)
            buf_char(&out, c);
        else if (out.n && out.p[out.n - 1] != '-')
            buf_char(&out, '-');
    }
    while (out.n && out.p[out.n - 1] == '-')
        out.n--;
    struct str slug = out.n ? str_dup(arena, buf_view(&out)) : STR("unnamed");
    buf_done(&out);
    return slug;
}

/* Into the room, or, where it is longer, into the arena. */
static bool read_spec(struct arena *scratch, const char *path, char *room, struct str *text)
{
    const char *why;
    size_t n;
    if (!file_read_into(path, room, LIKELY_BYTES, &n, &why))
        return file_read(scratch, path, YAML_MAX_BYTES, text, &why, NULL);
    *text = (struct str){room, n};
    return true;
}

/* A file that cannot be read stays without mark and id: who makes it says why. */
static void look_at(struct plan *plan, struct plan_spec *spec, char *room, bool fresh)
{
    struct arena scratch;
    arena_init(&scratch);
    struct str text;
    if (read_spec(&scratch, spec->path, room, &text)) {
        struct glance glance = glance_at(&plan->arena, text);
        spec->id = glance.id;
        spec->edition = glance.edition;
        spec->bytes = text.n;
        spec->mark = hash_mark(text);
        if (!fresh)
            (void)digest_note(spec, text);
    }
    if (plan->request->edition.kind != EDITION_NONE)
        spec->edition = plan->request->edition;
    arena_done(&scratch);
}

static void look_at_all(struct plan *plan, bool fresh)
{
    char *room = base_malloc(LIKELY_BYTES);
    for (uint32_t i = 0; i < plan->spec_count; i++) {
        plan->specs[i].path = plan->request->spec_paths[i];
        look_at(plan, &plan->specs[i], room, fresh);
    }
    free(room);
}

static int compare_specs(const void *left, const void *right)
{
    const struct plan_spec *a = left, *b = right;
    int order = str_cmp(a->id, b->id);
    return order ? order : strcmp(a->path, b->path);
}

/* Of two specs with one id neither is made: nobody can know which is meant. The second one is left out of the
 * plan, and the first remembers it. */
static void settle_ids(struct plan *plan)
{
    qsort(plan->specs, plan->spec_count, sizeof *plan->specs, compare_specs);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < plan->spec_count; i++) {
        struct plan_spec *spec = &plan->specs[i];
        if (spec->id.n && kept && str_eq(plan->specs[kept - 1].id, spec->id)) {
            if (!plan->specs[kept - 1].rival)
                plan->specs[kept - 1].rival = spec->path;
            continue;
        }
        if (plan->request->compendium && str_is(spec->id, "compendium"))
            spec->rival = "the run's own compendium";
        plan->specs[kept++] = *spec;
    }
    plan->spec_count = kept;
    idmap_init(&plan->spec_ids, &plan->arena, kept);
    for (uint32_t i = 0; i < kept; i++)
        if (plan->specs[i].id.n)
            idmap_add(&plan->spec_ids, plan->specs[i].id, i);
    for (uint32_t i = 0; i < kept; i++) {
        struct plan_spec *spec = &plan->specs[i];
        struct str name = spec->id.n ? spec->id : name_of_file(&plan->arena, spec->path);
        struct str tried = name;
        for (unsigned n = 2; !spec->id.n; n++) {
            if (idmap_add(&plan->spec_ids, tried, i) == i)
                spec->id = tried;
            else
                tried = str_printf(&plan->arena, STR_FMT "-%u", STR_ARG(name), n);
        }
    }
    /* Those without an id stand first until now. */
    qsort(plan->specs, kept, sizeof *plan->specs, compare_specs);
    idmap_init(&plan->spec_ids, &plan->arena, kept);
    for (uint32_t i = 0; i < kept; i++)
        idmap_add(&plan->spec_ids, plan->specs[i].id, i);
}

/* A compendium is of the run's edition; of the latest one where each spec has its own. */
static void settle_edition(struct plan *plan)
{
    struct edition_id latest = plan->request->edition;
    if (latest.kind == EDITION_NONE)
        for (uint32_t i = 0; i < plan->spec_count; i++)
            if (plan->specs[i].edition.kind != EDITION_NONE &&
                (latest.kind == EDITION_NONE || edition_compare(plan->specs[i].edition, latest) > 0))
                latest = plan->specs[i].edition;
    plan->edition = edition_format(&plan->arena, latest);
}

static void nothing_named(struct diags *diags, const char *option, struct str id, const struct str *known,
                          size_t count)
{
    struct diag *diag =
        diag_add(diags, DIAG_USAGE, span_none(), "%s: the run has no '" STR_FMT "'", option, STR_ARG(id));
    struct str nearest = str_nearest(id, known, count);
    if (nearest.n) {
        diag_hint(diags, diag, "did you mean '" STR_FMT "'?", STR_ARG(nearest));
    } else if (count <= MOST_SHOWN) {
        struct buf list = {0};
        for (size_t i = 0; i < count; i++)
            buf_printf(&list, "%s" STR_FMT, i ? ", " : "", STR_ARG(known[i]));
        diag_hint(diags, diag, "it has " STR_FMT, STR_ARG(buf_view(&list)));
        buf_done(&list);
    }
}

static bool is_known(const struct str *ids, size_t count, struct str id)
{
    bool known = false;
    for (size_t i = 0; !known && i < count; i++)
        known = plan_same_id(id, ids[i]);
    return known;
}

static bool check_only(struct plan *plan, struct diags *diags)
{
    const struct batch_request *request = plan->request;
    struct str *ids = ARENA_ARRAY(&plan->arena, struct str, plan->spec_count);
    for (uint32_t i = 0; i < plan->spec_count; i++)
        ids[i] = plan->specs[i].id;
    size_t found = 0;
    for (size_t i = 0; i < request->only_count; i++) {
        bool compendium = request->compendium && plan_same_id(request->only[i], STR("compendium"));
        if (!compendium && !is_known(ids, plan->spec_count, request->only[i]))
            nothing_named(diags, "--only", request->only[i], ids, plan->spec_count);
        else
            found++;
    }
    return found == request->only_count;
}

bool plan_same_id(struct str left, struct str right)
{
    bool same = left.n == right.n;
    for (size_t i = 0; same && i < left.n; i++) {
        char a = left.p[i], b = right.p[i];
        a = a >= 'A' && a <= 'Z' ? (char)(a - 'A' + 'a') : a;
        b = b >= 'A' && b <= 'Z' ? (char)(b - 'A' + 'a') : b;
        same = a == b;
    }
    return same;
}

static bool check_members(struct plan *plan, struct diags *diags)
{
    const struct batch_request *request = plan->request;
    size_t count = request->roster ? request->roster->members.count : 0, found = 0;
    struct str *ids = ARENA_ARRAY(&plan->arena, struct str, request->member_count ? count : 0);
    for (size_t m = 0; request->member_count && m < count; m++)
        ids[m] = request->roster->members.items[m].id.s;
    for (size_t i = 0; i < request->member_count; i++) {
        bool known = is_known(ids, count, request->members[i]);
        found += known;
        if (!known)
            nothing_named(diags, "--member", request->members[i], ids, count);
    }
    return found == request->member_count;
}

bool plan_init(struct plan *plan, const struct batch_request *request, bool fresh, struct diags *diags)
{
    *plan = (struct plan){.request = request};
    arena_init(&plan->arena);
    plan->spec_count = (uint32_t)request->spec_count;
    plan->specs = ARENA_ARRAY(&plan->arena, struct plan_spec, request->spec_count);
    digest_open(plan);
    look_at_all(plan, fresh);
    settle_ids(plan);
    settle_edition(plan);
    bool named = check_only(plan, diags);
    return check_members(plan, diags) && named && plan_groups(plan, diags);
}

void plan_done(struct plan *plan)
{
    digest_close(plan);
    arena_done(&plan->arena);
}

bool plan_scores(struct plan *plan, struct ledger *ledger, struct diags *diags)
{
    for (uint32_t i = 0; ledger && i < plan->spec_count; i++) {
        struct plan_spec *spec = &plan->specs[i];
        if (spec->edition.kind == EDITION_NONE)
            continue; /* what came before it is not known */
        if (!ledger_scores(ledger, &plan->arena, spec->id, &spec->scores, &spec->score_count, diags))
            return false;
        size_t kept = 0;
        for (size_t n = 0; n < spec->score_count; n++)
            if (edition_compare(spec->scores[n].edition, spec->edition) < 0)
                spec->scores[kept++] = spec->scores[n];
        spec->score_count = kept;
    }
    return true;
}

const struct member *plan_member(const struct plan *plan, uint32_t output)
{
    uint32_t member = plan->outputs[output].member;
    return member == PLAN_NONE ? NULL : &plan->request->roster->members.items[member];
}

struct str plan_kind(const struct plan *plan, uint32_t output)
{
    const struct plan_group *group = &plan->groups[plan->outputs[output].group];
    return group->compendium ? STR("compendium") : group->personal ? STR("copy") : STR("edition");
}

struct str plan_entity(const struct plan *plan, const struct plan_group *group)
{
    return group->compendium ? STR("compendium") : plan->specs[group->own].id;
}

void plan_path(const struct plan *plan, uint32_t output, struct buf *path)
{
    const struct member *member = plan_member(plan, output);
    if (member) {
        buf_str(path, STR("members/"));
        buf_str(path, member->id.s);
        buf_char(path, '/');
    }
    buf_str(path, plan->groups[plan->outputs[output].group].name);
}

struct copy_id plan_copy(const struct plan *plan, uint32_t output)
{
    const struct plan_group *group = &plan->groups[plan->outputs[output].group];
    return copy_id_make(plan->request->key, &(struct copy_subject){.member = plan_member(plan, output)->id.s,
                                                                   .entity = plan_entity(plan, group),
                                                                   .edition = group->edition,
                                                                   .tier = plan->tiers[group->tier]});
}
