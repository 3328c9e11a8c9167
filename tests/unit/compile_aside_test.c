/* Documents made by two threads, and where paragraphs are remembered: the bytes and the diagnostics that one thread gives
 * which knows nothing, every time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "compile.h"
#include "diag/render.h"
#include "spec/spec_read.h"
#include "text_support.h"
#include "yaml/yaml_tree.h"

enum { TIMES = 6 };

static const char *const paths[] = {
    "specs/entities/northwind-transit-exchange.yaml",
    "specs/entities/names-in-eight-scripts.yaml",
    "specs/entities/quiet-harbour-network.yaml",
    "tests/golden/scripts.yaml",
    "tests/golden/arabic.yaml",
    "tests/golden/typography.yaml",
    "tests/golden/figures.yaml",
    "tests/golden/points.yaml",
};
enum { PATHS = sizeof paths / sizeof *paths };

/* Quotations that hang, a list, a table, languages, words that are too long for their lines, and characters
 * that no font has: reports from blocks at either end. */
static const char odd[] =
    "briefing: 1\nid: odd\nentity: {name: Alpha, kind: network}\nprofile: \"Why \\U00013000?\"\n"
    "confidence: {score: 0.80}\nkey_points: [Point, \"Another \\U00013001\"]\nsections:\n"
    "- {heading: Zero, text: \"Ελληνικά, кириллица, עברית and 日本語 \\U00013000.\"}\n"
    "- {heading: One, text: \"> “Quoted,” she said.\\n\\nText of some length that is set in more than one "
    "line of the "
    "page, I think, and hyphenated internationalisation.\"}\n"
    "- {heading: Two, text: \"- an item\\n- **another** `code` item\\n\\n1. first\\n2. second\"}\n"
    "- {heading: Three, text: \"| a | b |\\n| - | - |\\n| one | two |\\n| three | four \\U00013002 |\"}\n"
    "- {heading: Four, text: "
    "\"Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
    "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww.\"}\n"
    "- {heading: Five, text: \"The same text.\\n\\nThe same text.\\n\\nThe same text.\"}\n"
    "- {heading: Six, text: \"> “Quoted again,” she said. "
    "Z\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301"
    "\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u030"
    "1\\u0301\\u0301\\u0301\"}\n";

struct bench {
    struct text_fonts *fonts;
    struct arena arena;
    struct compile_context context;
};

static int set_up(void **state)
{
    struct bench *bench = base_malloc(sizeof *bench);
    memset(bench, 0, sizeof *bench);
    arena_init(&bench->arena);
    bench->fonts = text_fonts_open(support_config(&bench->arena, false));
    bench->context.engine = text_engine_open(bench->fonts);
    bench->context.writer = pdf_writer_open();
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;
    pdf_writer_close(bench->context.writer);
    text_engine_close(bench->context.engine);
    text_fonts_close(bench->fonts);
    arena_done(&bench->arena);
    free(bench);
    return 0;
}

/* The PDF, if there are no errors, with all that is told behind it. */
static struct buf make(const struct bench *bench, const char *path, const char *text)
{
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    diags.allowed[DIAG_MISSING_GLYPH] = true;
    const struct house *house = house_default(&arena, &diags);
    struct diag_source *source = path ? spec_open(&arena, path, YAML_MAX_BYTES, &diags)
                                      : diag_source_new(&arena, STR("odd.yaml"), str_from(text));
    assert_non_null(source);
    struct spec_lint lint = {.diags = NULL};
    const struct spec *spec =
        spec_load_aside(&arena, source, NULL, house, &diags, bench->context.aside, &lint);
    struct buf out = {0}, told = {0};
    struct compile_options options = {.edition.date = {2026, 11, 22}};
    if (spec)
        (void)compile_pdf(&bench->context, spec, house, &options, &out, NULL, &diags);
    spec_lint_finish(&lint, bench->context.aside);
    diag_render_text(&told, &diags, false);
    buf_str(&out, buf_view(&told));
    buf_done(&told);
    arena_done(&arena);
    return out;
}

static void assert_same(struct buf one, struct buf two, const char *name)
{
    if (one.n != two.n || memcmp(one.p, two.p, one.n) != 0)
        fail_msg("%s: other bytes", name);
    buf_done(&two);
}

