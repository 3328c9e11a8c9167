/* Paragraphs that were set before: an engine that remembers gives the lines, the widths and the reports of
 * one that does not, whatever was set in between. */
#include "text/memo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "diag/render.h"
#include "text_support.h"

struct pair {
    struct arena arena;
    struct text_fonts *fonts;
    struct text_engine *plain, *remembering;
};

static int open_pair(void **state)
{
    struct pair *pair = base_malloc(sizeof *pair);
    arena_init(&pair->arena);
    pair->fonts = text_fonts_open(support_config(&pair->arena, false));
    pair->plain = text_engine_open(pair->fonts);
    pair->remembering = text_engine_open(pair->fonts);
    text_engine_remember(pair->remembering);
    *state = pair;
    return 0;
}

static int close_pair(void **state)
{
    struct pair *pair = *state;
    text_engine_close(pair->plain);
    text_engine_close(pair->remembering);
    text_fonts_close(pair->fonts);
    arena_done(&pair->arena);
    free(pair);
    return 0;
}

static void assert_same_segment(const struct text_segment *a, const struct text_segment *b)
{
    assert_ptr_equal(a->face, b->face);
    assert_int_equal(a->size_mpt, b->size_mpt);
    assert_int_equal(a->x_mpt, b->x_mpt);
    assert_int_equal(a->rise_mpt, b->rise_mpt);
    assert_int_equal(a->width_mpt, b->width_mpt);
    assert_true(str_eq(a->text, b->text));
    assert_int_equal(a->text_at, b->text_at);
    assert_int_equal(a->rtl, b->rtl);
    assert_int_equal(a->space_after, b->space_after);
    assert_int_equal(a->wider_pcm, b->wider_pcm);
    assert_int_equal(a->tag, b->tag);
    assert_int_equal(a->glyph_count, b->glyph_count);
    assert_int_equal(a->packed_count, b->packed_count);
    assert_null(a->glyphs);
    assert_null(b->glyphs);
    if (a->packed_count)
        assert_memory_equal(a->packed, b->packed, a->packed_count * sizeof(uint32_t));
}

static void assert_same_lines(const struct text_lines *a, const struct text_lines *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct text_line *x = &a->items[i], *y = &b->items[i];
        assert_int_equal(x->segment_count, y->segment_count);
        assert_int_equal(x->width_mpt, y->width_mpt);
        assert_int_equal(x->start_hang_mpt, y->start_hang_mpt);
        assert_int_equal(x->end_hang_mpt, y->end_hang_mpt);
        assert_int_equal(x->ascent_mpt, y->ascent_mpt);
        assert_int_equal(x->descent_mpt, y->descent_mpt);
        assert_int_equal(x->hyphenated, y->hyphenated);
        assert_int_equal(x->last, y->last);
        assert_int_equal(x->text_from, y->text_from);
        assert_int_equal(x->text_to, y->text_to);
        for (size_t j = 0; j < x->segment_count; j++)
            assert_same_segment(&x->segments[j], &y->segments[j]);
    }
}

static void assert_same_reports(const struct diags *a, const struct diags *b)
{
    struct buf one = {0}, other = {0};
    diag_render_text(&one, a, false);
    diag_render_text(&other, b, false);
    assert_true(str_eq(buf_view(&one), buf_view(&other)));
    buf_done(&one);
    buf_done(&other);
}

/* As two documents, each with reports of its own. How many reports there were. */
static size_t compare(const struct pair *pair, const struct text_paragraph *paragraph)
{
    struct arena arena;
    struct diags diags[2];
    arena_init(&arena);
    diags_init(&diags[0], &arena);
    diags_init(&diags[1], &arena);
    const struct text_engine *engines[] = {pair->plain, pair->remembering};
    struct text_lines lines[2];
    int32_t least[2], most[2];
    for (int i = 0; i < 2; i++) {
        lines[i] = engines[i]->set(engines[i]->self, &arena, paragraph, &diags[i]);
        engines[i]->widths(engines[i]->self, paragraph, &least[i], &most[i], &diags[i]);
    }
    assert_same_lines(&lines[0], &lines[1]);
    assert_int_equal(least[0], least[1]);
    assert_int_equal(most[0], most[1]);
    assert_same_reports(&diags[0], &diags[1]);
    size_t reports = diags[0].errors + diags[0].warnings;
    arena_done(&arena);
    return reports;
}

