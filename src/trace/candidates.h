/* The copies that there are: those of a ledger, and those that a roster and the key could have made. */
#ifndef BRIEFING_TRACE_CANDIDATES_H
#define BRIEFING_TRACE_CANDIDATES_H

#include "base/copy_id.h"
#include "batch/ledger.h"
#include "model/run.h"
#include "trace/ids.h"

struct trace_candidate {
    struct copy_id id;
    struct str member, entity, edition, tier;
    struct str path, digest;     /* as the ledger has them; empty: only its key tells of it */
    const struct member *person; /* of the roster; NULL: not in it */
    bool recorded;               /* in the ledger */
};

/* Where to look. Without ledger or key what needs it is left out. */
struct trace_source {
    struct ledger *ledger;
    const struct roster *roster; /* may be NULL */
    const struct copy_key *key;  /* NULL: none; needs a roster */
    struct trace_editions editions;
    const struct str *entities; /* of members who watch all */
    size_t entity_count;
    bool all_watch_all;      /* also what a member does not watch: a copy on demand may be of any entity */
    const struct str *shown; /* entities that every member may have a copy of */
    size_t shown_count;
    const struct str *tiers; /* a member's own is tried first */
    size_t tier_count;
};

/* Returns false to stop. The candidate's texts live until the visit returns. */
typedef bool trace_visit(void *self, const struct trace_candidate *candidate);

/* Visits what the ledger has, then what the key makes, in constant memory. Of the latter there can be more
 * than anybody waits for: *cut is set when not all were tried. false with a diagnostic when the ledger fails.
 */
bool candidates_each(const struct trace_source *source, trace_visit *visit, void *self, bool *cut,
                     struct diags *diags);

/* The member of that id, whatever its case, or NULL. */
const struct member *candidates_person(const struct roster *roster, struct str id);

#endif
