/* Where each byte of a value stands in its source, for every style of scalar. */
#include "yaml/yaml_tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static struct arena arena;
static struct diags diags;

static const struct yaml_node *value_of(const char *text)
{
    arena_done(&arena);
    diags_init(&diags, &arena);
    struct yaml_node *root = yaml_parse(&arena, diag_source_new(&arena, STR("x.yaml"), str_from(text)), &diags);
    assert_non_null(root);
    const struct yaml_node *value = yaml_find(root, "a");
    assert_non_null(value);
    return value;
}

/* In place of each byte of the value, the byte of the source that it comes from: blanks as they are there, a line
 * break as '/', an escape as its backslash; '$' closes it. A wrong offset shows as a wrong letter. */
static void expect(const char *text, const char *value, const char *wanted)
{
    const struct yaml_node *node = value_of(text);
    assert_string_equal(str_z(&arena, node->value), value);
    struct diag_origin origin = yaml_origin(&arena, node);
    struct buf seen = {0};
    uint32_t before = 0;
    for (size_t i = 0; i <= node->value.n; i++) {
        struct span span = origin_span(&origin, i, i);
        assert_true(span.start >= before);
        before = span.start;
        char c = span.start < span.source->text.n ? span.source->text.p[span.start] : '\n';
        buf_char(&seen, i == node->value.n ? '$' : c == '\n' || c == '\r' ? '/' : c);
    }
    buf_char(&seen, '\0');
    assert_string_equal(seen.p, wanted);
    buf_done(&seen);
}

static void test_plain(void **state)
{
    (void)state;
    expect("a: one two\n", "one two", "one two$");
    expect("a: one\n  two  three\n", "one two  three", "one/two  three$");
    expect("a: one\n\n\n  two\n", "one\n\ntwo", "one//two$");
    expect("a: one  \r\n   two\r\n", "one two", "one/two$");
    expect("a: &x !!str one\n  two\n", "one two", "one/two$");
}

static void test_single(void **state)
{
    (void)state;
    expect("a: 'one two'\n", "one two", "one two$");
    expect("a: 'it''s '''\n", "it's '", "it's '$");
    expect("a: 'one  \n\n   two'\n", "one\ntwo", "one/two$");
    expect("a: ' b '\n", " b ", " b $");
}

static void test_double(void **state)
{
    (void)state;
    expect("a: \"one two\"\n", "one two", "one two$");
    expect("a: \"b\\tc\\n\\x41\\u00e9\\U0001F310d\"\n", "b\tc\nAé\U0001F310d", "b\\c\\\\\\\\\\\\\\\\d$");
    expect("a: \"one \\\n   two\"\n", "one two", "one two$");
    expect("a: \"one\\\n\n   \\ two\"\n", "one\n two", "one/\\two$");
    expect("a: \"one\n  two\n\n  three\"\n", "one two\nthree", "one/two/three$");
    expect("a: \"\\\"q\\\" \\\\ \\_x\"\n", "\"q\" \\ \u00A0x", "\\q\\ \\ \\\\x$");
}

static void test_literal(void **state)
{
    (void)state;
    expect("a: |\n  one\n  two\n", "one\ntwo\n", "one/two/$");
    expect("a: | # note\n  one\n    two\n\n  three\n", "one\n  two\n\nthree\n", "one/  two//three/$");
    expect("a: |-\r\n  one  \r\n  two\r\n", "one  \ntwo", "one  /two$");
    expect("a: |2\n   one\n", " one\n", " one/$");
    expect("a: |+\n\n  one\n\n\nb: c\n", "\none\n\n\n", "/one///$");
}

static void test_folded(void **state)
{
    (void)state;
    expect("a: >\n  one\n  two\n\n  three\n", "one two\nthree\n", "one/two/three/$");
    expect("a: >-\n  one\n    two\n  three\n", "one\n  two\nthree", "one/  two/three$");
}

/* The place is exact also behind letters of several bytes and after what was damaged. */
static void test_spans(void **state)
{
    (void)state;
    const struct yaml_node *node = value_of("a: \"é\\u4e2d x \\\n  *y*\"\n");
    struct diag_origin origin = yaml_origin(&arena, node);
    size_t at = str_find(node->value, STR("*y*"));
    struct span span = origin_span(&origin, at, at + 3);
    assert_string_equal(str_z(&arena, str_slice(span.source->text, span.start, span.end)), "*y*");
    size_t line, column;
    span_line_column(span, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 3);
    span = origin_span(&origin, 2, 5);
    assert_string_equal(str_z(&arena, str_slice(span.source->text, span.start, span.end)), "\\u4e2d");
    node = value_of("a: |\n  b\x01" "c\n  d\n");
    origin = yaml_origin(&arena, node);
    span = origin_span(&origin, node->value.n - 2, node->value.n - 1);
    assert_int_equal(span.source->text.p[span.start], 'd');
}

static int cleanup(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),   cmocka_unit_test(test_single), cmocka_unit_test(test_double),
        cmocka_unit_test(test_literal), cmocka_unit_test(test_folded), cmocka_unit_test(test_spans),
    };
    return cmocka_run_group_tests(tests, NULL, cleanup);
}
