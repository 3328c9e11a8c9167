/* What becomes of outputs that no worker can speak for any more. */
#ifndef BRIEFING_BATCH_MOURN_H
#define BRIEFING_BATCH_MOURN_H

#include <sys/types.h>

#include "batch/run.h"

struct mourning {
    uint32_t task, from; /* of the plan; the first output that was not finished */
    pid_t pid;
    int status;   /* of waitpid */
    bool overdue; /* killed by us, for its time */
    bool laid_out;
};

/* Reports a dead worker. It costs the output it was making; where it died over the layout, all outputs that
 * need that layout, as it would kill every next worker too. Gives the output with which the task goes on, or
 * the task's end. */
uint32_t mourn(struct batch_run *run, const struct mourning *mourning);

/* Fails what is left of a task from an output on when its layout has killed a worker, or, of a compendium,
 * when one of its briefings failed. false when there is no such reason. */
bool mourn_if_hopeless(struct batch_run *run, uint32_t task, uint32_t from);

/* Removes the temporary file of a worker that was stopped. */
void mourn_sweep(struct batch_run *run, uint32_t task, uint32_t from);

#endif
