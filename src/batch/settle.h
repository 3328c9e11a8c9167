/* What is there already: compares the plan with the ledger and the files. */
#ifndef BRIEFING_BATCH_SETTLE_H
#define BRIEFING_BATCH_SETTLE_H

#include "batch/run.h"

/* Finishes what a killed run began (renames what it had noted), and marks the outputs that need not be made
 * as PLAN_KEPT. from: the ledger to read, with the name that it has for the folder; another one than the
 * run's own when a shard looks into the ledger of whole runs. Nothing is written in a dry run. Sets
 * run->unchanged when the run's own ledger vouches for all that is planned and nothing has changed since it
 * was told of. false with a diagnostic when a ledger fails. */
bool settle_outputs(struct batch_run *run, struct ledger *from, struct str folder);

#endif
