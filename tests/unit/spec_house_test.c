/* Houses, runs, newsletters and rosters as they land in the model. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "spec/spec_read.h"
#include "spec_reading.h"

static void test_built_in(void **state)
{
    struct reading *fixture = *state;
    struct house *house = house_default(&fixture->arena, &fixture->diags);
    assert_int_equal(fixture->diags.errors + fixture->diags.warnings, 0);
    assert_int_equal(house->tiers.count, 3);
    assert_true(str_is(house->default_tier.s, "open"));
    assert_true(
        str_is(house_tier(house, STR("leadership-alliance"))->includes.items[1].s, "strategy-circle"));
    assert_int_equal(house->scale.bands.count, 6);
    for (int score = 0; score <= 100; score++)
        assert_non_null(house_band(house, score));
    assert_false(house_band(house, 9)->publish);
    assert_true(house_band(house, 10)->publish);
    assert_true(str_is(house_band(house, 82)->grade.s, "A/B"));
    assert_int_equal(house->paper, PAPER_A4);
    assert_int_equal(house->publisher.name.s.n, 0);
}

/* A house without tiers of its own may still choose among the built-in ones. */
static void test_default_tier(void **state)
{
    struct reading *fixture = *state;
    const char *circle = "house: 1\ndefault_tier: strategy-circle\n", *none = "house: 1\ndefault_tier: nobody\n";
    struct house *house =
        house_read(&fixture->arena, reading_source(fixture, "h.yaml", circle), &fixture->diags);
    assert_non_null(house);
    assert_true(str_is(house->default_tier.s, "strategy-circle"));
    assert_null(house_read(&fixture->arena, reading_source(fixture, "h.yaml", none), &fixture->diags));
    assert_int_equal(fixture->diags.per_code[DIAG_UNKNOWN_TIER], 1);
    const char *own = "house: 1\ntiers:\n  - {id: a, label: A}\n";
    assert_null(house_read(&fixture->arena, reading_source(fixture, "h.yaml", own), &fixture->diags));
    assert_int_equal(fixture->diags.per_code[DIAG_MISSING_KEY], 1);
    assert_int_equal(fixture->diags.errors, 2);
}

static void test_house_takes_the_rest(void **state)
{
    struct reading *fixture = *state;
    struct house *house =
        house_read(&fixture->arena,
                   reading_source(fixture, "h/house.yaml",
                                  "house: 1\npublisher: {name: P, logo: {file: ../l.png, alt: "
                                  "L}}\npaper: letter\nwords: {key_points: In brief}\n"),
                   &fixture->diags);
    assert_non_null(house);
    assert_true(str_is(house->publisher.name.s, "P"));
    assert_true(str_is(house->publisher.logo.path, "h/../l.png"));
    assert_int_equal(house->paper, PAPER_LETTER);
    assert_int_equal(house->words.count, 1);
    assert_true(str_is(house->words.items[0].value.s, "In brief"));
    assert_int_equal(house->tiers.count, 3);
    assert_int_equal(house->scale.bands.count, 6);
    assert_true(str_is(house->product.s, "Member Briefing"));
    assert_true(str_is(house->language.s, "en-GB"));
}

static void test_run(void **state)
{
    struct reading *fixture = *state;
    struct run *run =
        run_read(&fixture->arena,
                 reading_source(fixture, "r.yaml",
                                "run: 1\nedition: 2026-11\nspecs: [a, '*.yaml']\ncompendium: true\n"
                                "profile: sealed\ntiers: [open]\nhouse: ../h.yaml\n"),
                 &fixture->diags);
    assert_non_null(run);
    assert_int_equal(run->edition.kind, EDITION_MONTH);
    assert_int_equal(run->specs.count, 2);
    assert_true(str_is(run->specs.items[1].s, "*.yaml"));
    assert_true(run->compendium);
    assert_int_equal(run->profile, PROFILE_SEALED);
    assert_true(str_is(run->house.s, "../h.yaml"));
    run =
        run_read(&fixture->arena, reading_source(fixture, "r.yaml", "run: 1\nspecs: [a]\n"), &fixture->diags);
    assert_non_null(run);
    assert_false(run->compendium);
    assert_int_equal(run->profile, PROFILE_NONE);
}

