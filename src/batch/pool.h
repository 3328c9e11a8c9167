/* The workers of a run: forked, fed with tasks, watched, and replaced when they die. */
#ifndef BRIEFING_BATCH_POOL_H
#define BRIEFING_BATCH_POOL_H

#include "batch/run.h"

/* Makes all outputs of the plan that are PLAN_MAKE. false with a diagnostic when it cannot go on: no process
 * can be started, the ledger fails, nothing can be written any more; or when the user wants it to end. No
 * worker is left. */
bool pool_run(struct batch_run *run);

#endif
