/* Model → YAML: what is written reads as the same, whatever the texts. */
#include "spec/spec_write.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "spec/scalar_write.h"
#include "spec/spec_read.h"
#include "yaml/yaml_tree.h"

static struct spec *load(struct arena *arena, struct str text, const char *folder)
{
    struct diags diags;
    diags_init(&diags, arena);
    struct spec *spec = spec_read(arena, diag_source_new(arena, STR("x.yaml"), text), folder, &diags);
    if (!spec)
        fail_msg(STR_FMT "\n--- in\n" STR_FMT, STR_ARG(diags.first->message), STR_ARG(text));
    return spec;
}

static struct str written(struct arena *arena, const struct spec *spec, struct str audience)
{
    struct buf out = {0};
    spec_write(&out, spec, audience);
    struct str text = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return text;
}

#define HEAD "briefing: 1\nid: a\n"
#define TAIL "entity:\n  name: Nu\n  kind: network\nprofile: P.\nconfidence:\n  score: 0.50\n"

static void expect(const char *text, const char *audience, const char *wanted)
{
    struct arena arena;
    arena_init(&arena);
    struct str shown = written(&arena, load(&arena, str_from(text), NULL), str_from(audience));
    assert_string_equal(str_z(&arena, shown), wanted);
    load(&arena, shown, "/tmp");
    arena_done(&arena);
}

static void values_in_their_order(void **state)
{
    (void)state;
    expect("key_points: [p]\n" TAIL "id: a\nbriefing: 1 # words\n", "", HEAD TAIL "key_points:\n  - p\n");
    expect(
        HEAD TAIL "key_points: [{text: p, confidence: 1, likelihood: Likely, audience: circle}]\n", "",
        HEAD TAIL
        "key_points:\n  - text: p\n    confidence: 1.00\n    likelihood: likely\n    audience: [circle]\n");
    expect(HEAD TAIL "key_points: [p]\nmarking: {tlp: AMBER+STRICT}\n", "",
           HEAD TAIL "key_points:\n  - p\nmarking:\n  tlp: AMBER+STRICT\n");
    expect(HEAD TAIL
           "key_points: ['a\n\n\n\n- b']\nsections: [{heading: h, text: t, table: {columns: [a, 'b, c'],"
           " align: [left, right], rows: [['', '1'], [no, x]]}}]\n",
           "",
           HEAD TAIL
           "key_points:\n  - |-\n    a\n\n    - b\n"
           "sections:\n  - heading: h\n    text: t\n    table:\n      columns: [a, \"b, c\"]\n"
           "      align: [left, right]\n      rows:\n        - [\"\", \"1\"]\n        - [\"no\", x]\n");
}

static void an_audience_where_none_is_named(void **state)
{
    (void)state;
    expect(HEAD TAIL "key_points: [p, {text: q, audience: open}]\n"
                     "sources: [{id: s, title: t, kind: news, note: note}]\n",
           "press",
           HEAD TAIL
           "key_points:\n  - text: p\n    audience: press\n  - text: q\n    audience: [open]\n"
           "sources:\n  - id: s\n    title: t\n    kind: news\n    audience: press\n    note: note\n");
}

/* A picture keeps its name and alternative text, and loses its folder. */
static void pictures_without_folders(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct str text =
        STR(HEAD TAIL
            "key_points: [p]\nsections: [{heading: h, text: t, figure: {file: in/side/x.png, alt: X}}]\n");
    struct str shown = written(&arena, load(&arena, text, "/tmp"), (struct str){0});
    assert_true(str_find(shown, STR("figure:\n      file: x.png\n      alt: X\n")) != SIZE_MAX);
    arena_done(&arena);
}

static void examples_stay_the_same(void **state)
{
    (void)state;
    const char *folder = TEST_SRC "/specs/entities";
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        struct arena arena;
        arena_init(&arena);
        struct diags diags;
        diags_init(&diags, &arena);
        if (str_ends(str_from(entry->d_name), STR(".yaml"))) {
            const char *path = str_printf(&arena, "%s/%s", folder, entry->d_name).p;
            struct diag_source *source = spec_open(&arena, path, YAML_MAX_BYTES, &diags);
            assert_non_null(source);
            struct str once = written(&arena, load(&arena, source->text, folder), (struct str){0});
            struct str twice = written(&arena, load(&arena, once, folder), (struct str){0});
            assert_string_equal(str_z(&arena, once), str_z(&arena, twice));
            count++;
        }
        arena_done(&arena);
    }
    closedir(listing);
    assert_true(count > 5);
}

/* Written as an item and read back, in a list of one line and in a map. */
static void check_scalar(struct str text, bool one_line)
{
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    struct buf out = {0};
    buf_text(&out, "a:\n  - ");
    scalar_write_text(&out, text, 6);
    if (one_line) {
        buf_text(&out, "\nb: [");
        scalar_write_line(&out, text);
        buf_text(&out, ", x]");
    }
    buf_char(&out, '\n');
    struct diag_source *source = diag_source_new(&arena, STR("x.yaml"), buf_view(&out));
    const struct yaml_node *root = yaml_parse(&arena, source, &diags);
    if (diags.errors || !root)
        fail_msg(STR_FMT "\n--- of\n" STR_FMT, STR_ARG(diags.first->message), STR_ARG(buf_view(&out)));
    for (size_t i = 0; root && i < root->count; i++) {
        const struct yaml_node *list = root->entries[i].value;
        assert_int_equal(list->count, i + 1);
        if (!str_eq(list->items[0]->value, text))
            fail_msg("'" STR_FMT "' became '" STR_FMT "' by\n" STR_FMT, STR_ARG(text),
                     STR_ARG(list->items[0]->value), STR_ARG(buf_view(&out)));
    }
    buf_done(&out);
    arena_done(&arena);
}

static void scalars_survive(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "no",
                                        "Null",
                                        "~",
                                        "1e3",
                                        ".5",
                                        "- a",
                                        "a: b",
                                        "a #b",
                                        "#b",
                                        "[a]",
                                        "{a}",
                                        "a, b",
                                        "'a'",
                                        "\"a\"",
                                        "a\\n",
                                        "!a",
                                        "&a",
                                        "*a",
                                        "|",
                                        ">",
                                        "%a",
                                        "@a",
                                        "`a`",
                                        "? a",
                                        "a?",
                                        "---",
                                        "...",
                                        "a:",
                                        ":a",
                                        " a",
                                        "a ",
                                        "é",
                                        "\u00a0",
                                        "\u200d\u00ad",
                                        "😀",
                                        "a\u2066b\u2069",
                                        "key:value",
                                        "y",
                                        "a'b"};
    static const char *const several[] = {"a\nb",        "a\n\nb",         "a\n  b", "- a\n- b: c\n# d",
                                          "```\n \n```", "a:\n\n\n b\\\nc"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_scalar(str_from(texts[i]), true);
    for (size_t i = 0; i < sizeof several / sizeof *several; i++)
        check_scalar(str_from(several[i]), false);
    static const char marks[] = " aB1-:#,[]{}&*!|>'\"%@`?\\.~=";
    uint64_t seed = 3;
    for (int round = 0; round < 20000; round++) {
        char text[12];
        size_t n = 1 + (size_t)round % sizeof text;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            text[i] = marks[(seed >> 33) % (sizeof marks - 1)];
        }
        check_scalar((struct str){text, n}, true);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_in_their_order),    cmocka_unit_test(an_audience_where_none_is_named),
        cmocka_unit_test(pictures_without_folders), cmocka_unit_test(examples_stay_the_same),
        cmocka_unit_test(scalars_survive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
