/* What a worker does with a task: lay out what all its outputs share, then write each. */
#ifndef BRIEFING_BATCH_TASK_H
#define BRIEFING_BATCH_TASK_H

#include "batch/plan.h"

/* What a worker keeps between tasks: the spec read last, since the next task is mostly another tier of it. */
struct maker {
    const struct plan *plan;
    bool (*send)(void *self, struct str bytes); /* to the run; false: it is gone */
    void *self;
    uint32_t spec; /* PLAN_NONE: none yet */
    struct arena arena;
    struct diags diags;
    struct spec *loaded; /* NULL: it has errors */
    struct buf out, pdf, scratch;
};

void maker_init(struct maker *maker, const struct plan *plan, bool (*send)(void *self, struct str bytes),
                void *self);
void maker_done(struct maker *maker);

/* Whether a briefing of a compendium can be read and laid out alone. Whoever asks may die of it. */
bool maker_tries(const struct plan *plan, const struct plan_group *group, uint32_t spec);

/* Makes the outputs of a task that are to be made, from the given one on. false: nobody listens any more. */
bool maker_make(struct maker *maker, uint32_t task, uint32_t from);

#endif
