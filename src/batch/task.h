/* What a worker does with a task: lay out what all its outputs share, then write each. */
#ifndef BRIEFING_BATCH_TASK_H
#define BRIEFING_BATCH_TASK_H

#include <stdatomic.h>

#include "batch/plan.h"
#include "batch/report.h"

/* What a worker keeps between tasks: the spec read last, since the next task is mostly another tier of it. */
struct maker {
    const struct plan *plan;
    uint32_t spec; /* PLAN_NONE: none yet */
    struct arena arena;
    struct diags diags;
    struct spec *loaded; /* NULL: it has errors */
    struct buf pdf, scratch;
    struct report report;
    bool holds; /* the output of the task at hand may be told of later */
    _Atomic uint32_t *reached;
};

/* reached: that of struct worker_shared, or NULL: then each output is told at once. */
void maker_init(struct maker *maker, const struct plan *plan, _Atomic uint32_t *reached,
                bool (*send)(void *self, struct str bytes), void *self);
void maker_done(struct maker *maker);

/* Whether a briefing of a compendium can be read and laid out alone. Whoever asks may die of it. */
bool maker_tries(const struct plan *plan, const struct plan_group *group, uint32_t spec);

/* Makes the outputs of a task that are to be made, from the given one on. false: nobody listens any more. Of a few
 * briefings it tells together, soon: who has no next task at hand sends the report. */
bool maker_make(struct maker *maker, uint32_t task, uint32_t from);

#endif
