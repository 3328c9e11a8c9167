/* A second thread: every job is done once, by whichever thread, and its result is there when it is finished.
 */
#define _GNU_SOURCE /* sched_getaffinity */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/aside.h"

enum { MANY = 2000, AHEAD = 40 };

struct sum {
    struct aside_job job;
    unsigned from, count;
    unsigned
        result; /* written by one thread, read by the other: without atomics, for ThreadSanitizer to see */
    int done;
    enum aside_who who;
};

static void add_up(void *data, enum aside_who who)
{
    struct sum *sum = data;
    sum->result = 0;
    for (unsigned i = 0; i < sum->count; i++)
        sum->result += sum->from + i;
    sum->done++;
    sum->who = who;
}

static unsigned wanted(const struct sum *sum)
{
    return sum->count * sum->from + sum->count * (sum->count - (sum->count > 0)) / 2;
}

/* AHEAD jobs at a time, more than there are places, finished forwards, backwards or not in order. */
static void run_many(struct aside *aside)
{
    struct sum *sums = calloc(AHEAD, sizeof *sums);
    assert_non_null(sums);
    unsigned random = 1;
    for (unsigned round = 0; round < MANY / AHEAD; round++) {
        for (unsigned i = 0; i < AHEAD; i++) {
            random = random * 1664525u + 1013904223u;
            sums[i] = (struct sum){.from = round + i, .count = random >> 8 & 0xFFF};
            aside_start(aside, &sums[i].job, add_up, &sums[i]);
        }
        for (unsigned i = 0; i < AHEAD; i++) {
            unsigned at = round % 3 == 0 ? i : round % 3 == 1 ? AHEAD - 1 - i : i * 7 % AHEAD;
            aside_finish(aside, &sums[at].job);
            assert_int_equal(sums[at].done, 1);
            assert_int_equal(sums[at].result, wanted(&sums[at]));
        }
    }
    free(sums);
}

static void every_job_is_done_once(void **state)
{
    (void)state;
    struct aside *aside = aside_open();
    assert_non_null(aside);
    run_many(aside);
    aside_close(aside);
}

static void without_a_thread_too(void **state)
{
    (void)state;
    run_many(NULL);
    struct sum sum = {.count = 3};
    aside_start(NULL, &sum.job, add_up, &sum);
    assert_int_equal(sum.done, 1); /* already */
    assert_int_equal(sum.who, ASIDE_CALLER);
    aside_dismiss(NULL);
    aside_close(NULL);
}

static void sleep_ms(long ms)
{
    struct timespec time = {.tv_nsec = ms * 1000000};
    nanosleep(&time, NULL);
}

/* It sleeps by then, and must be woken. */
static void wakes_up(void **state)
{
    (void)state;
    struct aside *aside = aside_open();
    for (int i = 0; i < 20; i++) {
        struct sum sum = {.count = 10};
        sleep_ms(2);
        aside_start(aside, &sum.job, add_up, &sum);
        while (!atomic_load(&sum.job.done)) /* nobody else would do it */
            sched_yield();
        aside_finish(aside, &sum.job);
        assert_int_equal(sum.who, ASIDE_HELPER);
        assert_int_equal(sum.done, 1);
    }
    aside_close(aside);
}

/* A job that ends only when those behind it are done: only another thread can do them. */
struct long_job {
    struct aside_job job;
    struct sum others[3];
    atomic_bool begun, given_out;
    enum aside_who who;
};

static void take_long(void *data, enum aside_who who)
{
    struct long_job *job = data;
    job->who = who;
    atomic_store(&job->begun, true);
    while (!atomic_load(&job->given_out))
        sched_yield();
    for (int i = 0; i < 3; i++)
        while (!atomic_load(&job->others[i].job.done))
            sched_yield();
}

/* What waits for a long job does the ones behind it; else this test would not end. */
static void does_not_wait_idly(void **state)
{
    (void)state;
    struct aside *aside = aside_open();
    struct long_job job = {.others = {{.count = 2}, {.count = 3}, {.count = 4}}};
    aside_start(aside, &job.job, take_long, &job);
    while (!atomic_load(&job.begun))
        sched_yield();
    for (int i = 0; i < 3; i++)
        aside_start(aside, &job.others[i].job, add_up, &job.others[i]);
    atomic_store(&job.given_out, true);
    aside_finish(aside, &job.job);
    assert_int_equal(job.who, ASIDE_HELPER);
    for (int i = 0; i < 3; i++) {
        aside_finish(aside, &job.others[i].job);
        assert_int_equal(job.others[i].done, 1);
        assert_int_equal(job.others[i].result, wanted(&job.others[i]));
        assert_int_equal(job.others[i].who, ASIDE_CALLER);
    }
    aside_close(aside);
}

static void look_at_signals(void *data, enum aside_who who)
{
    sigset_t *set = data;
    (void)who;
    pthread_sigmask(SIG_SETMASK, NULL, set);
}

/* A signal goes to the thread that expects it. */
static void takes_no_signals(void **state)
{
    (void)state;
    sigset_t here, there;
    struct aside_job job;
    struct aside *aside = aside_open();
    pthread_sigmask(SIG_SETMASK, NULL, &here);
    assert_int_equal(sigismember(&here, SIGINT), 0);
    aside_start(aside, &job, look_at_signals, &there);
    while (!atomic_load(&job.done))
        sched_yield();
    aside_finish(aside, &job);
    assert_int_equal(sigismember(&there, SIGINT), 1);
    assert_int_equal(sigismember(&there, SIGTERM), 1);
    aside_dismiss(aside);
    aside_close(aside);
}

static void look_at_processors(void *data, enum aside_who who)
{
    (void)who;
    if (sched_getaffinity(0, sizeof(cpu_set_t), data) != 0)
        CPU_ZERO((cpu_set_t *)data);
}

static int processors_of_helper(void)
{
    cpu_set_t set;
    struct aside_job job;
    struct aside *aside = aside_open();
    assert_non_null(aside);
    aside_start(aside, &job, look_at_processors, &set);
    while (!atomic_load(&job.done))
        sched_yield();
    aside_finish(aside, &job);
    aside_close(aside);
    return CPU_COUNT(&set);
}

/* It may go to all processors but one; where there is only one, to that. */
static void keeps_off_our_processor(void **state)
{
    (void)state;
    cpu_set_t all, one;
    assert_int_equal(sched_getaffinity(0, sizeof all, &all), 0);
    int count = CPU_COUNT(&all);
    assert_int_equal(processors_of_helper(), count > 1 ? count - 1 : 1);
    CPU_ZERO(&one);
    for (size_t i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; i++)
        if (CPU_ISSET(i, &all))
            CPU_SET(i, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    assert_int_equal(processors_of_helper(), 1);
    assert_int_equal(sched_setaffinity(0, sizeof all, &all), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_job_is_done_once),
        cmocka_unit_test(without_a_thread_too),
        cmocka_unit_test(wakes_up),
        cmocka_unit_test(does_not_wait_idly),
        cmocka_unit_test(takes_no_signals),
        cmocka_unit_test(keeps_off_our_processor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
