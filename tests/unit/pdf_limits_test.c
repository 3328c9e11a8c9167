/* Texts beyond the limits of PDF/A are told, and those within are not. */
#include "pdf/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pdf/token.h"

/* n times a text, in the arena. */
static struct str times(struct arena *arena, const char *text, size_t n)
{
    struct buf out = {0};
    for (size_t i = 0; i < n; i++)
        buf_text(&out, text);
    struct str result = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return result;
}

static size_t told(struct arena *arena, struct str alt, struct str url, struct str title)
{
    struct diags diags;
    diags_init(&diags, arena);
    struct page_words words = {.alt = alt};
    struct page_node nodes[3] = {{0}, {.role = NODE_DOCUMENT}, {.role = NODE_FIGURE, .parent = 1, .words = &words}};
    struct page_link link = {.url = url};
    struct page page = {.links = &link, .link_count = 1};
    struct outline_entry entry = {.title = title, .level = 1};
    struct pages pages = {.items = &page, .count = 1, .outline = &entry, .outline_count = 1,
                          .nodes = nodes, .node_count = 3};
    struct pdf_metadata metadata = {.title = title};
    limits_check(&pages, &metadata, &diags);
    assert_int_equal(diags.errors, 0);
    assert_int_equal(diags.warnings, diags.per_code[DIAG_TEXT_SHORTENED]);
    for (const struct diag *diag = diags.first; diag; diag = diag->next)
        assert_true(diag->message.n < 300);
    return diags.warnings;
}

static void only_what_is_too_long(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct str none = {0};
    assert_int_equal(told(&arena, STR("short"), STR("https://example.org/"), STR("A title")), 0);
    assert_int_equal(told(&arena, times(&arena, "a", TOKEN_MAX_STRING), none, none), 0);
    assert_int_equal(told(&arena, times(&arena, "a", TOKEN_MAX_STRING + 1), none, none), 1);
    assert_int_equal(told(&arena, times(&arena, "\xC3\xA9", 16382), none, none), 0); /* 32,766 bytes */
    assert_int_equal(told(&arena, times(&arena, "\xC3\xA9", 16383), none, none), 1);
    assert_int_equal(told(&arena, none, times(&arena, "u", TOKEN_MAX_STRING), none), 0);
    assert_int_equal(told(&arena, none, times(&arena, "\xC3\xA9", 5461), none), 0); /* six bytes each */
    assert_int_equal(told(&arena, none, times(&arena, "\xC3\xA9", 5462), none), 1);
    assert_int_equal(told(&arena, none, none, times(&arena, "t", 40000)), 2); /* outline and metadata */
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(only_what_is_too_long)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
