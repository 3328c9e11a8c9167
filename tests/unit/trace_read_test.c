/* What `trace` reads of a text: words, copy ids, editions. */
#include "trace/ids.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int open_arena(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

/* Words of a text: lines end by '\n', pages by '\f'. */
static struct trace_words words_of(const char *text)
{
    struct trace_words words = {.pages = 1};
    bool starts = true;
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, " \n\f");
        if (n)
            *ARENA_PUSH(&arena, &words) =
                (struct trace_word){.text = {at, n}, .page = words.pages, .starts_line = starts};
        at += n;
        starts = *at == '\n' || *at == '\f' || (starts && !n);
        words.pages += *at == '\f';
        at += *at != '\0';
    }
    return words;
}

static void parses_boxes(void **state)
{
    (void)state;
    struct trace_words words;
    words_parse(
        &arena,
        STR("<html><body><doc>\n<page width=\"595.3\" height=\"842\">\n"
            " <line xMin=\"1\">\n"
            "  <word xMin=\"1.5\" yMin=\"2\" xMax=\"20.123456\" "
            "yMax=\"3\">A&amp;B&lt;&#39;&quot;&gt;</word>\n"
            "  <word xMin=\"-30.000400\" yMin=\"2\" xMax=\"40\" yMax=\"3\">\xC3\xA9t\xC3\xA9</word>\r\n"
            " </line>\n <line yMin=\"1\">\n<word xMin=\"7\" xMax=\"8\">&unknown;</word>\n</page>\n<page "
            "width=\"1\">\n"
            "<word xMax=\"9\">x</word>"),
        &words);
    assert_int_equal(words.count, 4);
    assert_int_equal(words.pages, 2);
    assert_true(str_is(words.items[0].text, "A&B<'\">"));
    assert_int_equal(words.items[0].left_mpt, 1500);
    assert_int_equal(words.items[0].right_mpt, 20123);
    assert_true(words.items[0].starts_line);
    assert_int_equal(words.items[1].left_mpt, -30000);
    assert_int_equal(words.items[1].right_mpt, 40000);
    assert_false(words.items[1].starts_line);
    assert_true(str_is(words.items[1].text, "\xC3\xA9t\xC3\xA9"));
    assert_true(words.items[2].starts_line);
    assert_true(str_is(words.items[2].text, "&unknown;"));
    assert_int_equal(words.items[3].page, 2);
    assert_int_equal(words.items[3].left_mpt, 0);
}

/* Whatever pdftotext may print, nothing is read that is no word. */
static void refuses_what_is_no_word(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "<word",
                                        "<word >x</word>",
                                        "<page width=\"1\">\n<word >",
                                        "<page width=\"1\">\n<word ></word>",
                                        "<page width=\"1\">\n<word xMin=\"1\">x",
                                        "<page width=\"1\">\n<word xMin=\"1\"></word>x</word>",
                                        "<page width=\"1\">\n<word>x</word>",
                                        "<page width=\"1\">\n<word >\xFF\xFE</word>"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct trace_words words;
        words_parse(&arena, str_from(texts[i]), &words);
        assert_int_equal(words.count, 0);
    }
    struct trace_words words;
    words_parse(&arena, STR("<page width=\"1\">\n<word xMin=\"99999999999999\" xMax=\"-\">x</word>"), &words);
    assert_int_equal(words.count, 1);
    assert_int_equal(words.items[0].left_mpt, 0);
    assert_int_equal(words.items[0].right_mpt, 0);
}

#define ID "VNY3-649N-9JYE-XVRA"

static size_t count_of(const char *text, const struct trace_id **found)
{
    struct trace_words words = words_of(text);
    struct trace_ids ids;
    struct copy_id id;
    assert_true(copy_id_parse(STR(ID), &id));
    ids_read(&arena, &words, &ids);
    const struct trace_id *one = ids_find(&ids, &id);
    *found = one ? memcpy(arena_alloc(&arena, sizeof *one), one, sizeof *one) : NULL;
    return ids.count;
}

