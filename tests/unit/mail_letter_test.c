/* The letter: both forms from the same prose, escaped, for the tier alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "edition_fixture.h"
#include "mail/letter.h"
#include "spec/spec_read.h"

static const char spec_text[] =
    "briefing: 1\n"
    "id: acme\n"
    "entity: {name: 'Acme <b>& \"Sons\"', kind: organisation, type: Maker, base: Oslo}\n"
    "profile: Why.\n"
    "confidence: {score: 0.80}\n"
    "key_points:\n"
    "  - \"A **strong** point with [a link](https://example.org/?a=1&b=2).\"\n"
    "  - {text: SECRET for the circle, audience: circle}\n"
    "sections:\n"
    "  - {heading: HIDDEN too, text: SECRET of the circle, audience: circle}\n"
    "  - {heading: HIDDEN, text: SECRET body, audience: board, teaser: Public words}\n";

static const char newsletter_text[] =
    "newsletter: 1\n"
    "edition: 2026-Q4\n"
    "date: 2026-12-01\n"
    "specs: [x.yaml]\n"
    "subject: News & <more>\n"
    "from: {name: Desk, email: desk@example.org}\n"
    "text: |\n"
    "  Dear reader,\n"
    "\n"
    "  one `code` and *em*. See [here](https://example.org/here) and <https://example.org/bare>.\n"
    "\n"
    "  1. first, which is long enough that the line has to be broken somewhere before its end is reached\n"
    "  2. second\n"
    "\n"
    "  > quoted\n"
    "attach: [acme]\n";

struct letters {
    struct fixture fixture;
    struct words words;
    struct mail_card card;
    struct mail_letter letter;
    struct buf text, html;
};

static void letters_open(struct letters *l, const char *tier)
{
    memset(l, 0, sizeof *l);
    fixture_open(&l->fixture, NULL, spec_text);
    struct arena *arena = &l->fixture.arena;
    struct diag_source *source = diag_source_new(arena, STR("n.yaml"), str_from(newsletter_text));
    struct newsletter *newsletter = newsletter_read(arena, source, &l->fixture.diags);
    assert_non_null(newsletter);
    words_init(&l->words, l->fixture.house);
    l->card = (struct mail_card){.edition = fixture_edition(&l->fixture, tier),
                                 .file = STR("acme.pdf"),
                                 .pages = 1,
                                 .bytes = 1234567,
                                 .picture_id = STR("p1@example.org"),
                                 .picture_width = 120};
    l->letter = (struct mail_letter){.house = l->fixture.house,
                                     .words = &l->words,
                                     .tier = house_tier(l->fixture.house, str_from(tier)),
                                     .text = newsletter->text,
                                     .subject = newsletter->subject.s,
                                     .language = STR("en-GB"),
                                     .cards = &l->card,
                                     .card_count = 1,
                                     .unsubscribe_url = STR("https://example.org/u?t=1&u=2")};
    letter_text(&l->text, arena, &l->letter);
    letter_html(&l->html, arena, &l->letter);
}

static void letters_close(struct letters *l)
{
    buf_done(&l->text);
    buf_done(&l->html);
    fixture_close(&l->fixture);
}

static bool in_text(const struct letters *l, const char *part)
{
    return fixture_has(buf_view(&l->text), part);
}

static bool in_html(const struct letters *l, const char *part)
{
    return fixture_has(buf_view(&l->html), part);
}

static void both_forms_say_the_same(void **state)
{
    (void)state;
    struct letters l;
    letters_open(&l, "open");
    assert_true(in_text(&l, "News & <more>\n=============\n"));
    assert_true(in_text(&l, "one code and em. See here <https://example.org/here> and"));
    assert_true(in_text(&l, "<https://example.org/bare>.\n") || in_text(&l, "https://example.org/bare.\n"));
    assert_true(in_text(&l, "\n1. first, which"));
    assert_true(in_text(&l, "\n   before its end is reached\n"));
    assert_true(in_text(&l, "\n2. second\n"));
    assert_true(in_text(&l, "\n> quoted\n"));
    assert_true(in_text(&l, "- A strong point with a link"));
    assert_true(in_text(&l, "Attached: acme.pdf (1 page, 1.2 MB)"));
    assert_true(in_text(&l, "Only for The Circle"));
    assert_true(in_text(&l, "https://example.org/c\n"));
    assert_true(in_text(&l, "Unsubscribe: https://example.org/u?t=1&u=2\n"));
    assert_true(in_html(&l, "<code>code</code> and <em>em</em>"));
    assert_true(in_html(&l, "<strong>strong</strong>"));
    assert_true(in_html(&l, "href=\"https://example.org/?a=1&amp;b=2\""));
    assert_true(in_html(&l, "<ol class=\"t\" start=\"1\""));
    assert_true(in_html(&l, "<blockquote"));
    assert_true(in_html(&l, "Confidence 0.80 · A Strong"));
    assert_true(
        in_html(&l, "src=\"cid:p1@example.org\" width=\"120\" alt=\"First page of the briefing on Acme"));
    assert_true(in_html(&l, ">Join</a>"));
    assert_true(in_html(&l, "Attached: acme.pdf (1 page, 1.2 MB)"));
    letters_close(&l);
}

static void html_is_escaped(void **state)
{
    (void)state;
    struct letters l;
    letters_open(&l, "open");
    assert_true(in_html(&l, "<h2") && in_html(&l, "Acme &lt;b&gt;&amp; &quot;Sons&quot;</h2>"));
    assert_true(in_html(&l, "<title>News &amp; &lt;more&gt;</title>"));
    assert_false(in_html(&l, "<more>"));
    assert_false(in_html(&l, "<b>&"));
    letters_close(&l);
}

static void a_tier_reads_its_own_and_no_more(void **state)
{
    (void)state;
    struct letters l;
    letters_open(&l, "open");
    assert_false(in_text(&l, "SECRET") || in_html(&l, "SECRET") || in_text(&l, "HIDDEN") ||
                 in_html(&l, "HIDDEN"));
    letters_close(&l);
    letters_open(&l, "circle");
    assert_true(in_text(&l, "- SECRET for the circle") && in_html(&l, "SECRET for the circle"));
    assert_false(in_text(&l, "SECRET body") || in_html(&l, "SECRET body"));
    assert_false(in_text(&l, "Only for The Circle"));
    assert_true(in_text(&l, "Only for The Board"));
    letters_close(&l);
}

/* The letter again, its one card in another language, the house in another accent. */
static void write_again(struct letters *l, const char *language, const char *accent)
{
    struct edition *edition = ARENA_NEW(&l->fixture.arena, struct edition);
    struct house *house = ARENA_NEW(&l->fixture.arena, struct house);
    *edition = *l->card.edition;
    edition->spec.language.s = str_from(language);
    *house = *l->fixture.house;
    house->theme.accent.s = str_from(accent);
    l->card.edition = edition;
    l->letter.house = house;
    l->text.n = l->html.n = 0;
    letter_text(&l->text, &l->fixture.arena, &l->letter);
    letter_html(&l->html, &l->fixture.arena, &l->letter);
}

