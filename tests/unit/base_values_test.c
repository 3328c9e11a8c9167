/* Scores, dates and editions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/decimal.h"

static void reads_scores_as_decimals(void **state)
{
    static const struct {
        const char *text;
        enum score_problem problem;
        int hundredths;
    } cases[] = {
        {"0", SCORE_OK, 0},
        {"1", SCORE_OK, 100},
        {"0.5", SCORE_OK, 50},
        {"0.82", SCORE_OK, 82},
        {"1.00", SCORE_OK, 100},
        {"0.29", SCORE_OK, 29}, /* a float would lose a hundredth here */
        {"0.895", SCORE_TOO_FINE, 89},
        {"0.001", SCORE_TOO_FINE, 0},
        {"1.001", SCORE_OUT_OF_RANGE, 0},
        {"1.01", SCORE_OUT_OF_RANGE, 0},
        {"2", SCORE_OUT_OF_RANGE, 0},
        {"-0.1", SCORE_OUT_OF_RANGE, 0},
        {"99999999999999999999", SCORE_OUT_OF_RANGE, 0},
        {".5", SCORE_NOT_DECIMAL, 0},
        {"0.", SCORE_NOT_DECIMAL, 0},
        {"1e0", SCORE_NOT_DECIMAL, 0},
        {"0,5", SCORE_NOT_DECIMAL, 0},
        {"", SCORE_NOT_DECIMAL, 0},
        {"0.5 ", SCORE_NOT_DECIMAL, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int hundredths = 0;
        assert_int_equal(score_parse(str_from(cases[i].text), &hundredths), cases[i].problem);
        if (cases[i].problem == SCORE_OK || cases[i].problem == SCORE_TOO_FINE)
            assert_int_equal(hundredths, cases[i].hundredths);
    }
}

static void writes_scores_with_two_places(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_true(str_is(score_format(&arena, 5), "0.05"));
    assert_true(str_is(score_format(&arena, 100), "1.00"));
    for (int i = 0; i <= 100; i++) {
        int back = -1;
        assert_int_equal(score_parse(score_format(&arena, i), &back), SCORE_OK);
        assert_int_equal(back, i);
    }
    arena_done(&arena);
}

static void refuses_days_that_are_not_there(void **state)
{
    static const struct {
        const char *text;
        bool loose, good;
    } cases[] = {
        {"2024-02-29", false, true},  {"2026-02-29", false, false}, {"2000-02-29", false, true},
        {"1900-02-29", false, false}, {"2026-11", false, false},    {"2026-11", true, true},
        {"2026", true, true},         {"2026-13", true, false},     {"2026-00-01", false, false},
        {"2026-04-31", false, false}, {"0000", true, false},        {"2026-1-01", false, false},
        {"20261101", true, false},    {"2026-11-21T", true, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct date date;
        assert_int_equal(date_parse(str_from(cases[i].text), cases[i].loose, &date), cases[i].good);
    }
}

static void counts_days(void **state)
{
    (void)state;
    struct date date = date_from_epoch(0);
    assert_int_equal(date_compare(date, (struct date){1970, 1, 1}), 0);
    date = date_from_epoch(1795305599); /* 2026-11-21T23:59:59Z */
    assert_int_equal(date_compare(date, (struct date){2026, 11, 21}), 0);
    assert_int_equal(date_compare(date_from_epoch(1795305600), (struct date){2026, 11, 22}), 0);
    assert_int_equal(date_compare(date_from_epoch(-1), (struct date){1969, 12, 31}), 0);
    /* Every day from 1600 on for 500 years follows the one before. */
    struct date day = date_from_epoch(INT64_C(-135140) * 86400);
    assert_int_equal(date_compare(day, (struct date){1600, 1, 1}), 0);
    for (int64_t i = -135139; i <= 47482; i++) {
        struct date next = date_from_epoch(i * 86400);
        assert_true(date_compare(next, day) > 0);
        day = next;
    }
    assert_int_equal(date_compare(day, (struct date){2100, 1, 1}), 0);
    assert_false(date_is_set(date_from_epoch(INT64_MAX / 200)));
}

static void knows_what_a_loose_date_may_mean(void **state)
{
    (void)state;
    assert_int_equal(date_compare(date_last((struct date){2024, 2, 0}), (struct date){2024, 2, 29}), 0);
    assert_int_equal(date_compare(date_last((struct date){2026, 0, 0}), (struct date){2026, 12, 31}), 0);
}

static void reads_editions(void **state)
{
    struct arena arena;
    struct edition_id edition;
    (void)state;
    arena_init(&arena);
    static const char *const good[] = {"2026-Q4", "2026-11", "2026"};
    for (size_t i = 0; i < 3; i++) {
        assert_true(edition_parse(str_from(good[i]), &edition));
        assert_true(str_is(edition_format(&arena, edition), good[i]));
    }
    static const char *const bad[] = {"2026-Q5", "2026-Q0", "2026-q4",  "2026-13",
                                      "26-Q4",   "2026-Q",  "2026-Q44", ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(edition_parse(str_from(bad[i]), &edition));
    arena_done(&arena);
}

static void places_dates_in_editions(void **state)
{
    struct edition_id quarter = {EDITION_QUARTER, 2026, 4};
    (void)state;
    assert_true(edition_holds(quarter, (struct date){2026, 10, 1}));
    assert_true(edition_holds(quarter, (struct date){2026, 12, 31}));
    assert_true(edition_holds(quarter, (struct date){2026, 0, 0}));
    assert_false(edition_holds(quarter, (struct date){2026, 9, 30}));
    assert_false(edition_holds(quarter, (struct date){2027, 1, 1}));
    struct edition_id next = edition_next(quarter);
    assert_int_equal(next.year, 2027);
    assert_int_equal(next.part, 1);
    assert_true(edition_compare(quarter, next) < 0);
    assert_int_equal(edition_quarter_of((struct date){2026, 3, 31}).part, 1);
    assert_int_equal(edition_next((struct edition_id){EDITION_MONTH, 2026, 12}).year, 2027);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_scores_as_decimals),         cmocka_unit_test(writes_scores_with_two_places),
        cmocka_unit_test(refuses_days_that_are_not_there),  cmocka_unit_test(counts_days),
        cmocka_unit_test(knows_what_a_loose_date_may_mean), cmocka_unit_test(reads_editions),
        cmocka_unit_test(places_dates_in_editions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
