/* The parts of index.html. For index*.c only. */
#ifndef BRIEFING_BATCH_INDEX_H
#define BRIEFING_BATCH_INDEX_H

#include "base/stream.h"
#include "batch/html.h"
#include "batch/manifest.h"

struct index {
    struct ledger *ledger;
    struct str folder;
    int64_t run;
    const struct manifest_head *head;
    const char *output; /* the folder itself */
    bool pictured;      /* it has a folder of thumbnails */
    struct ledger_totals totals;
    struct stream stream; /* of the page under way */
    struct stream_set *set; /* NULL, or where pages wait for their names */
    struct diags *diags;
};

/* What a tier is called; its id where the house names none. */
struct str index_tier(const struct index *index, struct str id);
/* Its place in the house; behind all others where it has none. */
size_t index_tier_rank(const struct index *index, struct str id);

/* Outputs of one entity, or of one member, gathered before they are written. */
struct index_rows {
    struct arena arena;
    struct ledger_output *items;
    size_t count, cap;
};
/* Adds a copy. */
void index_rows_add(struct index_rows *rows, const struct ledger_output *output);
void index_rows_clear(struct index_rows *rows);

/* A list of diagnostics as a ledger holds them; returns how many. With out NULL: only counts. */
size_t index_messages(struct buf *out, struct str diagnostics);

/* The sections, each with its heading; nothing where there is nothing to show. false with a diagnostic when
 * the ledger fails. */
bool index_failed(struct index *index);
bool index_compendia(struct index *index);
bool index_briefings(struct index *index);
bool index_members(struct index *index);

#endif
