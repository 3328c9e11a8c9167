/* Texts from formats are those of vsnprintf, whatever the room. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/format.h"

__attribute__((format(printf, 1, 2))) static void check(const char *format, ...)
{
    for (size_t room = 0; room <= 80; room = room < 12 ? room + 1 : room + 17) {
        char ours[80], theirs[80];
        memset(ours, '#', sizeof ours);
        memset(theirs, '#', sizeof theirs);
        va_list args, again;
        va_start(args, format);
        va_copy(again, args);
        int n = format_text(ours, room, format, args);
        assert_int_equal(n, vsnprintf(theirs, room, format, again));
        va_end(again);
        va_end(args);
        size_t shown = room == 0 ? 0 : (size_t)n < room ? (size_t)n + 1 : room;
        assert_memory_equal(ours, theirs, shown);
        for (size_t i = room; i < sizeof ours; i++)
            assert_int_equal(ours[i], '#');
    }
}

static void writes_texts(void **state)
{
    (void)state;
    check("nothing to fill in");
    check("%s", "");
    check("%s and %s%%", "one", "two");
    check("<%.*s>", 3, "abcdef");
    check("<%.*s>", 6, "abc");
    check("<%.*s|%.*s>", 0, "abc", -1, "all of it");
    check("%c%c", 'x', '\n');
    const char *volatile none = NULL;
    check("<%.*s>", 0, none);
}

static void writes_numbers(void **state)
{
    (void)state;
    check("%d %d %d", 0, INT_MAX, INT_MIN);
    check("%u %u", 0U, UINT_MAX);
    check("%ld %lu", LONG_MIN, ULONG_MAX);
    check("%lld %llu", LLONG_MIN, ULLONG_MAX);
    check("%zu", SIZE_MAX);
    check("%04d-%02d-%02d", 2026, 3, 14);
    check("%02d|%04d|%03lld|%02u", -7, -12345, -4LL, 123U);
}

/* What it does not know is as right. */
static void leaves_the_rest_to_the_library(void **state)
{
    (void)state;
    check("%s %5d|%-5d|%x|%02X", "a", 7, 7, 255U, 10U);
    check("%d %.2f %s", 1, 2.5, "b");
    check("%.3s|%5s|%*d", "abcdef", "x", 6, 42);
    check("%zd", (ptrdiff_t)-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_texts),
        cmocka_unit_test(writes_numbers),
        cmocka_unit_test(leaves_the_rest_to_the_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
