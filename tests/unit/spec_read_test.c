/* Reading: what was written lands where the model says, and a spec with faults is no spec. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "diag/diag.h"
#include "prose/prose.h"
#include "spec/spec_read.h"
#include "spec_reading.h"

#define MINIMAL                                                                                              \
    "briefing: 1\nid: x\nentity: {name: X, kind: network}\nprofile: Text.\nconfidence: {score: 0.5}\n"       \
    "key_points: [{text: Point., sources: [s1]}]\nsources: [{id: s1, title: T, kind: news}]\n"

static bool text_is(struct reading *fixture, const struct prose *prose, const char *text)
{
    return str_is(prose_text(&fixture->arena, prose), text);
}

static void test_minimal(void **state)
{
    struct reading *fixture = *state;
    struct spec *spec =
        spec_read(&fixture->arena, reading_source(fixture, "a/x.yaml", MINIMAL), NULL, &fixture->diags);
    assert_non_null(spec);
    assert_true(str_is(spec->id.s, "x"));
    assert_int_equal(spec->id.at.start, 16);
    assert_int_equal(spec->entity.kind, ENTITY_NETWORK);
    assert_int_equal(spec->confidence.score.hundredths, 50);
    assert_int_equal(spec->key_points.count, 1);
    assert_int_equal(spec->key_points.items[0].confidence.hundredths, -1);
    assert_true(str_is(spec->key_points.items[0].sources.items[0].s, "s1"));
    assert_true(text_is(fixture, spec->profile, "Text."));
    assert_null(spec->relevance);
    assert_int_equal(spec->edition.kind, EDITION_NONE);
    assert_int_equal(spec->tlp, TLP_NONE);
}

static void test_values_land(void **state)
{
    struct reading *fixture = *state;
    static const char text[] =
        MINIMAL "language: zh-Hant\nedition: 2026-Q4\nas_of: 2026-11-15\nimpact: critical\ncriticality: "
                "low\nhorizon: long-term\n"
                "headline: |\n  folded\nmarking: {tlp: AMBER+STRICT}\ntags: [NO, 1e3]\n"
                "outlook: {short: S., medium: M., long: L.}\n"
                "what_to_watch: [{text: W., by: 2027, likelihood: Nearly Certain, audience: open}]\n"
                "relationships: [{name: R, direction: both, strength: 0.05, since: 2020-02}]\n"
                "sections:\n"
                "  - heading: H\n    text: T.\n    audience: [open, b]\n"
                "    quote: {text: Q., by: B}\n"
                "    figure: {file: f.png, alt: A, credit: C}\n"
                "    table: {columns: [c, d], align: [right, centre], rows: [[1, ''], [2, 3]]}\n"
                "  - {heading: I, text: U.}\n";
    struct spec *spec =
        spec_read(&fixture->arena, reading_source(fixture, "a/x.yaml", text), NULL, &fixture->diags);
    assert_non_null(spec);
    assert_true(str_is(spec->language.s, "zh-Hant"));
    assert_int_equal(spec->edition.kind, EDITION_QUARTER);
    assert_int_equal(spec->edition.part, 4);
    assert_true(spec->edition_at.end > spec->edition_at.start);
    assert_int_equal(spec->as_of.date.day, 15);
    assert_int_equal(spec->impact, LEVEL_CRITICAL);
    assert_int_equal(spec->criticality, LEVEL_LOW);
    assert_int_equal(spec->horizon, HORIZON_LONG_TERM);
    assert_true(str_is(spec->headline.s, "folded"));
    assert_int_equal(spec->tlp, TLP_AMBER_STRICT);
    assert_true(str_is(spec->tags.items[0].s, "NO"));
    assert_true(str_is(spec->tags.items[1].s, "1e3"));
    assert_true(text_is(fixture, spec->outlook.long_term, "L."));
    const struct watch *watch = &spec->what_to_watch.items[0];
    assert_int_equal(watch->likelihood.step, LIKELIHOOD_ALMOST_CERTAIN);
    assert_true(str_is(watch->likelihood.term, "nearly certain"));
    assert_int_equal(watch->by.date.month, 0);
    assert_int_equal(watch->audience.count, 1);
    const struct relationship *relationship = &spec->relationships.items[0];
    assert_int_equal(relationship->direction, DIRECTION_BOTH);
    assert_int_equal(relationship->strength.hundredths, 5);
    const struct section *section = &spec->sections.items[0];
    assert_true(section->has_quote && section->has_figure && section->has_table);
    assert_int_equal(section->audience.count, 2);
    assert_true(str_is(section->figure.picture.path, "a/f.png"));
    assert_true(str_is(section->figure.picture.alt.s, "A"));
    assert_true(str_is(section->figure.credit.s, "C"));
    assert_int_equal(section->table.align.items[0].align, ALIGN_RIGHT);
    assert_int_equal(section->table.align.items[1].align, ALIGN_CENTRE);
    assert_int_equal(section->table.rows.count, 2);
    assert_int_equal(section->table.rows.items[0].items[1].s.n, 0);
    assert_false(spec->sections.items[1].has_table);
    assert_int_equal(fixture->diags.errors + fixture->diags.warnings, 0);
}

static void test_source_grades_and_notes(void **state)
{
    struct reading *fixture = *state;
    static const char text[] =
        "briefing: 1\nid: x\nentity: {name: X, kind: person}\nprofile: T.\nconfidence: {score: "
        "1}\nkey_points: [A short one.]\n"
        "sources:\n"
        "  - {id: s1, title: T, kind: self-published, reliability: B, credibility: 2, note: 'Short, "
        "*marked*.'}\n"
        "  - {id: s2, title: U, kind: other, repeats: s1, note: {text: Long., audience: b}}\n";
    struct spec *spec =
        spec_read(&fixture->arena, reading_source(fixture, "x.yaml", text), NULL, &fixture->diags);
    assert_non_null(spec);
    assert_int_equal(spec->confidence.score.hundredths, 100);
    assert_true(text_is(fixture, spec->key_points.items[0].text, "A short one."));
    const struct source *one = &spec->sources.items[0], *two = &spec->sources.items[1];
    assert_int_equal(one->kind, SOURCE_SELF_PUBLISHED);
    assert_int_equal(one->reliability, 'B');
    assert_int_equal(one->credibility, '2');
    assert_true(text_is(fixture, one->note.text, "Short, marked."));
    assert_int_equal(two->reliability, 0);
    assert_true(str_is(two->repeats.s, "s1"));
    assert_true(str_is(two->note.audience.items[0].s, "b"));
}

static void test_faults_make_no_spec(void **state)
{
    struct reading *fixture = *state;
    assert_null(spec_read(&fixture->arena, reading_source(fixture, "x.yaml", "briefing: 1\n"), NULL,
                          &fixture->diags));
    assert_int_equal(fixture->diags.errors, 5);
    assert_null(spec_read(&fixture->arena, reading_source(fixture, "x.yaml", ""), NULL, &fixture->diags));
    assert_int_equal(fixture->diags.errors, 6);
}

static void test_load_tells_both(void **state)
{
    struct reading *fixture = *state;
    struct house *house = house_default(&fixture->arena, &fixture->diags);
    const char *text = MINIMAL "impact: big\nquotes: [{text: Q., audience: gold}]\n";
    assert_null(
        spec_load(&fixture->arena, reading_source(fixture, "x.yaml", text), NULL, house, &fixture->diags));
    assert_int_equal(fixture->diags.per_code[DIAG_UNKNOWN_WORD], 1);
    assert_int_equal(fixture->diags.per_code[DIAG_UNKNOWN_TIER], 1);
    /* A claim of a spec that was not wholly understood may have sources. */
    assert_int_equal(fixture->diags.per_code[DIAG_CLAIM_WITHOUT_SOURCE], 0);
}

