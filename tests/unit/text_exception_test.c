/* Words that a house hyphenates its own way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "text/exception.h"

static const struct text_exception_word words[] = {
    {{"en", 2}, {"inter-net-work", 14}},
    {{"en-GB", 5}, {"Pro-ject", 8}},
    {{"en-GB", 5}, {"pro-j-ect", 9}},
    {{"en-US", 5}, {"proj-ect", 8}},
    {{"de", 2}, {"\xC3\xBC" "ber-all", 9}},
    {{"en", 2}, {"whole", 5}},
};

/* The word with its points, as "inter-net-work"; "?" when it is no exception. */
static void check(const struct text_exceptions *all, const char *language, const uint32_t *word, const char *expected)
{
    uint32_t letters[64];
    bool points[64] = {false};
    size_t count = 0, n = 0;
    char shown[160];
    for (; word[count]; count++)
        letters[count] = word[count];
    if (!exception_word(all, language, letters, count, points)) {
        assert_string_equal(expected, "?");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (points[i])
            shown[n++] = '-';
        shown[n++] = letters[i] < 0x80 ? (char)letters[i] : '*';
    }
    shown[n] = 0;
    assert_string_equal(shown, expected);
}

static void words_are_found_in_their_language(void **state)
{
    (void)state;
    static const uint32_t internetwork[] = {'i', 'n', 't', 'e', 'r', 'n', 'e', 't', 'w', 'o', 'r', 'k', 0},
                          project[] = {'p', 'r', 'o', 'j', 'e', 'c', 't', 0},
                          ueberall[] = {0xFC, 'b', 'e', 'r', 'a', 'l', 'l', 0}, whole[] = {'w', 'h', 'o', 'l', 'e', 0},
                          who[] = {'w', 'h', 'o', 0};
    struct arena arena;
    arena_init(&arena);
    const struct text_exceptions *all = text_exceptions_make(&arena, words, sizeof words / sizeof *words);
    check(all, "en", internetwork, "inter-net-work");
    check(all, "en-GB", internetwork, "inter-net-work");
    check(all, "en-GB", project, "pro-ject");
    check(all, "en-US", project, "proj-ect");
    check(all, "en", project, "?");
    check(all, "de-AT", ueberall, "*ber-all");
    check(all, "fr", ueberall, "?");
    check(all, "en-GB", whole, "whole");
    check(all, "en-GB", who, "?");
    check(all, NULL, whole, "?");
    check(NULL, "en-GB", whole, "?");
    assert_null(text_exceptions_make(&arena, words, 0));
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_in_their_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
