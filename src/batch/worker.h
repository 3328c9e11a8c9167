/* A worker: a process that makes the outputs of the tasks it is given. */
#ifndef BRIEFING_BATCH_WORKER_H
#define BRIEFING_BATCH_WORKER_H

#include <stdatomic.h>
#include <sys/types.h>

#include "batch/plan.h"

/* The life of a worker, from fork on: reads tasks from the socket until it ends. A task with a number is an offer, made
 * unless the run has taken it back. parent: who forked it. */
_Noreturn void worker_live(const struct plan *plan, int socket, _Atomic uint32_t *cells, pid_t parent);

/* Offers stand in cells that worker and run share: WORKER_OFFERS at most, and one that the run takes for
 * begun, but which the worker has not come to. Their numbers count from 1, each is given once. Who takes an
 * offer, worker or run, has it: the other one is told false. */
enum { WORKER_OFFERS = 4, WORKER_CELLS = WORKER_OFFERS + 1 };
void worker_offers(_Atomic uint32_t *cells, uint32_t offer);
bool worker_takes(_Atomic uint32_t *cells, uint32_t offer);

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
