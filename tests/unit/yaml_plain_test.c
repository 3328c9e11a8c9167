/* Plain YAML is read without libyaml, and must be what libyaml would have made of it. With a last key in
 * quotes libyaml reads it all: what stands before that key has to be the same. */
#include "yaml/yaml_tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static const char not_plain[] = "'last': 1\n";

static void assert_same_node(const struct yaml_node *a, const struct yaml_node *b, size_t count)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->flow, b->flow);
    assert_int_equal(a->span.start, b->span.start);
    if (count == a->count) /* the whole is longer by the last key */
        assert_int_equal(a->span.end, b->span.end);
    assert_int_equal(count, b->count);
    if (a->kind == YAML_SCALAR) {
        assert_int_equal(a->style, b->style);
        assert_int_equal(a->value.n, b->value.n);
        assert_memory_equal(a->value.p ? a->value.p : "", b->value.p ? b->value.p : "", a->value.n);
    }
    for (size_t i = 0; i < a->count; i++) {
        if (a->kind == YAML_LIST) {
            assert_same_node(a->items[i], b->items[i], a->items[i]->count);
            continue;
        }
        assert_same_node(a->entries[i].key, b->entries[i].key, 0);
        assert_same_node(a->entries[i].value, b->entries[i].value, a->entries[i].value->count);
    }
}

/* 1 where both are read; 0 where either is at fault, and then both are. */
static int compare_lines(const char *without_end)
{
    struct arena arena;
    struct diags alone_diags, diags;
    arena_init(&arena);
    diags_init(&alone_diags, &arena);
    diags_init(&diags, &arena);
    struct buf buf = {0}, longer = {0};
    buf_text(&buf, without_end);
    buf_char(&buf, '\n');
    struct str text = buf_view(&buf);
    buf_str(&longer, text);
    buf_text(&longer, not_plain);
    struct diag_source *source = diag_source_new(&arena, STR("x.yaml"), text),
                       *longer_source = diag_source_new(&arena, STR("x.yaml"), buf_view(&longer));
    const struct yaml_node *alone = yaml_parse(&arena, source, &alone_diags),
                           *with = yaml_parse(&arena, longer_source, &diags);
    bool read = alone && alone->kind == YAML_MAP && with && with->kind == YAML_MAP && alone_diags.errors == 0;
    if (read && diags.errors == 0)
        assert_same_node(alone, with, alone->count + 1);
    else if (read)
        fail_msg("only without a last key: {" STR_FMT "}", STR_ARG(text));
    buf_done(&buf);
    buf_done(&longer);
    arena_done(&arena);
    return read;
}

static void compares_what_people_write(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int read;
    } texts[] = {
        {"a: b", 1},
        {"# comment\na: b # more\n\nc:   d e, f [g]\n", 1},
        {"a:\n  b: 1\n  c:\n    - d\n    - e: f\n      g: h\n    -\n      i: j\nk: l", 1},
        {"a:\n- b\n- c: d\n  e:\n  - f\n  - g\nh: i", 1},
        {"a: [b, \"c, d\", 'e''f', [g, h]]\ni: {j: k, l: [m], n: \"o\"}\np: []\nq: {}", 1},
        {"a: [b,\n  c, # no\n  d]", 1},
        {"a: [b,\n  c,\n\n  {d: e,\n   f: g}]\nh: {\n  i: j\n  }", 1},
        {"a: |\n  One line\n\n    indented\n  last \nb: |-\n  without\n\n\nc: 1", 1},
        {"a: >\n  one\n  two\n\n  three\n\n\n  four\nb: >-\n  five\n  six\n# end\n", 1},
        {"a: >\n  one\n    two\n  three\nb: |2\n   c\nd: |+\n  e\n\n", 1},
        {"- a\n- b", 0},
        {"a:\n  - - b\n    - c\n  - - d\n", 1},
        {"a: \"x\\\"y\\\\z\\/\"\nb: \"\\u00e9\"", 1},
        {"a: b\n  c\nd: e", 1},
        {"a: b: c", 0},
        {"a: &x b\nc: *x", 1},
        {"a: 1\na: 2", 0},
        {"a:\nb: c", 1},
        {"a: |\n  text", 1},
        {"a: |\n \n  text\n", 1},
        {"  a: b\n  c: d\n", 0},
        {"a: “b” – c\nd: [é, ü]\n", 1},
        {"a: b\r\nc: d\r\n", 1},
        {"a:\tb", 1},
        {"? a\n: b", 1},
        {"a: -1\nb: - c", 0},
        {"a: http://b.example/c#d\ne: [http://f.example]", 1},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (compare_lines(texts[i].text) != texts[i].read)
            fail_msg("not as expected: {%s}", texts[i].text);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static void compares_chance(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "a: ",    "b: ",      "c:",     "key:",    "d: e",      "\n",   "\n",   "\n",    "\n  ",     "\n  ",
        "\n    ", "\n- ",     "\n  - ", "- ",      "- ",        "f",    "g h",  "\"i\"", "'j'",      "[",
        "]",      ", ",       "{",      "}",       "k: ",       "|\n",  "|-\n", ">\n",   ">-\n",     "  ",
        "    ",   " # l",     "\n# m",  "1",       "\n\n",      " ",    "é",    "o",     "\"p, q\"", "r.s",
        "(t)",    "a: |\n  ", "- u: ",  "\n  v: ", "\n    w: ", ":",    "#",    "\"",    "'",        "\\",
        "\t",     "*",        "&x ",    "|2\n",    "---",       "\r\n", "|+\n", "-",     "?",        "!",
        "%",      "\"\\n\"",  "''",     "~",       "<<: ",      "...",
    };
    uint32_t seed = 1;
    for (int round = 0; round < 100000; round++) {
        struct buf text = {0};
        size_t plain = next_random(&seed) % 4 ? 45 : sizeof parts / sizeof parts[0];
        buf_text(&text, next_random(&seed) % 8 ? "z: " : "");
        for (uint32_t count = 1 + next_random(&seed) % 14; count > 0; count--)
            buf_text(&text, parts[next_random(&seed) % plain]);
        buf_char(&text, '\0');
        compare_lines(text.p);
        buf_done(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_what_people_write),
        cmocka_unit_test(compares_chance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