static const char *const texts[] = {
    "A scale of four steps tells how sure we are.",
    "Internationalisation disproportionately inconvenienced the representatives of administrations.",
    "“Quoted,” she said; “and hung out of the measure”: so it ends – with a dash.",
    "soft\xC2\xADhyphens, zero\xE2\x80\x8Bwidth spaces and\342\200\250forced breaks",
    "NATO and the WTO, 1st of 2026: https://example.org/a/very/long/address?of=the+web&more=1",
    "עברית with Latin and (יותר) עברית",
    "東京の天気は、晴れ。",
    "Ελληνικά, кириллица",
    "",
    " ",
};
enum { TEXTS = sizeof texts / sizeof *texts };

/* A paragraph by its number: every number is another one. */
static struct text_paragraph paragraph_of(struct arena *arena, unsigned number)
{
    struct text_run *runs = ARENA_ARRAY(arena, struct text_run, 3);
    runs[0] = support_run(texts[number % TEXTS]);
    runs[1] = support_run(texts[number / TEXTS % TEXTS]);
    runs[2] = support_run(str_z(arena, str_printf(arena, " Number %u.", number)));
    runs[1].format.italic = number & 1;
    runs[1].format.superscript = number % 7 == 0;
    runs[2].format.old_style = number & 2;
    runs[2].tag = runs[1].tag = number % 3;
    struct text_paragraph paragraph =
        support_paragraph(runs, 1 + number % 3, 60000 + (int32_t)(number % 40) * 7000);
    paragraph.align = (enum text_align)(number % 5);
    paragraph.hyphenate = number % 3 != 0;
    paragraph.balanced = number % 11 == 0;
    paragraph.first_indent_mpt = number % 4 ? 0 : 12000;
    return paragraph;
}

static void sets_what_is_set_anew(void **state)
{
    const struct pair *pair = *state;
    if (!support_has_fallbacks())
        skip();
    struct arena arena;
    arena_init(&arena);
    for (unsigned round = 0; round < 3; round++)
        for (unsigned number = 0; number < 3 * TEXTS * TEXTS; number++) {
            struct arena_mark mark = arena_mark(&arena);
            struct text_paragraph paragraph = paragraph_of(&arena, number);
            compare(pair, &paragraph);
            arena_rewind(&arena, mark);
        }
    arena_done(&arena);
}

/* What comes again and again stays among thousands that come once. */
static void sets_the_same_when_much_was_forgotten(void **state)
{
    const struct pair *pair = *state;
    struct arena arena;
    arena_init(&arena);
    unsigned seed = 1;
    for (unsigned i = 0; i < 6000; i++) {
        seed = seed * 1103515245 + 12345;
        struct arena_mark mark = arena_mark(&arena);
        struct text_run run = support_run(
            str_z(&arena, str_printf(&arena, "The paragraph %u of those that are set here, in some words.",
                                     seed >> 16 & 1 ? seed >> 17 & 31 : i)));
        struct text_paragraph paragraph = support_paragraph(&run, 1, 90000);
        compare(pair, &paragraph);
        arena_rewind(&arena, mark);
    }
    arena_done(&arena);
}

/* Missing characters, piled marks and lines that are too wide are told to each document, and once. */
static void reports_come_again(void **state)
{
    const struct pair *pair = *state;
    static const struct {
        const char *text;
        int32_t width;
    } odd[] = {
        {"none has \xF0\x93\x80\x80", 200000},
        {"W", 2000},
        {"Z\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81", 200000},
    };
    for (int again = 0; again < 3; again++)
        for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
            struct text_run run = support_run(odd[i].text);
            struct text_paragraph paragraph = support_paragraph(&run, 1, odd[i].width);
            assert_int_equal(compare(pair, &paragraph), 1);
        }
    struct diags diags; /* in one document, what is known already is not kept either */
    struct arena arena;
    arena_init(&arena);
    for (int again = 0; again < 3; again++) {
        diags_init(&diags, &arena);
        struct text_run run = support_run(odd[0].text);
        struct text_paragraph paragraph = support_paragraph(&run, 1, odd[0].width);
        for (int twice = 0; twice < 2; twice++)
            pair->remembering->set(pair->remembering->self, &arena, &paragraph, &diags);
        assert_int_equal(diags.errors, 1);
    }
    arena_done(&arena);
}

static void a_lost_font_is_told_to_each_document(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct text_font_config config = *support_config(&arena, false);
    config.families[0].files[0].path = "/nowhere/SourceSerif4-Regular.ttf";
    struct text_fonts *fonts = text_fonts_open(&config);
    struct text_engine *engine = text_engine_open(fonts);
    text_engine_remember(engine);
    struct text_run run = support_run("Text");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 400000);
    for (int again = 0; again < 3; again++) {
        struct diags diags;
        diags_init(&diags, &arena);
        for (int twice = 0; twice < 2; twice++)
            engine->set(engine->self, &arena, &paragraph, &diags);
        assert_int_equal(diags.errors, 1);
    }
    text_engine_close(engine);
    text_fonts_close(fonts);
    arena_done(&arena);
}