static void test_base_dir(void **state)
{
    struct reading *fixture = *state;
    const char *text = MINIMAL "sections: [{heading: H, text: T., figure: {file: f.png, alt: A}}]\n";
    assert_null(spec_read(&fixture->arena, reading_source(fixture, "<stdin>", text), NULL, &fixture->diags));
    assert_int_equal(fixture->diags.per_code[DIAG_BAD_PATH], 1);
    struct spec *spec =
        spec_read(&fixture->arena, reading_source(fixture, "<stdin>", text), "some/where", &fixture->diags);
    assert_non_null(spec);
    assert_true(str_is(spec->sections.items[0].figure.picture.path, "some/where/f.png"));
}

static void test_template(void **state)
{
    struct reading *fixture = *state;
    struct buf out = {0};
    spec_template(&out, STR("quiet-harbour-2"));
    buf_char(&out, 0);
    struct house *house = house_default(&fixture->arena, &fixture->diags);
    struct spec *spec =
        spec_load(&fixture->arena, reading_source(fixture, "x.yaml", out.p), NULL, house, &fixture->diags);
    assert_non_null(spec);
    assert_true(str_is(spec->id.s, "quiet-harbour-2"));
    assert_true(str_is(spec->entity.name.s, "Quiet Harbour 2"));
    assert_int_equal(fixture->diags.errors + fixture->diags.warnings, 0);
    buf_done(&out);
}

