/* What a run tells of its outputs when it is over: manifest, thumbnails, page; and whether it must, for where
 * nothing has changed they are as they would be written again. */
#ifndef BRIEFING_BATCH_TELL_H
#define BRIEFING_BATCH_TELL_H

#include "batch/run.h"

/* Lives in the plan's arena. */
struct manifest_head tell_head(struct batch_run *run);

/* Writes what must be written. *told is what the ledger is to remember of it. false with a diagnostic. */
bool tell_outputs(struct batch_run *run, struct ledger_told *told);

#endif
