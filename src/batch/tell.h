/* What a run tells of its outputs when it is over: manifest, thumbnails, page; and whether it must, for where
 * nothing has changed they are as they would be written again. */
#ifndef BRIEFING_BATCH_TELL_H
#define BRIEFING_BATCH_TELL_H

#include "batch/run.h"

/* Lives in the plan's arena. */
struct manifest_head tell_head(struct batch_run *run);

/* Writes what must be written. *told is what the ledger is to remember of it. With a set, files wait in it
 * for their names, and *told is not whole before they have them. false with a diagnostic. */
bool tell_outputs(struct batch_run *run, struct ledger_told *told, struct stream_set *set);

/* Gives the set's files their names. synced: the disk has them already. false with a diagnostic. */
bool tell_names(struct batch_run *run, struct ledger_told *told, struct stream_set *set, bool synced);

#endif
