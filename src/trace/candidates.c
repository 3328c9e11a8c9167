/* Going through all copies that there may be. */
#include "trace/candidates.h"

enum { MOST_MADE = 200000000 }; /* ids of the key that are tried: about a minute */

struct visitor {
    trace_visit *visit;
    void *self;
    bool stopped, cut;
};

/* ---- of the ledger */

static bool visit_made(void *self, const struct ledger_copy *copy)
{
    struct visitor *visitor = self;
    struct trace_candidate candidate = {
        .member = copy->member,
        .entity = copy->entity,
        .edition = copy->edition,
        .tier = copy->tier,
        .path = copy->path,
        .digest = copy->digest,
        .recorded = true,
    };
    if (copy_id_parse(copy->copy, &candidate.id))
        visitor->stopped = !visitor->visit(visitor->self, &candidate);
    return !visitor->stopped;
}

/* ---- of the key */

struct making {
    const struct trace_source *source;
    struct visitor *visitor;
    struct str *editions;
    struct trace_candidate candidate;
    unsigned left;
    bool own_tiers; /* what each member is a reader of; then all the others */
};

static void try_one(struct making *making)
{
    struct trace_candidate *one = &making->candidate;
    const struct copy_subject subject = {one->member, one->entity, one->edition, one->tier};
    if (making->left-- == 0) {
        making->visitor->stopped = making->visitor->cut = true;
        return;
    }
    one->id = copy_id_make(making->source->key, &subject);
    making->visitor->stopped = !making->visitor->visit(making->visitor->self, one);
}

static void try_tiers(struct making *making)
{
    const struct trace_source *source = making->source;
    struct str own = making->candidate.person->tier.s;
    making->candidate.tier = own;
    if (making->own_tiers)
        try_one(making);
    for (size_t i = 0; !making->own_tiers && i < source->tier_count && !making->visitor->stopped; i++) {
        making->candidate.tier = source->tiers[i];
        if (!str_eq(own, source->tiers[i]))
            try_one(making);
    }
}

static void try_entities(struct making *making)
{
    const struct trace_source *source = making->source;
    const struct member *person = making->candidate.person;
    bool all = person->all_entities || source->all_watch_all;
    for (size_t i = 0; i < source->shown_count && !making->visitor->stopped; i++) {
        making->candidate.entity = source->shown[i];
        try_tiers(making);
    }
    for (size_t i = 0; !all && i < person->entities.count && !making->visitor->stopped; i++) {
        making->candidate.entity = person->entities.items[i].s;
        try_tiers(making);
    }
    for (size_t i = 0; all && i < source->entity_count && !making->visitor->stopped; i++) {
        making->candidate.entity = source->entities[i];
        try_tiers(making);
    }
}

static void try_members(struct making *making)
{
    const struct roster *roster = making->source->roster;
    for (size_t i = 0; i < roster->members.count && !making->visitor->stopped; i++) {
        making->candidate.person = &roster->members.items[i];
        making->candidate.member = making->candidate.person->id.s;
        try_entities(making);
    }
}

static void try_editions(struct making *making)
{
    for (size_t i = 0; i < making->source->editions.count && !making->visitor->stopped; i++) {
        making->candidate.edition = making->editions[i];
        try_members(making);
    }
}

static void each_of_key(const struct trace_source *source, struct visitor *visitor)
{
    struct arena arena;
    arena_init(&arena);
    struct making making = {.source = source, .visitor = visitor, .left = MOST_MADE, .own_tiers = true};
    making.editions = ARENA_ARRAY(&arena, struct str, source->editions.count + 1);
    for (size_t i = 0; i < source->editions.count; i++)
        making.editions[i] = edition_format(&arena, source->editions.items[i]);
    try_editions(&making);
    making.own_tiers = false;
    if (!visitor->stopped)
        try_editions(&making);
    arena_done(&arena);
}

bool candidates_each(const struct trace_source *source, trace_visit *visit, void *self, bool *cut,
                     struct diags *diags)
{
    struct visitor visitor = {.visit = visit, .self = self};
    if (source->ledger && !ledger_copy_each(source->ledger, visit_made, &visitor, diags))
        return false;
    if (source->key && source->roster && !visitor.stopped)
        each_of_key(source, &visitor);
    *cut = visitor.cut;
    return true;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

const struct member *candidates_person(const struct roster *roster, struct str id)
{
    for (size_t i = 0; roster && i < roster->members.count; i++) {
        struct str other = roster->members.items[i].id.s;
        size_t same = 0;
        while (other.n == id.n && same < id.n && lower(other.p[same]) == lower(id.p[same]))
            same++;
        if (other.n == id.n && same == id.n)
            return &roster->members.items[i];
    }
    return NULL;
}
