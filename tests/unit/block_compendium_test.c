/* The front matter of a compendium: what cover, contents and summary say of editions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "block/compendium.h"
#include "block/trace.h"
#include "edition_fixture.h"
#include "spec/spec_read.h"

#define POINTS "key_points: [Point]\nprofile: Why.\n"

static const char *const specs[] = {
    "briefing: 1\nid: a\nedition: 2026-Q4\nentity: {name: Alpha, kind: network, base: Rotterdam}\n" POINTS
    "confidence: {score: 0.80, outlook: positive, history: [{edition: 2026-Q3, score: 0.76}]}\n"
    "tags: [one, two]\nmarking: {tlp: GREEN}\n",
    "briefing: 1\nid: b\nedition: 2026-Q4\nentity: {name: Beta, kind: person, type: Founder}\n" POINTS
    "confidence: {score: 0.60, history: [{edition: 2026-Q3, score: 0.65}]}\n"
    "tags: [two, three]\nmarking: {tlp: AMBER}\n",
    "briefing: 1\nid: c\nedition: 2026-Q4\nlanguage: de\nentity: {name: Gamma, kind: event}\n" POINTS
    "confidence: {score: 0.60, history: [{edition: 2026-Q3, score: 0.60}]}\nmarking: {tlp: CLEAR}\n",
    "briefing: 1\nid: d\nentity: {name: Delta, kind: place}\n" POINTS "confidence: {score: 0.50}\n",
};
enum { SPECS = sizeof specs / sizeof *specs };

struct front {
    struct fixture fixture;
    const struct edition *editions[SPECS];
};

static const struct edition *edition_of(struct fixture *f, const char *spec, struct edition_options options)
{
    struct diag_source *source = diag_source_new(&f->arena, STR("spec.yaml"), str_from(spec));
    const struct spec *read = spec_read(&f->arena, source, NULL, &f->diags);
    assert_non_null(read);
    const struct edition *edition = edition_make(&f->arena, read, f->house, &options, &f->diags);
    assert_non_null(edition);
    return edition;
}

static int set_up(void **state)
{
    struct front *front = base_malloc(sizeof *front);
    fixture_open(&front->fixture, NULL, specs[0]);
    for (size_t i = 0; i < SPECS; i++)
        front->editions[i] =
            edition_of(&front->fixture, specs[i],
                       (struct edition_options){.tier = STR("circle"), .date = {2026, 11, 22}});
    *state = front;
    return 0;
}

static int tear_down(void **state)
{
    struct front *front = *state;
    fixture_close(&front->fixture);
    free(front);
    return 0;
}

static struct str traced(struct arena *arena, const struct block_document *document)
{
    struct buf out = {0};
    block_trace(&out, document);
    struct str text = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return text;
}

static void expect(struct str text, const char *expected)
{
    if (!str_is(text, expected))
        fail_msg("expected:\n%s\nfound:\n" STR_FMT, expected, STR_ARG(text));
}

static void the_cover_says_what_the_volume_is(void **state)
{
    struct front *front = *state;
    struct arena *arena = &front->fixture.arena;
    expect(traced(arena, block_compendium_cover(arena, front->editions, SPECS)),
           "document title=Test Briefing: Compendium, Q4 2026 author=Test Press subject=4 briefings · The "
           "Circle "
           "keywords=one, two, three lang=en-GB\n"
           "running head=Test Press · Test Briefing edition=Q4 2026 foot=Compendium · The Circle "
           "copy=Personal copy {copy} marking=TLP:AMBER\n"
           "cover publisher=Test Press\n"
           "  text: Test Briefing\n"
           "  heading 1 anchor=title: Compendium\n"
           "  text: Q4 2026\n"
           "  rule\n"
           "  facts\n"
           "    term: For\n"
           "    value: The Circle\n"
           "    term: Date\n"
           "    value: 22 November 2026\n"
           "    term: Briefings\n"
           "    value: 4\n");
}

static void contents_and_summary_have_a_line_each(void **state)
{
    struct front *front = *state;
    struct arena *arena = &front->fixture.arena;
    const size_t pages[SPECS] = {3, 7, 12, 100};
    struct str text = traced(arena, block_compendium_contents(arena, front->editions, SPECS, pages, true));
    size_t at = str_find(text, STR("group\n"));
    assert_int_not_equal(at, SIZE_MAX);
    expect(str_slice(text, at, text.n),
           "group\n"
           "  heading 2 anchor=contents: Contents\n"
           "  contents\n"
           "    entry page=3 to=briefing-1 says=Alpha, page 3\n"
           "      name: Alpha\n"
           "      note: Network · Rotterdam\n"
           "    entry page=7 to=briefing-2 says=Beta, page 7\n"
           "      name: Beta\n"
           "      note: Founder\n"
           "    entry page=12 to=briefing-3 says=Gamma, page 12 lang=de\n"
           "      name: Gamma\n"
           "      note: Event\n"
           "    entry page=100 to=briefing-4 says=Delta, page 100\n"
           "      name: Delta\n"
           "      note: Place\n"
           "group\n"
           "  heading 2 anchor=summary: Summary\n"
           "  text: Change is that of the score since the last edition on the same entity.\n"
           "  table\n"
           "    column: Name\n"
           "    narrow column: Score\n"
           "    narrow column: Grade\n"
           "    column: Label\n"
           "    narrow column: Outlook\n"
           "    narrow column: Change\n"
           "    row | Alpha{ to=briefing-1} | 0.80{t} | A{n} | Strong | Positive | +0.04{nt}\n"
           "    row | Beta{ to=briefing-2} | 0.60{t} | B{n} | Medium |  | −0.05{nt}\n"
           "    row | Gamma{ to=briefing-3 lang=de} | 0.60{t} | B{n} | Medium |  | unchanged{nt}\n"
           "    row | Delta{ to=briefing-4} | 0.50{t} | B{n} | Medium |  | new{nt}\n");
}

static void the_summary_also_stands_alone(void **state)
{
    struct front *front = *state;
    struct arena *arena = &front->fixture.arena;
    const size_t pages[SPECS] = {3, 7, 12, 100};
    struct str contents =
        traced(arena, block_compendium_contents(arena, front->editions, SPECS, pages, false));
    struct str summary = traced(arena, block_compendium_summary(arena, front->editions, SPECS));
    assert_true(fixture_has(contents, "anchor=contents") && !fixture_has(contents, "anchor=summary"));
    assert_true(fixture_has(summary, "anchor=summary") && !fixture_has(summary, "anchor=contents"));
}

/* Editions of several quarters: none on the cover, each in its row. */
static void differing_editions_have_a_column(void **state)
{
    struct front *front = *state;
    struct arena *arena = &front->fixture.arena;
    front->editions[1] =
        edition_of(&front->fixture, specs[1],
                   (struct edition_options){
                       .tier = STR("circle"), .edition = {EDITION_YEAR, 2025, 0}, .date = {2026, 12, 1}});
    struct str cover = traced(arena, block_compendium_cover(arena, front->editions, SPECS));
    struct str summary = traced(arena, block_compendium_summary(arena, front->editions, SPECS));
    assert_true(fixture_has(cover, "document title=Test Briefing: Compendium author="));
    assert_false(fixture_has(cover, "Q4 2026"));
    assert_true(fixture_has(cover, "value: 1 December 2026\n"));
    assert_true(fixture_has(summary, "narrow column: Edition\n"));
    assert_true(fixture_has(summary, "| Alpha{ to=briefing-1} | Q4 2026{n} |"));
    assert_true(fixture_has(summary, "| Beta{ to=briefing-2} | 2025{n} |"));
    assert_int_equal(block_compendium_edition(front->editions, SPECS).kind, EDITION_NONE);
}

static void one_briefing_is_counted_as_one(void **state)
{
    struct front *front = *state;
    struct arena *arena = &front->fixture.arena;
    struct str cover = traced(arena, block_compendium_cover(arena, front->editions + 3, 1));
    assert_true(fixture_has(cover, "subject=1 briefing · The Circle"));
    assert_false(fixture_has(cover, "marking="));
    assert_false(fixture_has(cover, "keywords="));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_cover_says_what_the_volume_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(contents_and_summary_have_a_line_each, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_summary_also_stands_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(differing_editions_have_a_column, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_briefing_is_counted_as_one, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
