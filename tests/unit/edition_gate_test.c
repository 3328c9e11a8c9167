/* The publication gate, the edition's id and history, counts and digest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "edition/count.h"
#include "edition_fixture.h"

#define HEAD "briefing: 1\nid: x\nentity: {name: X, kind: network}\nprofile: Why.\n"

static void entity_below_the_gate_is_refused(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, HEAD "confidence:\n  score: 0.05\nkey_points: [Point]\n");
    struct edition_options options = {.internal = false};
    assert_null(edition_make(&f.arena, f.spec, f.house, &options, &f.diags));
    assert_int_equal(f.diags.errors, 1);
    const struct diag *diag = f.diags.first;
    assert_int_equal(diag->code, DIAG_NOT_FOR_PUBLICATION);
    assert_true(fixture_has(diag->message, "0.05"));
    assert_true(fixture_has(diag->message, "'Internal monitoring' (0.00–0.09)"));
    assert_true(fixture_has(diag->hint, "--internal"));
    size_t line, column;
    span_line_column(diag->span, &line, &column);
    assert_int_equal(line, 6);
    fixture_close(&f);
}

static void internal_lets_it_through(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, HEAD "confidence: {score: 0.05}\nkey_points: [{text: Point, confidence: 0.01}]\n");
    struct edition *edition = fixture_internal(&f, NULL);
    assert_true(edition->internal);
    assert_true(str_is(edition->band->label.s, "Internal monitoring"));
    assert_int_equal(edition->spec.key_points.count, 1);
    assert_int_equal(edition->withheld_claims, 0);
    fixture_close(&f);
}

static const char claims[] = HEAD
    "confidence: {score: 0.80}\n"
    "key_points:\n"
    "  - {text: Kept, confidence: 0.10}\n"
    "  - {text: Low, confidence: 0.09}\n"
    "  - {text: Low for the board, confidence: 0.02, audience: board}\n"
    "what_it_does: [{text: Low too, confidence: 0.00}]\n"
    "why_it_matters: [{text: Fine, confidence: 0.50}]\n"
    "relationships: [{name: N, relation: r, strength: 0.01}]\n";

static void claims_below_the_gate_are_withheld_and_counted(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, claims);
    struct edition *open = fixture_edition(&f, NULL);
    assert_int_equal(open->spec.key_points.count, 1);
    assert_int_equal(open->spec.what_it_does.count, 0);
    assert_int_equal(open->spec.why_it_matters.count, 1);
    assert_int_equal(open->spec.relationships.count, 1); /* the gate is not for strength */
    assert_int_equal(open->withheld_claims, 2);          /* not the board's */
    assert_int_equal(open->withheld_band_count, 1);
    assert_true(str_is(open->withheld[0].band->label.s, "Internal monitoring"));
    assert_int_equal(fixture_edition(&f, "board")->withheld_claims, 3);
    assert_int_equal(fixture_edition(&f, "press")->withheld_claims, 0);
    fixture_close(&f);
}

static const char history[] = HEAD
    "as_of: 2026-11-20\n"
    "confidence:\n"
    "  score: 0.80\n"
    "  history:\n"
    "    - {edition: 2026-Q3, score: 0.70}\n"
    "    - {edition: 2025-Q4, score: 0.60}\n"
    "    - {edition: 2026-Q2, score: 0.04}\n"
    "    - {edition: 2026-Q4, score: 0.79}\n"
    "key_points: [Point]\n";

static void history_is_that_of_earlier_editions(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, history);
    struct edition *edition = fixture_edition(&f, NULL);
    assert_int_equal(edition->id.kind, EDITION_QUARTER); /* of as_of */
    assert_int_equal(edition->id.part, 4);
    assert_int_equal(edition->spec.confidence.history.count, 2);
    assert_int_equal(edition->spec.confidence.history.items[0].score.hundredths, 60);
    assert_true(edition->has_change);
    assert_int_equal(edition->previous_hundredths, 70);
    assert_int_equal(edition->previous.part, 3);
    struct edition_options older = {.edition = {EDITION_QUARTER, 2025, 4}};
    struct edition *first = edition_make(&f.arena, f.spec, f.house, &older, &f.diags);
    assert_false(first->has_change);
    assert_int_equal(first->spec.confidence.history.count, 0);
    fixture_close(&f);
}

static void a_bare_spec_has_no_edition(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, HEAD "confidence: {score: 0.80}\nkey_points: [Point]\n");
    struct edition *edition = fixture_edition(&f, NULL);
    assert_int_equal(edition->id.kind, EDITION_NONE);
    assert_true(str_is(edition->spec.language.s, "en-GB"));
    assert_int_equal(edition->reading_minutes, 1);
    fixture_close(&f);
}

