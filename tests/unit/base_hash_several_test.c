/* Digests of several messages side by side are those that each has alone (libsodium's). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "base/hash.h"

enum { BLOCK = 128, LONGEST = 5 * BLOCK + 2, MOST = 17, LONG = 60000 };

typedef void (*way)(const struct str *messages, size_t count, unsigned char (*digests)[32]);
static const way ways[] = {hash_several, hash_several_plain};

static void fill(char *bytes, size_t n)
{
    uint32_t chance = 1;
    for (size_t i = 0; i < n; i++) {
        chance = chance * 1664525 + 1013904223;
        bytes[i] = (char)(chance >> 24);
    }
}

static void alone(struct str message, unsigned char out[32])
{
    struct hash hash;
    hash_init(&hash);
    hash_add(&hash, message.p, message.n);
    hash_done(&hash, out);
}

static void assert_as_alone(const struct str *messages, size_t count)
{
    unsigned char digests[MOST + 1][32], expected[32];
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        memset(digests, 0xA5, sizeof digests);
        ways[w](messages, count, digests);
        for (size_t i = 0; i < count; i++) {
            alone(messages[i], expected);
            assert_memory_equal(digests[i], expected, 32);
        }
        memset(expected, 0xA5, sizeof expected); /* nothing is written behind the last one */
        assert_memory_equal(digests[count], expected, 32);
    }
}

static void each_length_in_each_company(void **state)
{
    (void)state;
    static char bytes[LONGEST + MOST];
    fill(bytes, sizeof bytes);
    for (size_t n = 0; n <= LONGEST; n++)
        for (size_t count = 0; count <= MOST; count++) {
            struct str messages[MOST];
            for (size_t i = 0; i < count; i++) /* others begin elsewhere, and are shorter or longer */
                messages[i] = (struct str){bytes + i, (n + i * 89) % (LONGEST + 1)};
            assert_as_alone(messages, count);
        }
}

static void long_ones_beside_short_ones(void **state)
{
    (void)state;
    static char bytes[LONG];
    fill(bytes, sizeof bytes);
    for (size_t at = 0; at < MOST; at++) {
        struct str messages[MOST];
        for (size_t i = 0; i < MOST; i++)
            messages[i] = i == at ? (struct str){bytes, LONG - at} : (struct str){bytes + i, i * BLOCK};
        assert_as_alone(messages, MOST);
    }
}

static void nothing_has_a_digest(void **state)
{
    (void)state;
    const struct str messages[] = {{NULL, 0}, {"", 0}, {NULL, 0}};
    assert_as_alone(messages, sizeof messages / sizeof *messages);
}

/* Of each length: eight parts, the last ones shorter or empty, and the length. */
static void parts_are_digested_and_then_their_digests(void **state)
{
    (void)state;
    enum { PARTS = 8 };
    static char bytes[LONG];
    static const size_t lengths[] = {0, 1, 7, 8, 9, 17, 8 * BLOCK, 8 * BLOCK + 1, LONG - 1, LONG};
    fill(bytes, sizeof bytes);
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        const size_t n = lengths[l], part = n / PARTS + (n % PARTS != 0);
        unsigned char digests[PARTS][32], expected[32], given[32];
        for (size_t i = 0; i < PARTS; i++) {
            size_t from = i * part < n ? i * part : n, to = from + part < n ? from + part : n;
            alone((struct str){bytes + from, to - from}, digests[i]);
        }
        struct hash hash;
        hash_init(&hash);
        hash_add(&hash, digests, sizeof digests);
        hash_number(&hash, n);
        hash_done(&hash, expected);
        hash_parts((struct str){bytes, n}, given);
        assert_memory_equal(given, expected, sizeof given);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_length_in_each_company),
        cmocka_unit_test(long_ones_beside_short_ones),
        cmocka_unit_test(nothing_has_a_digest),
        cmocka_unit_test(parts_are_digested_and_then_their_digests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
