/* Temporary files that a killed process left. */
#ifndef BRIEFING_BATCH_SWEEP_H
#define BRIEFING_BATCH_SWEEP_H

#include "batch/plan.h"

/* Removes those of the plan's own outputs (of our shard), in all their folders; only under the lock.
 */
void sweep_all(const struct plan *plan);

/* Removes those of one output, whose worker died. */
void sweep_one(const struct plan *plan, uint32_t output);

#endif