static void begun_minutes_count_whole(void **state)
{
    (void)state;
    assert_int_equal(count_minutes(0), 1);
    assert_int_equal(count_minutes(230), 1);
    assert_int_equal(count_minutes(231), 2);
    assert_int_equal(count_minutes(920), 4);
}

static struct str digest_of(const char *spec, const char *tier)
{
    static char kept[65];
    struct fixture f;
    fixture_open(&f, NULL, spec);
    struct edition *edition = fixture_edition(&f, tier);
    assert_int_equal(edition->digest.n, 64);
    memcpy(kept, edition->digest.p, 64);
    fixture_close(&f);
    return (struct str){kept, 64};
}

static bool same_digest(const char *a, const char *b, const char *tier)
{
    char first[64];
    memcpy(first, digest_of(a, tier).p, sizeof first);
    return memcmp(first, digest_of(b, tier).p, sizeof first) == 0;
}

#define BODY "confidence: {score: 0.80}\nkey_points: [One, {text: Two, audience: board}]\n"
#define SECRET(word, id)                                                                                               \
    BODY "sections: [{heading: " word ", text: " word ", audience: board}]\n"                                          \
         "timeline: [{date: 2026, text: " word ", audience: board, sources: [" id "]}]\n"                              \
         "sources: [{id: " id ", title: " word ", kind: news, audience: board}, {id: s, title: S, kind: news, " \
                                               "repeats: " id "}]\n"

static void nothing_withheld_changes_the_digest(void **state)
{
    (void)state;
    assert_true(same_digest(HEAD SECRET("alpha", "a"), HEAD SECRET("beta beta", "b"), "open"));
    assert_false(same_digest(HEAD SECRET("alpha", "a"), HEAD SECRET("beta beta", "b"), "board"));
    assert_true(same_digest(HEAD BODY, "# moved down\n\n" HEAD BODY, "open"));
    assert_true(same_digest(HEAD BODY, HEAD "confidence: {score: 0.80}\nkey_points: [One, {text: Three, audience: "
                                            "board}]\n", "open"));
}

static void everything_printed_changes_the_digest(void **state)
{
    (void)state;
    static const char *const changes[] = {
        "headline: h\n", "deck: d\n", "authors: [a]\n", "tags: [t]\n", "impact: low\n", "horizon: now\n",
        "edition: 2026\n",
        "as_of: 2026-01-02\n", "tracked_as: t\n", "disclosures: d\n", "marking: {tlp: RED}\n", "outlook: {long: l}\n",
        "also_read: [{title: t}]\n", "abbreviations: [{short: s, long: l}]\n", "contact: {phone: 1}\n",
        "key_figures: [{label: l, value: v}]\n", "quotes: [{text: q, by: b}]\n",
        "what_to_watch: [{text: w, likelihood: likely}]\n",
        "what_to_watch: [{text: w, likelihood: probable}]\n", "what_it_does: ['*w*']\n", "what_it_does: [w]\n",
        "sections: [{heading: h, text: t, table: {columns: [a, b], rows: [[c, d]]}}]\n",
        "sections: [{heading: h, text: t, table: {columns: [a, b], rows: [[cd, '']]}}]\n",
        "sections: [{heading: h, text: t, teaser: hidden, audience: board}]\n",
        "sections: [{heading: h, text: t, teaser: shown, audience: board}]\n",
    };
    enum { COUNT = sizeof changes / sizeof changes[0] };
    char digests[COUNT + 1][64];
    for (size_t i = 0; i <= COUNT; i++) {
        char spec[1024];
        int n = snprintf(spec, sizeof spec, "%s%s%s", HEAD, "confidence: {score: 0.80}\nkey_points: [One]\n",
                         i < COUNT ? changes[i] : "");
        assert_true(n > 0 && (size_t)n < sizeof spec);
        memcpy(digests[i], digest_of(spec, "open").p, 64);
        for (size_t j = 0; j < i; j++)
            if (memcmp(digests[i], digests[j], 64) == 0)
                fail_msg("%s and %s have one digest", changes[j], i < COUNT ? changes[i] : "nothing");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entity_below_the_gate_is_refused),
        cmocka_unit_test(internal_lets_it_through),
        cmocka_unit_test(claims_below_the_gate_are_withheld_and_counted),
        cmocka_unit_test(history_is_that_of_earlier_editions),
        cmocka_unit_test(a_bare_spec_has_no_edition),
        cmocka_unit_test(begun_minutes_count_whole),
        cmocka_unit_test(nothing_withheld_changes_the_digest),
        cmocka_unit_test(everything_printed_changes_the_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
