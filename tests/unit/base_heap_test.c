/* The heap of a short process: what is allocated keeps what was written, by either thread. */
#include "base/heap.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(keeps_what_is_written)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
