/* The workers of a run: forked, fed with tasks, watched, and replaced when they die. */
#ifndef BRIEFING_BATCH_POOL_H
#define BRIEFING_BATCH_POOL_H

#include "batch/run.h"

struct pool;

/* For the outputs of the plan that are PLAN_MAKE now. */
struct pool *pool_open(struct batch_run *run);

/* Forks workers and gives them tasks, as far as that needs neither ledger nor record: what they say is heard
 * by pool_run, which also tells what went wrong here. */
void pool_begin(struct pool *pool);

/* Makes all outputs. false with a diagnostic when it cannot go on: no process can be started, the ledger
 * fails, nothing can be written any more; or when the user wants it to end. No worker is at work afterwards.
 */
bool pool_run(struct pool *pool);

/* Waits for the end of all workers, which comes at once where they are still at work. */
void pool_close(struct pool *pool);

#endif
