/* Letters in a ledger: kept by mailing and member, and not trusted when read. */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>

#include "batch/ledger_mail.h"
#include "ledger_place.h"

static struct ledger_letter letter_of(const char *mailing, const char *member, enum ledger_letter_state state)
{
    return (struct ledger_letter){.mailing = str_from(mailing),
                                  .member = str_from(member),
                                  .message_id = STR("abc@example.org"),
                                  .state = state,
                                  .tries = 2,
                                  .at_ms = 1234567890123,
                                  .note = STR("250 2.0.0 taken – 山")};
}

static struct ledger *ready(struct place *place)
{
    struct ledger *ledger = place_ledger(place);
    assert_true(ledger_letters_ready(ledger, &place->diags));
    return ledger;
}

static void put(struct place *place, struct ledger *ledger, const char *mailing, const char *member,
                enum ledger_letter_state state)
{
    struct ledger_letter letter = letter_of(mailing, member, state);
    assert_true(ledger_letter_put(ledger, &letter, &place->diags));
}

static bool find(struct place *place, struct ledger *ledger, const char *mailing, const char *member,
                 struct ledger_letter *letter)
{
    bool found = false;
    assert_true(ledger_letter_find(ledger, &place->arena, str_from(mailing), str_from(member), letter, &found,
                                   &place->diags));
    return found;
}

static void gives_back_what_was_put(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = ready(place);
    struct ledger_letter out;
    put(place, ledger, "list 2026-Q4", "M-1", LETTER_SENDING);
    ledger_close(ledger);
    ledger = ready(place); /* a second time */
    assert_true(find(place, ledger, "list 2026-Q4", "M-1", &out));
    struct ledger_letter in = letter_of("list 2026-Q4", "M-1", LETTER_SENDING);
    assert_true(str_eq(out.mailing, in.mailing) && str_eq(out.member, in.member));
    assert_true(str_eq(out.message_id, in.message_id) && str_eq(out.note, in.note));
    assert_true(out.state == LETTER_SENDING && out.tries == 2 && out.at_ms == in.at_ms);
    assert_false(find(place, ledger, "list 2026-Q4", "M-2", &out));
    assert_false(find(place, ledger, "list 2027-Q1", "M-1", &out));
    put(place, ledger, "list 2026-Q4", "M-1", LETTER_SENT);
    assert_true(find(place, ledger, "list 2026-Q4", "M-1", &out));
    assert_int_equal(out.state, LETTER_SENT);
    ledger_close(ledger);
    assert_int_equal(place->diags.errors, 0);
}

struct seen {
    struct buf text;
    size_t stop_after;
};

static bool see(void *self, const struct ledger_letter *letter)
{
    struct seen *seen = self;
    buf_printf(&seen->text, STR_FMT "%d ", STR_ARG(letter->member), (int)letter->state);
    return seen->stop_after == 0 || --seen->stop_after;
}

static void lists_a_mailing_by_member(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = ready(place);
    struct seen all = {0}, two = {.stop_after = 2};
    put(place, ledger, "a", "M-3", LETTER_SENT);
    put(place, ledger, "b", "M-9", LETTER_SENT);
    put(place, ledger, "a", "M-1", LETTER_SENDING);
    put(place, ledger, "a", "M-2", LETTER_REFUSED);
    assert_true(ledger_letter_each(ledger, STR("a"), see, &all, &place->diags));
    assert_true(str_is(buf_view(&all.text), "M-10 M-22 M-31 "));
    assert_true(ledger_letter_each(ledger, STR("a"), see, &two, &place->diags));
    assert_true(str_is(buf_view(&two.text), "M-10 M-22 "));
    buf_done(&all.text);
    buf_done(&two.text);
    ledger_close(ledger);
}

static void a_state_that_there_is_not_is_damage(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = ready(place);
    struct ledger_letter out;
    struct seen seen = {0};
    bool found = false;
    put(place, ledger, "a", "M-1", LETTER_SENT);
    ledger_close(ledger);
    sqlite3 *file;
    assert_int_equal(sqlite3_open(place->path, &file), SQLITE_OK);
    assert_int_equal(sqlite3_exec(file, "UPDATE letters SET state = 7", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(file);
    ledger = place_ledger(place);
    assert_false(
        ledger_letter_find(ledger, &place->arena, STR("a"), STR("M-1"), &out, &found, &place->diags));
    assert_false(ledger_letter_each(ledger, STR("a"), see, &seen, &place->diags));
    assert_int_equal(seen.text.n, 0);
    assert_true(place_has(place, DIAG_LEDGER_UNREADABLE, "a letter has a state that there is not"));
    buf_done(&seen.text);
    ledger_close(ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gives_back_what_was_put, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(lists_a_mailing_by_member, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(a_state_that_there_is_not_is_damage, place_enter, place_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
