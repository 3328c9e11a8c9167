/* Deflating with codes known beforehand: whatever goes in comes out again, and is the same whatever went in
 * before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <libdeflate.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "pdf/quick.h"

static const char words[] = "0 -14 Td[(the ex)20(c)10(ha)5(ng)10(e of)]TJ\nEMC/P<</MCID 12>>BDC\n";

/* Deflates, inflates again and compares; returns how many bytes it took, 0: it was not taken. */
static size_t check(struct quick *quick, enum quick_kind kind, const char *data, size_t n)
{
    char *packed = base_malloc(quick_bound(n) + 1), *back = base_malloc(n + 1);
    const char guard = 'G';
    packed[quick_bound(n)] = guard;
    size_t size = quick_deflate(quick, kind, data, n, packed), got = 0;
    assert_int_equal(packed[quick_bound(n)], guard);
    if (size) {
        struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
        assert_int_equal(libdeflate_zlib_decompress(inflater, packed, size, back, n, &got),
                         LIBDEFLATE_SUCCESS);
        assert_int_equal(got, n);
        assert_memory_equal(back, data, n);
        libdeflate_free_decompressor(inflater);
    }
    free(packed);
    free(back);
    return size;
}

static uint32_t chance(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % below;
}

/* Pieces of words; of so many one is a single byte of any value. */
static void fill(char *data, size_t n, uint32_t seldom)
{
    uint32_t seed = 12345;
    for (size_t i = 0; i < n;) {
        if (chance(&seed, seldom) == 0) {
            data[i++] = (char)chance(&seed, 256);
            continue;
        }
        size_t from = chance(&seed, sizeof words / 2), length = 1 + chance(&seed, sizeof words / 2);
        for (size_t k = 0; k < length && i < n; k++)
            data[i++] = words[from + k];
    }
}

static void comes_back(void **state)
{
    enum { MOST = 200000 };
    static const size_t sizes[] = {2000, 32767, 32768, 32769, 65536, MOST};
    struct quick *quick = quick_open();
    char *data = base_malloc(MOST);
    (void)state;
    for (enum quick_kind kind = 0; kind < QUICK_KINDS; kind++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            fill(data, sizes[i], 50);
            size_t size = check(quick, kind, data, sizes[i]);
            assert_true(size <= sizes[i] / 2);
            assert_true(kind != QUICK_CONTENTS || size);
        }
    memset(data, 'a', MOST); /* the longest matches there are */
    for (size_t n = MOST - 300; n < MOST; n++)
        assert_true(check(quick, QUICK_OBJECTS, data, n) > 0);
    memset(data, 0, MOST);
    for (size_t i = 0; i + 4 < MOST; i += 30000) /* matches from as far away as can be, and further */
        memcpy(data + i + i / 30000 * 700, words, 40);
    assert_true(check(quick, QUICK_TEXT, data, MOST) > 0);
    free(data);
    quick_close(quick);
}

static void takes_what_is_short(void **state)
{
    struct quick *quick = quick_open();
    char data[3000];
    (void)state;
    memset(data, 'e', sizeof data);
    for (size_t n = 0; n < sizeof data; n++) {
        size_t size = check(quick, QUICK_CONTENTS, data, n);
        assert_true(size <= n / 2 && (n < 400 || size));
    }
    quick_close(quick);
}

/* Runs of few letters, and copies from any distance, of any length around the longest. */
static void short_streams_come_back(void **state)
{
    enum { MOST = 300, ROUNDS = 2000 };
    struct quick *quick = quick_open();
    char data[MOST];
    uint32_t seed = 777;
    size_t taken = 0;
    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        size_t n = sizeof(uint64_t) + chance(&seed, MOST - sizeof(uint64_t) + 1);
        for (size_t i = 0; i < n;) {
            if (i == 0 || chance(&seed, 8) == 0) {
                data[i++] = (char)('a' + chance(&seed, 3));
                continue;
            }
            size_t back = 1 + chance(&seed, (uint32_t)i), length = 1 + chance(&seed, 40);
            if (chance(&seed, 4) == 0)
                length = 250 + chance(&seed, 20);
            for (; length && i < n; length--, i++)
                data[i] = data[i - back];
        }
        taken += check(quick, QUICK_PROGRAM, data, n) > 0;
        check(quick, QUICK_SMALL, data, n);
    }
    assert_true(taken > ROUNDS / 4);
    quick_close(quick);
}

static void leaves_what_is_different(void **state)
{
    struct quick *quick = quick_open();
    char data[5000];
    (void)state;
    fill(data, sizeof data, 1);
    for (enum quick_kind kind = 0; kind < QUICK_KINDS; kind++)
        assert_int_equal(check(quick, kind, data, sizeof data), 0);
    quick_close(quick);
}

static void forgets_what_was_before(void **state)
{
    enum { N = 20000 };
    struct quick *one = quick_open(), *other = quick_open();
    char *data = base_malloc(N), *first = base_malloc(quick_bound(N)), *second = base_malloc(quick_bound(N));
    (void)state;
    fill(data, N, 40);
    size_t n = quick_deflate(one, QUICK_CONTENTS, data, N, first);
    for (size_t i = 0; i < 40; i++) {
        quick_deflate(other, QUICK_OBJECTS, data + i * 100, N - i * 100, second);
        assert_int_equal(quick_deflate(other, QUICK_CONTENTS, data, N, second), n);
        assert_memory_equal(first, second, n);
    }
    free(data);
    free(first);
    free(second);
    quick_close(one);
    quick_close(other);
}

static unsigned length_of(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* Each bit after each other means something, and nothing means two things. */
static void expect_whole(const char *lengths, size_t count, unsigned longest)
{
    uint32_t sum = 0;
    assert_int_equal(strlen(lengths), count);
    for (size_t i = 0; i < count; i++) {
        unsigned n = length_of(lengths[i]);
        assert_true(n <= longest);
        sum += n ? 1u << (longest - n) : 0;
    }
    assert_int_equal(sum, 1u << longest);
}

static void has_whole_codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < QUICK_KINDS; i++) {
        expect_whole(quick_codes[i].literals, QUICK_LITERALS, 15);
        expect_whole(quick_codes[i].distances, QUICK_DISTANCES, 15);
        expect_whole(quick_codes[i].lengths, QUICK_LENGTHS, 7);
        assert_null(strchr(quick_codes[i].literals, '0'));
        assert_null(strchr(quick_codes[i].distances, '0'));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back),
        cmocka_unit_test(takes_what_is_short),
        cmocka_unit_test(short_streams_come_back),
        cmocka_unit_test(leaves_what_is_different),
        cmocka_unit_test(forgets_what_was_before),
        cmocka_unit_test(has_whole_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
