/* Sentences in one pass: what is told of each agrees with its plain form. */
#include "spec/lint_sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"

static struct arena arena;

static struct lint_sentence next(struct str text, size_t from)
{
    struct lint_places articles = {0};
    return lint_sentence_next(&arena, text, from, &articles);
}

static const char *plain(const char *sentence)
{
    return str_z(&arena, lint_sentence_plain(&arena, str_from(sentence)));
}

static void tells_the_plain_form(void **state)
{
    (void)state;
    assert_string_equal(plain("An 8-bit host’s “word” isn't IT."), " an 8 bit host’s “word” isnt it ");
    assert_string_equal(plain("  …  "), " … ");
    assert_string_equal(plain("!?"), " ");
    arena_done(&arena);
}

static void ends_where_sentences_end(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t end;
    } texts[] = {
        {"One. Two.", 4},    {"Version 1.2 is out! Yes", 19},
        {"No end", 6},       {"No end.", 7},
        {"漢字。漢字。", 9}, {"は。", 6},
        {"Why?) Then", 10},  {"\xE3\x80", 2},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(next(str_from(texts[i].text), 0).end, texts[i].end);
    arena_done(&arena);
}

static void finds_articles(void **state)
{
    (void)state;
    struct lint_places articles = {0};
    lint_sentence_next(&arena, STR("A cat, an ox (at a bay)"), 0, &articles);
    static const size_t wanted[] = {0, 7, 17};
    assert_int_equal(articles.count, sizeof wanted / sizeof wanted[0]);
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        assert_int_equal(articles.items[i], wanted[i]);
    arena_done(&arena);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static const char *const parts[] = {"a",    "A",   "an",       "Word",        "word", " ",  " ",  " ",
                                    "  ",   ", ",  "'",        "’s",          "é",    "漢", "。", "は",
                                    ". ",   "1.5", "confiden", "Confidence ", "! ",   "-",  "(",  "\"",
                                    "con'", "?",   ".",        "fidently ",   "\xE3", "Z9"};

static bool says_confiden(struct str plain_form)
{
    return str_find(plain_form, STR(" confiden")) != SIZE_MAX;
}

/* Whether all articles of a text are among the places. */
static bool has_articles(struct str text, const struct lint_places *places)
{
    size_t k = 0;
    for (size_t at = 0; at < text.n; at++) {
        size_t n = at + 1 < text.n && text.p[at + 1] == 'n' ? 2 : 1;
        bool article = (text.p[at] | 0x20) == 'a' &&
                       (at == 0 || text.p[at - 1] == ' ' || text.p[at - 1] == '(') && at + n < text.n &&
                       text.p[at + n] == ' ';
        while (k < places->count && places->items[k] < at)
            k++;
        if (article && (k == places->count || places->items[k] != at))
            return false;
    }
    return true;
}

static void agrees_with_the_plain_form(void **state)
{
    (void)state;
    uint32_t seed = 1;
    struct lint_sentence last = {.shape = 1}; /* of none */
    uint64_t last_hash = 1;
    struct str last_plain = {0};
    size_t same = 0, shapes = 0;
    for (int round = 0; round < 60000; round++) {
        struct buf text = {0};
        for (uint32_t count = 1 + next_random(&seed) % 6; count > 0; count--)
            buf_text(&text, parts[next_random(&seed) % (sizeof parts / sizeof parts[0])]);
        struct lint_places articles = {0};
        struct lint_sentence told = lint_sentence_next(&arena, buf_view(&text), 0, &articles);
        assert_true(has_articles(str_slice(buf_view(&text), 0, told.end), &articles));
        assert_in_range(told.end, 1, text.n);
        struct str form = lint_sentence_plain(&arena, str_slice(buf_view(&text), 0, told.end));
        size_t words = 0;
        for (size_t i = 1; i < form.n; i++)
            words += form.p[i] != ' ' && form.p[i - 1] == ' ';
        assert_int_equal(told.words, words);
        assert_int_equal(told.plain_bytes, form.n);
        assert_true(told.may_tell_confidence || !says_confiden(form));
        if (told.end < text.n) { /* what stands behind it changes nothing: here, whether it is read sixteen
                                    bytes at a time */
            buf_text(&text, " and then some more");
            struct lint_sentence again = next(buf_view(&text), 0);
            assert_true(again.end == told.end && again.words == told.words && again.shape == told.shape &&
                        again.plain_bytes == told.plain_bytes &&
                        again.may_tell_confidence == told.may_tell_confidence);
        }
        uint64_t hash = lint_sentence_hash(&arena, str_slice(buf_view(&text), 0, told.end));
        assert_int_equal(hash == last_hash, str_eq(form, last_plain));
        assert_true(told.shape == last.shape || !str_eq(form, last_plain));
        same += hash == last_hash;
        shapes += told.shape == last.shape;
        last = told;
        last_hash = hash;
        last_plain = form;
        buf_done(&text);
        if (round % 1000 == 999) {
            arena_done(&arena);
            last_plain = (struct str){0};
            last_hash = last.shape = 1;
        }
    }
    assert_true(same > 100);
    assert_in_range(shapes, same, 20000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_the_plain_form),
        cmocka_unit_test(ends_where_sentences_end),
        cmocka_unit_test(finds_articles),
        cmocka_unit_test(agrees_with_the_plain_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