static void a_card_from_the_right(void **state)
{
    (void)state;
    struct letters l;
    letters_open(&l, "open");
    assert_false(in_html(&l, "dir=\"rtl\"") || in_html(&l, "<span lang="));
    assert_true(in_html(&l, "padding-right:18px") && in_html(&l, "padding-left:20px"));
    l.card.file = STR("شركة – 2026-Q4.pdf");
    write_again(&l, "ar", "#0b3d5c");
    assert_true(in_html(&l, "<html lang=\"en-GB\" dir=\"ltr\">"));
    assert_true(in_html(&l, " lang=\"ar\" dir=\"rtl\"><tr>"));
    /* Picture and points on their side; the letter's own list stays on the other. */
    assert_true(in_html(&l, "padding-left:18px") && in_html(&l, "padding-right:20px"));
    assert_true(in_html(&l, "padding-left:26px") && in_html(&l, "border-left:3px"));
    assert_true(in_html(&l, "<span lang=\"en-GB\" dir=\"ltr\">Key points</span>"));
    assert_true(in_html(&l, "<span lang=\"en-GB\" dir=\"ltr\">Confidence 0.80 · A Strong</span>"));
    /* The name's number and ending stay behind it. */
    assert_true(in_html(&l, "Attached: \u2066\u2068شركة\u2069 – 2026-Q4.pdf\u2069 (1 page"));
    assert_true(in_text(&l, "Attached: \u2066\u2068شركة\u2069 – 2026-Q4.pdf\u2069 (1 page"));
    l.letter.language = STR("he");
    write_again(&l, "en-GB", "#0b3d5c");
    assert_true(in_html(&l, "<html lang=\"he\" dir=\"rtl\">") && in_html(&l, "border-right:3px"));
    assert_true(in_html(&l, "padding-right:26px") && in_html(&l, "padding-left:20px"));
    assert_true(in_html(&l, "letter-spacing:normal"));
    letters_close(&l);
}

static void the_accent_is_a_colour_that_reads_on_white(void **state)
{
    (void)state;
    static const char *const tries[][2] = {
        {"#0B3d5c", "#0b3d5c"}, {"#000000", "#000000"},   {"#f5d000", "#7a6800"}, {"#ffffff", "#666666"},
        {"red", "#0b3d5c"},     {"#12345g", "#0b3d5c"},   {"#12345", "#0b3d5c"},  {"", "#0b3d5c"},
        {"\">X12", "#0b3d5c"},  {"#fff;X:\"", "#0b3d5c"},
    };
    struct letters l;
    letters_open(&l, "open");
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        char wanted[40];
        write_again(&l, "en-GB", tries[i][0]);
        snprintf(wanted, sizeof wanted, "style=\"color:%s\">", tries[i][1]);
        if (!in_html(&l, wanted))
            fail_msg("%s does not give %s", tries[i][0], tries[i][1]);
        assert_false(in_html(&l, "X"));
    }
    letters_close(&l);
}

static void lines_of_text_are_short(void **state)
{
    (void)state;
    struct letters l;
    letters_open(&l, "circle");
    struct str text = buf_view(&l.text);
    for (size_t from = 0; from < text.n;) {
        struct str rest = str_slice(text, from, text.n);
        size_t end = str_find(rest, STR("\n"));
        assert_true(end != SIZE_MAX);
        struct str line = str_slice(rest, 0, end);
        if (utf8_width(line) > 76)
            fail_msg("too long: " STR_FMT, STR_ARG(line));
        from += end + 1;
    }
    letters_close(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms_say_the_same),
        cmocka_unit_test(html_is_escaped),
        cmocka_unit_test(a_tier_reads_its_own_and_no_more),
        cmocka_unit_test(a_card_from_the_right),
        cmocka_unit_test(the_accent_is_a_colour_that_reads_on_white),
        cmocka_unit_test(lines_of_text_are_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
