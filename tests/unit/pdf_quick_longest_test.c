/* The deflate writer with codes as long as RFC 1951 (3.2.7) permits, which those of the program are not:
 * whatever goes in comes out again. These codes stand in the place of quick_codes.c. */
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

/* The bytes 0 to 2 have 1 to 3 bits, matches of 4 to 6 bytes have 4 to 6; the next 48 bytes have 15, the
 * rest 14. */
enum { SHORT = 3, LONGEST = 48 };

#define TEN_E "eeeeeeeeee"
#define HUNDRED_E TEN_E TEN_E TEN_E TEN_E TEN_E TEN_E TEN_E TEN_E TEN_E TEN_E
#define TWELVE_F "ffffffffffff"
#define CODE                                                                                                 \
    {                                                                                                        \
        .literals =                                                                                          \
            "123" TWELVE_F TWELVE_F TWELVE_F TWELVE_F HUNDRED_E HUNDRED_E "eeeeeee456" TEN_E TEN_E "eeeee",  \
        .distances = "445555555555555555555555555555", .lengths = "4444444444445555554"                      \
    }
const struct quick_code quick_codes[QUICK_KINDS] = {CODE, CODE, CODE, CODE, CODE, CODE, CODE};
_Static_assert(QUICK_KINDS == 7, "each kind has a code");

static uint32_t chance(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % below;
}

static void longest_codes_come_back(void **state)
{
    enum { N = 20000, ROUNDS = 20 };
    struct quick *quick = quick_open();
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    char *data = base_malloc(N), *back = base_malloc(N), *packed = base_malloc(quick_bound(N));
    uint32_t seed = 4321;
    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < N; i++)
            data[i] = (char)(chance(&seed, 20) ? chance(&seed, SHORT) : SHORT + chance(&seed, LONGEST));
        size_t got = 0, size = quick_deflate(quick, QUICK_PROGRAM, data, N, packed);
        assert_true(size > 0);
        assert_int_equal(libdeflate_zlib_decompress(inflater, packed, size, back, N, &got),
                         LIBDEFLATE_SUCCESS);
        assert_int_equal(got, N);
        assert_memory_equal(back, data, N);
    }
    libdeflate_free_decompressor(inflater);
    quick_close(quick);
    free(data);
    free(back);
    free(packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(longest_codes_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
