/* Numbers, names and strings in PDF syntax. */
#include "pdf/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void expect(struct buf *out, const char *text, size_t n)
{
    assert_int_equal(out->n, n);
    assert_memory_equal(out->p, text, n);
    buf_clear(out);
}

static void numbers_are_short_and_exact(void **state)
{
    (void)state;
    static const struct { int64_t value; const char *text; } cases[] = {
        {0, "0"}, {1000, "1"}, {12500, "12.5"}, {-40, "-.04"}, {1, ".001"}, {-1, "-.001"}, {999, ".999"}, {1001,
                                                                                                           "1.001"},
        {841890, "841.89"}, {-595276, "-595.276"}, {INT64_MAX, "9223372036854775.807"}, {INT64_MIN,
                                                                                         "-9223372036854775.808"},
    };
    struct buf out = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        token_milli(&out, cases[i].value);
        expect(&out, cases[i].text, strlen(cases[i].text));
    }
    token_int(&out, INT64_MIN);
    expect(&out, "-9223372036854775808", 20);
    token_int(&out, 70);
    expect(&out, "70", 2);
    buf_done(&out);
}

/* Whatever way a number goes, printf and its places agree. */
static void numbers_are_those_of_printf(void **state)
{
    (void)state;
    struct buf out = {0};
    char text[64];
    for (int64_t value = -12000; value <= 1200000; value += value < 12000 ? 1 : 997) {
        token_int(&out, value);
        expect(&out, text, (size_t)snprintf(text, sizeof text, "%lld", (long long)value));
        token_milli(&out, value);
        const long long left = llabs(value) % 1000, whole = llabs(value) / 1000;
        int n = snprintf(text, sizeof text, "%s%lld.%03lld", value < 0 ? "-" : "", whole, left);
        while (text[n - 1] == '0')
            n--;
        n -= text[n - 1] == '.';
        const bool bare = whole == 0 && left; /* no zero before the point */
        char *zero = text + (value < 0);
        if (bare)
            memmove(zero, zero + 1, (size_t)(text + n - zero));
        expect(&out, text, (size_t)(n - bare));
    }
    buf_done(&out);
}

/* Every number of a wide range reads back as itself. */
static void numbers_read_back(void **state)
{
    (void)state;
    struct buf out = {0};
    for (int64_t value = -70000; value <= 70000; value += 7) {
        token_milli(&out, value);
        buf_char(&out, 0);
        assert_int_equal((int64_t)(strtod(out.p, NULL) * 1000 + (value < 0 ? -0.5 : 0.5)), value);
        buf_clear(&out);
    }
    buf_done(&out);
}

static void components_reach_both_ends(void **state)
{
    (void)state;
    struct buf out = {0};
    token_component(&out, 0);
    expect(&out, "0", 1);
    token_component(&out, 255);
    expect(&out, "1", 1);
    token_component(&out, 128);
    expect(&out, ".502", 4);
    buf_done(&out);
}

static void names_and_strings_are_escaped(void **state)
{
    (void)state;
    struct buf out = {0};
    token_name(&out, STR("A b/c#\xC3"));
    expect(&out, "/A#20b#2Fc#23#C3", 16);
    token_bytes(&out, "a(b)\\c\r\n", 8);
    expect(&out, "(a\\(b\\)\\\\c\\r\n)", 14);
    token_hex(&out, "\x01\xFE", 2);
    expect(&out, "<01FE>", 6);
    token_ref(&out, 12);
    expect(&out, "12 0 R", 6);
    buf_text(&out, "/P");
    token_ref(&out, 1234);
    expect(&out, "/P 1234 0 R", 11);
    token_date(&out, (struct date){2026, 11, 0});
    expect(&out, "(D:20261101000000Z)", 19);
    buf_done(&out);
}

static void texts_are_ascii_or_utf16(void **state)
{
    (void)state;
    struct buf out = {0};
    token_text(&out, STR("Plain (text)"));
    expect(&out, "(Plain \\(text\\))", 16);
    token_text(&out, STR("\xC3\xA9 80\xE2\x80\x93\x39\x35\xE2\x82\xAC")); /* é, en dash, euro */
    expect(&out, "(\xE9 80\x85\x39\x35\xA0)", 10);
    token_text(&out, STR("\xC3\xBE\xC3\xBF")); /* U+00FE, U+00FF: would be a byte order mark */
    expect(&out, "(\xFE\xFF\x00\xFE\x00\xFF)", 8);
    token_text(&out, STR("\xC4\x81")); /* U+0101 */
    expect(&out, "(\xFE\xFF\x01\x01)", 6);
    token_text(&out, STR("\xF0\xA0\xAE\xB7")); /* U+20BB7 */
    expect(&out, "(\xFE\xFF\xD8\x42\xDF\xB7)", 8);
    token_text(&out, STR("\xE2\x80\xA8")); /* U+2028: the byte 0x28 is a parenthesis */
    expect(&out, "(\xFE\xFF\x20\\()", 7);
    buf_done(&out);
}

static void long_texts_keep_to_the_limit(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 0; i < 30000; i++)
        buf_text(&text, "\xC3\xA9");
    struct str clipped = token_clip(buf_view(&text));
    assert_int_equal(clipped.n, (TOKEN_MAX_STRING - 2) / 2 * 2);
    buf_clear(&text);
    buf_repeat(&text, 'a', 40000);
    assert_int_equal(token_clip(buf_view(&text)).n, TOKEN_MAX_STRING);
    buf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_short_and_exact),   cmocka_unit_test(numbers_are_those_of_printf),
        cmocka_unit_test(numbers_read_back),
        cmocka_unit_test(components_reach_both_ends),    cmocka_unit_test(names_and_strings_are_escaped),
        cmocka_unit_test(texts_are_ascii_or_utf16),      cmocka_unit_test(long_texts_keep_to_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
