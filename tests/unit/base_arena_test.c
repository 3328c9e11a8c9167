/* Arena: what is given back is used again, what stands before it stays, and arrays grow in their place or
 * move. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"

static void goes_back_to_a_mark(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena);
    struct arena_mark empty = arena_mark(&arena);
    char *kept = arena_alloc(&arena, 100);
    memset(kept, 'k', 100);
    struct arena_mark mark = arena_mark(&arena);
    size_t used = arena.used_bytes;
    char *first = arena_alloc(&arena, 64);
    memset(first, 'x', 64);
    for (int i = 0; i < 50; i++)
        memset(arena_alloc(&arena, 100000), 'y', 100000); /* in blocks of their own */
    arena_rewind(&arena, mark);
    assert_int_equal(arena.used_bytes, used);
    char *again = arena_alloc(&arena, 64);
    assert_ptr_equal(again, first);
    for (int i = 0; i < 64; i++)
        assert_int_equal(again[i], 0);
    for (int i = 0; i < 100; i++)
        assert_int_equal(kept[i], 'k');
    arena_rewind(&arena, empty);
    assert_null(arena.head);
    assert_int_equal(arena.used_bytes, 0);
    arena_done(&arena);
}

static void gives_back_an_end(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena);
    char *p = arena_alloc(&arena, 1000);
    memset(p, 'p', 1000);
    arena_shrink(&arena, p, 1000, 33);
    char *next = arena_alloc(&arena, 16);
    assert_ptr_equal(next, p + 48);
    assert_int_equal(next[0], 0);
    arena_shrink(&arena, p, 48, 16); /* not the last any more */
    assert_ptr_equal(arena_alloc(&arena, 16), next + 16);
    arena_shrink(&arena, next + 16, 16, 0);
    assert_ptr_equal(arena_alloc(&arena, 1), next + 16);
    arena_done(&arena);
}

static void arrays_grow(void **state)
{
    struct arena arena;
    struct {
        struct {
            uint64_t number, rest[12];
        } * items;
        size_t count, cap;
    } list = {0}, other = {0};
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < 30000; i++) {
        ARENA_PUSH(&arena, &list)->number = i;
        if (i % 1000 == 0)
            ARENA_PUSH(&arena, &other)->number = i;
    }
    for (size_t i = 0; i < list.count; i++)
        assert_true(list.items[i].number == i && list.items[i].rest[11] == 0);
    for (size_t i = 0; i < other.count; i++)
        assert_int_equal(other.items[i].number, i * 1000);
    arena_done(&arena);
}

static void joins_another(void **state)
{
    struct arena arena, other;
    struct {
        uint64_t *items;
        size_t count, cap;
    } list = {0};
    (void)state;
    arena_init(&arena);
    arena_init(&other);
    for (uint64_t i = 0; i < 30000; i++) /* in a block of its own at last */
        *ARENA_PUSH(&other, &list) = i;
    char *text = arena_alloc(&other, 100);
    memset(text, 't', 100);
    size_t used = other.used_bytes;
    arena_join(&arena, &other); /* the first that it has */
    assert_int_equal(arena.used_bytes, used);
    assert_null(other.head);
    assert_null(other.large);
    assert_int_equal(other.used_bytes, 0);
    char *more = arena_alloc(&other, 50);
    memset(more, 'm', 50);
    arena_alloc(&arena, 10);
    arena_join(&arena, &other);
    arena_join(&arena, &other); /* of nothing */
    arena_alloc(&arena, 1 << 20);
    for (uint64_t i = 0; i < 30000; i++)
        assert_int_equal(list.items[i], i);
    assert_true(text[0] == 't' && text[99] == 't' && more[0] == 'm' && more[49] == 'm');
    arena_done(&arena);
    arena_done(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_back_to_a_mark),
        cmocka_unit_test(gives_back_an_end),
        cmocka_unit_test(arrays_grow),
        cmocka_unit_test(joins_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
