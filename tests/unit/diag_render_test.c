/* Diagnostics as text, JSON and SARIF, and what codes.def promises. */
#include "diag/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/utf8.h"
#include "diag/lines.h"

static struct arena arena;
static struct diags diags;
static struct buf out;

static struct diag_source *start(struct str text)
{
    arena_done(&arena);
    diags_init(&diags, &arena);
    return diag_source_new(&arena, STR("specs/x.yaml"), text);
}

static const char *as_text(bool color)
{
    buf_clear(&out);
    diag_render_text(&out, &diags, color);
    return str_z(&arena, buf_view(&out));
}

/* One error at bytes [from, to) of text. */
static void expect(struct str text, size_t from, size_t to, const char *wanted)
{
    struct diag_source *source = start(text);
    diag_add(&diags, DIAG_SYNTAX, span_at(source, from, to), "m");
    assert_string_equal(as_text(false), wanted);
}

static void test_form(void **state)
{
    (void)state;
    struct diag_source *source = start(STR("a: 1\nconfidence: 2\n  confidnce: 0.82\n"));
    struct span span = span_at(source, 21, 30);
    struct diag *diag = diag_add(&diags, DIAG_DUPLICATE_KEY, span, "unknown key '%s'", "confidnce");
    diag_hint(&diags, diag, "did you mean '%s'?", "confidence");
    diag_note(&diags, diag, span_at(source, 0, 1), "first given here");
    assert_string_equal(as_text(false), "specs/x.yaml:3:3: error[duplicate-key]: unknown key 'confidnce'\n"
                                        "    3 |   confidnce: 0.82\n"
                                        "      |   ^~~~~~~~~\n"
                                        "      = help: did you mean 'confidence'?\n"
                                        "specs/x.yaml:1:1: note: first given here\n"
                                        "    1 | a: 1\n"
                                        "      | ^\n");
}

static void test_confidential(void **state)
{
    (void)state;
    struct diag_source *source = start(STR("id,password\n1,hunter2\n"));
    source->confidential = true;
    struct diag *diag = diag_add(&diags, DIAG_ROSTER_ROW, span_at(source, 14, 21), "m");
    diag_note(&diags, diag, span_at(source, 0, 2), "n");
    assert_string_equal(as_text(false), "specs/x.yaml:2:3: error[roster-row]: m\n"
                                        "specs/x.yaml:1:1: note: n\n");
    buf_clear(&out);
    diag_render_json(&out, &diags);
    diag_render_sarif(&out, &diags);
    assert_null(strstr(str_z(&arena, buf_view(&out)), "hunter2"));
}

static void test_without_a_place(void **state)
{
    (void)state;
    start(STR(""));
    struct diag *diag = diag_add(&diags, DIAG_CANNOT_READ, span_none(), "cannot read '%s'", "x.yaml");
    diag_hint(&diags, diag, "check it");
    assert_string_equal(as_text(false),
                        "briefing: error[cannot-read]: cannot read 'x.yaml'\n      = help: check it\n");
    assert_true(diags.machine_failed);
}

static void test_excerpts(void **state)
{
    (void)state;
    expect(STR(""), 0, 0, "specs/x.yaml:1:1: error[syntax]: m\n    1 |\n      | ^\n");
    expect(STR("ab\n"), 2, 3, "specs/x.yaml:1:3: error[syntax]: m\n    1 | ab\n      |   ^\n");
    expect(STR("ab\ncd\nef"), 1, 7, "specs/x.yaml:1:2: error[syntax]: m\n    1 | ab\n      |  ^\n");
    expect(STR("ab\ncd"), 5, 5, "specs/x.yaml:2:3: error[syntax]: m\n    2 | cd\n      |   ^\n");
    expect(STR("a\tb: c"), 2, 3, "specs/x.yaml:1:3: error[syntax]: m\n    1 | a       b: c\n      |         ^\n");
    expect(STR("中文 ab"), 3, 6, "specs/x.yaml:1:2: error[syntax]: m\n    1 | 中文 ab\n      |   ^~\n");
    expect(STR("e\u0301x"), 3, 4, "specs/x.yaml:1:3: error[syntax]: m\n    1 | e\u0301x\n      |  ^\n");
    expect(STR("\xEF\xBB\xBF" "ab"), 3, 5, "specs/x.yaml:1:1: error[syntax]: m\n    1 | ab\n      | ^~\n");
    expect(STR("ab\r\ncd\r\n"), 4, 6, "specs/x.yaml:2:1: error[syntax]: m\n    2 | cd\n      | ^~\n");
    expect(STR("ab\rcd"), 3, 5, "specs/x.yaml:2:1: error[syntax]: m\n    2 | cd\n      | ^~\n");
}

