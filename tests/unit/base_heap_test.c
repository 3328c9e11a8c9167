/* The heap of a short process: what is allocated keeps what was written, by either thread. */
#include "base/heap.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
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

enum { HUGE = 2 * 1024 * 1024, NOT_HERE = 77 };

/* Free huge pages, as /proc/buddyinfo tells: the last two numbers and more of a line are blocks of at least one. */
static unsigned long free_huge_pages(void)
{
    unsigned long free = 0;
    char line[512];
    FILE *file = fopen("/proc/buddyinfo", "r");
    while (file && fgets(line, sizeof line, file)) {
        char *at = strstr(line, "zone");
        at = at ? strpbrk(at + 5, " ") : NULL;
        at = at ? at + strspn(at, " ") : NULL;
        at = at && (*at < '0' || *at > '9') ? strpbrk(at, " ") : at; /* behind the name */
        for (unsigned order = 0; at && *at; order++) {
            char *end;
            unsigned long blocks = strtoul(at, &end, 10);
            if (end == at)
                break;
            free += order >= 9 ? blocks << (order - 9) : 0;
            at = end;
        }
    }
    if (file)
        fclose(file);
    return free;
}

/* The place of the heap's memory for which huge pages are asked (VmFlags "hg"; proc_pid_smaps(5)), or 0. */
static uintptr_t asked_for(uintptr_t *end)
{
    char line[512];
    uintptr_t from = 0, to = 0, found = 0;
    FILE *file = fopen("/proc/self/smaps", "r");
    while (file && fgets(line, sizeof line, file)) {
        unsigned long long a, b;
        if (strchr(line, '-') && strspn(line, "0123456789abcdef") == strcspn(line, "-")) {
            char *rest;
            a = strtoull(line, &rest, 16);
            b = strtoull(rest + 1, NULL, 16);
            from = (uintptr_t)a;
            to = (uintptr_t)b;
        } else if (strncmp(line, "VmFlags:", 8) == 0 && strstr(line, " hg")) {
            found = from;
            *end = to;
        }
    }
    if (file)
        fclose(file);
    return found;
}

static void *allocate(void *place)
{
    *(void **)place = malloc(5000);
    return NULL;
}

/* A process of its own, in which nothing was allocated. 0: all well. */
static int begin_fresh(void)
{
    heap_keep();
    heap_hurry();
    void *theirs = NULL, *ours = malloc(100000);
    uintptr_t end = 0, huge = asked_for(&end);
    pthread_t thread;
    bool ran = pthread_create(&thread, NULL, allocate, &theirs) == 0 && pthread_join(thread, NULL) == 0;
    bool both = ran && (uintptr_t)ours < end && (uintptr_t)theirs >= huge && (uintptr_t)theirs < end;
    free(ours);
    free(theirs);
    if (free_huge_pages() < 100)
        return NOT_HERE;
    if (!huge || huge % HUGE != 0 || end - huge != HUGE)
        return 1;
    return both ? 0 : 2;
}

static void threads_share_a_huge_page(void **state)
{
    (void)state;
#if defined(__linux__) && !defined(BRIEFING_FREE_AT_END) /* the sanitizers have a heap of their own */
    pid_t pid = fork();
    if (pid == 0) {
        execl("/proc/self/exe", "base_heap_test", "fresh", (char *)NULL);
        _exit(4);
    }
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NOT_HERE)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
#else
    skip();
#endif
}

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1)
        return begin_fresh();
    const struct CMUnitTest tests[] = {cmocka_unit_test(threads_share_a_huge_page),
                                       cmocka_unit_test(keeps_what_is_written),
                                       cmocka_unit_test(forked_keeps_what_is_written)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
