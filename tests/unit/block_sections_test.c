/* The sections: what they print, and that what has nothing to say leaves no trace. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "edition_fixture.h"

#define HEAD "briefing: 1\nid: x\nentity: {name: X, kind: network}\nprofile: Why.\nconfidence: {score: 0.80}\n"

static struct str trace_of(struct fixture *f, const char *spec, const char *tier)
{
    fixture_open(f, NULL, spec);
    return fixture_trace(f, fixture_edition(f, tier));
}

static void a_bare_spec_has_only_what_it_needs(void **state)
{
    (void)state;
    struct fixture f;
    struct str text = trace_of(&f, HEAD "key_points: [Point]\n", NULL);
    static const char expected[] =
        "document title=X author=Test Press subject=Test Briefing: Network lang=en-GB\n"
        "running head=Test Press · Test Briefing foot=X · Everyone copy=Personal copy {copy}\n"
        "masthead publisher=Test Press product=Test Briefing\n"
        "group\n"
        "  text: Network\n"
        "  heading 1 anchor=title: X\n"
        "group\n"
        "  text: Why.\n"
        "columns\n"
        "  group\n"
        "    heading 2 anchor=key-points: Key points\n"
        "    text: Point\n"
        "beside\n"
        "  panel 2 anchor=at-a-glance glance: At a glance\n"
        "    meter: Confidence\n"
        "      score value=0.80 grade=A label=Strong alt=Confidence 0.80 on a scale from 0.00 to 1.00, grade A, "
        "Strong.\n"
        "    facts\n"
        "      term: Name\n"
        "      value: X\n"
        "      term: Type\n"
        "      value: Network\n"
        "      term: Reading time\n"
        "      value: 1 minute\n"
        "group\n"
        "  heading 2 anchor=confidence: The scale\n"
        "  table\n"
        "    narrow column: Range\n"
        "    narrow column: Grade\n"
        "    column: Label\n"
        "    column: Meaning\n"
        "    marked row | 0.75–1.00{nt} | A{n} | Strong|this profile: 0.80{s} | seen\n"
        "    row | 0.10–0.74{nt} | B{n} | Medium | \n"
        "    row | 0.00–0.09{nt} | D{n} | Internal monitoring | not for publication\n"
        "group\n"
        "  text: Published by Test Press\n"
        "  text: Digest of this edition: ";
    if (!str_starts(text, str_from(expected)))
        fail_msg(STR_FMT, STR_ARG(text));
    assert_int_equal(fixture_count(str_slice(text, sizeof expected - 1, text.n), "\n"), 1);
    fixture_close(&f);
}

static void references_and_ways_back_meet(void **state)
{
    (void)state;
    struct fixture f;
    struct str text = trace_of(&f, HEAD
                               "key_points:\n  - {text: One, sources: [b, a, b]}\n  - {text: Two, sources: [a]}\n"
                               "sources:\n"
                               "  - {id: a, title: A, kind: news, url: 'https://a.example/', reliability: B, "
                               "credibility: 2}\n"
                               "  - {id: b, title: B, kind: filing, repeats: a, publisher: P, author: P, accessed: 2026-05-02}\n"
                               "  - {id: c, title: C, kind: other}\n", NULL);
    assert_true(fixture_has(text, "One[1]{^n to=source-1 anchor=ref-1-1 says=Source 1}"
                                  "[2]{^n to=source-2 anchor=ref-2-1 says=Source 2}\n"));
    assert_true(fixture_has(text, "Two[1]{^n to=source-1 anchor=ref-1-2"));
    assert_int_equal(fixture_count(text, "to=ref-1-1 "), 1);
    assert_int_equal(fixture_count(text, "to=ref-1-2 "), 1);
    assert_int_equal(fixture_count(text, "to=ref-2-1 "), 1);
    assert_int_equal(fixture_count(text, "anchor=source-1:"), 1);
    assert_true(fixture_has(text, "graded B2"));
    assert_true(fixture_has(text, "P\u00a0· {q}filing{n}\n"));
    assert_true(fixture_has(text, "accessed 2 May 2026{n}\u00a0· {q}repeats [1]{ to=source-1}"));
    assert_true(fixture_has(text, "news{n}\u00a0· {q}graded B2"));
    assert_true(fixture_has(text, "3 sources are listed, of which 2 count as independent."));
    assert_true(fixture_has(text, "Several public sources (3\u00a0listed, 2\u00a0independent){ to=sources}"));
    assert_true(fixture_has(text, "Reliability of a source: {s}B (usually reliable)."));
    assert_true(fixture_has(text, "a.example{ url=https://a.example/}"));
    fixture_close(&f);
}

static void code_keeps_its_indentation(void **state)
{
    (void)state;
    struct fixture f;
    struct str text = trace_of(&f, HEAD
                               "key_points: [One]\nsections:\n  - heading: H\n    text: |\n      ```\n      router bgp\n"
                               "        neighbor a  b\n      ```\n", NULL);
    assert_true(fixture_has(text, "router bgp|\u00a0\u00a0neighbor a  b"));
    fixture_close(&f);
}

static void every_anchor_is_unique_and_every_link_lands(void **state)
{
    (void)state;
    struct fixture f;
    struct str text = trace_of(&f, HEAD
                               "key_points: [{text: One, sources: [a]}]\nkey_figures: [{label: l, value: v, "
                               "sources: [a]}]\n"
                               "quotes: [{text: q, by: b, sources: [a]}]\nwhat_to_watch: [{text: w, by: 2030, "
                               "sources: [a]}]\n"
                               "relationships: [{name: n, relation: r, sources: [a]}]\n"
                               "timeline: [{date: 2020, text: t, sources: [a]}]\nsections: [{heading: h, text: "
                               "t}, {heading: h, text: t}]\n"
                               "sources: [{id: a, title: A, kind: news}]\n", NULL);
    for (size_t at = 0; at < text.n; at++) {
        struct str rest = str_slice(text, at, text.n);
        bool anchor = str_starts(rest, STR("anchor=")), link = str_starts(rest, STR(" to="));
        if (!anchor && !link)
            continue;
        size_t from = at + (anchor ? 7 : 4), to = from;
        while (to < text.n && !strchr(" :}\n", text.p[to]))
            to++;
        char needle[64];
        snprintf(needle, sizeof needle, "anchor=" STR_FMT, (int)(to - from), text.p + from);
        size_t exact = 0;
        for (size_t i = 0; i + strlen(needle) < text.n; i++)
            exact += memcmp(text.p + i, needle, strlen(needle)) == 0 && strchr(" :}\n",
                                                                               text.p[i + strlen(needle)]) != NULL;
        if (exact != 1)
            fail_msg("%s occurs %zu times", needle, exact);
    }
    fixture_close(&f);
}

static void locked_panels_say_who_may_read(void **state)
{
    (void)state;
    static const char spec[] = HEAD
        "key_points: [Point]\n"
        "sections:\n  - {heading: Shown, text: t}\n"
        "  - {heading: Hidden, text: secret, audience: circle, teaser: Come in}\n"
        "  - {heading: Hidden too, text: secret, audience: circle, teaser: And stay}\n";
    struct fixture f;
    struct str text = trace_of(&f, spec, "open");
    assert_true(fixture_has(text, "panel locked: Only for The Circle\n  list\n    group\n      text: Come in\n"));
    assert_true(fixture_has(text, "  text: Members\n  text: Join{s url=https://example.org/c}\n"));
    assert_false(fixture_has(text, "ecret"));
    assert_false(fixture_has(text, "Hidden"));
    struct str circle = fixture_trace(&f, fixture_edition(&f, "circle"));
    assert_true(fixture_has(circle, "  text: The Circle\n  heading 2 anchor=section-2: Hidden\n"));
    assert_false(fixture_has(circle, "Come in"));
    assert_false(fixture_has(circle, "locked"));
    fixture_close(&f);
}

static void withheld_claims_are_counted_in_words(void **state)
{
    (void)state;
    struct fixture f;
    struct str one = trace_of(&f, HEAD "key_points: [Point, {text: Low, confidence: 0.03}]\n", NULL);
    assert_true(fixture_has(one, "text: 1 claim withheld: internal monitoring\n"));
    assert_false(fixture_has(one, "Low"));
    struct str internal = fixture_trace(&f, fixture_internal(&f, NULL));
    assert_true(fixture_has(internal, "Low (0.03 · D Internal monitoring)"));
    assert_true(fixture_has(internal, "stamp=Internal"));
    assert_false(fixture_has(internal, "withheld"));
    fixture_close(&f);
    struct str two = trace_of(&f, HEAD "key_points: [Point, {text: L, confidence: 0.03}, {text: M, confidence: "
                                       "0.00}]\n", NULL);
    assert_true(fixture_has(two, "text: 2 claims withheld: internal monitoring\n"));
    fixture_close(&f);
}

static void the_meter_tells_history_and_change(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, "briefing: 1\nid: x\nedition: 2026-Q4\nentity: {name: X, kind: network}\nprofile: "
                           "Why.\nkey_points: [Point]\n"
                 "confidence: {score: 0.80, outlook: stable, basis: Two records, as_of: 2026-11-02, "
                 "history: [{edition: 2026-Q2, score: 0.86}, {edition: 2026-Q1, score: 0.70}]}\n");
    struct str text = fixture_trace(&f, fixture_edition(&f, NULL));
    assert_true(fixture_has(text, "caption=Down 0.06 since Q2 2026 (0.86)"));
    assert_true(fixture_has(text, "Outlook: Stable. Earlier scores: Q1 2026 0.70, "
                                  "Q2 2026 0.86. Down 0.06 since Q2 2026 (0.86).\n"));
    assert_true(fixture_has(text, "point 70 Q1 2026\n"));
    assert_true(fixture_has(text, "point 80 Q4 2026\n"));
    assert_true(fixture_has(text, "Basis.{s} Two records"));
    assert_true(fixture_has(text, "Assessed on 2 November 2026."));
    fixture_close(&f);
}

static void markings_stamps_and_metadata(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f, NULL, HEAD "headline: News of X\nauthors: [A, B, C]\ntags: [t, u]\nkey_points: [P]\nmarking: "
                                "{tlp: AMBER+STRICT}\n");
    struct edition_options options = {.internal = true, .draft = true, .date = {2026, 12, 1}};
    struct edition *edition = edition_make(&f.arena, f.spec, f.house, &options, &f.diags);
    struct str text = fixture_trace(&f, edition);
    assert_true(fixture_has(text, "document title=X: News of X author=A, B and C subject=Test Briefing: "
                                  "Network keywords=t, u"));
    assert_true(fixture_has(text, "marking=TLP:AMBER+STRICT stamp=Internal · Draft\n"));
    assert_true(fixture_has(text, "date=1 December 2026"));
    assert_true(fixture_has(text, "\u00a0· Everyone\u00a0· 1 December 2026\n"));
    fixture_close(&f);
}

static void a_crowded_map_draws_the_strongest(void **state)
{
    (void)state;
    struct buf spec = {0};
    buf_text(&spec, HEAD "key_points: [P]\nrelationships:\n");
    for (int i = 0; i < 70; i++)
        buf_printf(&spec, "  - {name: N%02d, relation: r, strength: 0.%02d, direction: from}\n", i, i);
    buf_char(&spec, '\0');
    struct fixture f;
    struct str text = trace_of(&f, spec.p, NULL);
    assert_int_equal(fixture_count(text, "    node <"), 60);
    assert_false(fixture_has(text, "node <9 name"));
    assert_true(fixture_has(text, "node <10 name=N10"));
    assert_true(fixture_has(text, "The 60 strongest of 70 relationships of X; the table lists all."));
    assert_true(fixture_has(text, "N10 (r, inward, 0.10); N11"));
    assert_int_equal(fixture_count(text, "inward"), 60 + 70);
    fixture_close(&f);
    buf_done(&spec);
}

static void much_and_deep_input_is_bounded(void **state)
{
    (void)state;
    struct buf spec = {0};
    buf_text(&spec, HEAD "abbreviations: [{short: A, long: B}]\nsources: [{id: s, title: S, kind: news}]\n"
                         "relevance: |\n  ");
    buf_repeat(&spec, '>', 8);
    buf_text(&spec, " deep\n\n  ");
    for (int i = 0; i < 20000; i++)
        buf_text(&spec, "A-");
    buf_text(&spec, "\nkey_points:\n");
    for (int i = 0; i < 10000; i++)
        buf_text(&spec, "  - {text: p, sources: [s]}\n");
    buf_char(&spec, '\0');
    struct fixture f;
    struct str text = trace_of(&f, spec.p, NULL);
    assert_true(fixture_has(text, "deep"));
    assert_true(fixture_has(text, "to=ref-1-10000 "));
    assert_true(f.arena.used_bytes < (size_t)256 << 20);
    fixture_close(&f);
    buf_done(&spec);
}

static void a_title_block_with_all_its_parts(void **state)
{
    (void)state;
    struct fixture f;
    struct str text = trace_of(&f,
        "briefing: 1\nid: x\nas_of: 2026-11-15\nheadline: H\ndeck: It's D\nauthors: [A, B]\nprofile: Why.\n"
        "confidence: {score: 0.80}\n"
        "tracked_as: T\necosystem: E\nimpact: high\nkey_points: [P]\n"
        "entity: {name: N, native_name: 名, native_language: zh-Hant, kind: person, type: Editor, base: Here, "
        "also_known_as: [M, O], "
        "url: 'https://n.example/', identifiers: [{scheme: ASN, value: AS64500}], "
        "roles: [{title: Head, at: Org, from: 2016, to: 2019}, {title: Elsewhere}, "
        "{at: There}, {from: 2020}]}\n"
        "what_it_does: [Writes]\n", NULL);
    assert_true(fixture_has(text, "  text: Editor · Here\n  heading 1 anchor=title: N\n  text: 名{ lang=zh-Hant}\n"
                                  "  text: H\n  text: It’s D\n"
                                  "  text: By A and B · As of 15 November 2026\n"));
    assert_true(fixture_has(text, "Tracked as: T · {q}Ecosystem: E · {q}Impact: High\n"));
    assert_true(fixture_has(text, "value: Head, Org (2016–2019)|Elsewhere|There|since 2020\n"));
    assert_true(fixture_has(text, "term: ASN\n      value: AS64500{t}\n"));
    assert_true(fixture_has(text, "value: n.example{ url=https://n.example/}\n"));
    assert_true(fixture_has(text, "value: M, O\n"));
    assert_true(fixture_has(text, "anchor=what-it-does: What they do\n"));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bare_spec_has_only_what_it_needs),
        cmocka_unit_test(references_and_ways_back_meet),
        cmocka_unit_test(code_keeps_its_indentation),
        cmocka_unit_test(every_anchor_is_unique_and_every_link_lands),
        cmocka_unit_test(locked_panels_say_who_may_read),
        cmocka_unit_test(withheld_claims_are_counted_in_words),
        cmocka_unit_test(the_meter_tells_history_and_change),
        cmocka_unit_test(markings_stamps_and_metadata),
        cmocka_unit_test(a_crowded_map_draws_the_strongest),
        cmocka_unit_test(much_and_deep_input_is_bounded),
        cmocka_unit_test(a_title_block_with_all_its_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
