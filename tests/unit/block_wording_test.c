/* Dates, horizons, quotation marks, abbreviations and other values in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "block/inline.h"
#include "block/typography.h"
#include "block/wording.h"
#include "edition_fixture.h"

#define HEAD "briefing: 1\nid: x\nentity: {name: X, kind: network}\nprofile: Why.\nconfidence: {score: 0.80}\n" \
             "key_points: [Point]\n"

/* Whether the trace of a spec that is HEAD and more holds the part. */
static bool says(const char *more, const char *part)
{
    char spec[2048];
    snprintf(spec, sizeof spec, "%s%s", HEAD, more);
    struct fixture f;
    fixture_open(&f, NULL, spec);
    bool found = fixture_has(fixture_trace(&f, fixture_edition(&f, NULL)), part);
    fixture_close(&f);
    return found;
}

static void horizons_name_the_dates_of_the_edition(void **state)
{
    (void)state;
    static const struct { const char *more, *expected; } cases[] = {
        {"edition: 2026-Q4\nhorizon: now\n", "value: Now (Oct–Dec 2026)\n"},
        {"edition: 2026-Q4\nhorizon: this-quarter\n", "value: This quarter (Oct–Dec 2026)\n"},
        {"edition: 2026-Q4\nhorizon: next-quarter\n", "value: Next quarter (Jan–Mar 2027)\n"},
        {"edition: 2026-05\nhorizon: next-quarter\n", "value: Next quarter (Jul–Sep 2026)\n"},
        {"edition: 2026-05\nhorizon: now\n", "value: Now (May 2026)\n"},
        {"edition: 2026\nhorizon: next-quarter\n", "value: Next quarter\n"},
        {"edition: 2026\nas_of: 2026-02-03\nhorizon: next-quarter\n", "value: Next quarter (Apr–Jun 2026)\n"},
        {"edition: 2026-Q4\nhorizon: this-year\n", "value: This year (2026)\n"},
        {"edition: 2026-Q4\nhorizon: long-term\n", "value: Long term (after 2026)\n"},
        {"horizon: long-term\n", "value: Long term\n"},
        {"as_of: 2026-11-22\nhorizon: next-quarter\n", "value: Next quarter (Jan–Mar 2027)\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (!says(cases[i].more, cases[i].expected))
            fail_msg("%s does not say %s", cases[i].more, cases[i].expected);
}

static void dates_are_as_precise_as_typed(void **state)
{
    (void)state;
    assert_true(says("as_of: 2026-11-05\n", "value: 5 November 2026\n"));
    assert_true(says("language: en-US\nas_of: 2026-11-05\n", "value: November 5, 2026\n"));
    assert_true(says("timeline: [{date: 2026-06, text: T}]\n", "Jun 2026: T\n"));
    assert_true(says("timeline: [{date: 2026, text: B}, {date: 2025-12-31, text: A}]\n",
                     "31 Dec 2025: A\n    2026: B\n"));
    assert_true(says("relationships: [{name: N, relation: r, since: 2016, until: 2019}]\n", "2016–2019"));
    assert_true(says("relationships: [{name: N, relation: r, since: 2016-05, until: 2019}]\n", "May 2016 to 2019"));
    assert_true(says("relationships: [{name: N, relation: r, until: 2019}]\n", "until 2019"));
}

static void dates_follow_the_language(void **state)
{
    (void)state;
    assert_true(says("language: de-AT\nas_of: 2026-03-05\n", "value: 5. März 2026\n"));
    assert_true(says("language: fr\nas_of: 2026-08-01\n", "value: 1er août 2026\n"));
    assert_true(says("language: es\nas_of: 2026-11-05\n", "value: 5 de noviembre de 2026\n"));
    assert_true(says("language: it\nedition: 2026-05\n", "value: maggio 2026\n"));
    assert_true(says("language: es\ntimeline: [{date: 2026-06-09, text: T}]\n", "9 jun 2026: T\n"));
    assert_true(says("language: fr\nedition: 2026-Q1\nhorizon: now\n", "value: Now{ lang=en} (janv.–mars 2026)\n"));
}

static void generated_sentences_are_whole(void **state)
{
    (void)state;
    static const char sources[] = "sources: [{id: a, title: A, kind: news}, {id: b, title: B, kind: news, repeats: a}]\n";
    assert_true(says(sources, "2 sources are listed, of which one counts as independent."));
    assert_true(says("quotes: [{text: 'He said \"no\"', by: B}]\n", "“He said ‘no’”"));
    assert_true(says("quotes: [{text: 'Elle a dit \"non\"', by: B}]\nlanguage: fr\n",
                     "«\u202fElle a dit “non”\u202f»"));
    assert_true(says("quotes: [{text: 'Elle a dit \"non\"', by: B}]\nlanguage: fr-CA\n",
                     "«\u00a0Elle a dit “non”\u00a0»"));
    assert_true(says("quotes: [{text: 'Er sagte \"nein\"', by: B}]\nlanguage: de-CH\n", "«Er sagte ‹nein›»"));
    assert_true(says("quotes: [{text: 他沒說, by: B}]\nlanguage: zh-Hant-TW\n", "「他沒說」"));
    assert_true(says("quotes: [{text: 他没说, by: B}]\nlanguage: zh-Hans\n", "“他没说”"));
    assert_true(says("quotes: [{text: \"Er sagte 'nein', wie's ist\", by: B}]\nlanguage: de\n",
                     "„Er sagte ‚nein‘, wie’s ist“"));
}

static void likelihoods_keep_the_term_and_show_the_range(void **state)
{
    (void)state;
    assert_true(says("what_to_watch: [{text: W, likelihood: probable}]\n", "probable (55–80%)"));
    assert_true(says("what_to_watch: [{text: W, likelihood: Almost no chance}]\n", "almost no chance (1–5%)"));
    assert_true(says("what_it_does: [{text: W, likelihood: likely, confidence: 0.80}]\n",
                     "W (0.80 · A Strong; likely, 55–80%)"));
    assert_true(says("what_it_does: [{text: W, likelihood: highly probable}]\n",
                     "Likelihood: {s}highly probable (80–95%)."));
}

static void the_house_may_replace_any_word(void **state)
{
    (void)state;
    static const char house[] =
        "house: 1\nlanguage: de\ntiers: [{id: open, label: Alle}]\ndefault_tier: open\n"
        "scale: {bands: [{from: 0.00, to: 1.00, grade: A, label: Eins}]}\n"
        "words: {key_points: Kernpunkte, month_11: November, date_day: '{day}. {month} {year}', page_of: "
        "'Seite {page} von {pages}', decimal_mark: ','}\n";
    struct fixture f;
    fixture_open(&f, house, HEAD "as_of: 2026-11-05\nquotes: [{text: Ja, by: B}]\n");
    struct edition *edition = fixture_edition(&f, NULL);
    struct str text = fixture_trace(&f, edition);
    assert_true(fixture_has(text, "heading 2 anchor=key-points: Kernpunkte"));
    assert_true(fixture_has(text, "value: 5. November 2026\n"));
    assert_true(fixture_has(text, "„Ja“"));
    assert_true(fixture_has(text, "0,00–1,00"));
    assert_true(fixture_has(text, "0,80"));
    assert_false(fixture_has(text, "0.80"));
    struct block_document *document = block_build(&f.arena, edition, &f.diags);
    assert_true(str_is(document->running.page_format, "Seite {page} von {pages}"));
    fixture_close(&f);
}

/* What stands in the document's language bears no mark; the fixed words do, in whatever they are filled. */
static void fixed_words_name_their_language(void **state)
{
    (void)state;
    static const char spec[] = HEAD "language: de\nedition: 2026-Q4\nas_of: 2026-11-05\nauthors: [Erna]\nimpact: low\n"
                               "sources: [{id: a, title: Plan, kind: primary, published: 2026-10}]\n";
    struct fixture f;
    fixture_open(&f, NULL, spec);
    struct edition *edition = fixture_edition(&f, NULL);
    struct str text = fixture_trace(&f, edition);
    assert_true(fixture_has(text, "heading 2 anchor=key-points: Key points{ lang=en}\n"));
    assert_true(fixture_has(text, "By{ lang=en} Erna · As of{ lang=en} 5. November 2026\n"));
    assert_true(fixture_has(text, "value: Q4 2026\n"));
    assert_true(fixture_has(text, "value: One public source{ to=sources lang=en}\n"));
    assert_true(fixture_has(text, "published{n lang=en} Oktober 2026{n}"));
    assert_true(fixture_has(text, "alt-lang=en"));
    for (size_t i = 0; i < text.n; i++)
        assert_true((unsigned char)text.p[i] < 0xfd);
    struct block_document *document = block_build(&f.arena, edition, &f.diags);
    assert_true(str_is(document->running.page_format, "Page {page} of {pages}"));
    assert_true(str_is(document->continued, "continued"));
    fixture_close(&f);
}

static void the_houses_words_are_in_its_language(void **state)
{
    (void)state;
    static const char house[] = "house: 1\nlanguage: de\ntiers: [{id: open, label: Alle}]\ndefault_tier: open\n"
                                "words: {key_points: Kernpunkte}\n";
    struct fixture f;
    fixture_open(&f, house, HEAD "language: en-US\nimpact: low\n");
    struct str text = fixture_trace(&f, fixture_edition(&f, NULL));
    assert_true(fixture_has(text, "Kernpunkte{ lang=de}\n"));
    assert_true(fixture_has(text, "term: Impact\n"));
    fixture_close(&f);
}

/* The house's own text keeps the house's marks and spaces in a document of another language. */
static void the_houses_text_is_set_in_its_language(void **state)
{
    (void)state;
    static const char house[] = "house: 1\nlanguage: en\ntiers: [{id: open, label: All}]\ndefault_tier: open\n"
                                "legal: 'Why? \"Because\"; really.'\n";
    struct fixture f;
    fixture_open(&f, house, HEAD "language: fr\nwhy_it_matters: [\"Pourquoi ? Voici ; oui.\"]\n");
    struct str text = fixture_trace(&f, fixture_edition(&f, NULL));
    assert_true(fixture_has(text, "Why? “Because”; really."));
    assert_true(fixture_has(text, "Pourquoi\u202f? Voici\u202f; oui."));
    fixture_close(&f);
}

static void fill_leaves_other_braces(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct word_slot slots[] = {{"a", STR("{b}")}, {"b", STR("2")}};
    assert_true(str_is(word_fill(&arena, STR("{a} {b} {c} { {"), slots, 2), "{b} 2 {c} { {"));
    arena_done(&arena);
}

static void quotation_marks_become_typographic(void **state)
{
    (void)state;
    static const struct { const char *typed, *expected; } cases[] = {
        {"the lessor's, lessors' own", "the lessor’s, lessors’ own"},
        {"\"Yes\", he said (\"no\").", "“Yes”, he said (“no”)."},
        {"'tis 'quoted' so", "’tis ‘quoted’ so"},
        {"'Twas so; 'Tis", "’Twas so; ’Tis"},
        {"rock 'n' roll, rock 'n roll, get 'em", "rock ’n’ roll, rock ’n roll, get ’em"},
        {"the 'rock 'n' roll' years", "the ‘rock ’n’ roll’ years"},
        {"'emperor', 'tilt' and 'no'", "‘emperor’, ‘tilt’ and ‘no’"},
        {"'tis' and 'em'", "‘tis’ and ‘em’"},
        {"the '90s", "the ’90s"},
        {"5' 10\" tall", "5' 10\" tall"},
        {"\"a 'b' c\"", "“a ‘b’ c”"},
        {"plain", "plain"},
        {"3,5 % or 4 \u2030, but 5 %-ers and 6%", "3,5\u00a0% or 4\u00a0\u2030, but 5\u00a0%-ers and 6%"},
        {"-425 (-3) and -7 'no'", "−425 (−3) and −7 ‘no’"},
        {"5-3, 5 - 3, a-1, 64500:-9, --3, -x, /-4, -", "5-3, 5 - 3, a-1, 64500:-9, --3, -x, /-4, -"},
        {"a \" b", "a \" b"},
    };
    struct arena arena;
    arena_init(&arena);
    struct quote_marks marks = {STR("“"), STR("”"), STR("‘"), STR("’"), .spaced = false};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct quote_state quotes = {0};
        struct str result = typography_quotes(&arena, str_from(cases[i].typed), &marks, &quotes);
        if (!str_is(result, cases[i].expected))
            fail_msg("%s became " STR_FMT, cases[i].typed, STR_ARG(result));
    }
    struct quote_state across = {0};
    typography_quotes(&arena, STR("x"), &marks, &across);
    assert_true(str_is(typography_quotes(&arena, STR("'s"), &marks, &across), "’s"));
    arena_done(&arena);
}

/* A low bar stands for the narrow no-break space. */
static void french_signs_are_spaced(void **state)
{
    (void)state;
    static const struct { const char *typed, *expected; } cases[] = {
        {"Quoi ? Rien !", "Quoi_? Rien_!"},
        {"Quoi? Rien!", "Quoi_? Rien_!"},
        {"Quoi ?! Non\u00a0; si", "Quoi_?! Non_; si"},
        {"trois choses : a, b", "trois choses_: a, b"},
        {"« mot » et «mot»", "«_mot_» et «_mot_»"},
        {"\"mot\" ; \"mot\"!", "«_mot_»_; «_mot_»_!"},
        {"(oui !) [non?]", "(oui_!) [non_?]"},
        {"à 12:30, voir https://a.fr/?b=1;c", "à 12:30, voir https://a.fr/?b=1;c"},
        {"(?) ! a", "(?)_! a"},
        {"déjà\u202f!", "déjà_!"},
        {"l'avis d'un 'sage', dit-on, n'est qu'un 'avis'", "l’avis d’un 'sage', dit-on, n’est qu’un 'avis'"},
        {"rien", "rien"},
    };
    struct arena arena;
    arena_init(&arena);
    struct quote_marks marks = {STR("«\u202f"), STR("\u202f»"), .spaced = true};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct quote_state quotes = {0};
        struct str result = typography_quotes(&arena, str_from(cases[i].typed), &marks, &quotes);
        struct buf shown = {0};
        for (size_t k = 0; k < result.n; k++) {
            bool narrow = str_starts(str_slice(result, k, result.n), STR("\u202f"));
            buf_char(&shown, narrow ? '_' : result.p[k]);
            k += narrow ? 2 : 0;
        }
        if (!str_is(buf_view(&shown), cases[i].expected))
            fail_msg("%s became " STR_FMT, cases[i].typed, STR_ARG(buf_view(&shown)));
        buf_done(&shown);
    }
    struct quote_state across = {0};
    typography_quotes(&arena, STR("mot"), &marks, &across);
    assert_true(str_is(typography_quotes(&arena, STR(" : suite"), &marks, &across), "\u202f: suite"));
    arena_done(&arena);
}

