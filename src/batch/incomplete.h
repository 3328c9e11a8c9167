/* A compendium that is not made because briefings in it failed. Whoever finds that, the run that made them or
 * the worker of another shard, says it in the same words: they stand in the manifest. */
#ifndef BRIEFING_BATCH_INCOMPLETE_H
#define BRIEFING_BATCH_INCOMPLETE_H

#include "base/buf.h"
#include "batch/plan.h"

/* Begins as {0}. */
struct incomplete {
    struct buf names;
    size_t count;
};

/* Another briefing that failed, in the order of the plan. */
void incomplete_add(struct incomplete *incomplete, const struct plan *plan, uint32_t spec);

/* Adds the diagnostic about an output where there are any. true when there are; the list is empty afterwards.
 */
bool incomplete_tell(struct incomplete *incomplete, const struct plan *plan, uint32_t output,
                     struct diags *diags);

#endif