/* What comes from a file must not steer the terminal. */
static void test_escapes(void **state)
{
    (void)state;
    expect(STR("a\x1B[1m\xE9"), 1, 2,
           "specs/x.yaml:1:2: error[syntax]: m\n    1 | a\\x1B[1m\\xE9\n      |  ^~~~\n");
    expect(STR("a\u202Eb\0"), 1, 4, "specs/x.yaml:1:2: error[syntax]: m\n    1 | a\\u202Eb\\x00\n      |  ^~~~~~\n");
    struct diag_source *source = start(STR("a"));
    source->name = STR("x\x1B]0;y\a.yaml");
    diag_add(&diags, DIAG_SYNTAX, span_at(source, 0, 1), "key '%s'", "\x1B[2J\n\u202E");
    assert_string_equal(as_text(false), "x\\x1B]0;y\\x07.yaml:1:1: error[syntax]: key '\\x1B[2J\\x0A\\u202E'\n"
                                        "    1 | a\n      | ^\n");
}

static void test_long_lines(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 0; i < 100000; i++)
        buf_text(&text, "中 word ");
    struct diag_source *source = start(buf_view(&text));
    for (size_t at = 0; at < 900000; at += 90000)
        diag_add(&diags, DIAG_SYNTAX, span_at(source, at, at + 50000), "m");
    const char *shown = as_text(false);
    size_t lines = 0;
    while (*shown) {
        size_t n = strcspn(shown, "\n");
        assert_true(utf8_width((struct str){shown, n}) <= 120);
        if (lines % 3 == 1)
            assert_true(str_ends((struct str){shown, n}, STR("…")));
        if (lines == 4)
            assert_true(str_starts((struct str){shown, n}, STR("    1 | …")));
        shown += n + 1;
        lines++;
    }
    assert_int_equal(lines, 30);
    buf_clear(&text);
    for (int i = 0; i < 100000; i++)
        buf_text(&text, "\xCC\x81"); /* takes no column */
    source = start(buf_view(&text));
    diag_add(&diags, DIAG_SYNTAX, span_at(source, 100000, 100002), "m");
    assert_true(strlen(as_text(false)) < 5000);
    buf_done(&text);
}

static void test_color(void **state)
{
    (void)state;
    struct diag_source *source = start(STR("a"));
    diag_add(&diags, DIAG_SYNTAX, span_at(source, 0, 1), "m");
    assert_string_equal(as_text(true), "\x1b[1mspecs/x.yaml:1:1: \x1b[1;31merror[syntax]:\x1b[0m m\n"
                                       "    1 | a\n      | \x1b[1;31m^\x1b[0m\n");
}

static void test_limit(void **state)
{
    (void)state;
    struct diag_source *source = start(STR("a"));
    for (int i = 0; i < 103; i++) {
        struct diag *diag = diag_add(&diags, DIAG_SYNTAX, span_at(source, 0, 1), "m%d", i);
        diag_hint(&diags, diag, "h");
        diag_note(&diags, diag, span_at(source, 0, 1), "n");
    }
    assert_int_equal(diags.errors, 103);
    const char *shown = as_text(false);
    assert_non_null(strstr(shown, "m99\n"));
    assert_null(strstr(shown, "m100\n"));
    assert_non_null(strstr(shown, "briefing: note: 3 more of [syntax] are not shown\n"));
}