/* Houses with other exceptions to hyphenation, by turns, at one address. */
static void other_exceptions_set_other_lines(void **state)
{
    const struct pair *pair = *state;
    struct text_run run = support_run("representatives representatives representatives representatives");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 110000);
    paragraph.hyphenate = true;
    const struct text_exception_word words[] = {{STR("en"), STR("representatives")},
                                                {STR("en"), STR("r-e-p-r-e-s-e-n-t-a-t-i-v-e-s")}};
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < 9; i++) {
        struct arena_mark mark = arena_mark(&arena);
        paragraph.exceptions = i % 3 < 2 ? text_exceptions_make(&arena, &words[i % 3], 1) : NULL;
        compare(pair, &paragraph);
        compare(pair, &paragraph);
        arena_rewind(&arena, mark);
    }
    arena_done(&arena);
}

/* ---- the memory itself */

/* Lines of one segment that tell a number. */
static struct text_lines lines_of(struct arena *arena, uint32_t number, size_t words)
{
    uint32_t *packed = ARENA_ARRAY(arena, uint32_t, words);
    for (size_t i = 0; i < words; i++)
        packed[i] = number + (uint32_t)i;
    struct text_segment *segment = ARENA_NEW(arena, struct text_segment);
    *segment = (struct text_segment){.text = str_printf(arena, "%u", number),
                                     .width_mpt = (int32_t)number,
                                     .packed = packed,
                                     .packed_count = words,
                                     .glyph_count = words};
    struct text_line *line = ARENA_NEW(arena, struct text_line);
    *line = (struct text_line){.segments = segment, .segment_count = 1, .width_mpt = (int32_t)number};
    return (struct text_lines){line, 1};
}

/* In little memory, with entries of many sizes: what is found is what was kept, and is no part of it. */
static void gives_what_it_was_given(void **state)
{
    (void)state;
    struct arena arena, outlives;
    arena_init(&arena);
    arena_init(&outlives);
    struct memo *memo = memo_open(8 * 1024);
    struct text_lines first = {0};
    size_t found = 0, often = 0;
    unsigned seed = 1;
    for (unsigned i = 0; i < 50000; i++) {
        seed = seed * 1103515245 + 12345;
        uint32_t number = seed >> 16 & 1 ? seed >> 17 & 7 : seed >> 17 & 8191;
        size_t words = 1 + number % 150;
        struct arena_mark mark = arena_mark(&arena);
        struct text_run run = support_run(str_z(&arena, str_printf(&arena, "%u", number)));
        struct text_paragraph paragraph = support_paragraph(&run, 1, 90000);
        struct text_lines wanted = lines_of(&arena, number, words), got;
        assert_true(memo_turn_to(memo, &paragraph, MEMO_LINES));
        if (memo_lines(memo, i < 1000 ? &outlives : &arena, &got)) {
            assert_same_lines(&got, &wanted);
            first = first.count || i >= 1000 ? first : got;
            found++;
            often += number < 8;
        } else {
            memo_keep_lines(memo, &wanted);
        }
        int32_t least, most;
        assert_true(memo_turn_to(memo, &paragraph, MEMO_WIDTHS));
        if (memo_widths(memo, &least, &most)) {
            assert_int_equal(least, number);
            assert_int_equal(most, number + 1);
        } else {
            memo_keep_widths(memo, (int32_t)number, (int32_t)number + 1);
        }
        arena_rewind(&arena, mark);
    }
    assert_in_range(often, 20000, found);
    assert_int_equal(first.count, 1);
    struct text_lines again =
        lines_of(&arena, (uint32_t)first.items[0].width_mpt, first.items[0].segments[0].packed_count);
    assert_same_lines(&first, &again);
    memo_close(memo);
    arena_done(&arena);
    arena_done(&outlives);
}

static bool is_known(struct memo *memo, const struct text_paragraph *paragraph, enum memo_what what)
{
    struct arena arena;
    arena_init(&arena);
    struct text_lines lines;
    int32_t least, most;
    assert_true(memo_turn_to(memo, paragraph, what));
    bool known = what == MEMO_LINES ? memo_lines(memo, &arena, &lines) : memo_widths(memo, &least, &most);
    arena_done(&arena);
    return known;
}

