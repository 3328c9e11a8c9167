/* What each tier may read: audiences, references, panels, marks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "edition_fixture.h"

#define HEAD                                                                                                           \
    "briefing: 1\nid: x\nentity: {name: X, kind: network}\nprofile: Why.\nconfidence: {score: 0.80}\n"

static const char points[] = HEAD
    "edition: 2026-Q4\n"
    "key_points:\n"
    "  - Plain\n"
    "  - {text: Open, audience: open}\n"
    "  - {text: Circle, audience: circle}\n"
    "  - {text: Board, audience: board}\n"
    "  - {text: Press or board, audience: [press, board]}\n"
    "  - {text: Press, audience: press}\n";

static void tiers_read_what_they_include(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, points);
    assert_int_equal(fixture_edition(&f, NULL)->spec.key_points.count, 2);
    assert_int_equal(fixture_edition(&f, "open")->spec.key_points.count, 2);
    assert_int_equal(fixture_edition(&f, "circle")->spec.key_points.count, 3);
    assert_int_equal(fixture_edition(&f, "board")->spec.key_points.count, 5); /* through circle also open */
    assert_int_equal(fixture_edition(&f, "press")->spec.key_points.count, 2); /* nothing for the default tier */
    fixture_close(&f);
}

static void unknown_tier_is_told_with_a_hint(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, points);
    struct edition_options options = {.tier = STR("circel")};
    assert_null(edition_make(&f.arena, f.spec, f.house, &options, &f.diags));
    assert_int_equal(f.diags.errors, 1);
    assert_int_equal(f.diags.first->code, DIAG_UNKNOWN_TIER_OPTION);
    assert_true(fixture_has(f.diags.first->hint, "circle"));
    fixture_close(&f);
}

static const char sources[] = HEAD
    "key_points: [{text: Point, sources: [a, b, c]}]\n"
    "sources:\n"
    "  - {id: a, title: A, kind: news, audience: board}\n"
    "  - {id: b, title: B, kind: news, repeats: a, publisher: One}\n"
    "  - {id: c, title: C, kind: news, repeats: b}\n"
    "  - {id: d, title: D, kind: news, publisher: One, note: {text: Secret note, audience: circle}}\n"
    "  - {id: e, title: E, kind: news, audience: press, note: Own note}\n";

static void references_to_withheld_sources_vanish(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, sources);
    struct edition *open = fixture_edition(&f, "open");
    assert_int_equal(open->spec.sources.count, 3);
    assert_int_equal(open->spec.key_points.items[0].sources.count, 2);
    assert_int_equal(open->spec.sources.items[0].repeats.s.n, 0);
    assert_true(str_is(open->spec.sources.items[1].repeats.s, "b"));
    assert_int_equal(edition_source_index(open, STR("b")), 0);
    assert_true(edition_source_index(open, STR("a")) == SIZE_MAX);
    assert_int_equal(open->independent_sources, 1); /* c repeats b, d shares b's publisher */
    struct edition *board = fixture_edition(&f, "board");
    assert_int_equal(board->spec.key_points.items[0].sources.count, 3);
    assert_true(str_is(board->spec.sources.items[1].repeats.s, "a"));
    assert_int_equal(edition_source_index(board, STR("b")), 1);
    assert_int_equal(board->independent_sources, 1);
    fixture_close(&f);
}

static void notes_have_their_own_audience_or_that_of_their_source(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, sources);
    struct edition *open = fixture_edition(&f, "open");
    assert_null(open->spec.sources.items[2].note.text);
    struct edition *circle = fixture_edition(&f, "circle");
    assert_non_null(circle->spec.sources.items[2].note.text);
    struct edition *press = fixture_edition(&f, "press");
    assert_int_equal(press->spec.sources.count, 1);
    assert_non_null(press->spec.sources.items[0].note.text);
    fixture_close(&f);
}