static void test_take(void **state)
{
    (void)state;
    struct diag_source *source = start(STR("a"));
    struct diags trial;
    diags_init(&trial, &arena);
    for (int i = 0; i < 60; i++) {
        diag_add(&diags, DIAG_SYNTAX, span_at(source, 0, 1), "m%d", i);
        diag_add(&trial, DIAG_SYNTAX, span_at(source, 0, 1), "t%d", i);
    }
    for (struct diag *diag = trial.first, *next; diag; diag = next) {
        next = diag->next;
        diag_take(&diags, diag);
    }
    diag_count(&diags, DIAG_SYNTAX, DIAG_ERROR, 5);
    diag_count(&diags, DIAG_CANNOT_READ, DIAG_ERROR, 0);
    assert_false(diags.machine_failed);
    assert_int_equal(diags.errors, 125);
    size_t linked = 0;
    for (const struct diag *diag = diags.first; diag; diag = diag->next)
        linked++;
    assert_int_equal(linked, diags.limit);
    const char *shown = as_text(false);
    assert_non_null(strstr(shown, "t39\n"));
    assert_null(strstr(shown, "t40\n"));
    assert_non_null(strstr(shown, "briefing: note: 25 more of [syntax] are not shown\n"));
    diag_count(&diags, DIAG_CANNOT_READ, DIAG_ERROR, 1);
    assert_true(diags.machine_failed);
}

static json_t *read_back(void (*render)(struct buf *, const struct diags *))
{
    buf_clear(&out);
    render(&out, &diags);
    struct str first = str_dup(&arena, buf_view(&out));
    buf_clear(&out);
    render(&out, &diags);
    assert_true(str_eq(first, buf_view(&out)));
    json_error_t error;
    json_t *root = json_loadb(first.p, first.n, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(root);
    return root;
}

static void add_samples(void)
{
    struct diag_source *source = start(STR("a: é中\nb: \xE9\n"));
    struct diag *diag = diag_add(&diags, DIAG_SYNTAX, span_at(source, 3, 8), "m '%s'", "\xE9\x01\"");
    diag_hint(&diags, diag, "h");
    diag_note(&diags, diag, span_at(source, 9, 10), "n");
    diag_add(&diags, DIAG_CANNOT_READ, span_none(), "p");
}

static void test_json(void **state)
{
    (void)state;
    add_samples();
    json_t *root = read_back(diag_render_json);
    assert_int_equal(json_array_size(root), 2);
    const char *file, *severity, *code, *message, *hint, *note;
    int line, column, end_line, end_column, note_line;
    assert_int_equal(json_unpack(json_array_get(root, 0), "{s:s,s:i,s:i,s:i,s:i,s:s,s:s,s:s,s:s,s:[{s:i,s:s}]}",
                                 "file", &file, "line", &line, "column", &column, "end_line", &end_line,
                                 "end_column", &end_column, "severity", &severity, "code", &code, "message", &message,
                                 "hint", &hint, "notes", "line", &note_line, "message", &note), 0);
    assert_string_equal(file, "specs/x.yaml");
    assert_int_equal(line, 1);
    assert_int_equal(column, 4);
    assert_int_equal(end_line, 1);
    assert_int_equal(end_column, 6);
    assert_string_equal(severity, "error");
    assert_string_equal(code, "syntax");
    assert_string_equal(message, "m '\uFFFD\x01\"'");
    assert_string_equal(hint, "h");
    assert_int_equal(note_line, 2);
    assert_string_equal(note, "n");
    assert_true(json_is_null(json_object_get(json_array_get(root, 1), "file")));
    json_decref(root);
    start(STR(""));
    buf_clear(&out);
    diag_render_json(&out, &diags);
    assert_true(str_is(buf_view(&out), "[]\n"));
}

static void test_sarif(void **state)
{
    (void)state;
    add_samples();
    diags.first->span.source->name = STR("a b/é.yaml");
    json_t *root = read_back(diag_render_sarif);
    assert_string_equal(json_string_value(json_object_get(root, "version")), "2.1.0");
    json_t *run = json_array_get(json_object_get(root, "runs"), 0);
    assert_string_equal(json_string_value(json_object_get(run, "columnKind")), "unicodeCodePoints");
    json_t *rules = json_object_get(json_object_get(json_object_get(run, "tool"), "driver"), "rules");
    assert_int_equal(json_array_size(rules), 2);
    json_t *results = json_object_get(run, "results");
    assert_int_equal(json_array_size(results), 2);
    const char *rule, *level, *message, *uri;
    int index, line, column, end_line, end_column;
    assert_int_equal(
        json_unpack(json_array_get(results, 0),
                    "{s:s,s:i,s:s,s:{s:s},s:[{s:{s:{s:s},s:{s:i,s:i,s:i,s:i}}}],s:[{}],s:{}}", "ruleId", &rule,
                    "ruleIndex", &index, "level", &level, "message", "text", &message, "locations", "physicalLocation",
                    "artifactLocation", "uri", &uri, "region", "startLine", &line, "startColumn", &column, "endLine",
                    &end_line, "endColumn", &end_column, "relatedLocations", "properties"), 0);
    assert_string_equal(rule, "syntax");
    assert_string_equal(json_string_value(json_object_get(json_array_get(rules, (size_t)index), "id")), "syntax");
    assert_string_equal(level, "error");
    assert_string_equal(uri, "a%20b/%C3%A9.yaml");
    assert_int_equal(line, 1);
    assert_int_equal(column, 4);
    assert_int_equal(end_line, 1);
    assert_int_equal(end_column, 6);
    assert_null(json_object_get(json_array_get(results, 1), "locations"));
    json_decref(root);
}

/* The quick way must agree with the simple one, at every byte. */
static void test_lines(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "\xEF\xBB\xBF");
    for (int i = 0; i < 300; i++)
        buf_text(&text, i % 7 == 0 ? "é中\r\n" : i % 5 == 0 ? "\r" : i % 3 == 0 ? "\n" : "word \U0001F310\xFF ");
    struct diag_source *source = start(buf_view(&text));
    struct lines lines;
    lines_init(&lines, source);
    for (size_t at = 0; at <= text.n; at++) {
        size_t line, column;
        span_line_column(span_at(source, at, at), &line, &column);
        struct line_column found = lines_find(&lines, at);
        assert_int_equal(found.line, line);
        assert_int_equal(found.column, column);
    }
    lines_done(&lines);
    buf_done(&text);
}

