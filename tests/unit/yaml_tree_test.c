/* YAML text → tree: shapes, places, and every rule that holds for every file. */
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

static struct yaml_node *parse(struct str text)
{
    arena_done(&arena);
    diags_init(&diags, &arena);
    return yaml_parse(&arena, diag_source_new(&arena, STR("x.yaml"), text), &diags);
}

/* The diagnostics as "1:2 code;3:4 code;" in order of place. */
static const char *found(void)
{
    diags_sort(&diags);
    struct str list = {0};
    for (const struct diag *diag = diags.first; diag; diag = diag->next) {
        size_t line, column;
        span_line_column(diag->span, &line, &column);
        list = str_printf(&arena, STR_FMT "%zu:%zu %s;", STR_ARG(list), line, column, diag_info(diag->code)->name);
    }
    return str_z(&arena, list);
}

static void expect(struct str text, const char *wanted)
{
    parse(text);
    assert_string_equal(found(), wanted);
}

static const char *source_of(const struct yaml_node *node)
{
    return str_z(&arena, str_slice(node->span.source->text, node->span.start, node->span.end));
}

static void test_shapes(void **state)
{
    (void)state;
    const struct yaml_node *root = parse(STR("a: one\nb:\n  - two\n  - {c: three}\nd: [x, y]\ne:\n"));
    assert_string_equal(found(), "");
    assert_int_equal(root->kind, YAML_MAP);
    assert_int_equal(root->count, 4);
    assert_false(root->flow);
    const struct yaml_node *list = yaml_find(root, "b");
    assert_int_equal(list->kind, YAML_LIST);
    assert_int_equal(list->count, 2);
    assert_true(str_is(list->items[0]->value, "two"));
    assert_true(list->items[1]->flow);
    assert_true(str_is(yaml_find(list->items[1], "c")->value, "three"));
    assert_int_equal(yaml_find(root, "d")->count, 2);
    assert_int_equal(yaml_find(root, "e")->value.n, 0);
    assert_null(yaml_find(root, "f"));
    assert_null(yaml_find(list, "a"));
}

static void test_every_scalar_is_text(void **state)
{
    (void)state;
    const struct yaml_node *root = parse(STR("[NO, on, 1e3, 2026-01-01, 0x10, ~, null, !!int 7, !!null x, .5]"));
    static const char *const wanted[] = {"NO", "on", "1e3", "2026-01-01", "0x10", "~", "null", "7", "x", ".5"};
    assert_string_equal(found(), "");
    for (size_t i = 0; i < 10; i++)
        assert_true(str_is(root->items[i]->value, wanted[i]));
}

static void test_styles(void **state)
{
    (void)state;
    const struct yaml_node *root =
        parse(STR("- plain words\n- 'it''s'\n- \"a\\tb\"\n- |\n  one\n  two\n- >\n  one\n  two\n"));
    static const char *const values[] = {"plain words", "it's", "a\tb", "one\ntwo\n", "one two\n"};
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(root->items[i]->style, i);
        assert_true(str_is(root->items[i]->value, values[i]));
    }
}

static void test_places(void **state)
{
    (void)state;
    const struct yaml_node *root =
        parse(STR("a: &x !!str  one # c\nb: &y\n  k: v\n  l: |\n    text\n\n\n# end\n"
                  "c: &z # note\n  - 1\nd: {e: f} # x\n"));
    assert_string_equal(found(), "");
    assert_string_equal(source_of(yaml_find(root, "a")), "one");
    assert_string_equal(source_of(yaml_find(root, "b")), "k: v\n  l: |\n    text");
    assert_string_equal(source_of(yaml_find(yaml_find(root, "b"), "l")), "|\n    text");
    assert_string_equal(source_of(yaml_find(root, "c")), "- 1");
    assert_string_equal(source_of(yaml_find(root, "d")), "{e: f}");
}

static void test_places_behind_wide_text(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "\xEF\xBB\xBF");
    for (int i = 0; i < 400; i++)
        buf_printf(&text, "k%d: é中\U0001F310\r\n", i);
    const struct yaml_node *root = parse(buf_view(&text));
    assert_string_equal(found(), "");
    assert_int_equal(root->count, 400);
    for (size_t i = 0; i < root->count; i++) {
        assert_string_equal(source_of(root->entries[i].value), "é中\U0001F310");
        size_t line, column;
        span_line_column(root->entries[i].key->span, &line, &column);
        assert_int_equal(line, i + 1);
        assert_int_equal(column, 1);
    }
    buf_done(&text);
}

