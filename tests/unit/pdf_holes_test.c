/* Deflating around holes: whatever is put into them, every inflater gets the data with it, checksum included.
 */
#include "pdf/holes.h"

#include <libdeflate.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

enum { HOLES = 40, STEP = 250, WIDTH = 9 };

static struct str inflate(struct arena *arena, struct str packed, size_t n)
{
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    char *data = arena_alloc(arena, n + 1);
    size_t got = 0;
    int status = (int)libdeflate_zlib_decompress(inflater, packed.p, packed.n, data, n, &got);
    libdeflate_free_decompressor(inflater);
    assert_int_equal(status, LIBDEFLATE_SUCCESS);
    return (struct str){data, got};
}

/* Words that repeat, so that what follows a hole would gladly be a repetition of what is in it. */
static struct str words(struct arena *arena, struct hole *holes, int every_byte)
{
    struct buf out = {0};
    for (size_t i = 0; i < HOLES; i++) {
        for (int c = 0; every_byte && c < 256; c++)
            buf_char(&out, (char)c);
        while (out.n < (i + 1) * STEP)
            buf_text(&out, "[(the words)-270(repeat)]TJ ");
        holes[i].from = out.n;
        buf_text(&out, "-270(the)");
        holes[i].to = out.n;
    }
    buf_text(&out, "-270(the) end");
    struct str result = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return result;
}

static void check(int every_byte)
{
    struct arena arena;
    arena_init(&arena);
    struct hole holes[HOLES] = {0};
    struct str data = words(&arena, holes, every_byte);
    struct str packed = holes_deflate(&arena, data, holes, HOLES);
    assert_true(str_eq(inflate(&arena, packed, data.n), data));

    char *changed = arena_alloc(&arena, data.n), *repacked = arena_alloc(&arena, packed.n);
    memcpy(changed, data.p, data.n);
    memcpy(repacked, packed.p, packed.n);
    struct adler sum = adler_of(data);
    for (size_t i = 0; i < HOLES; i += 3) {
        const char *new = i % 2 ? "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF" : "-999(the)";
        sum = adler_add(sum, adler_gain(data.n, holes[i].from, data.p + holes[i].from, new, WIDTH));
        memcpy(changed + holes[i].from, new, WIDTH);
        memcpy(repacked + holes[i].at, new, WIDTH);
    }
    unsigned char tail[4];
    adler_put(sum, tail);
    memcpy(repacked + packed.n - 4, tail, 4);
    struct str inflated = inflate(&arena, (struct str){repacked, packed.n}, data.n);
    assert_true(str_eq(inflated, (struct str){changed, data.n}));
    struct adler whole = adler_of((struct str){changed, data.n});
    assert_int_equal(whole.a, sum.a);
    assert_int_equal(whole.b, sum.b);
    arena_done(&arena);
}

static void holes_can_be_filled(void **state)
{
    (void)state;
    check(0);
}

/* No byte is left that could stand for a hole in the window. */
static void also_where_every_byte_occurs(void **state)
{
    (void)state;
    check(1);
}

static void data_without_holes_is_deflated(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct str data = STR("just some words, and some words again");
    assert_true(str_eq(inflate(&arena, holes_deflate(&arena, data, NULL, 0), data.n), data));
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holes_can_be_filled),
        cmocka_unit_test(also_where_every_byte_occurs),
        cmocka_unit_test(data_without_holes_is_deflated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
