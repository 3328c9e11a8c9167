/* Directions beyond UAX #9: the edge where lines begin, marks and addresses as islands; and piles of marks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "text_support.h"

#define SHALOM "שלום"
#define OLAM "עולם"

enum { MEASURE = 400000 };

static const struct text_line *set_runs(struct text_run *runs, size_t count, const char *language,
                                        enum text_align align)
{
    struct text_paragraph paragraph = support_paragraph(runs, count, MEASURE);
    paragraph.language = language;
    paragraph.align = align;
    for (size_t i = 0; i < count; i++)
        runs[i].tag = (uint32_t)i;
    struct text_lines lines =
        support.engine->set(support.engine->self, &support_scratch, &paragraph, &support_diags);
    assert_int_equal(lines.count, 1);
    return &lines.items[0];
}

static const struct text_line *set_text(const char *text, const char *language, enum text_align align)
{
    struct text_run run = support_run(text);
    return set_runs(&run, 1, language, align);
}

static const struct text_segment *segment_of(const struct text_line *line, const char *text)
{
    for (size_t i = 0; i < line->segment_count; i++)
        if (str_is(line->segments[i].text, text))
            return &line->segments[i];
    fail_msg("no segment %s", text);
    return NULL;
}

static bool is_at_left(const struct text_line *line)
{
    return line->segments[0].x_mpt == 0;
}

static bool is_at_right(const struct text_line *line)
{
    const struct text_segment *last = &line->segments[line->segment_count - 1];
    return last->x_mpt + last->width_mpt == MEASURE;
}

static void the_language_says_where_lines_begin(void **state)
{
    (void)state;
    static const struct {
        const char *text, *language;
        enum text_align align;
        bool right;
    } cases[] = {
        {SHALOM, "en", TEXT_LEFT, false}, /* a name in a table stays in its column */
        {SHALOM, "he", TEXT_LEFT, true},
        {"Northwind", "he", TEXT_LEFT, true},
        {"Northwind", "en", TEXT_LEFT, false},
        {SHALOM, NULL, TEXT_LEFT, true}, /* nobody tells: the text does */
        {"Northwind", NULL, TEXT_LEFT, false},
        {SHALOM, "en", TEXT_JUSTIFY, true}, /* running text, its last line */
        {SHALOM, "he", TEXT_JUSTIFY, true},
        {SHALOM, "en", TEXT_END, true},
        {SHALOM, "he", TEXT_END, false},
        {"12", "he", TEXT_END, false},
        {"12", "he", TEXT_RIGHT, true}, /* figures, units under units */
        {"12", "en", TEXT_RIGHT, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct text_line *line = set_text(cases[i].text, cases[i].language, cases[i].align);
        assert_int_equal(is_at_right(line), cases[i].right);
        assert_int_equal(is_at_left(line), !cases[i].right);
    }
}

static void marks_of_reference_follow_the_paragraph(void **state)
{
    (void)state;
    struct text_run runs[4] = {support_run("The word " SHALOM), support_run("[1]"), support_run("[2]"),
                               support_run(" is old")};
    runs[1].format.superscript = runs[2].format.superscript = true;
    const struct text_line *line = set_runs(runs, 4, "en", TEXT_LEFT);
    int32_t word = segment_of(line, SHALOM)->x_mpt, one = 0, two = 0;
    for (size_t i = 0; i < line->segment_count; i++) {
        one = line->segments[i].tag == 1 && str_starts(line->segments[i].text, STR("["))
                  ? line->segments[i].x_mpt
                  : one;
        two = line->segments[i].tag == 2 && str_starts(line->segments[i].text, STR("["))
                  ? line->segments[i].x_mpt
                  : two;
    }
    assert_true(word < one && one < two);
    /* Between two words of Hebrew it stands behind the first as Hebrew is read. */
    runs[3] = support_run(" " OLAM);
    runs[0] = support_run(SHALOM);
    line = set_runs(runs, 4, "he", TEXT_LEFT);
    int32_t mark = -1;
    for (size_t i = 0; i < line->segment_count; i++)
        mark = line->segments[i].tag == 1 ? line->segments[i].x_mpt : mark;
    assert_true(segment_of(line, SHALOM)->x_mpt > mark && mark > segment_of(line, OLAM)->x_mpt);
}