static void test_codes(void **state)
{
    (void)state;
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        const struct diag_info *info = diag_info((enum diag_code)code);
        assert_int_equal(diag_code_find(str_from(info->name)), code); /* so no name is there twice */
        assert_true(strlen(info->name) == strspn(info->name, "abcdefghijklmnopqrstuvwxyz0123456789-"));
        assert_true(str_ends(str_from(info->meaning), STR(".")));
        assert_true(strlen(info->example) > 0);
        assert_true(strlen(info->cure) > 0);
        assert_true(info->severity != DIAG_NOTE);
        assert_true(info->severity == DIAG_ERROR || !info->allow);
    }
    assert_int_equal(diag_code_find(STR("no-such-code")), DIAG_CODE_COUNT);
}

static void test_explain(void **state)
{
    (void)state;
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        buf_clear(&out);
        diag_explain(&out, (enum diag_code)code, false);
        struct str text = buf_view(&out);
        assert_true(str_find(text, str_from(diag_info((enum diag_code)code)->name)) != SIZE_MAX);
        assert_true(str_find(text, STR("\nExample\n")) != SIZE_MAX);
        assert_true(str_find(text, STR("\nCure\n")) != SIZE_MAX);
        assert_true(str_find(text, STR("\x1b")) == SIZE_MAX);
        bool verbatim = false;
        while (text.n) {
            size_t n = str_find(text, STR("\n"));
            struct str line = str_slice(text, 0, n);
            verbatim = str_is(line, "Example") || (verbatim && !str_is(line, "Cure"));
            if (!verbatim)
                assert_true(utf8_width(line) <= 80);
            text = str_slice(text, n + 1, text.n);
        }
    }
    buf_clear(&out);
    diag_explain(&out, DIAG_MISSING_GLYPH, true);
    assert_true(str_starts(buf_view(&out), STR("\x1b[1;31merror[missing-glyph]\x1b[0m\n")));
    assert_true(str_find(buf_view(&out), STR("`--allow missing-glyph` turns it into a warning.")) != SIZE_MAX);
}

static int cleanup(void **state)
{
    (void)state;
    arena_done(&arena);
    buf_done(&out);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form),       cmocka_unit_test(test_confidential),
        cmocka_unit_test(test_without_a_place), cmocka_unit_test(test_excerpts),
        cmocka_unit_test(test_escapes),    cmocka_unit_test(test_long_lines),      cmocka_unit_test(test_color),
        cmocka_unit_test(test_limit),      cmocka_unit_test(test_take),
        cmocka_unit_test(test_json),            cmocka_unit_test(test_sarif),
        cmocka_unit_test(test_lines),      cmocka_unit_test(test_codes),           cmocka_unit_test(test_explain),
    };
    return cmocka_run_group_tests(tests, NULL, cleanup);
}