/* Whatever lines depend on makes another paragraph; where it stands in its spec does not. */
static void tells_paragraphs_apart(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct memo *memo = memo_open(64 * 1024);
    struct text_run runs[2] = {support_run("one"), support_run("two")};
    const struct text_paragraph paragraph = support_paragraph(runs, 2, 90000);
    struct text_lines lines = lines_of(&arena, 1, 1);
    assert_false(is_known(memo, &paragraph, MEMO_LINES));
    memo_keep_lines(memo, &lines);
    assert_false(is_known(memo, &paragraph, MEMO_WIDTHS));
    memo_keep_widths(memo, 1, 2);
    assert_true(is_known(memo, &paragraph, MEMO_LINES));

    struct text_paragraph other = paragraph;
#define OTHER(field, value, in_widths)                                                                       \
    other = paragraph;                                                                                       \
    other.field = (value);                                                                                   \
    assert_false(is_known(memo, &other, MEMO_LINES));                                                        \
    assert_int_equal(is_known(memo, &other, MEMO_WIDTHS), !(in_widths))
    OTHER(count, 1, true);
    OTHER(width_mpt, 90001, false);
    OTHER(first_indent_mpt, 1, false);
    OTHER(align, TEXT_RIGHT, false);
    OTHER(language, "en", true);
    OTHER(language, NULL, true);
    OTHER(language, "", true);
    OTHER(hyphenate, true, true);
    OTHER(balanced, true, true);
#undef OTHER
    const struct text_run one = runs[0], two = runs[1];
#define OTHER(field, value)                                                                                  \
    runs[1] = two;                                                                                           \
    runs[1].field = (value);                                                                                 \
    assert_false(is_known(memo, &paragraph, MEMO_LINES));                                                    \
    assert_false(is_known(memo, &paragraph, MEMO_WIDTHS));                                                   \
    runs[1] = two
    OTHER(text, STR("twi"));
    OTHER(text, STR("two "));
    OTHER(format.family, TEXT_MONO);
    OTHER(format.weight, 700);
    OTHER(format.italic, true);
    OTHER(format.size_mpt, 10001);
    OTHER(format.tracking_mpt, 1);
    OTHER(format.tabular, true);
    OTHER(format.old_style, true);
    OTHER(format.small_caps, true);
    OTHER(format.superscript, true);
    OTHER(language, "en-GB");
    OTHER(language, "");
    OTHER(no_break, true);
    OTHER(tag, 1);
#undef OTHER
    runs[0].text = STR("onet"); /* the same words, cut elsewhere */
    runs[1].text = STR("wo");
    assert_false(is_known(memo, &paragraph, MEMO_LINES));
    runs[0] = one;
    runs[1] = two;
    runs[1].at = (struct span){NULL, 5, 8};
    assert_true(is_known(memo, &paragraph, MEMO_LINES));
    assert_true(is_known(memo, &paragraph, MEMO_WIDTHS));
    memo_close(memo);
    arena_done(&arena);
}

static void leaves_out_what_is_long(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct memo *memo = memo_open(16 * 1024);
    char text[9 * 1024];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = 0;
    struct text_run run = support_run(text);
    struct text_paragraph paragraph = support_paragraph(&run, 1, 90000);
    assert_false(memo_turn_to(memo, &paragraph, MEMO_LINES));
    struct text_run *many = ARENA_ARRAY(&arena, struct text_run, 1000);
    struct text_paragraph of_many = support_paragraph(many, 1000, 90000);
    assert_false(memo_turn_to(memo, &of_many, MEMO_LINES));
    run.text.n = 100; /* a short text, of many glyphs */
    struct text_lines lines = lines_of(&arena, 1, 1000);
    assert_false(is_known(memo, &paragraph, MEMO_LINES));
    memo_keep_lines(memo, &lines);
    assert_false(is_known(memo, &paragraph, MEMO_LINES));
    struct text_exception_word *words = ARENA_ARRAY(&arena, struct text_exception_word, 200);
    for (size_t i = 0; i < 200; i++)
        words[i] = (struct text_exception_word){STR("en"), STR("word")};
    paragraph.exceptions = text_exceptions_make(&arena, words, 200);
    assert_false(memo_turn_to(memo, &paragraph, MEMO_LINES));
    memo_close(memo);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sets_what_is_set_anew, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(sets_the_same_when_much_was_forgotten, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(reports_come_again, open_pair, close_pair),
        cmocka_unit_test(a_lost_font_is_told_to_each_document),
        cmocka_unit_test_setup_teardown(other_exceptions_set_other_lines, open_pair, close_pair),
        cmocka_unit_test(gives_what_it_was_given),
        cmocka_unit_test(tells_paragraphs_apart),
        cmocka_unit_test(leaves_out_what_is_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