static void addresses_and_code_run_from_left_to_right(void **state)
{
    (void)state;
    const struct text_line *line = set_text(SHALOM " https://example.org/a-1/2/ " OLAM, "he", TEXT_LEFT);
    const struct text_segment *address = segment_of(line, "https://example.org/a-1/2/");
    assert_false(address->rtl);
    assert_true(segment_of(line, SHALOM)->x_mpt > address->x_mpt);
    line = set_text(SHALOM " (https://example.org/1/2/). " OLAM, "he", TEXT_LEFT);
    assert_non_null(segment_of(line, "https://example.org/1/2/"));
    struct text_run runs[3] = {support_run(SHALOM " "), support_run("1 + x = 2;"), support_run(" " OLAM)};
    runs[1].format.family = TEXT_MONO;
    line = set_runs(runs, 3, "he", TEXT_LEFT);
    assert_false(segment_of(line, "1 + x = 2;")->rtl);
}

static void numbers_in_a_language_from_right_to_left(void **state)
{
    (void)state;
    /* The first of a range stands at the right; a number's own figures never turn. */
    const struct text_line *line = set_text("2019 \xE2\x80\x93 2024", "he", TEXT_LEFT);
    assert_true(segment_of(line, "2019")->x_mpt > segment_of(line, "2024")->x_mpt);
    assert_false(segment_of(line, "2019")->rtl);
    line = set_text("AS64500, 12.5 %", "ar", TEXT_LEFT); /* all Latin: as Latin */
    assert_int_equal(line->segment_count, 1);
    assert_false(line->segments[0].rtl);
}

/* However many marks, all of them stay in the text, and within reach of the line. */
static void piles_of_marks_stay_low(void **state)
{
    (void)state;
    enum { MARKS = 10000 };
    static char text[1 + 2 * MARKS + 1];
    text[0] = 'a';
    for (size_t i = 0; i < MARKS; i++) {
        text[1 + 2 * i] = '\xCC';
        text[2 + 2 * i] = i % 2 ? '\x81' : '\xA3';
    }
    const struct text_line *line = set_text(text, "en", TEXT_LEFT);
    size_t glyphs = 0;
    for (size_t i = 0; i < line->segment_count; i++)
        for (size_t j = 0; j < line->segments[i].glyph_count; j++, glyphs++) {
            assert_true(line->segments[i].glyphs[j].dy_mpt <= line->segments[i].size_mpt / 3);
            assert_true(line->segments[i].glyphs[j].dy_mpt >= -line->segments[i].size_mpt / 3);
        }
    assert_true(glyphs > MARKS / 2);
    assert_int_equal(support_diags.warnings, 1);
    assert_int_equal(support_diags.first->code, DIAG_MARKS_PILED);
    assert_true(str_is(support_diags.first->message, "more than 6 marks on one letter, U+0061"));
    diags_init(&support_diags, &support_scratch);
    set_text("a\xCC\x82\xCC\x81\xCC\xA3 \xE0\xB8\x81\xE0\xB8\xB5\xE0\xB9\x89", "vi",
             TEXT_LEFT); /* what people write */
    assert_int_equal(support_diags.warnings, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_language_says_where_lines_begin, support_prepare, support_clear),
        cmocka_unit_test_setup_teardown(marks_of_reference_follow_the_paragraph, support_prepare,
                                        support_clear),
        cmocka_unit_test_setup_teardown(addresses_and_code_run_from_left_to_right, support_prepare,
                                        support_clear),
        cmocka_unit_test_setup_teardown(numbers_in_a_language_from_right_to_left, support_prepare,
                                        support_clear),
        cmocka_unit_test_setup_teardown(piles_of_marks_stay_low, support_prepare, support_clear),
    };
    return cmocka_run_group_tests(tests, support_open, support_close);
}
