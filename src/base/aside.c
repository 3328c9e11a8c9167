/* Jobs stand in a ring. Who takes one out of its place does it: the second thread in order, the first one
 * what it needs. Waking a thread takes as long as a small job (some 50 µs on a virtual machine), so both look
 * for a while before they sleep. */
#define _GNU_SOURCE /* pthread_setaffinity_np, sched_getcpu */
#include "base/aside.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>

#include "base/arena.h"

enum {
    PLACES = 16,            /* so many wait at most: what they are made of is in memory all the while */
    LOOKS = 4000,           /* before it sleeps: about 100 µs */
    STACK = 8 * 1024 * 1024 /* as a process has: memory only where it is used */
};

struct aside {
    pthread_t thread;
    _Atomic(struct aside_job *) places[PLACES];
    atomic_size_t started; /* how many jobs were given out in all */
    size_t seen;           /* by the second thread */
    atomic_bool ending;
    bool in_turn;
    pthread_mutex_t lock; /* for sleeping only */
    pthread_cond_t changed;
    atomic_bool sleeps, waits; /* the second thread, without a job; the first, for one */
};

static void pause_a_moment(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#endif
}

static struct aside_job *take(struct aside *aside, size_t place)
{
    return atomic_exchange(&aside->places[place % PLACES], NULL);
}

static void wake(struct aside *aside)
{
    pthread_mutex_lock(&aside->lock);
    pthread_cond_broadcast(&aside->changed);
    pthread_mutex_unlock(&aside->lock);
}

static bool has_news(struct aside *aside)
{
    return atomic_load(&aside->started) != aside->seen || atomic_load(&aside->ending);
}

/* Each sets its flag before it looks once more, and looks at the other's flag after it has changed something:
 * so no change is slept through. */
static void await_news(struct aside *aside)
{
    for (int looks = 0; looks < LOOKS; looks++) {
        if (has_news(aside))
            return;
        pause_a_moment();
    }
    pthread_mutex_lock(&aside->lock);
    atomic_store(&aside->sleeps, true);
    while (!has_news(aside))
        pthread_cond_wait(&aside->changed, &aside->lock);
    atomic_store(&aside->sleeps, false);
    pthread_mutex_unlock(&aside->lock);
}

static void *help(void *data)
{
    struct aside *aside = data;
    for (;;) {
        await_news(aside);
        if (atomic_load(&aside->started) == aside->seen)
            return NULL;
        struct aside_job *job = take(aside, aside->seen++);
        if (!job)
            continue;
        job->run(job->data, ASIDE_HELPER);
        atomic_store(&job->done, true); /* it may be gone from here on */
        if (atomic_load(&aside->waits))
            wake(aside);
    }
}

/* The kernel likes to wake a thread where it was started, and takes some hundred milliseconds to spread two
 * that wake each other: longer than a document. So the second one keeps off the processor of the first, which
 * may go wherever it likes. Where that cannot be had the thread does without. Told once it runs: as an attribute
 * it would make the thread begin asleep, to be woken after its processors were chosen. */
static void keep_off_this_processor(pthread_t thread)
{
    cpu_set_t set;
    int here = sched_getcpu();
    if (here < 0 || here >= CPU_SETSIZE || sched_getaffinity(0, sizeof set, &set) != 0)
        return;
    CPU_CLR((size_t)here, &set);
    if (CPU_COUNT(&set) > 0)
        (void)pthread_setaffinity_np(thread, sizeof set, &set);
}

static bool start_thread(struct aside *aside)
{
    pthread_attr_t attributes;
    sigset_t all, before;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    (void)pthread_attr_setstacksize(&attributes, STACK);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool ok = pthread_create(&aside->thread, &attributes, help, aside) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    if (ok)
        keep_off_this_processor(aside->thread);
    return ok;
}

struct aside *aside_open(void)
{
    struct aside *aside = base_malloc(sizeof *aside);
    *aside = (struct aside){0};
    if (pthread_mutex_init(&aside->lock, NULL) == 0) {
        if (pthread_cond_init(&aside->changed, NULL) == 0) {
            if (start_thread(aside))
                return aside;
            pthread_cond_destroy(&aside->changed);
        }
        pthread_mutex_destroy(&aside->lock);
    }
    free(aside);
    return NULL;
}

void aside_dismiss(struct aside *aside)
{
    if (!aside)
        return;
    atomic_store(&aside->ending, true);
    if (atomic_load(&aside->sleeps))
        wake(aside);
}

void aside_close(struct aside *aside)
{
    if (!aside)
        return;
    aside_dismiss(aside);
    pthread_join(aside->thread, NULL);
    pthread_cond_destroy(&aside->changed);
    pthread_mutex_destroy(&aside->lock);
    free(aside);
}

void aside_in_turn(struct aside *aside, bool in_turn)
{
    aside->in_turn = in_turn;
}

static void await_job(struct aside *aside, struct aside_job *job)
{
    for (int looks = 0; looks < LOOKS; looks++) {
        if (atomic_load(&job->done))
            return;
        pause_a_moment();
    }
    pthread_mutex_lock(&aside->lock);
    atomic_store(&aside->waits, true);
    while (!atomic_load(&job->done))
        pthread_cond_wait(&aside->changed, &aside->lock);
    atomic_store(&aside->waits, false);
    pthread_mutex_unlock(&aside->lock);
}

void aside_start(struct aside *aside, struct aside_job *job, void (*run)(void *data, enum aside_who who),
                 void *data)
{
    job->run = run;
    job->data = data;
    atomic_store_explicit(&job->done, false, memory_order_relaxed);
    size_t place = aside ? atomic_load(&aside->started) : 0;
    if (!aside || atomic_load(&aside->places[place % PLACES])) {
        run(data, ASIDE_CALLER);
        atomic_store_explicit(&job->done, true, memory_order_relaxed);
        return;
    }
    job->place = place;
    atomic_store(&aside->places[place % PLACES], job);
    atomic_store(&aside->started, place + 1);
    if (atomic_load(&aside->sleeps))
        wake(aside);
    if (aside->in_turn)
        await_job(aside, job);
}

static void run_here(struct aside_job *job)
{
    job->run(job->data, ASIDE_CALLER);
    atomic_store_explicit(&job->done, true, memory_order_relaxed);
}

/* The latest job that nobody has begun: the other thread comes to it last. */
static struct aside_job *take_any(struct aside *aside)
{
    size_t end = atomic_load(&aside->started);
    for (size_t back = 1; back <= PLACES && back <= end; back++) {
        struct aside_job *job = take(aside, end - back);
        if (job)
            return job;
    }
    return NULL;
}

void aside_finish(struct aside *aside, struct aside_job *job)
{
    if (!aside || atomic_load(&job->done))
        return;
    struct aside_job *own = job;
    if (atomic_compare_exchange_strong(&aside->places[job->place % PLACES], &own, NULL)) {
        run_here(job);
        return;
    }
    struct aside_job *other;
    while (!atomic_load(&job->done) && (other = take_any(aside)) != NULL)
        run_here(other);
    await_job(aside, job);
}