static void test_aliases(void **state)
{
    (void)state;
    const struct yaml_node *root = parse(STR("a: &x [1, 2]\nb: *x\nc: &x 3\nd: *x\n"));
    assert_string_equal(found(), "");
    assert_ptr_equal(yaml_find(root, "a"), yaml_find(root, "b"));
    assert_true(str_is(yaml_find(root, "d")->value, "3"));
    expect(STR("a: *no\n"), "1:4 unknown-anchor;");
    expect(STR("a: &x [b, *x]\n"), "1:11 alias-cycle;");
    expect(STR("a: &x 1\n*x : 2\n"), "2:1 bad-key;");
}

static void test_alias_bomb(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++)
        buf_printf(&text, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i - 1, i - 1, i - 1, i - 1, i - 1);
    parse(buf_view(&text));
    assert_int_equal(diags.errors, 1);
    assert_int_equal(diags.first->code, DIAG_TOO_MANY_ALIASES);
    assert_true(arena.used_bytes < 200000);
    buf_clear(&text);
    for (int i = 0; i < 300; i++)
        buf_printf(&text, "a%d: &a%d x\n", i, i);
    parse(buf_view(&text));
    assert_int_equal(diags.per_code[DIAG_TOO_MANY_ALIASES], 44);
    /* One long text, many times. */
    buf_clear(&text);
    buf_text(&text, "a: &a ");
    buf_repeat(&text, 'x', 40000);
    buf_text(&text, "\nb: [");
    for (int i = 0; i < 100; i++)
        buf_text(&text, "*a, ");
    buf_text(&text, "]\n");
    parse(buf_view(&text));
    assert_int_equal(diags.per_code[DIAG_TOO_MANY_ALIASES], 1);
    buf_done(&text);
}

/* An alias may not smuggle in depth: every step is short, together they are deep. */
static void test_depth(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_repeat(&text, '[', YAML_MAX_DEPTH);
    buf_repeat(&text, ']', YAML_MAX_DEPTH);
    assert_non_null(parse(buf_view(&text)));
    assert_string_equal(found(), "");
    buf_clear(&text);
    buf_repeat(&text, '[', YAML_MAX_DEPTH + 1);
    assert_null(parse(buf_view(&text)));
    assert_string_equal(found(), "1:33 too-deep;");
    buf_clear(&text);
    buf_text(&text, "a0: &a0 [x]\n");
    for (int i = 1; i < 40; i++)
        buf_printf(&text, "a%d: &a%d [*a%d]\n", i, i, i - 1);
    parse(buf_view(&text));
    assert_int_equal(diags.first->code, DIAG_TOO_DEEP);
    buf_done(&text);
}

static void test_duplicate_keys(void **state)
{
    (void)state;
    const struct yaml_node *root = parse(STR("a: 1\nb: 2\n'a': 3\nc: 4\na: 5\n"));
    assert_string_equal(found(), "3:1 duplicate-key;5:1 duplicate-key;");
    assert_int_equal(diags.first->notes->span.start, 0);
    assert_int_equal(root->count, 3);
    assert_true(str_is(root->entries[0].value->value, "1"));
    assert_true(str_is(root->entries[1].key->value, "b"));
    assert_true(str_is(root->entries[2].key->value, "c"));
    expect(STR("a: {b: 1, c: 2, b: 3}\n"), "1:17 duplicate-key;");
    expect(STR("? \n? \n"), "1:2 bad-key;2:2 bad-key;");
}

static void test_keys(void **state)
{
    (void)state;
    expect(STR("<<: {a: b}\n"), "1:1 merge-key;");
    expect(STR("'<<': b\n"), "");
    expect(STR("[a]: b\n"), "1:1 bad-key;");
    expect(STR("{a: b}: c\n"), "1:1 bad-key;");
    expect(STR("'': c\n"), "1:1 bad-key;");
    expect(STR(": c\n"), "1:1 bad-key;");
}

static void test_tags(void **state)
{
    (void)state;
    expect(STR("a: !!str x\nb: !!map {}\nc: !!seq []\nd: !<tag:yaml.org,2002:bool> x\n"), "");
    expect(STR("a: !foo x\n"), "1:4 unknown-tag;");
    expect(STR("a: &b !!binary x\n"), "1:7 unknown-tag;");
    expect(STR("a: !!map x\n"), "1:4 unknown-tag;");
    expect(STR("a: !!str [x]\n"), "1:4 unknown-tag;");
    expect(STR("a: ! x\n"), "1:4 unknown-tag;");
}

