/* The exact form of single values, and 'a' or 'an' by sound. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "spec/lint.h"
#include "spec/syntax.h"

static void each(bool (*valid)(struct str), bool wanted, const char *const *texts)
{
    for (size_t i = 0; texts[i]; i++)
        if (valid(str_from(texts[i])) != wanted)
            fail_msg("'%s' is taken for %s", texts[i], wanted ? "wrong" : "right");
}

static void test_slugs(void **state)
{
    (void)state;
    each(syntax_slug, true, (const char *const[]){"a", "a-b", "2026", "a1-2b", NULL});
    each(syntax_slug, false,
         (const char *const[]){"", "-", "-a", "a-", "a--b", "A", "a_b", "a b", "é", NULL});
    struct arena arena;
    arena_init(&arena);
    assert_true(str_is(syntax_slug_near(&arena, STR(" Lu Heng's  Notes! ")), "lu-hengs-notes"));
    assert_int_equal(syntax_slug_near(&arena, STR("Ünal")).n, 0);
    assert_int_equal(syntax_slug_near(&arena, STR("!!")).n, 0);
    arena_done(&arena);
}

static void test_ids(void **state)
{
    (void)state;
    each(syntax_id, true, (const char *const[]){"a", "A.b_c-9", "0", NULL});
    each(syntax_id, false,
         (const char *const[]){"", ".a", "-a", "_a", "a b", "a/b", "é",
                               "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL});
}

static void test_languages(void **state)
{
    (void)state;
    each(syntax_language, true,
         (const char *const[]){"en", "en-GB", "zh-Hant", "zh-Hant-TW", "es-419", "sl-rozaj-biske-1994",
                               "de-1996", "zh-cmn-Hans-CN", "de-CH-x-phonebk", "en-a-bbb-x-a", "yue", "EN-gb",
                               NULL});
    each(syntax_language, false,
         (const char *const[]){"", "e", "english", "en_GB", "en-", "-en", "en--GB", "en-GB-GB",
                               "sl-rozaj-rozaj", "en-a", "en-x", "en-a-bb-a-cc", "12", "en-GB-oed oe",
                               "x-whatever", "en-aaaaaaaaa", NULL});
}

static void test_addresses(void **state)
{
    (void)state;
    each(syntax_email, true,
         (const char *const[]){"a@example.org", "a.b+c@ex-ample.co.uk", "jürgen@bücher.example",
                               "o'b@example.org", NULL});
    each(syntax_email, false,
         (const char *const[]){"", "a", "a@", "@b.org", "a@b", "a b@c.org", "a@b@c.org", ".a@b.org",
                               "a.@b.org", "a..b@c.org", "a@-b.org", "a@b-.org", "a@b..org", "a@b.org.",
                               "a@.b.org", "<a@b.org>", "a,b@c.org", "a@b.org\nBcc: x@y.z", NULL});
    each(syntax_url, true,
         (const char *const[]){"https://example.org", "HTTP://example.org/", "http://[::1]/",
                               "mailto:a@b.org", "https://例え.jp", NULL});
    each(syntax_url, false,
         (const char *const[]){"", "https:", "https://", "https:///a", "http:example.org",
                               "javascript:alert(1)", "file:///a", "#a", "/a", "mailto:", "https://a b",
                               "https://a\nb", "data:text/html,a", NULL});
}

static void test_colours_and_words(void **state)
{
    (void)state;
    each(syntax_colour, true, (const char *const[]){"#0b3d5c", "#ABCDEF", NULL});
    each(syntax_colour, false,
         (const char *const[]){"", "#abc", "0b3d5c", "#0b3d5g", "#0b3d5c0", "blue", NULL});
    each(syntax_hyphenated, true, (const char *const[]){"inter-net-work", "word", "naïve-té", NULL});
    each(syntax_hyphenated, false,
         (const char *const[]){"", "-", "-a", "a-", "a--b", "a b", "a", "a1", NULL});
}

static void test_sizes(void **state)
{
    (void)state;
    uint64_t bytes = 0;
    assert_true(syntax_size(STR("5 MB"), &bytes));
    assert_int_equal(bytes, 5000000);
    assert_true(syntax_size(STR("4MiB"), &bytes));
    assert_int_equal(bytes, 4 * 1024 * 1024);
    assert_true(syntax_size(STR("10000 B"), &bytes));
    assert_int_equal(bytes, 10000);
    const char *const bad[] = {
        "", "MB", "5", "5 GB", "5.5 MB", "-5 MB", "9999 B", "1001 MB", "99999999999999999999 MB", NULL};
    for (size_t i = 0; bad[i]; i++)
        assert_false(syntax_size(str_from(bad[i]), &bytes));
}

static void sounds(enum lint_sound wanted, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        if (lint_sound_of(str_from(words[i])) != wanted)
            fail_msg("'%s' sounds otherwise", words[i]);
}

static void test_sounds(void **state)
{
    (void)state;
    sounds(LINT_VOWEL,
           (const char *const[]){
               "internet",    "hour",       "honest",  "heir",  "MX",  "ASN",  "IPv4",   "EU",    "HTML",
               "X",           "F",          "8",       "80",    "11",  "18",   "11,000", "18000", "umbrella",
               "unimportant", "uninformed", "onerous", "APNIC", "ISP", "HTTP", "MPs",    NULL});
    sounds(LINT_CONSONANT,
           (const char *const[]){
               "network", "university", "unique", "European",  "one",     "once",      "UN",        "US",
               "UK",      "URL",        "U",      "union",     "unit",    "use",       "user",      "useful",
               "utility", "uranium",    "house",  "yellow",    "1",       "100",       "1,100",     "2026",
               "ewe",     "ubiquitous", "BGP",    "Ukrainian", "unicast", "unanimous", "unanimity", NULL});
    sounds(LINT_UNSURE, (const char *const[]){"", "historic", "hotel", "RIPE", "LACNIC", "LAN", "RIR", "SIM",
                                              "FBI", "1850", "yttrium", "(", "NATO", "SLA", "École", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slugs),
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_colours_and_words),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_sounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
