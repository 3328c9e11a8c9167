/* Strict reading of finished messages: what each rule takes, and what it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "edition_fixture.h"
#include "mail/check.h"

#define HEADERS                                                                                              \
    "From: Desk <desk@example.org>\nTo: <a@example.org>\nSubject: News\n"                                    \
    "Date: Tue, 01 Dec 2026 00:00:00 +0000\nMessage-Id: <1@example.org>\nMIME-Version: 1.0\n"
#define TYPE "Content-Type: multipart/mixed; boundary=b\n"
#define TEXT "--b\nContent-Type: text/plain; charset=utf-8\n\nDear reader\n"
#define HTML "--b\nContent-Type: text/html; charset=utf-8\n\n<p>Dear reader</p>\n"
#define PDF                                                                                                  \
    "--b\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n"      \
    "Content-Transfer-Encoding: base64\n\nJVBERi0=\n"
#define END "--b--\n"
#define GOOD HEADERS TYPE "\n" TEXT HTML PDF END

struct desk {
    struct fixture fixture; /* its house: open, circle, board */
    struct member members[2];
    struct roster roster;
    struct mail_check check;
    struct mail_pdf_facts facts; /* what every PDF says of itself */
    struct copy_key key;
    struct diags diags;
};

static bool inspect(void *self, struct arena *arena, struct str pdf, struct mail_pdf_facts *facts)
{
    struct desk *desk = self;
    (void)arena;
    *facts = desk->facts;
    return str_starts(pdf, STR("%PDF-"));
}

static const char spec_text[] = "briefing: 1\n"
                                "id: acme\n"
                                "entity: {name: Acme, kind: organisation}\n"
                                "profile: Why.\n"
                                "confidence: {score: 0.80}\n"
                                "key_points: [A point.]\n";

static int enter(void **state)
{
    static struct desk desk;
    memset(&desk, 0, sizeof desk);
    fixture_open(&desk.fixture, NULL, spec_text);
    desk.members[0].id.s = STR("M-1");
    desk.members[0].email.s = STR("a@example.org");
    desk.members[0].tier.s = STR("circle");
    desk.members[1].id.s = STR("M-2");
    desk.members[1].email.s = STR("b@example.org");
    desk.members[1].tier.s = STR("open");
    desk.roster.members.items = desk.members;
    desk.roster.members.count = 2;
    desk.check = (struct mail_check){.house = desk.fixture.house, .self = &desk, .inspect = inspect};
    desk.facts =
        (struct mail_pdf_facts){.entity = STR("acme"), .edition = STR("2026-Q4"), .tier = STR("circle")};
    assert_null(copy_key_make(STR("0123456789abcdef0123456789abcdef"), &desk.key));
    *state = &desk;
    return 0;
}

static int leave(void **state)
{
    struct desk *desk = *state;
    fixture_close(&desk->fixture);
    return 0;
}

static void read_bytes(struct desk *desk, struct str text)
{
    struct arena *arena = &desk->fixture.arena;
    diags_init(&desk->diags, arena);
    mail_check_message(arena, &desk->check, diag_source_new(arena, STR("a.eml"), text), &desk->diags);
}

static bool told(const struct desk *desk, enum diag_code code, const char *words)
{
    for (const struct diag *diag = desk->diags.first; diag; diag = diag->next)
        if (diag->code == code && fixture_has(diag->message, words))
            return true;
    return false;
}

static void expect_none(struct desk *desk, const char *text)
{
    read_bytes(desk, str_from(text));
    if (desk->diags.errors)
        fail_msg("a fault was found: " STR_FMT, STR_ARG(desk->diags.first->message));
}

static void expect(struct desk *desk, const char *text, enum diag_code code, const char *words)
{
    read_bytes(desk, str_from(text));
    if (!told(desk, code, words))
        fail_msg("not told: %s; but: " STR_FMT, words,
                 STR_ARG(desk->diags.first ? desk->diags.first->message : STR("nothing")));
}

