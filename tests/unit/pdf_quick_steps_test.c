/* What deflating may do at each place is true: matches are of what is there, as long as they are, and near
 * enough. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "pdf/quick_book.h"
#include "pdf/quick_steps.h"

static uint32_t chance(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % below;
}

static size_t alike(const char *a, const char *b, size_t most)
{
    size_t n = 0;
    while (n < most && a[n] == b[n])
        n++;
    return n;
}

static void expect_step(const struct quick_steps *steps, size_t i, const char *data, size_t n, size_t at)
{
    size_t length = steps->lengths[i], distance = steps->distances[i], left = n - at;
    assert_int_equal(steps->groups[i], quick_steps_group(distance));
    if (length == 1) {
        assert_int_equal(steps->symbols[i], (unsigned char)data[at]);
        assert_int_equal(distance, 0);
        return;
    }
    assert_in_range(length, QUICK_STEP_LEAST, QUICK_STEP_MOST);
    assert_int_equal(steps->symbols[i], QUICK_END + length);
    assert_in_range(distance, 1, at < QUICK_WINDOW ? at : QUICK_WINDOW);
    assert_int_equal(alike(data + at, data + at - distance, left < QUICK_STEP_MOST ? left : QUICK_STEP_MOST),
                     length);
}

/* Checks all steps of a stream; returns how far the furthest match is. */
static size_t expect_steps(struct quick_steps *steps, const char *data, size_t n)
{
    size_t furthest = 0;
    quick_steps_begin(steps);
    for (size_t from = 1, to; from + QUICK_STEP_LEAST <= n; from = to) {
        to = quick_steps_find(steps, data, n, from);
        assert_in_range(to, from + 1, from + QUICK_STEPS);
        for (size_t at = from; at < to; at++) {
            expect_step(steps, at - from, data, n, at);
            if (steps->distances[at - from] > furthest)
                furthest = steps->distances[at - from];
        }
    }
    return furthest;
}

static void steps_are_true(void **state)
{
    enum { MOST = 150000 };
    static const size_t sizes[] = {8, 16, 17, 40, 1024, 1025, 1028, 1030, 5000, 32768, 40000, MOST};
    struct quick_steps *steps = base_malloc(sizeof *steps);
    char *data = base_malloc(MOST);
    uint32_t seed = 99;
    (void)state;
    *steps = (struct quick_steps){0};
    for (size_t i = 0; i < MOST;) {
        size_t length = i ? 1 + chance(&seed, 24) : 0, back = i ? 1 + chance(&seed, (uint32_t)i) : 0;
        if (chance(&seed, 3) == 0)
            back = 1 + chance(&seed, i < 20 ? (uint32_t)i + 1 : 20) % (i ? (uint32_t)i : 1);
        for (; length && i < MOST; length--, i++)
            data[i] = data[i - back];
        if (i < MOST)
            data[i++] = (char)chance(&seed, 256);
    }
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *exact = base_malloc(sizes[i]); /* so that nothing behind it is read */
        memcpy(exact, data, sizes[i]);
        size_t furthest = expect_steps(steps, exact, sizes[i]);
        assert_true(sizes[i] < 40000 || furthest > QUICK_WINDOW * 2 / 3);
        free(exact);
    }
    free(data);
    free(steps);
}

/* One that begins a byte or two later, and is longer, is put in its place. */
static void longer_matches_are_awaited(void **state)
{
    static const char data[] = "....abcd,,,,bcdefghi;;;;abcdefghi!!!!!!!!!!!!!!!!";
    struct quick_steps *steps = base_malloc(sizeof *steps);
    const size_t at = sizeof "....abcd,,,,bcdefghi;;;;" - 1;
    (void)state;
    *steps = (struct quick_steps){0};
    expect_steps(steps, data, sizeof data - 1);
    assert_int_equal(steps->lengths[at - 1], 1);
    assert_int_equal(steps->symbols[at - 1], 'a');
    assert_int_equal(steps->lengths[at], 8);
    free(steps);
}

/* RFC 1951, 3.2.5. */
static void groups_keep_distances_apart(void **state)
{
    static const uint32_t firsts[QUICK_DISTANCES] = {
        1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
        193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
    unsigned of_group[QUICK_GROUPS] = {0};
    (void)state;
    for (uint32_t distance = 1, far = 0; distance <= QUICK_WINDOW; distance++) {
        far += far < QUICK_DISTANCES && distance == firsts[far];
        assert_int_equal(quick_book_far(distance), far);
        size_t group = quick_steps_group(distance);
        assert_in_range(group, 1, QUICK_GROUPS - 1);
        assert_true(!of_group[group] || of_group[group] == far);
        of_group[group] = far;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_true),
        cmocka_unit_test(longer_matches_are_awaited),
        cmocka_unit_test(groups_keep_distances_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
