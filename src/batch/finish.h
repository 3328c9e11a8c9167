/* The end of a run: last steps of its outputs, manifest and page, the last word in the ledger. */
#ifndef BRIEFING_BATCH_FINISH_H
#define BRIEFING_BATCH_FINISH_H

#include "batch/run.h"

/* When all workers are done. false with a diagnostic. */
bool finish_run(struct batch_run *run);

#endif
