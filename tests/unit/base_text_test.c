/* Slices, UTF-8, buffers and arenas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void finds_the_nearest_word(void **state)
{
    const struct str words[] = {STR("confidence"), STR("contact"), STR("corrections"), STR("id"),
                                STR("impact")};
    (void)state;
    assert_true(str_is(str_nearest(STR("confidnce"), words, 5), "confidence"));
    assert_true(str_is(str_nearest(STR("cnotact"), words, 5), "contact")); /* neighbours swapped: one edit */
    assert_int_equal(str_nearest(STR("zebra"), words, 5).n, 0);
    assert_int_equal(str_nearest(STR("xy"), words, 5).n, 0);
    assert_int_equal(str_nearest(STR(""), words, 5).n, 0);
}

static void cuts_and_finds(void **state)
{
    (void)state;
    assert_true(str_is(str_trim(STR(" \t\r\n a b \n")), "a b"));
    assert_int_equal(str_find(STR("aab"), STR("ab")), 1);
    assert_int_equal(str_find(STR("aab"), STR("abc")), SIZE_MAX);
    assert_true(str_ends(STR("house.yaml"), STR(".yaml")));
    assert_false(str_ends(STR("l"), STR(".yaml")));
    assert_int_equal(str_slice(STR("abc"), 2, 1).n, 0);
    assert_true(str_is(str_slice(STR("abc"), 1, 99), "bc"));
    assert_true(str_cmp(STR("ab"), STR("abc")) < 0);
}

static void finds_bytes_that_are_no_utf8(void **state)
{
    static const char *const bad[] = {"a\xff",     "a\xc0\x80", "a\xed\xa0\x80", "a\xf4\x90\x80\x80",
                                      "a\xe2\x82", "a\x80"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(utf8_invalid(str_from(bad[i])), 1);
    assert_int_equal(utf8_invalid(STR("aé漢😀")), SIZE_MAX);
}

static void composes(void **state)
{
    (void)state;
    assert_true(str_is(utf8_nfc(&arena, STR("e\xcc\x81")), "é"));
    struct str composed = STR("é");
    assert_ptr_equal(utf8_nfc(&arena, composed).p, composed.p);
}

static void keeps_clusters_together(void **state)
{
    struct str family = STR("👩‍👩‍👧x");
    (void)state;
    assert_int_equal(utf8_cluster_end(family, 0), family.n - 1);
    assert_int_equal(utf8_cluster_end(STR("e\xcc\x81z"), 0), 3);
    assert_int_equal(utf8_width(STR("漢a")), 3);
}

static void counts_words(void **state)
{
    (void)state;
    assert_int_equal(utf8_words(STR("It's a well-kept house, No. 7.")), 7);
    assert_int_equal(utf8_words(STR("漢字漢字")), 2);
    assert_int_equal(utf8_words(STR(" — ")), 0);
}

static void encodes_what_it_decodes(void **state)
{
    (void)state;
    struct buf buf = {0};
    for (unsigned c = 1; c < 0x110000; c += 97) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        buf_clear(&buf);
        buf_utf8(&buf, c);
        size_t at = 0;
        assert_int_equal(utf8_next(buf_view(&buf), &at), c);
        assert_int_equal(at, buf.n);
    }
    buf_done(&buf);
}

static void gives_zeroed_memory_that_does_not_overlap(void **state)
{
    (void)state;
    unsigned char *blocks[200];
    for (size_t i = 0; i < 200; i++) {
        blocks[i] = arena_alloc(&arena, i * 97);
        for (size_t j = 0; j < i * 97; j++)
            assert_int_equal(blocks[i][j], 0);
        memset(blocks[i], (int)i, i * 97);
    }
    for (size_t i = 0; i < 200; i++)
        for (size_t j = 0; j < i * 97; j++)
            assert_int_equal(blocks[i][j], i);
}

/* What was handed out last grows where it is, else it moves; either way it keeps what it held, and nothing else. */
static void arrays_grow(void **state)
{
    (void)state;
    struct list {
        uint32_t *items;
        size_t count, cap;
    } lists[3] = {0};
    uint32_t *first = NULL;
    for (uint32_t i = 0; i < 500; i++) {
        *ARENA_PUSH(&arena, &lists[0]) = i;
        first = first ? first : lists[0].items;
    }
    assert_ptr_equal(lists[0].items, first);
    for (uint32_t i = 0; i < 20000; i++)
        for (uint32_t k = 1; k < 3; k++) {
            uint32_t *item = ARENA_PUSH(&arena, &lists[k]);
            assert_int_equal(*item, 0);
            *item = i * k;
        }
    for (uint32_t i = 0; i < 500; i++)
        assert_int_equal(lists[0].items[i], i);
    for (uint32_t i = 0; i < 20000; i++)
        for (uint32_t k = 1; k < 3; k++)
            assert_int_equal(lists[k].items[i], i * k);
}

/* RFC 7693, appendix A gives BLAKE2b-512; this is the 256-bit form of "abc" as b2sum -l 256 prints it. */
static void digests(void **state)
{
    unsigned char bytes[32];
    struct hash hash;
    (void)state;
    hash_init(&hash);
    hash_add(&hash, "abc", 3);
    hash_done(&hash, bytes);
    assert_true(str_is(hash_hex(&arena, bytes, 32),
                       "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_the_nearest_word, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cuts_and_finds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(finds_bytes_that_are_no_utf8, set_up, tear_down),
        cmocka_unit_test_setup_teardown(composes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keeps_clusters_together, set_up, tear_down),
        cmocka_unit_test_setup_teardown(counts_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(encodes_what_it_decodes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gives_zeroed_memory_that_does_not_overlap, set_up, tear_down),
        cmocka_unit_test_setup_teardown(arrays_grow, set_up, tear_down),
        cmocka_unit_test_setup_teardown(digests, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
