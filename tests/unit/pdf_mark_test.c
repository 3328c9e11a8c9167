/* Which words of a line bear marks. */
#include "pdf/mark.h"

#include "pdf_pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LINE "Seven members of the board were elected again in March"

struct marking {
    struct arena arena;
    struct text_face *serif;
    struct pages *pages;
    uint32_t paragraph;
    struct mark marks[MARK_MOST];
};

static int begin(void **state)
{
    struct marking *m = calloc(1, sizeof *m);
    arena_init(&m->arena);
    m->serif = pdf_face_bundled("SourceSerif4-Regular.otf");
    m->pages = pdf_pages_new(&m->arena, 1);
    m->paragraph = pdf_node(&m->arena, m->pages, NODE_P, 1);
    *state = m;
    return 0;
}

static int end(void **state)
{
    struct marking *m = *state;
    pdf_face_close(m->serif);
    arena_done(&m->arena);
    free(m);
    return 0;
}

static size_t choose(struct marking *m, uint32_t node, int32_t size, const char *text)
{
    return mark_choose(&m->arena, m->pages, node, pdf_segment(&m->arena, m->serif, size, text, false), m->marks);
}

static void letters_are_all_that_counts(void **state)
{
    (void)state;
    struct buf out = {0};
    mark_letters(&out, STR("“Peer-ing,”[12] \xC3\x89t\xC3\xA9\xC2\xAD"));
    assert_true(str_eq(buf_view(&out), STR("Peering12\xC3\x89t\xC3\xA9")));
    buf_clear(&out);
    mark_letters(&out, STR("\xEF\xAC\x81ne \xEF\xAC\x83")); /* U+FB01, U+FB03 */
    assert_true(str_eq(buf_view(&out), STR("fineffi")));
    buf_done(&out);
}

static void words_in_the_middle_move(void **state)
{
    struct marking *m = *state;
    size_t count = choose(m, m->paragraph, 10000, LINE);
    assert_in_range(count, 1, MARK_MOST);
    const char *of = strstr(LINE, "of");
    assert_true(str_eq(m->marks[0].letters, STR("membersofthe")));
    assert_int_equal(m->marks[0].first, of - LINE); /* a glyph a letter up to there */
    assert_int_equal(m->marks[0].next, of - LINE + 3);
    for (size_t i = 1; i < count; i++)
        assert_true(m->marks[i].first > m->marks[i - 1].next);
}

static void others_do_not(void **state)
{
    struct marking *m = *state;
    assert_int_equal(choose(m, m->paragraph, 10000, "Only two"), 0);
    assert_int_equal(choose(m, m->paragraph, 10000, "There are four words"), 0);
    assert_int_equal(choose(m, PAGE_ARTIFACT, 10000, LINE), 0);
    assert_int_equal(choose(m, m->paragraph, MARK_LEAST_SIZE_MPT - 1, LINE), 0);
    assert_int_equal(choose(m, m->paragraph, MARK_MOST_SIZE_MPT + 1, LINE), 0);
    assert_int_equal(choose(m, pdf_node(&m->arena, m->pages, NODE_H2, 1), 10000, LINE), 0);
    uint32_t table = pdf_node(&m->arena, m->pages, NODE_TABLE, 1);
    uint32_t cell = pdf_node(&m->arena, m->pages, NODE_TD, pdf_node(&m->arena, m->pages, NODE_TR, table));
    assert_int_equal(choose(m, pdf_node(&m->arena, m->pages, NODE_P, cell), 10000, LINE), 0);
    assert_int_equal(choose(m, m->paragraph, 10000, "a b c d e f g h i"), 0); /* too few letters */
}

static void gaps_that_differ_stay(void **state)
{
    struct marking *m = *state;
    struct text_segment *segment = pdf_segment(&m->arena, m->serif, 10000, LINE, false);
    for (size_t i = 0, gaps = 0; i < segment->glyph_count; i++)
        if (segment->text.p[segment->glyphs[i].cluster] == ' ')
            segment->glyphs[i].advance_mpt += gaps++ % 2 ? 500 : 0;
    assert_int_equal(mark_choose(&m->arena, m->pages, m->paragraph, segment, m->marks), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_all_that_counts),
        cmocka_unit_test_setup_teardown(words_in_the_middle_move, begin, end),
        cmocka_unit_test_setup_teardown(others_do_not, begin, end),
        cmocka_unit_test_setup_teardown(gaps_that_differ_stay, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
