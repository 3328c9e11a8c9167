/* A word of its own in every field that can carry an audience: each tier's blocks hold those that it may read, and no
 * other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "edition_fixture.h"

static const char *const tiers[] = {"open", "circle", "board", "press"};
/* reads[reader][owner] */
static const bool reads[4][4] = {{1, 0, 0, 0}, {1, 1, 0, 0}, {1, 1, 1, 0}, {0, 0, 0, 1}};

/* Every field: %1$s is the tier, so that each occurs once for each tier. */
static const struct { const char *list, *item; } fields[] = {
    {"key_points", "  - {text: kp%1$sx, audience: %1$s, sources: [src%1$s], likelihood: likely}\n"},
    {"key_figures", "  - {label: kfl%1$sx, value: kfv%1$sx, audience: %1$s, sources: [src%1$s]}\n"},
    {"quotes", "  - {text: qt%1$sx, by: qb%1$sx, roles: [qr%1$sx], audience: %1$s}\n"},
    {"what_it_does", "  - {text: wd%1$sx, audience: %1$s}\n"},
    {"why_it_matters", "  - {text: wm%1$sx, audience: %1$s, confidence: 0.80}\n"},
    {"what_to_watch", "  - {text: ww%1$sx, trigger: wt%1$sx, by: 2031, audience: %1$s, sources: [src%1$s]}\n"},
    {"sections",
     "  - {heading: sh%1$sx, text: st%1$sx, audience: %1$s, quote: {text: sq%1$sx, by: sb%1$sx, roles: [sr%1$sx]}, "
     "table: {caption: tc%1$sx, columns: [th%1$sx], rows: [[td%1$sx]]}}\n"},
    {"relationships", "  - {name: rn%1$sx, relation: rr%1$sx, audience: %1$s, since: 2019, sources: [src%1$s]}\n"},
    {"timeline", "  - {date: 2020, text: tl%1$sx, audience: %1$s, sources: [src%1$s]}\n"},
    {"sources",
     "  - {id: src%1$s, title: so%1$sx, kind: news, publisher: sp%1$sx, author: sa%1$sx, url: "
     "'https://su%1$sx.example', "
     "archive_url: 'https://sv%1$sx.example', audience: %1$s, note: sn%1$sx}\n"
     "  - {id: noted%1$s, title: shared, kind: news, audience: [open, press], note: {text: no%1$sx, audience: "
     "%1$s}, repeats: src%1$s}\n"},
};
static const char *const tokens[] = {
    "kp", "kfl", "kfv", "qt", "qb", "qr", "wd", "wm", "ww", "wt", "sh", "st", "sq", "sb", "sr", "tc", "th", "td",
    "rn", "rr", "tl", "so", "sp", "sa", "su", "sv", "sn", "no",
};

static void write_spec(struct buf *out)
{
    buf_text(out, "briefing: 1\nid: x\nedition: 2026-Q4\nentity: {name: X, kind: network}\nprofile: Why.\n"
                  "confidence: {score: 0.80}\n");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        buf_printf(out, "%s:\n", fields[i].list);
        for (size_t tier = 0; tier < 4; tier++) {
            char item[1024];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            int n = snprintf(item, sizeof item, fields[i].item, tiers[tier]);
#pragma GCC diagnostic pop
            assert_true(n > 0 && (size_t)n < sizeof item);
            buf_text(out, item);
        }
    }
    buf_char(out, '\0');
}

static void each_tier_has_its_words_and_no_other(void **state)
{
    (void)state;
    struct buf spec = {0};
    write_spec(&spec);
    struct fixture f;
    fixture_open(&f, NULL, spec.p);
    for (size_t reader = 0; reader < 4; reader++) {
        struct str text = fixture_trace(&f, fixture_edition(&f, tiers[reader]));
        for (size_t owner = 0; owner < 4; owner++)
            for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
                char token[64];
                snprintf(token, sizeof token, "%s%sx", tokens[i], tiers[owner]);
                if (fixture_has(text, token) != reads[reader][owner])
                    fail_msg("tier %s: %s is %s", tiers[reader], token, reads[reader][owner] ? "missing" : "there");
            }
    }
    fixture_close(&f);
    buf_done(&spec);
}

/* What nobody may read but the board leaves the edition of the others as if it had never been written. */
static void withheld_things_leave_no_trace(void **state)
{
    (void)state;
    static const char head[] = "briefing: 1\nid: x\nedition: 2026-Q4\nentity: {name: X, kind: network}\nprofile: Why.\n"
                               "confidence: {score: 0.80}\nkey_points:\n  - {text: One, sources: [%ss]}\n";
    static const char rest[] = "  - {text: Two, audience: board, likelihood: remote, sources: [a]}\n"
                               "key_figures: [{label: l, value: v, audience: board}]\n"
                               "quotes: [{text: q, by: b, audience: board}]\n"
                               "what_it_does: [{text: w, audience: board}]\n"
                               "what_to_watch: [{text: w, by: 2031, audience: board, sources: [s]}]\n"
                               "relationships: [{name: n, relation: r, audience: board, sources: [s]}]\n"
                               "timeline: [{date: 2020, text: t, audience: board, sources: [s]}]\n";
    struct buf with = {0}, without = {0};
    buf_printf(&with, head, "a, ");
    buf_printf(&with, "%ssources:\n  - {id: a, title: A, kind: filing, reliability: E, audience: board}\n"
                      "  - {id: s, title: S, kind: news, repeats: a}\n", rest);
    buf_char(&with, '\0');
    buf_printf(&without, head, "");
    buf_text(&without, "sources:\n  - {id: s, title: S, kind: news}\n");
    buf_char(&without, '\0');
    struct fixture f, g;
    fixture_open(&f, NULL, with.p);
    fixture_open(&g, NULL, without.p);
    struct str a = fixture_trace(&f, fixture_edition(&f, "open")), b = fixture_trace(&g, fixture_edition(&g, "open"));
    assert_true(str_eq(a, b)); /* the digest line included */
    assert_false(str_eq(fixture_trace(&f, fixture_edition(&f, "board")), b));
    fixture_close(&f);
    fixture_close(&g);
    buf_done(&with);
    buf_done(&without);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_tier_has_its_words_and_no_other),
        cmocka_unit_test(withheld_things_leave_no_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
