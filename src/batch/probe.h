/* Finding the briefing of which a compendium's worker died, where others make the briefings themselves. */
#ifndef BRIEFING_BATCH_PROBE_H
#define BRIEFING_BATCH_PROBE_H

#include "batch/run.h"

/* Lays out each briefing of a compendium whose fate is not known in a process of its own, with the limits of
 * a worker, and notes the fates: as they are known to a run that made the briefings before it bound them.
 * Waits for each. */
void probe_briefings(struct batch_run *run, const struct plan_group *group);

#endif
