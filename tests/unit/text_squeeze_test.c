/* Full-width punctuation where two signs meet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "text_support.h"

enum { EM_MPT = 10000, MEASURE_MPT = 400000 };

static struct text_run run_of(const char *text)
{
    struct text_run run = support_run(text);
    run.format.size_mpt = EM_MPT;
    return run;
}

static struct text_lines set(const struct text_run *runs, size_t count, int32_t width, enum text_align align)
{
    struct text_paragraph paragraph = support_paragraph(runs, count, width);
    paragraph.language = "ja";
    paragraph.align = align;
    return support.engine->set(support.engine->self, &support_scratch, &paragraph, &support_diags);
}

/* In half squares of the Japanese face, whose ideographs are an em wide. */
static int half_squares(const char *text)
{
    struct text_run runs[2] = {run_of(text), run_of("あ")};
    struct text_line pair = set(runs, 1, MEASURE_MPT, TEXT_LEFT).items[0];
    struct text_line one = set(runs + 1, 1, MEASURE_MPT, TEXT_LEFT).items[0];
    return (int)((2 * pair.width_mpt + one.width_mpt / 2) / one.width_mpt);
}

static void one_of_two_gives_up_its_blank_half(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int halves;
    } samples[] = {
        {"い。」い", 7}, {"い」。い", 7},   {"い）、い", 7},   {"い。「い", 7},       {"い、『い", 7},
        {"い」「い", 7}, {"い「『い", 7},   {"い（「い", 7},   {"い。」』い", 8},     {"い」」「「い", 9},
        {"い。い", 6},   {"い「いい」い", 12}, {"い：「い", 7}, {"い・「い", 7}, {"い」・い", 7}, {"い：い", 6}, {"い・（い）：「い", 13},       {"い。い「い", 10},
        {NULL, 0},
    };
    for (size_t i = 0; samples[i].halves; i++)
        if (half_squares(samples[i].text) != samples[i].halves)
            fail_msg("%s: %d half squares", samples[i].text, half_squares(samples[i].text));
}

/* Ink keeps its place beside its neighbours: what opens is drawn further to the left, what closes is not. */
static void ink_stays_in_its_half(void **state)
{
    (void)state;
    struct text_run run = run_of("い。」（「い");
    const struct text_segment *segment = &set(&run, 1, MEASURE_MPT, TEXT_LEFT).items[0].segments[0];
    assert_int_equal(segment->glyph_count, 6);
    const struct text_glyph *glyphs = segment->glyphs;
    const int32_t em = glyphs[0].advance_mpt;
    for (size_t i = 0; i < 6; i++) {
        bool opening = i == 4, narrow = opening || i == 1 || i == 2;
        assert_in_range(glyphs[i].advance_mpt, (narrow ? em / 2 : em) - 1, (narrow ? em / 2 : em) + 1);
        assert_in_range(glyphs[i].dx_mpt + em, (opening ? em / 2 : em) - 1, (opening ? em / 2 : em) + 1);
    }
}

static void a_mark_of_reference_stands_close(void **state)
{
    (void)state;
    struct text_run runs[] = {run_of("い。"), run_of("[1]"), run_of("い。"), run_of("い")};
    runs[1].format.superscript = true;
    struct text_line line = set(runs, 4, MEASURE_MPT, TEXT_LEFT).items[0];
    const struct text_segment *before = &line.segments[0];
    assert_true(str_is(before->text, "い。"));
    int32_t em = before->glyphs[0].advance_mpt;
    assert_in_range(before->width_mpt, em * 3 / 2 - 1, em * 3 / 2 + 1);
    const struct text_segment *last = &line.segments[line.segment_count - 1];
    assert_true(last->text.n > 0 && last->width_mpt % em <= 2); /* whole squares */
}

/* Wherever lines end, what they were thought to take is what they take. */
static void lines_are_as_wide_as_foreseen(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 0; i < 12; i++)
        buf_str(&text, STR("「記録（控え）はない。」「だれも『ない』、」と言う。（以下略）、「（終わり）」。"));
    buf_char(&text, '\0');
    struct text_run run = run_of(text.p);
    for (int32_t width = 130000; width < 300000; width += 1700) {
        struct text_lines lines = set(&run, 1, width, TEXT_JUSTIFY);
        assert_int_equal(support_diags.errors + support_diags.warnings, 0);
        for (size_t i = 0; i + 1 < lines.count; i++)
            assert_int_equal(lines.items[i].width_mpt, width);
    }
    buf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_of_two_gives_up_its_blank_half, support_prepare, support_clear),
        cmocka_unit_test_setup_teardown(ink_stays_in_its_half, support_prepare, support_clear),
        cmocka_unit_test_setup_teardown(a_mark_of_reference_stands_close, support_prepare, support_clear),
        cmocka_unit_test_setup_teardown(lines_are_as_wide_as_foreseen, support_prepare, support_clear),
    };
    return cmocka_run_group_tests(tests, support_open, support_close);
}
