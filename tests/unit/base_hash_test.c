/* Digests of much data: another byte, another length or another order is another digest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "base/hash.h"

enum { MOST = 200, WORD = 8 };

static void digest(const unsigned char *bytes, size_t n, unsigned char out[32])
{
    struct hash hash;
    hash_init(&hash);
    hash_bulk_field(&hash, (struct str){(const char *)bytes, n});
    hash_done(&hash, out);
}

static void fill(unsigned char *bytes)
{
    for (size_t i = 0; i < MOST; i++)
        bytes[i] = (unsigned char)(i * 37 + 11);
}

static void other_bytes_are_other_digests(void **state)
{
    (void)state;
    unsigned char bytes[MOST], was[32], now[32];
    fill(bytes);
    for (size_t n = 0; n <= MOST; n += 1 + n / 20) {
        digest(bytes, n, was);
        for (size_t i = 0; i < n; i++)
            for (int bit = 0; bit < 8; bit++) {
                bytes[i] ^= (unsigned char)(1 << bit);
                digest(bytes, n, now);
                assert_memory_not_equal(was, now, 32);
                bytes[i] ^= (unsigned char)(1 << bit);
            }
        digest(bytes, n, now);
        assert_memory_equal(was, now, 32);
    }
}

static void other_lengths_are_other_digests(void **state)
{
    (void)state;
    unsigned char zeros[MOST + 1] = {0}, digests[MOST + 1][32];
    for (size_t n = 0; n <= MOST; n++) {
        digest(zeros, n, digests[n]);
        for (size_t i = 0; i < n; i++)
            assert_memory_not_equal(digests[i], digests[n], 32);
    }
}

static void other_orders_are_other_digests(void **state)
{
    (void)state;
    unsigned char bytes[MOST], was[32], now[32], kept[WORD];
    fill(bytes);
    digest(bytes, MOST, was);
    for (size_t a = 0; a + WORD <= MOST; a += WORD)
        for (size_t b = a + WORD; b + WORD <= MOST; b += WORD) {
            fill(bytes);
            memcpy(kept, bytes + a, WORD);
            memcpy(bytes + a, bytes + b, WORD);
            memcpy(bytes + b, kept, WORD);
            digest(bytes, MOST, now);
            assert_memory_not_equal(was, now, 32);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_bytes_are_other_digests),
        cmocka_unit_test(other_lengths_are_other_digests),
        cmocka_unit_test(other_orders_are_other_digests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
