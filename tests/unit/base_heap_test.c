/* The heap of a short process: what is allocated keeps what was written, by either thread. */
#include "base/heap.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { PIECES = 600 };

/* 3 MiB and more in pieces of many sizes: beyond the huge page, and some in memory of their own. */
static void *fill_and_check(void *wrong)
{
    unsigned char *pieces[PIECES];
    size_t *count = wrong;
    for (size_t i = 0; i < PIECES; i++) {
        size_t size = 1 + i * 37 % 11000 + (i % 100 == 99 ? 300000 : 0);
        pieces[i] = malloc(size);
        if (!pieces[i])
            abort();
        memset(pieces[i], (int)(i % 251), size);
    }
    for (size_t i = 0; i < PIECES; i += 2)
        free(pieces[i]);
    for (size_t i = 0; i < PIECES; i += 2) {
        pieces[i] = calloc(1, 1 + i * 37 % 11000);
        for (size_t k = 0; pieces[i] && k < 1 + i * 37 % 11000; k++)
            *count += pieces[i][k] != 0;
    }
    for (size_t i = 1; i < PIECES; i += 2)
        for (size_t k = 0; k < 1 + i * 37 % 11000; k++)
            *count += pieces[i][k] != i % 251;
    for (size_t i = 0; i < PIECES; i++)
        free(pieces[i]);
    return NULL;
}

static void keeps_what_is_written(void **state)
{
    (void)state;
    char *before = malloc(100); /* the heap is in use already */
    assert_non_null(before);
    memset(before, 7, 100);
    heap_keep();
    for (int again = 0; again < 2; again++) {
        pthread_t thread;
        size_t wrong[2] = {0, 0};
        heap_hurry();
        assert_int_equal(pthread_create(&thread, NULL, fill_and_check, &wrong[1]), 0);
        fill_and_check(&wrong[0]);
        assert_int_equal(pthread_join(thread, NULL), 0);
        assert_int_equal(wrong[0], 0);
        assert_int_equal(wrong[1], 0);
    }
    for (int i = 0; i < 100; i++)
        assert_int_equal(before[i], 7);
    free(before);
}

/* In the child: what was written before is there, and so is what comes after. */
static int use_forked(const unsigned char *before, size_t n)
{
    size_t wrong = 0;
    heap_hurry_forked();
    (void)fill_and_check(&wrong);
    for (size_t i = 0; i < n; i++)
        wrong += before[i] != 7;
    return wrong == 0 ? 0 : 1;
}

/* With and without a hole in the heap that is large. */
static void forked_keeps_what_is_written(void **state)
{
    enum { LARGE = 3 * 1024 * 1024, BEFORE = 300000 };
    (void)state;
    for (int again = 0; again < 2; again++) {
        unsigned char *hole[16] = {NULL};
        for (size_t i = 0; again && i < 16; i++)
            hole[i] = malloc(LARGE / 16);
        unsigned char *before = malloc(BEFORE);
        assert_non_null(before);
        memset(before, 7, BEFORE);
        for (size_t i = 0; i < 16; i++)
            free(hole[i]);
        pid_t pid = fork();
        if (pid == 0)
            _exit(use_forked(before, BEFORE));
        int status = -1;
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_int_equal(status, 0);
        free(before);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(keeps_what_is_written),
                                       cmocka_unit_test(forked_keeps_what_is_written)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
