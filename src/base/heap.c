/* Huge pages are asked for where there are some: a fault that has to make one takes longer than the pages it
 * saves. */
#define _GNU_SOURCE /* madvise, sbrk */
#include "base/heap.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"

#ifdef __GLIBC__
#include <malloc.h>

enum { KIB = 1024, MIB = 1024 * KIB };

void heap_keep(void)
{
    mallopt(M_TOP_PAD, MIB);
    mallopt(M_MMAP_THRESHOLD, MIB / 4);
    mallopt(M_TRIM_THRESHOLD, 64 * MIB);
}

void heap_share(void)
{
    mallopt(M_ARENA_MAX, 1);
}

#ifdef MADV_HUGEPAGE

enum {
    PAGE = 4 * KIB,
    BEFORE = 8 * PAGE,
    HUGE = 2 * MIB,
    HUGE_ORDER = 9,
    FREE_LEAST = 64,
    TRIMS = 128 * KIB
};

/* The rest of a line of /proc/buddyinfo (proc_pid_mem(5)), "Node 0, zone Normal" being read: numbers of free
 * blocks of 1, 2, 4... pages. In huge pages. */
static unsigned long free_in_zone(const char *text)
{
    unsigned long pages = 0;
    char *end;
    for (unsigned order = 0;; order++, text = end) {
        unsigned long blocks = strtoul(text, &end, 10);
        if (end == text || order > HUGE_ORDER + 4)
            return pages;
        if (order >= HUGE_ORDER && blocks < 1UL << 24)
            pages += blocks << (order - HUGE_ORDER);
    }
}

/* Where there are few, a fault waits until the kernel has moved memory about: milliseconds. */
static bool has_many_free(void)
{
    char text[4 * KIB];
    const char *why;
    size_t n = 0;
    unsigned long free = 0;
    if (sysconf(_SC_PAGESIZE) != PAGE || !file_read_into("/proc/buddyinfo", text, sizeof text - 1, &n, &why))
        return false;
    text[n] = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        const char *name = strstr(line, "zone ");
        if (!name)
            continue;
        name += strlen("zone ");
        name += strspn(name, " ");
        free += free_in_zone(name + strcspn(name, " ")); /* DMA32 has digits in its name */
    }
    return free >= FREE_LEAST;
}

/* The heap goes on some pages before the place of a huge page, which must be untouched until it is asked for.
 * first bytes are taken from the heap's end for that long, and pad more are added to it. *passed: how many
 * addresses nobody will use. */
static bool begin_huge(size_t before, size_t first, int pad, size_t *passed)
{
    char *now = sbrk(0);
    if ((intptr_t)now == -1 || !has_many_free())
        return false;
    size_t to_huge = HUGE - 1 - ((uintptr_t)now + before - 1) % HUGE + before;
    char *huge = now + to_huge;
    if ((intptr_t)sbrk((intptr_t)(to_huge - before)) == -1)
        return false;
    *passed = to_huge - before;
    mallopt(M_TOP_PAD, pad);
    mallopt(M_MMAP_THRESHOLD, 2 * HUGE);
    char *taken = malloc(first);
    heap_keep();
    bool begun = taken >= huge - before && taken < huge && (char *)sbrk(0) >= huge + HUGE &&
                 madvise(huge, HUGE, MADV_HUGEPAGE) == 0;
    free(taken);
    return begun;
}

/* The heap's first pages are written as soon as there is a heap. What is asked for until a thread is started
 * has room there, too: the thread is on its way while the first clears the huge page, in which both then have
 * their memory. */
void heap_hurry(void)
{
    size_t passed;
    if (begin_huge(BEFORE, 1, 2 * HUGE, &passed))
        heap_share();
}

/* What is left at the heap's end goes back: it would be used before the huge page is. No hole is so large
 * that what comes first would come from there, and the page behind it lies behind the huge one. */
size_t heap_hurry_forked(void)
{
    size_t passed = 0;
    mallopt(M_TOP_PAD, 0);
    mallopt(M_TRIM_THRESHOLD, 0);
    void *volatile freed = malloc(TRIMS); /* volatile: or compilers leave both out */
    free(freed);
    heap_keep();
    (void)begin_huge(PAGE, HUGE + PAGE, PAGE, &passed);
    return passed;
}

#else

void heap_hurry(void)
{
}

size_t heap_hurry_forked(void)
{
    return 0;
}

#endif

#else

void heap_keep(void)
{
}

void heap_share(void)
{
}

void heap_hurry(void)
{
}

size_t heap_hurry_forked(void)
{
    return 0;
}

#endif
