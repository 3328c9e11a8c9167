/* Whose copy it is: what was read of a PDF, compared with the copies that there are. */
#ifndef BRIEFING_TRACE_SEARCH_H
#define BRIEFING_TRACE_SEARCH_H

#include "trace/candidates.h"
#include "trace/ids.h"
#include "trace/marks.h"

/* A copy that was recognised. */
struct trace_hit {
    struct trace_candidate who; /* its texts live in the arena */
    bool in_metadata, typed;
    uint32_t first_page, pages; /* where its id stands in the text, and on how many pages: 0, not there */
    size_t agree;               /* of the marks read */
    double chance;              /* decimal logarithm, see marks_chance */
    bool marked;                /* the marks are surely of this copy */
};
struct trace_hits {
    struct trace_hit *items; /* each copy once */
    size_t count, cap;
};

/* What a search came to beside its hits. */
struct trace_search {
    struct trace_hits hits;
    size_t copies;     /* that were compared with the marks */
    size_t best_agree; /* of the copy among them that agrees most */
    bool cut;          /* there are more copies than were tried */
};

/* Adds a hit for each of the ids that is a copy's. false with a diagnostic when the ledger fails. */
bool search_ids(struct arena *arena, const struct trace_source *source, const struct trace_ids *ids,
                struct trace_search *search, struct diags *diags);

/* Weighs the marks for the hits that there are, and where that settles nothing, for all copies, of which
 * those that the marks are surely of become hits. False with a diagnostic when the ledger fails. */
bool search_marks(struct arena *arena, const struct trace_source *source, const struct trace_marks *marks,
                  struct trace_search *search, struct diags *diags);

/* Too few marks for any copy to be named by them. */
bool search_is_hopeless(const struct trace_marks *marks);

#endif