static void circles_of_repeats_count_once(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, HEAD
                 "key_points: [Point]\n"
                 "sources:\n"
                 "  - {id: a, title: A, kind: news, repeats: c}\n"
                 "  - {id: b, title: B, kind: news, repeats: a}\n"
                 "  - {id: c, title: C, kind: news, repeats: b}\n"
                 "  - {id: d, title: D, kind: news, publisher: P}\n"
                 "  - {id: e, title: E, kind: news, publisher: P, repeats: a}\n"
                 "  - {id: f, title: F, kind: news}\n");
    assert_int_equal(fixture_edition(&f, NULL)->independent_sources, 2);
    fixture_close(&f);
}

static const char sections[] = HEAD
    "key_points: [Point]\n"
    "sections:\n"
    "  - {heading: One, text: t, audience: board, teaser: First of the board}\n"
    "  - {heading: Two, text: t}\n"
    "  - {heading: Three, text: t, audience: [press, circle], teaser: For two}\n"
    "  - {heading: Four, text: t, audience: [board, open]}\n"
    "  - {heading: Five, text: t, audience: board}\n"
    "  - {heading: Six, text: t, audience: board, teaser: Last of the board}\n"
    "  - {heading: Seven, text: t, audience: press}\n";

static void each_locked_tier_has_one_panel(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, sections);
    struct edition *open = fixture_edition(&f, "open");
    assert_int_equal(open->spec.sections.count, 2);
    assert_int_equal(open->panel_count, 3);
    assert_true(str_is(open->panels[0].tier->id.s, "board"));
    assert_int_equal(open->panels[0].before_section, 0);
    assert_int_equal(open->panels[0].teaser_count, 2);
    assert_true(str_is(open->panels[0].teasers[0].s, "First of the board"));
    assert_true(str_is(open->panels[0].teasers[1].s, "Last of the board"));
    assert_true(str_is(open->panels[1].tier->id.s, "circle")); /* before press in the house */
    assert_int_equal(open->panels[1].before_section, 1);
    assert_true(str_is(open->panels[2].tier->id.s, "press"));
    assert_int_equal(open->panels[2].before_section, 2);
    assert_int_equal(open->panels[2].teaser_count, 0);
    fixture_close(&f);
}

static void sections_carry_the_mark_of_their_tier(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, sections);
    struct edition *board = fixture_edition(&f, "board");
    assert_int_equal(board->spec.sections.count, 6);
    assert_true(str_is(board->section_tiers[0]->id.s, "board"));
    assert_null(board->section_tiers[1]);
    assert_true(str_is(board->section_tiers[2]->id.s, "circle"));
    assert_null(board->section_tiers[3]);
    assert_int_equal(board->panel_count, 1);
    struct edition *press = fixture_edition(&f, "press");
    assert_int_equal(press->spec.sections.count, 2);
    assert_true(str_is(press->panels[1].tier->id.s, "open"));
    fixture_close(&f);
}

static void nothing_of_audiences_and_teasers_is_carried_on(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, sections);
    struct edition *board = fixture_edition(&f, "board");
    for (size_t i = 0; i < board->spec.sections.count; i++) {
        assert_int_equal(board->spec.sections.items[i].audience.count, 0);
        assert_int_equal(board->spec.sections.items[i].teaser.s.n, 0);
    }
    assert_null(board->spec.source);
    fixture_close(&f);
}

/* Includes in a circle are refused by the reader of houses; a filter that met one would still end. */
static void includes_may_be_circular(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, points);
    struct tier *open = &f.house->tiers.items[0];
    open->includes = f.house->tiers.items[2].includes; /* open reads circle, which reads open */
    assert_int_equal(fixture_edition(&f, "open")->spec.key_points.count, 3);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiers_read_what_they_include),
        cmocka_unit_test(unknown_tier_is_told_with_a_hint),
        cmocka_unit_test(references_to_withheld_sources_vanish),
        cmocka_unit_test(notes_have_their_own_audience_or_that_of_their_source),
        cmocka_unit_test(circles_of_repeats_count_once),
        cmocka_unit_test(each_locked_tier_has_one_panel),
        cmocka_unit_test(sections_carry_the_mark_of_their_tier),
        cmocka_unit_test(nothing_of_audiences_and_teasers_is_carried_on),
        cmocka_unit_test(includes_may_be_circular),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