static void test_newsletter(void **state)
{
    struct reading *fixture = *state;
    struct newsletter *letter =
        newsletter_read(&fixture->arena,
                        reading_source(fixture, "n.yaml",
                                       "newsletter: 1\ndate: 2026-12-01\nspecs: [a]\nsubject: S\n"
                                       "from: {name: N, email: n@example.org}\ntext: Dear reader.\n"
                                       "attach: [a-b]\nsize_budget: 5 MB\n"),
                        &fixture->diags);
    assert_non_null(letter);
    assert_int_equal(letter->size_budget_bytes, 5000000);
    assert_true(str_is(letter->from.email.s, "n@example.org"));
    assert_int_equal(letter->date.date.month, 12);
    assert_true(str_is(letter->attach.items[0].s, "a-b"));
}

static void test_roster(void **state)
{
    struct reading *fixture = *state;
    struct roster *roster = roster_read(
        &fixture->arena,
        reading_source(fixture, "m.csv",
                       "name,id,tier,entities,copy,password,unsubscribed\r\n"
                       "\"Doe, \"\"JD\"\" Jane\",M-1,open,a  b-c,shared, \" p,w \" ,2026-10-05\r\n"
                       "山田 美咲, m.2 ,open,*,,,\r\n"),
        NULL, &fixture->diags);
    assert_non_null(roster);
    assert_int_equal(roster->members.count, 2);
    const struct member *one = &roster->members.items[0], *two = &roster->members.items[1];
    assert_true(str_is(one->name.s, "Doe, \"JD\" Jane"));
    assert_int_equal(one->entities.count, 2);
    assert_true(str_is(one->entities.items[1].s, "b-c"));
    assert_false(one->personal_copy);
    assert_int_equal(one->unsubscribed.date.day, 5);
    assert_true(str_is(two->id.s, "m.2"));
    assert_true(two->all_entities && two->personal_copy);
    size_t line, column;
    span_line_column(two->id.at, &line, &column);
    assert_int_equal(line, 3);
    assert_int_equal(column, 8);
}

static void test_roster_lines_count_in_quotes(void **state)
{
    struct reading *fixture = *state;
    assert_null(
        roster_read(&fixture->arena,
                    reading_source(fixture, "m.csv",
                                   "id,name,tier,organisation\n1,A,open,\"x\ny\"\n\n2,B,open,\n-3,C,open,\n"),
                    NULL, &fixture->diags));
    assert_int_equal(fixture->diags.errors, 2);
    size_t line, column;
    span_line_column(fixture->diags.first->span, &line, &column);
    assert_int_equal(line, 2);
    span_line_column(fixture->diags.first->next->span, &line, &column);
    assert_int_equal(line, 6);
    assert_int_equal(column, 1);
}

static void test_roster_of_many(void **state)
{
    struct reading *fixture = *state;
    struct buf out = {0};
    buf_text(&out, "id,name,tier\n");
    for (int i = 0; i < 20000; i++)
        buf_printf(&out, "M-%d,Member %d,open\n", i, i);
    buf_char(&out, 0);
    struct house *house = house_default(&fixture->arena, &fixture->diags);
    struct roster *roster =
        roster_read(&fixture->arena, reading_source(fixture, "m.csv", out.p), house, &fixture->diags);
    assert_non_null(roster);
    assert_int_equal(roster->members.count, 20000);
    assert_true(str_is(roster->members.items[19999].name.s, "Member 19999"));
    buf_done(&out);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, reading_open, reading_close)
    const struct CMUnitTest tests[] = {
        TEST(test_built_in),
        TEST(test_default_tier),
        TEST(test_house_takes_the_rest),
        TEST(test_run),
        TEST(test_newsletter),
        TEST(test_roster),
        TEST(test_roster_lines_count_in_quotes),
        TEST(test_roster_of_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