static void test_documents(void **state)
{
    (void)state;
    expect(STR("%YAML 1.2\n---\na: b\n...\n"), "");
    expect(STR("a: b\n---\nc: d\n"), "2:1 several-documents;");
    expect(STR("a: b\n...\n---\n"), "3:1 several-documents;");
    expect(STR("%YAML 3.0\n---\na: b\n"), "1:1 syntax;");
}

static void test_empty(void **state)
{
    (void)state;
    static const struct str empties[] = {{"", 0}, {" \n\n", 3}, {"# only\n", 7}, {"---\n", 4}, {"\xEF\xBB\xBF", 3}};
    for (size_t i = 0; i < 5; i++) {
        assert_null(parse(empties[i]));
        assert_string_equal(found(), "1:1 empty-file;");
    }
    assert_non_null(parse(STR("''\n")));
    assert_string_equal(found(), "");
}

static void test_characters(void **state)
{
    (void)state;
    expect(STR("a: caf\xE9\nb: \xC3\nc: \xED\xA0\x80\nd: \xC0\xAF\n"),
           "1:7 invalid-utf8;2:4 invalid-utf8;3:4 invalid-utf8;4:4 invalid-utf8;");
    expect(STR("a: b\0c\nd: e\x7F\nf: \x1B[0m\ng: \xC2\x85\n"),
           "1:5 control-character;2:5 control-character;3:4 control-character;4:4 control-character;");
    expect(STR("a: \xE2\x80\xA8\nb: \xEF\xBB\xBF\nc: \xEF\xBF\xBE\nd: \xF0\x9F\xBF\xBF\n"),
           "1:4 control-character;2:4 control-character;3:4 control-character;4:4 control-character;");
    expect(STR("a: x\u202Ey # \u202A\n"), "1:5 bidi-control;1:10 bidi-control;");
    expect(STR("a: \u2066x\u2069\u200E\u200F\u200D\u200C \xC2\xA0 tab\there\n"), "");
    expect(STR("\xFF\xFE" "a\0"), "1:1 invalid-utf8;");
    expect(STR("a\0:\0 \0b\0"), "1:1 invalid-utf8;");
}

/* What is damaged does not hide the other faults of the file. */
static void test_damage_does_not_hide(void **state)
{
    (void)state;
    expect(STR("a: \xE9\nb: 1\nb: \x01\n"), "1:4 invalid-utf8;3:1 duplicate-key;3:4 control-character;");
}

static void test_escapes(void **state)
{
    (void)state;
    expect(STR("a: \"x\\0y\"\n"), "1:6 control-character;");
    expect(STR("a: \"x\\u202Ey\\e\\N\\L\\uFEFF\"\n"),
           "1:6 bidi-control;1:13 control-character;1:15 control-character;1:17 control-character;"
           "1:19 control-character;");
    expect(STR("a: \"line\\nnext\\ttab\\u00e9\\x41\\U0001F310\\_ \\/\"\n"), "");
    expect(STR("a: \"x\\ry\"\n"), "1:6 control-character;");
}

static void test_too_complex(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 0; i < 17; i++)
        buf_printf(&text, "%%TAG !a%d! tag:x%d\n", i, i);
    buf_text(&text, "---\na: b\n");
    assert_null(parse(buf_view(&text)));
    assert_string_equal(found(), "17:1 too-complex;");
    buf_clear(&text);
    buf_text(&text, "a: b");
    buf_repeat(&text, ' ', 1 << 20);
    for (int i = 0; i < 5000; i++)
        buf_text(&text, " c");
    assert_null(parse(buf_view(&text)));
    assert_string_equal(found(), "1:5 too-complex;");
    buf_clear(&text);
    buf_text(&text, "a: b");
    buf_repeat(&text, '\n', 100000);
    assert_non_null(parse(buf_view(&text)));
    buf_clear(&text);
    buf_repeat(&text, '#', YAML_MAX_BYTES + 1);
    assert_null(parse(buf_view(&text)));
    assert_string_equal(found(), "1:1 file-too-large;");
    buf_done(&text);
}

