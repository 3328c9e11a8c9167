/* Which task is next. */
#ifndef BRIEFING_BATCH_QUEUE_H
#define BRIEFING_BATCH_QUEUE_H

#include "batch/plan.h"

struct queue_task {
    uint32_t task, from; /* the first output that is left to make */
    bool taken;
};

/* Tasks of the plan with something to make, specs before compendia. */
struct queue {
    struct queue_task *items;
    uint32_t count, specs; /* so many are no compendia */
    uint32_t fresh, any;   /* before these: no spec that nobody has begun, nothing that is left */
    uint32_t open_specs;   /* tasks of specs that are not done */
    uint32_t *again;       /* what a dead worker left */
    uint32_t again_count;
};

void queue_init(struct queue *queue, struct plan *plan);

/* The next task for a worker whose last one was `last` (PLAN_NONE: none): best another one of the same spec,
 * which it has read; else of a spec that nobody has begun. Compendia wait until all else is done. PLAN_NONE:
 * nothing now. */
uint32_t queue_take(struct queue *queue, const struct plan *plan, uint32_t last);

/* A task that was taken is done; or, when its worker died, goes on from an output, if any is left. */
void queue_finish(struct queue *queue, uint32_t index);
void queue_return(struct queue *queue, const struct plan *plan, uint32_t index, uint32_t from);

#endif