static void a_good_letter_has_no_fault(void **state)
{
    struct desk *desk = *state;
    expect_none(desk, GOOD);
    desk->check.roster = &desk->roster;
    expect_none(desk, GOOD);
    desk->check.budget = strlen(GOOD);
    expect_none(desk, GOOD);
    desk->check.budget--;
    expect(desk, GOOD, DIAG_MAIL_OVER_BUDGET, "the budget is");
}

static void headers_stand_once_and_say_something(void **state)
{
    struct desk *desk = *state;
    static const char *const names[] = {"From", "To", "Subject", "Date", "Message-Id", "MIME-Version"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buf text = {0};
        char words[64];
        const char *line = strstr(GOOD, names[i]), *end = strchr(line, '\n') + 1;
        buf_add(&text, GOOD, (size_t)(line - GOOD));
        buf_text(&text, end);
        buf_char(&text, '\0');
        snprintf(words, sizeof words, "there is no header %s", names[i]);
        expect(desk, text.p, DIAG_MAIL_FAULT, words);
        text.n = 0;
        buf_add(&text, line, (size_t)(end - line));
        buf_text(&text, GOOD);
        buf_char(&text, '\0');
        snprintf(words, sizeof words, "the header %s stands 2 times", names[i]);
        expect(desk, text.p, DIAG_MAIL_FAULT, words);
        buf_done(&text);
    }
    expect(desk, "Subject: \n \n" GOOD, DIAG_MAIL_FAULT, "the header Subject is empty");
}

static void a_letter_has_one_reader(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *from, *to, *words;
    } tries[] = {
        {"To: <a@example.org>", "To: <a@example.org>, <b@example.org>", "2 addresses in To"},
        {"To: <a@example.org>", "To: Friends: <a@example.org>;", "To names a group"},
        {"To: <a@example.org>", "To: <\"a b\"@example.org>", "in To is no e-mail address"},
        {"Subject", "Cc: <b@example.org>\nSubject", "1 in Cc and Bcc"},
        {"Subject", "Bcc: <b@example.org>\nSubject", "1 in Cc and Bcc"},
    };
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        struct buf text = {0};
        const char *at = strstr(GOOD, tries[i].from);
        buf_add(&text, GOOD, (size_t)(at - GOOD));
        buf_text(&text, tries[i].to);
        buf_text(&text, at + strlen(tries[i].from));
        buf_char(&text, '\0');
        expect(desk, text.p, DIAG_MAIL_FAULT, tries[i].words);
        buf_done(&text);
    }
}

static void bytes_are_those_of_mail(void **state)
{
    struct desk *desk = *state;
    struct buf text = {0};
    buf_text(&text, GOOD);
    buf_char(&text, '\0');
    read_bytes(desk, buf_view(&text));
    assert_true(told(desk, DIAG_MAIL_FAULT, "a byte 0x00"));
    expect(desk, HEADERS TYPE "\n" TEXT "\x80\n" HTML END, DIAG_MAIL_FAULT, "a byte 0x80");
    expect(desk, HEADERS TYPE "\n" TEXT HTML "mixed\r\n" END, DIAG_MAIL_FAULT, "1 in CR LF");
    for (size_t n = 998; n <= 999; n++) {
        text.n = 0;
        buf_text(&text, HEADERS TYPE "\n" TEXT);
        buf_repeat(&text, 'x', n);
        buf_text(&text, "\n" HTML END);
        read_bytes(desk, buf_view(&text));
        assert_int_equal(told(desk, DIAG_MAIL_FAULT, "a line of 999 bytes"), n == 999);
        assert_int_equal(desk->diags.errors, n == 999);
        text.n -= strlen("\n" HTML END); /* the last line, without an end */
        read_bytes(desk, buf_view(&text));
        assert_int_equal(told(desk, DIAG_MAIL_FAULT, "a line of 999 bytes"), n == 999);
    }
    buf_done(&text);
}

