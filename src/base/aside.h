/* A second thread for one document: jobs that nobody waits for yet are done aside, while the caller goes on.
 * The caller does itself what has not been begun when it needs it, so that it never waits for a thread to
 * wake up; without a second thread (NULL) each job is done where it is started. Results must not depend on
 * who does a job, nor on when. One thread starts and finishes jobs: the one that opened it. A process that
 * forks must not have one. */
#ifndef BRIEFING_BASE_ASIDE_H
#define BRIEFING_BASE_ASIDE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct aside;

/* Who does a job: a number for what each thread has of its own. */
enum aside_who { ASIDE_CALLER, ASIDE_HELPER, ASIDE_THREADS };

/* To be kept where it is until it is finished. */
struct aside_job {
    void (*run)(void *data, enum aside_who who);
    void *data;
    size_t place;
    atomic_bool done;
};

/* Starts the thread, which takes no signals. NULL when there can be none: that is no error. */
struct aside *aside_open(void);

/* Every job must have been finished. */
void aside_close(struct aside *aside);

/* Asks the thread to end as soon as it has nothing to do, without waiting for it; for an aside_close that
 * finds it gone. No job may be started any more. */
void aside_dismiss(struct aside *aside);

/* For tests: the second thread does each job before aside_start returns, so that it always comes first. */
void aside_in_turn(struct aside *aside, bool in_turn);

/* Gives out a job, or does it at once when many are waiting. */
void aside_start(struct aside *aside, struct aside_job *job, void (*run)(void *data, enum aside_who who),
                 void *data);

/* Returns when the job is done. Waiting for the other thread it does other jobs. */
void aside_finish(struct aside *aside, struct aside_job *job);

#endif