/* Past the limit of a code nothing is kept. */
static void test_many_faults_take_no_memory(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "\"");
    for (int i = 0; i < 200000; i++)
        buf_text(&text, "\\0");
    buf_text(&text, "\"");
    parse(buf_view(&text));
    assert_int_equal(diags.per_code[DIAG_CONTROL_CHARACTER], 200000);
    assert_int_equal(diags.errors, 200000);
    assert_true(arena.used_bytes < 4 * 1024 * 1024);
    buf_done(&text);
}

static const struct {
    const char *text, *place, *message;
} mistakes[] = {
    {"a:\n\tb: c\n", "2:1 tab-indentation;", "a tab indents this line"},
    {"a: \t@\n", "1:5 syntax;", "a text cannot start with '@'"},
    {"a: b: c\n", "1:5 syntax;", "': ' inside a text"},
    {"a: b\n  c: d\n", "2:3 syntax;", "a key in the middle of a text"},
    {"a: `b`\n", "1:4 syntax;", "a text cannot start with '`'"},
    {"a: %b\n", "1:4 syntax;", "a text cannot start with '%'"},
    {"%b\na: c\n", "1:1 syntax;", "a line that starts with '%' is a directive"},
    {"a: \"b\n", "1:4 unclosed-quote;", "this quote is never closed"},
    {"a: 'it's'\n", "1:8 syntax;", "text after the end of a value"},
    {"a:\n  b: c\n d: e\n", "3:2 syntax;", "this line is indented like nothing above it"},
    {"a:\n  - b\n  c: d\n", "3:3 syntax;", "expected '- ' here"},
    {"a: b\n- c\n", "2:1 syntax;", "a list item where a key should stand"},
    {"a: b\nfoo\nc: d\n", "2:1 syntax;", "a key without ':'"},
    {"a: *b*\n", "1:4 syntax;", "this is no alias"},
    {"a: &b* c\n", "1:4 syntax;", "this is no anchor"},
    {"a: [b](c)\n", "1:7 syntax;", "text after the end of a value"},
    {"a: [b, c\n", "1:4 syntax;", "'[' is never closed"},
    {"a: {b: c\n", "1:4 syntax;", "'{' is never closed"},
    {"a: {b: c: d}\n", "1:9 syntax;", "expected ',' or '}'"},
    {"a: [b c: d, e: f: g]\n", "1:17 syntax;", "expected ',' or ']'"},
    {"a: > b\n", "1:6 syntax;", "text on the line of '|', '>' or a directive"},
    {"a: |0\n  b\n", "1:5 syntax;", "an indentation of 0"},
    {"a: \"\\q\"\n", "1:5 syntax;", "unknown escape '\\q'"},
    {"a: \"\\xZZ\"\n", "1:5 syntax;", "'\\x' wants two hexadecimal digits"},
    {"a: \"\\uD83C\"\n", "1:5 syntax;", "the escape names no character"},
    {"a: - b\n", "1:4 syntax;", "a list cannot start on the line of its key"},
    {"a: ]\n", "1:4 syntax;", "a value is missing here"},
    {"'a' b\n", "1:5 syntax;", "text after the end of the document"},
    {"a: !<x b\n", "1:4 syntax;", "this is no tag"},
    {"a: !n!x b\n", "1:4 syntax;", "a tag of an unknown kind"},
};

static void test_syntax_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        assert_null(parse(str_from(mistakes[i].text)));
        assert_string_equal(found(), mistakes[i].place);
        assert_string_equal(str_z(&arena, diags.first->message), mistakes[i].message);
        assert_true(diags.first->hint.n > 0);
    }
}

static void test_what_stood_before_a_syntax_error(void **state)
{
    (void)state;
    expect(STR("a: {b: 1, b: 2}\nc: *d\ne: f: g\n"), "1:11 duplicate-key;2:4 unknown-anchor;3:5 syntax;");
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
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_every_scalar_is_text),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_places_behind_wide_text),
        cmocka_unit_test(test_aliases),
        cmocka_unit_test(test_alias_bomb),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_duplicate_keys),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_documents),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_damage_does_not_hide),
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_too_complex),
        cmocka_unit_test(test_many_faults_take_no_memory),
        cmocka_unit_test(test_syntax_in_words),
        cmocka_unit_test(test_what_stood_before_a_syntax_error),
    };
    return cmocka_run_group_tests(tests, NULL, cleanup);
}
