/* The charset of CFF tables made by hand, whole and broken. */
#include "pdf/cff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static void put_index(struct buf *out, const char *data, size_t n)
{
    const char head[] = {0, 1, 1, 1, (char)(n + 1)}; /* one entry, offsets of one byte */
    buf_add(out, head, sizeof head);
    buf_add(out, data, n);
}

/* Header, name, top DICT with ROS (when keyed) and the charset right behind. */
static void put_table(struct buf *out, bool keyed, const char *charset, size_t n)
{
    static const char ros[] = {(char)139, (char)139, (char)139, 12, 30};
    char dict[16];
    size_t size = 0;
    if (keyed) {
        memcpy(dict, ros, sizeof ros);
        size = sizeof ros;
    }
    const char charset_at[] = {28, 0, (char)(4 + 6 + 5 + size + 4), 15}; /* a number of two bytes, then the operator */
    memcpy(dict + size, charset_at, sizeof charset_at);
    size += sizeof charset_at;
    buf_add(out, "\1\0\4\1", 4);
    put_index(out, "F", 1);
    put_index(out, dict, size);
    buf_add(out, charset, n);
}

static void reads_every_format(void **state)
{
    (void)state;
    static const char lists[][8] = {{0, 0, 7, 0, 9, 1, 0}, {1, 0, 7, 0, 1, 0, 1}, {2, 0, 7, 0, 2}};
    static const uint16_t wanted[][4] = {{0, 7, 9, 256}, {0, 7, 256, 257}, {0, 7, 8, 9}};
    for (size_t i = 0; i < 3; i++) {
        struct buf table = {0};
        uint16_t cids[4];
        put_table(&table, true, lists[i], sizeof lists[i]);
        assert_true(cff_cids(buf_view(&table), cids, 4));
        for (size_t k = 0; k < 4; k++)
            assert_int_equal(cids[k], wanted[i][k]);
        buf_done(&table);
    }
}

static void names_mean_glyph_ids(void **state)
{
    (void)state;
    struct buf table = {0};
    uint16_t cids[3];
    put_table(&table, false, "\0\0\7\0\11", 5);
    assert_true(cff_cids(buf_view(&table), cids, 3));
    assert_int_equal(cids[1], 1);
    assert_int_equal(cids[2], 2);
    buf_done(&table);
}

static void names_are_numbers_of_strings(void **state)
{
    (void)state;
    struct buf table = {0}, keyed = {0};
    uint16_t names[4] = {9};
    put_table(&table, false, "\1\0\7\0\1\0\1", 7);
    assert_true(cff_names(buf_view(&table), names, 4));
    static const uint16_t wanted[] = {0, 7, 256, 257};
    assert_memory_equal(names, wanted, sizeof wanted);
    for (size_t n = 0; n < table.n; n++)
        assert_false(cff_names((struct str){table.p, n}, names, 4));
    put_table(&keyed, true, "\1\0\7\0\1\0\1", 7);
    assert_false(cff_names(buf_view(&keyed), names, 4));
    buf_done(&table);
    buf_done(&keyed);
}

static void refuses_what_is_cut(void **state)
{
    (void)state;
    struct buf table = {0};
    uint16_t cids[4];
    put_table(&table, true, "\0\0\7\0\11\0\12", 7);
    for (size_t n = 0; n < table.n; n++) {
        char *copy = malloc(n + 1); /* so that the sanitizer sees a read beyond it */
        memcpy(copy, table.p, n);
        copy = realloc(copy, n ? n : 1);
        assert_false(cff_cids((struct str){copy, n}, cids, 4));
        free(copy);
    }
    buf_done(&table);
}

static void bears_any_byte(void **state)
{
    (void)state;
    size_t taken = 0;
    for (size_t at = 0; at < 27; at++) {
        for (int value = 0; value < 256; value += 3) {
            struct buf table = {0};
            uint16_t cids[4] = {0};
            put_table(&table, true, "\0\0\7\0\11\0\12", 7);
            if (at < table.n)
                table.p[at] = (char)value;
            taken += cff_cids(buf_view(&table), cids, 4);
            buf_done(&table);
        }
    }
    assert_true(taken > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_format),
        cmocka_unit_test(names_mean_glyph_ids),
        cmocka_unit_test(names_are_numbers_of_strings),
        cmocka_unit_test(refuses_what_is_cut),
        cmocka_unit_test(bears_any_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