static void gives_what_one_thread_gives(void **state)
{
    struct bench *bench = *state;
    struct buf one[PATHS + 1];
    for (size_t i = 0; i <= PATHS; i++) {
        one[i] = make(bench, i < PATHS ? paths[i] : NULL, odd);
        if (one[i].n < 4 || memcmp(one[i].p, "%PDF", 4) != 0)
            fail_msg("%s: no PDF, but " STR_FMT, i < PATHS ? paths[i] : "odd", STR_ARG(buf_view(&one[i])));
    }
    struct aside *aside = aside_open();
    assert_non_null(aside);
    for (int time = 0; time < TIMES; time++) {
        aside_in_turn(aside, time % 2);        /* then each text is set ahead that can be */
        compile_hurry(&bench->context, aside); /* with an engine that knows no word yet, and again with it */
        for (int again = 0; again < 2; again++)
            for (size_t i = 0; i <= PATHS; i++)
                assert_same(one[i], make(bench, i < PATHS ? paths[i] : NULL, odd),
                            i < PATHS ? paths[i] : "odd");
    }
    compile_hurry(&bench->context, NULL);
    aside_close(aside);
    for (size_t i = 0; i <= PATHS; i++) {
        assert_same(one[i], make(bench, i < PATHS ? paths[i] : NULL, odd), "afterwards");
        buf_done(&one[i]);
    }
}

/* By one thread and by two; each document after others, and after itself. */
static void gives_the_same_where_it_remembers(void **state)
{
    struct bench *bench = *state;
    struct buf one[PATHS + 1];
    for (size_t i = 0; i <= PATHS; i++)
        one[i] = make(bench, i < PATHS ? paths[i] : NULL, odd);
    text_engine_remember(bench->context.engine);
    struct aside *aside = aside_open();
    assert_non_null(aside);
    for (int time = 0; time < TIMES; time++) {
        if (time == 2)
            compile_hurry(&bench->context, aside);
        for (size_t i = 0; i <= PATHS; i++) {
            size_t n = time % 2 ? PATHS - i : i;
            for (int again = 0; again < 2; again++)
                assert_same(one[n], make(bench, n < PATHS ? paths[n] : NULL, odd), n < PATHS ? paths[n] : "odd");
        }
    }
    compile_hurry(&bench->context, NULL);
    aside_close(aside);
    for (size_t i = 0; i <= PATHS; i++)
        buf_done(&one[i]);
}

/* The first engine has opened no face yet when the second one is asked. */
static void from_the_first_document_on(void **state)
{
    struct bench *bench = *state;
    struct aside *aside = aside_open();
    compile_hurry(&bench->context, aside);
    struct buf two = make(bench, NULL, odd);
    compile_hurry(&bench->context, NULL);
    aside_close(aside);
    assert_same(two, make(bench, NULL, odd), "odd");
    buf_done(&two);
}

/* Errors of the second part of a document, as of the first. */
static void an_error_ends_it_alike(void **state)
{
    struct bench *bench = *state;
    static const char broken[] =
        "briefing: 1\nid: odd\nentity: {name: Alpha, kind: network, image: {file: none.png, "
        "alt: None}}\nprofile: Why.\nconfidence: {score: 0.80}\nkey_points: [Point]\n";
    struct buf one = make(bench, NULL, broken);
    assert_int_not_equal(memcmp(one.p, "%PDF", 4), 0);
    struct aside *aside = aside_open();
    compile_hurry(&bench->context, aside);
    assert_same(one, make(bench, NULL, broken), "broken");
    compile_hurry(&bench->context, NULL);
    aside_close(aside);
    buf_done(&one);
}

/* Where warnings are errors, the spec is refused before anything is made of it. */
static void warnings_that_are_errors_are_not_waited_for(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    const struct house *house = house_default(&arena, &diags);
    struct diag_source *source = diag_source_new(&arena, STR("odd.yaml"), str_from(odd));
    struct aside *aside = aside_open();
    for (int strict = 0; strict < 2; strict++) {
        struct spec_lint lint = {.diags = NULL};
        diags.warnings_as_errors = strict;
        const struct spec *spec = spec_load_aside(&arena, source, NULL, house, &diags, aside, &lint);
        assert_int_equal(spec == NULL, strict);
        assert_int_equal(lint.diags == NULL, strict);
        assert_int_equal(diags.errors != 0, strict);
        spec_lint_finish(&lint, aside);
        assert_true(diags.per_code[DIAG_NO_SOURCES] == 1 + (size_t)strict);
    }
    aside_close(aside);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gives_what_one_thread_gives, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gives_the_same_where_it_remembers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(from_the_first_document_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_error_ends_it_alike, set_up, tear_down),
        cmocka_unit_test(warnings_that_are_errors_are_not_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
