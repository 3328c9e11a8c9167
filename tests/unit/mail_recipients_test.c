/* Who gets a letter: addresses, twins, those who have left, and the choices of --only and --sample. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mail/recipients.h"

enum { MOST = 8 };

struct people {
    struct arena arena;
    struct member members[MOST];
    struct roster roster;
    struct mail_recipient *list;
    size_t sent;
};


/* Members M-0, M-1, … with these addresses, by turns of the tiers "open" and "circle". */
static void people_open(struct people *people, const char *const *emails, size_t count)
{
    static const char *const ids[] = {"M-0", "M-1", "M-2", "M-3", "M-4", "M-5", "M-6", "M-7"};
    memset(people, 0, sizeof *people);
    arena_init(&people->arena);
    for (size_t i = 0; i < count; i++) {
        people->members[i].id.s = str_from(ids[i]);
        people->members[i].email.s = str_from(emails[i]);
        people->members[i].tier.s = str_from(i % 2 ? "circle" : "open");
    }
    people->roster.members.items = people->members;
    people->roster.members.count = count;
}

static void choose(struct people *people, struct mail_choice choice)
{
    people->list = recipients_choose(&people->arena, &people->roster, &choice, &people->sent);
}

static const char *const four[] = {"a@example.org", "b@example.org", "c@example.org", "d@example.org"};

static void everybody_gets_one(void **state)
{
    (void)state;
    struct people people;
    people_open(&people, four, 4);
    choose(&people, (struct mail_choice){0});
    assert_int_equal(people.sent, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(people.list[i].skip, MAIL_SENT_TO);
        assert_ptr_equal(people.list[i].member, &people.members[i]);
        assert_null(people.list[i].twin);
    }
    arena_done(&people.arena);
    people_open(&people, four, 0);
    choose(&people, (struct mail_choice){.sample = 3});
    assert_int_equal(people.sent, 0);
    arena_done(&people.arena);
}

static void addresses_are_judged(void **state)
{
    (void)state;
    static const char *const emails[] = {
        "", "no address", "A@Example.ORG", "a@example.org", "a@example.org.uk", "a@EXAMPLE.org"};
    static const enum mail_skip wanted[] = {MAIL_NO_ADDRESS,   MAIL_BAD_ADDRESS, MAIL_SENT_TO,
                                            MAIL_SAME_ADDRESS, MAIL_SENT_TO,     MAIL_SAME_ADDRESS};
    struct people people;
    people_open(&people, emails, 6);
    choose(&people, (struct mail_choice){0});
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(people.list[i].skip, wanted[i]);
    assert_ptr_equal(people.list[3].twin, &people.members[2]);
    assert_ptr_equal(people.list[5].twin, &people.members[2]);
    assert_int_equal(people.sent, 2);
    arena_done(&people.arena);
}

/* On whatever day; and an address that one has unsubscribed gets no letter for another who has it. */
static void who_has_left_gets_none(void **state)
{
    (void)state;
    static const char *const emails[] = {"a@example.org", "A@example.org", "c@example.org", "d@example.org",
                                         "a@example.org", ""};
    struct people people;
    people_open(&people, emails, 6);
    people.members[1].unsubscribed.date = (struct date){2026, 11, 30};
    people.members[2].unsubscribed.date = (struct date){2027, 12, 1};
    people.members[5].unsubscribed.date = (struct date){2026, 1, 1};
    choose(&people, (struct mail_choice){0});
    assert_int_equal(people.list[0].skip, MAIL_UNSUBSCRIBED);
    assert_ptr_equal(people.list[0].twin, &people.members[1]);
    assert_int_equal(people.list[1].skip, MAIL_UNSUBSCRIBED);
    assert_null(people.list[1].twin);
    assert_int_equal(people.list[2].skip, MAIL_UNSUBSCRIBED);
    assert_int_equal(people.list[3].skip, MAIL_SENT_TO);
    assert_int_equal(people.list[4].skip, MAIL_UNSUBSCRIBED);
    assert_int_equal(people.list[5].skip, MAIL_UNSUBSCRIBED);
    assert_int_equal(people.sent, 1);
    arena_done(&people.arena);
}

static void only_who_is_asked_for(void **state)
{
    (void)state;
    static const char *const emails[] = {"a@example.org", "b@example.org", "a@example.org", ""};
    const struct str only[] = {STR("M-2"), STR("M-1"), STR("M-3")};
    struct people people;
    people_open(&people, emails, 4);
    choose(&people, (struct mail_choice){.only = only, .only_count = 3});
    assert_int_equal(people.list[0].skip, MAIL_NOT_ASKED);
    assert_int_equal(people.list[1].skip, MAIL_SENT_TO);
    /* M-0 has the address, whether asked for or not. */
    assert_int_equal(people.list[2].skip, MAIL_SAME_ADDRESS);
    assert_int_equal(people.list[3].skip, MAIL_NO_ADDRESS);
    assert_int_equal(people.sent, 1);
    arena_done(&people.arena);
}

static void a_sample_takes_the_tiers_in_turn(void **state)
{
    (void)state;
    static const char *const emails[] = {"a@x.org", "", "c@x.org", "d@x.org",
                                         "e@x.org", "", "g@x.org", "h@x.org"};
    static const char *const wanted[] = {"10000000", "10010000", "10110000",
                                         "10110001", "10111001", "10111011"};
    struct people people;
    people_open(&people, emails, 8);
    for (size_t sample = 1; sample <= 7; sample++) {
        char taken[9] = {0};
        choose(&people, (struct mail_choice){.sample = sample});
        for (size_t i = 0; i < 8; i++)
            taken[i] = people.list[i].skip == MAIL_SENT_TO ? '1' : '0';
        assert_string_equal(taken, wanted[sample < 6 ? sample - 1 : 5]);
        assert_int_equal(people.sent, sample < 6 ? sample : 6);
        assert_int_equal(people.list[1].skip, MAIL_NO_ADDRESS);
    }
    arena_done(&people.arena);
}

static void every_reason_has_its_words(void **state)
{
    (void)state;
    for (int i = MAIL_SENT_TO; i <= MAIL_UNSUBSCRIBED; i++)
        for (int j = MAIL_SENT_TO; j < i; j++)
            assert_string_not_equal(recipients_reason((enum mail_skip)i),
                                    recipients_reason((enum mail_skip)j));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_gets_one),
        cmocka_unit_test(addresses_are_judged),
        cmocka_unit_test(who_has_left_gets_none),
        cmocka_unit_test(only_who_is_asked_for),
        cmocka_unit_test(a_sample_takes_the_tiers_in_turn),
        cmocka_unit_test(every_reason_has_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
