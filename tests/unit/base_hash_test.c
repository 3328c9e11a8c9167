/* Digests and marks of much data: another byte, another length or another order is another one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
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

static int compare_marks(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* What a sum of words forgives: a few letters near each other whose case is another one. */
static void other_capitals_are_another_mark(void **state)
{
    (void)state;
    enum { LETTERS = 40, MOST_MARKS = 1 + LETTERS + LETTERS * LETTERS / 2 + LETTERS * LETTERS * LETTERS / 6 };
    char text[LETTERS + 3];
    uint64_t *marks = calloc(MOST_MARKS, sizeof *marks);
    assert_non_null(marks);
    size_t count = 0;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + (int)(i * 7 % 26));
    const struct str all = {text, sizeof text};
    marks[count++] = hash_mark(all);
    for (size_t i = 0; i < LETTERS; i++) {
        text[i] ^= 0x20;
        marks[count++] = hash_mark(all);
        for (size_t j = i + 1; j < LETTERS; j++) {
            text[j] ^= 0x20;
            marks[count++] = hash_mark(all);
            for (size_t k = j + 1; k < LETTERS; k++) {
                text[k] ^= 0x20;
                marks[count++] = hash_mark(all);
                text[k] ^= 0x20;
            }
            text[j] ^= 0x20;
        }
        text[i] ^= 0x20;
    }
    assert_true(count > 10000 && count <= MOST_MARKS);
    assert_int_equal(marks[0], hash_mark(all));
    qsort(marks, count, sizeof *marks, compare_marks);
    for (size_t i = 1; i < count; i++)
        assert_true(marks[i - 1] != marks[i]);
    free(marks);
}

static void other_ends_are_another_mark(void **state)
{
    (void)state;
    static const char zeros[MOST + 1];
    uint64_t marks[MOST + 1];
    for (size_t n = 0; n <= MOST; n++) {
        marks[n] = hash_mark((struct str){zeros, n});
        for (size_t i = 0; i < n; i++)
            assert_true(marks[i] != marks[n]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_bytes_are_other_digests),  cmocka_unit_test(other_lengths_are_other_digests),
        cmocka_unit_test(other_orders_are_other_digests), cmocka_unit_test(other_capitals_are_another_mark),
        cmocka_unit_test(other_ends_are_another_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
