/* Comparing ids and marks with all copies. */
#include "trace/search.h"

#include <string.h>

enum { MAX_HITS = 16 };

struct searching {
    struct arena *arena;
    const struct trace_ids *ids;
    const struct trace_marks *marks;
    struct trace_search *search;
    size_t wanted;
};

static struct trace_hit *find(struct trace_search *search, const struct copy_id *id)
{
    for (size_t i = 0; i < search->hits.count; i++)
        if (strcmp(search->hits.items[i].who.id.text, id->text) == 0)
            return &search->hits.items[i];
    return NULL;
}

/* NULL when there are too many already. */
static struct trace_hit *add(struct searching *searching, const struct trace_candidate *candidate)
{
    struct trace_hit *hit = find(searching->search, &candidate->id);
    if (hit || searching->search->hits.count == MAX_HITS)
        return hit;
    hit = ARENA_PUSH(searching->arena, &searching->search->hits);
    hit->who = *candidate;
    struct str *texts[] = {&hit->who.member, &hit->who.entity, &hit->who.edition,
                           &hit->who.tier,   &hit->who.path,   &hit->who.digest};
    for (size_t i = 0; i < sizeof texts / sizeof(void *); i++)
        *texts[i] = str_dup(searching->arena, *texts[i]);
    return hit;
}

/* ---- ids */

static bool visit_for_ids(void *self, const struct trace_candidate *candidate)
{
    struct searching *searching = self;
    const struct trace_id *id = ids_find(searching->ids, &candidate->id);
    struct trace_hit *hit = id ? add(searching, candidate) : NULL;
    if (!hit)
        return true;
    hit->first_page = id->first_page;
    hit->pages = id->pages;
    return searching->search->hits.count < searching->wanted;
}

bool search_ids(struct arena *arena, const struct trace_source *source, const struct trace_ids *ids,
                struct trace_search *search, struct diags *diags)
{
    struct searching searching = {.arena = arena, .ids = ids, .search = search, .wanted = MAX_HITS};
    size_t shaped = 0;
    for (size_t i = 0; i < ids->count; i++)
        shaped += ids->items[i].shaped;
    if (shaped) /* those are ids by all appearance; once they are found, the rest is words */
        searching.wanted = shaped < MAX_HITS ? shaped : MAX_HITS;
    return ids->count == 0 || candidates_each(source, visit_for_ids, &searching, &search->cut, diags);
}

/* ---- marks */

static void weigh(struct trace_hit *hit, const struct trace_marks *marks, size_t copies)
{
    hit->agree = marks_agree(marks, &hit->who.id);
    hit->chance = marks_chance(hit->agree, marks->count, copies);
    hit->marked = hit->chance < MARKS_SURE;
}

/* Keeps what would stand out if it were alone; their number is known only at the end. */
static bool visit_for_marks(void *self, const struct trace_candidate *candidate)
{
    struct searching *searching = self;
    struct trace_search *search = searching->search;
    size_t agree = marks_agree_quick(searching->marks, &candidate->id);
    search->copies++;
    if (agree > search->best_agree)
        search->best_agree = agree;
    if (marks_chance(agree, searching->marks->count, search->copies) < MARKS_SURE)
        add(searching, candidate);
    return true;
}

/* Those whose ids were read stay, whatever the marks say. */
static void drop_unsure(struct trace_search *search, size_t known)
{
    size_t kept = known;
    for (size_t i = known; i < search->hits.count; i++)
        if (search->hits.items[i].marked)
            search->hits.items[kept++] = search->hits.items[i];
    search->hits.count = kept;
}

bool search_is_hopeless(const struct trace_marks *marks)
{
    return marks_chance(marks->count, marks->count, 1) >= MARKS_SURE;
}

bool search_marks(struct arena *arena, const struct trace_source *source, const struct trace_marks *marks,
                  struct trace_search *search, struct diags *diags)
{
    struct searching searching = {.arena = arena, .marks = marks, .search = search};
    size_t known = search->hits.count;
    bool settled = search_is_hopeless(marks);
    for (size_t i = 0; i < known; i++) {
        weigh(&search->hits.items[i], marks, known);
        settled = settled || search->hits.items[i].marked;
    }
    if (settled)
        return true;
    if (!candidates_each(source, visit_for_marks, &searching, &search->cut, diags))
        return false;
    for (size_t i = 0; i < search->hits.count; i++)
        weigh(&search->hits.items[i], marks, search->copies);
    drop_unsure(search, known);
    return true;
}