static void test_kinds(void **state)
{
    struct reading *fixture = *state;
    static const struct {
        const char *text;
        enum file_kind kind;
    } cases[] = {
        {"briefing: 1\n", FILE_SPEC},
        {"# note\n---\n\nhouse: 1\n", FILE_HOUSE},
        {"\xEF\xBB\xBFrun: 1\n", FILE_RUN},
        {"{newsletter: 1}", FILE_NEWSLETTER},
        {"\"briefing\": 1", FILE_SPEC},
        {"edition: 2026\nhouse: a.yaml\nrun: 1\n", FILE_RUN},
        {"edition: 2026\nhouse: a.yaml\nrun: b.yaml\nnewsletter: 1\n", FILE_NEWSLETTER},
        {"briefing: two\n", FILE_SPEC},
        {"id,name,tier\n", FILE_ROSTER},
        {"tier,\"name\",x\r\n", FILE_ROSTER},
        {"", FILE_UNKNOWN},
        {"\n \n# x", FILE_UNKNOWN},
        {"a: b\n", FILE_UNKNOWN},
        {"  house: 1\n", FILE_HOUSE},
        {"a:\n  house: 1\n", FILE_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(spec_kind_of(reading_source(fixture, "x", cases[i].text)), cases[i].kind);
    assert_int_equal(spec_kind_of(reading_source(fixture, "members.csv", "")), FILE_ROSTER);
}

static void test_open(void **state)
{
    struct reading *fixture = *state;
    assert_null(spec_open(&fixture->arena, "no/such/file.yaml", 100, &fixture->diags));
    assert_null(spec_open(&fixture->arena, "/", 100, &fixture->diags));
    assert_int_equal(fixture->diags.per_code[DIAG_CANNOT_READ], 2);
    assert_true(fixture->diags.machine_failed);
    const char *path = TEST_SRC "/src/spec/house-default.yaml";
    assert_null(spec_open(&fixture->arena, path, 100, &fixture->diags));
    assert_int_equal(fixture->diags.per_code[DIAG_FILE_TOO_LARGE], 1);
    struct diag_source *source = spec_open(&fixture->arena, path, 100000, &fixture->diags);
    assert_non_null(source);
    assert_int_equal(spec_kind_of(source), FILE_HOUSE);
    assert_int_equal(fixture->diags.errors, 3);
}

static void test_many_faults_stay_cheap(void **state)
{
    struct reading *fixture = *state;
    struct buf out = {0};
    buf_text(&out, MINIMAL "tags: [");
    for (int i = 0; i < 10000; i++)
        buf_text(&out, "[], ");
    buf_text(&out, "]\nquotes:\n");
    for (int i = 0; i < 8000; i++)
        buf_printf(&out, "  - {txet: T., sources: [z%d]}\n", i);
    buf_char(&out, 0);
    assert_null(spec_read(&fixture->arena, reading_source(fixture, "x.yaml", out.p), NULL, &fixture->diags));
    assert_int_equal(fixture->diags.per_code[DIAG_WRONG_SHAPE], 10000);
    assert_int_equal(fixture->diags.per_code[DIAG_UNKNOWN_KEY], 8000);
    assert_int_equal(fixture->diags.per_code[DIAG_UNKNOWN_SOURCE], 8000);
    buf_done(&out);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, reading_open, reading_close)
    const struct CMUnitTest tests[] = {
        TEST(test_minimal),
        TEST(test_open),
        TEST(test_values_land),
        TEST(test_source_grades_and_notes),
        TEST(test_faults_make_no_spec),
        TEST(test_load_tells_both),
        TEST(test_base_dir),
        TEST(test_template),
        TEST(test_kinds),
        TEST(test_many_faults_stay_cheap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
