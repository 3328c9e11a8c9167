/* A worker: a process that makes the outputs of the tasks it is given. */
#ifndef BRIEFING_BATCH_WORKER_H
#define BRIEFING_BATCH_WORKER_H

#include <stdatomic.h>
#include <sys/types.h>

#include "batch/plan.h"

/* What worker and run share. Each task that a worker is sent is an offer, with a number from 1 on, and stands in a cell
 * until worker or run takes it: WORKER_OFFERS at most, and one that the run takes for begun, but which the worker has not
 * come to. reached: twice the number of the task that the worker has begun, and one more when it is laid out. So that the
 * run knows what a dead worker died of, even where it had not yet told of the tasks before. */
enum { WORKER_OFFERS = 16, WORKER_CELLS = WORKER_OFFERS + 1 };
struct worker_shared {
    _Atomic uint32_t offers[WORKER_CELLS], reached;
};
/* shared may be NULL. A worker that is dead is found out by its end of file. */
void worker_offer(int socket, struct worker_shared *shared, uint32_t task, uint32_t from, uint32_t number);
/* Who takes an offer, worker or run, has it: the other one is told false. */
bool worker_takes(struct worker_shared *shared, uint32_t offer);

/* The life of a worker, from fork on: reads tasks from the socket until it ends, and makes those that the run has not
 * taken back. shared: NULL where nothing can be shared: none is taken back then. parent: who forked it. */
_Noreturn void worker_live(const struct plan *plan, int socket, struct worker_shared *shared, pid_t parent);

/* How long one output may take, and how much memory beyond what a worker begins with; 0: no limit. A
 * compendium gets a second and 4 MiB more for each of its briefings. */
int64_t worker_limit_us(const struct plan *plan, const struct plan_group *group);
uint64_t worker_limit_bytes(const struct plan *plan, const struct plan_group *group);

/* Bytes of addresses in use by this process; and a limit to so many more, where either is not 0. */
uint64_t worker_address_space(void);
void worker_limit_memory(uint64_t used, uint64_t more);

/* Exit statuses of a worker. 3 is that of base_out_of_memory. */
enum {
    WORKER_DONE = 0,
    WORKER_OUT_OF_MEMORY = 3,
    WORKER_LOST = 4,   /* the socket failed */
    WORKER_LACKING = 5 /* a library cannot be opened */
};

#endif