static void abbreviations_are_told_once_a_paragraph(void **state)
{
    (void)state;
    static const char more[] =
        "abbreviations: [{short: RIR, long: registry}, {short: AS-SET, long: set}, {short: AS, long: system}]\n"
        "relevance: |\n  An RIR, RIRs and the RIR-led AS-SET of AS. `RIR`\n\n  Again: RIR.\n";
    assert_true(says(more, "An RIR{ expansion=registry}, "
                           "RIRs and the RIR-led AS-SET{ expansion=set} of AS{ expansion=system}. RIR{c}\n"));
    assert_true(says(more, "Again: RIR{ expansion=registry}.\n"));
    assert_true(says("abbreviations: [{short: TAG, long: a word}]\ntags: [TAG of two, TAG]\n",
                     "TAG{ expansion=a word} of two, TAG{ expansion=a word}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(horizons_name_the_dates_of_the_edition),
        cmocka_unit_test(dates_are_as_precise_as_typed),
        cmocka_unit_test(dates_follow_the_language),
        cmocka_unit_test(generated_sentences_are_whole),
        cmocka_unit_test(likelihoods_keep_the_term_and_show_the_range),
        cmocka_unit_test(the_house_may_replace_any_word),
        cmocka_unit_test(fixed_words_name_their_language),
        cmocka_unit_test(the_houses_words_are_in_its_language),
        cmocka_unit_test(the_houses_text_is_set_in_its_language),
        cmocka_unit_test(fill_leaves_other_braces),
        cmocka_unit_test(quotation_marks_become_typographic),
        cmocka_unit_test(french_signs_are_spaced),
        cmocka_unit_test(abbreviations_are_told_once_a_paragraph),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