static void parts_are_those_of_a_letter(void **state)
{
    struct desk *desk = *state;
#define ENCODED(kind, body)                                                                                  \
    "--b\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: " kind "\n\n" body "\n"
    expect(desk, HEADERS TYPE "\n" HTML PDF END, DIAG_MAIL_FAULT, "0 plain texts; a letter has one");
    expect(desk, HEADERS TYPE "\n" TEXT TEXT HTML END, DIAG_MAIL_FAULT, "2 plain texts; a letter has one");
    expect(desk, HEADERS TYPE "\n" TEXT END, DIAG_MAIL_FAULT, "0 HTML texts; a letter has one");
    expect(desk, HEADERS TYPE "\n" TEXT HTML PDF, DIAG_MAIL_FAULT, "the message was cut off");
    expect(desk, HEADERS TYPE "\n" END, DIAG_MAIL_FAULT, "a multipart without parts");
    expect(desk, HEADERS TYPE "\n" HTML "--b\nContent-Type: text/plain; charset=utf-8\n\n \n" END,
           DIAG_MAIL_FAULT, "the plain text is empty");
    expect(desk, HEADERS TYPE "\n" TEXT "--b\nContent-Type: text/html; charset=utf-8\n\n\n" END,
           DIAG_MAIL_FAULT, "the HTML is empty");
    expect(desk, HEADERS TYPE "\n" HTML "--b\nContent-Type: text/plain; charset=iso-8859-1\n\nx\n" END,
           DIAG_MAIL_FAULT, "a text part is not in UTF-8");
    expect(desk, HEADERS TYPE "\n" HTML "--b\nContent-Type: text/plain\n\nx\n" END, DIAG_MAIL_FAULT,
           "a text part is not in UTF-8");
    expect(desk, HEADERS TYPE "\n" TEXT HTML "--b\nContent-Type: message/rfc822\n\n" GOOD END,
           DIAG_MAIL_FAULT, "a part of a kind that no letter has");
    expect(desk, HEADERS TYPE "\n" TEXT HTML "--b\nContent-Type: image/png; name=p.png\n\n" END,
           DIAG_MAIL_FAULT, "'p.png' is empty");
    expect(desk, HEADERS TYPE "\n" TEXT HTML ENCODED("base64", "QUFBQQ==") END, DIAG_MAIL_FAULT,
           "'a.pdf' is no PDF");
    static const char *const broken[] = {
        HEADERS TYPE "\n" TEXT HTML ENCODED("base64", "JVBE*i0=") END,
        HEADERS TYPE "\n" TEXT HTML ENCODED("base64", "JVBERi0") END,
        HEADERS TYPE "\n" TEXT HTML ENCODED("base64", "JVBE=Ri0") END,
        HEADERS TYPE "\n" TEXT HTML ENCODED("base64", "JVBERi===") END,
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        expect(desk, broken[i], DIAG_MAIL_FAULT, "'a.pdf' is broken: it is no base64");
    expect_none(desk, HEADERS TYPE "\n" TEXT HTML ENCODED("base64", "JVBE\nRi0=") END);
    expect_none(desk, HEADERS TYPE "\n" TEXT HTML ENCODED("quoted-printable", "%PDF-=\n=3D=0d") END);
    expect(desk, HEADERS TYPE "\n" TEXT HTML ENCODED("quoted-printable", "%PDF-=3") END, DIAG_MAIL_FAULT,
           "it is no quoted-printable text");
    expect(desk, HEADERS TYPE "\n" TEXT HTML ENCODED("quoted-printable", "%PDF-=XY") END, DIAG_MAIL_FAULT,
           "it is no quoted-printable text");
#undef ENCODED
}

static void pictures_are_there(void **state)
{
    struct desk *desk = *state;
#define SHOWS(id) "--b\nContent-Type: text/html; charset=utf-8\n\n<img src=\"cid:" id "\">\n"
#define PICTURE "--b\nContent-Type: image/jpeg\nContent-Id: <p1@example.org>\n\nx\n"
    expect_none(desk, HEADERS TYPE "\n" TEXT SHOWS("p1@example.org") PICTURE END);
    expect(desk, HEADERS TYPE "\n" TEXT SHOWS("p2@example.org") PICTURE END, DIAG_MAIL_FAULT,
           "a picture that is not there: cid:p2@example.org");
#undef SHOWS
#undef PICTURE
}

static void everybody_gets_their_own(void **state)
{
    struct desk *desk = *state;
    desk->check.roster = &desk->roster;
    desk->check.key = &desk->key;
    desk->members[0].email.s = STR("A@Example.org");
    expect_none(desk, GOOD);
    desk->facts.tier = STR("open"); /* which the circle also reads */
    expect_none(desk, GOOD);
    desk->facts.tier = STR("board");
    expect(desk, GOOD, DIAG_MAIL_WRONG_READER, "'a.pdf' is for the tier board, and the letter is for M-1");
    desk->facts.tier = (struct str){0};
    expect(desk, GOOD, DIAG_MAIL_FAULT, "does not say for which tier");
    desk->facts.tier = STR("circle");
    const struct copy_subject own = {STR("M-1"), STR("acme"), STR("2026-Q4"), STR("circle")},
                              other = {STR("M-2"), STR("acme"), STR("2026-Q4"), STR("circle")};
    struct copy_id id = copy_id_make(&desk->key, &own);
    desk->facts.copy = str_from(id.text);
    expect_none(desk, GOOD);
    struct copy_id wrong = copy_id_make(&desk->key, &other);
    desk->facts.copy = str_from(wrong.text);
    expect(desk, GOOD, DIAG_MAIL_WRONG_READER, "is another member's copy");
    desk->check.key = NULL; /* nothing to tell it by */
    expect_none(desk, GOOD);
    desk->facts = (struct mail_pdf_facts){.sealed = true};
    expect_none(desk, GOOD);
    desk->members[1].email.s = STR("a@example.org"); /* who shares the address */
    expect_none(desk, GOOD);
    desk->members[1].unsubscribed.date = (struct date){2026, 12, 2};
    expect(desk, GOOD, DIAG_MAIL_WRONG_READER, "M-2 has unsubscribed");
    desk->members[1].email.s = STR("b@example.org");
    expect_none(desk, GOOD);
    desk->members[0].unsubscribed.date = (struct date){2026, 12, 1};
    expect(desk, GOOD, DIAG_MAIL_WRONG_READER, "M-1 has unsubscribed");
    desk->members[0].email.s = STR("else@example.org");
    expect(desk, GOOD, DIAG_MAIL_WRONG_READER, "no member with the address a@example.org");
}

static void anything_is_read_to_its_end(void **state)
{
    struct desk *desk = *state;
    expect(desk, "", DIAG_MAIL_FAULT, "");
    expect(desk, "\n", DIAG_MAIL_FAULT, "");
    expect(desk, HEADERS, DIAG_MAIL_FAULT, "");
    struct buf text = {0};
    for (unsigned i = 0; i < 2000; i++)
        buf_printf(&text, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
    read_bytes(desk, buf_view(&text));
    assert_true(desk->diags.errors > 0);
    buf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_good_letter_has_no_fault, enter, leave),
        cmocka_unit_test_setup_teardown(headers_stand_once_and_say_something, enter, leave),
        cmocka_unit_test_setup_teardown(a_letter_has_one_reader, enter, leave),
        cmocka_unit_test_setup_teardown(bytes_are_those_of_mail, enter, leave),
        cmocka_unit_test_setup_teardown(parts_are_those_of_a_letter, enter, leave),
        cmocka_unit_test_setup_teardown(pictures_are_there, enter, leave),
        cmocka_unit_test_setup_teardown(everybody_gets_their_own, enter, leave),
        cmocka_unit_test_setup_teardown(anything_is_read_to_its_end, enter, leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