static void finds_ids(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool shaped;
    } cases[] = {
        {ID, true},
        {"Personal copy " ID " Page 1 of 2", true},
        {"copy:" ID ".", true},
        {"Copy" ID "Page", true},
        {"(vny3-649n-9jye-xvra)", true},
        {"VNY3 649N 9JYE XVRA", false},
        {"VNY3649N9JYEXVRA", false},
        {"copy VNY3-649N-\n9JYE-XVRA", false},
        {"copy VNY3-649N-9J\nYE-XVRA more", false},
        {"V N Y 3 - 6 4 9 N - 9 J Y E - X V R A", false},
        {"VNY3-649N\f9JYE-XVRA", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct trace_id *found;
        assert_true(count_of(cases[i].text, &found) >= 1);
        if (!found) {
            fail_msg("nothing was found in '%s'", cases[i].text);
            return;
        }
        assert_int_equal(found->shaped, cases[i].shaped);
        assert_int_equal(found->first_page, 1);
        assert_int_equal(found->pages, 1);
    }
}

static void finds_no_others(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "a",
                                        "VNY3-649N-9JYE-XVRB",
                                        "VNY3-649N-9JYE-XVR",
                                        "xVNY3649N9JYEXVRA",
                                        "VNY3649N9JYEXVRAx",
                                        "VNY3.649N.9JYE.XVRA",
                                        "VNY3-649N-9JYE-XVR\xC3\xA9"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct trace_id *found;
        count_of(texts[i], &found);
        assert_null(found);
    }
}

static void counts_pages(void **state)
{
    (void)state;
    const struct trace_id *found;
    assert_true(count_of("first\f" ID "\n" ID "\fnone\fVNY3 649N 9JYE XVRA\n" ID, &found) >= 1);
    if (!found) {
        fail_msg("nothing was found");
        return;
    }
    assert_int_equal(found->first_page, 2);
    assert_int_equal(found->pages, 2);
    assert_true(found->shaped);
}

static const char *list(const struct trace_editions *editions)
{
    struct buf out = {0};
    for (size_t i = 0; i < editions->count; i++) {
        buf_str(&out, edition_format(&arena, editions->items[i]));
        buf_char(&out, ' ');
    }
    const char *text = str_z(&arena, buf_view(&out));
    buf_done(&out);
    return text;
}

static void finds_editions(void **state)
{
    (void)state;
    struct trace_words words =
        words_of("Q4 2026 and (Q1 2025), 2026-11, 2024-Q2. Not Q5 2026, 1234-Q1, 2026-13, Q4 20261 "
                 "or 2026-11-22; again Q4 2026");
    struct trace_editions editions = {0};
    editions_read(&arena, &words, &editions);
    assert_string_equal(list(&editions), "2026-Q4 2025-Q1 2026-11 2024-Q2 ");
    editions = (struct trace_editions){0};
    editions_of_years(&arena, &words, &editions);
    assert_int_equal(editions.count, 3 * 17);
    assert_true(strncmp(list(&editions), "2026-Q4 2026-Q3 2026-Q2 2026-Q1 2026-12 ", 40) == 0);
    assert_int_equal(editions.items[50].year, 2024);
    assert_int_equal(editions.items[50].kind, EDITION_YEAR);
    editions = (struct trace_editions){0};
    editions_before(&arena, 2026, &editions);
    assert_int_equal(editions.count, 10 * 17);
    assert_int_equal(editions.items[169].year, 2017);
}

/* However many dates stand in a text. */
static void editions_are_bounded(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int year = 1000; year < 9999; year++)
        buf_printf(&text, "%d %d-Q1 %d-12\n", year, year, year);
    struct trace_words words = words_of(str_z(&arena, buf_view(&text)));
    struct trace_editions editions = {0};
    buf_done(&text);
    editions_read(&arena, &words, &editions);
    assert_int_equal(editions.count, 64);
    editions = (struct trace_editions){0};
    editions_of_years(&arena, &words, &editions);
    assert_int_equal(editions.count, 10 * 17);
    assert_int_equal(editions.items[0].year, 2099);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_boxes),
        cmocka_unit_test(refuses_what_is_no_word),
        cmocka_unit_test(finds_ids),
        cmocka_unit_test(finds_no_others),
        cmocka_unit_test(counts_pages),
        cmocka_unit_test(finds_editions),
        cmocka_unit_test(editions_are_bounded),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
