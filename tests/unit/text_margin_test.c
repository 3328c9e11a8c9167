/* Optical margins: what hangs, by how much, where, and that the choice of line ends knows it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "text_support.h"

enum { MEASURE_MPT = 210000 };

static struct text_lines set(struct arena *arena, const char *text, int32_t width_mpt, enum text_align align,
                             const char *language)
{
    struct diags diags;
    diags_init(&diags, arena);
    struct text_run *run = ARENA_NEW(arena, struct text_run);
    *run = support_run(text);
    struct text_paragraph paragraph = support_paragraph(run, 1, width_mpt);
    paragraph.align = align;
    paragraph.language = language;
    paragraph.hyphenate = true;
    struct text_lines lines = support.engine->set(support.engine->self, arena, &paragraph, &diags);
    assert_int_equal(diags.errors, 0);
    return lines;
}

static int32_t left_edge(const struct text_line *line)
{
    return line->segments[0].x_mpt;
}

static int32_t right_edge(const struct text_line *line)
{
    const struct text_segment *last = &line->segments[line->segment_count - 1];
    return last->x_mpt + last->width_mpt;
}

/* The advance of the line's last glyph, or its first. */
static int32_t outer_advance(const struct text_line *line, bool last)
{
    const struct text_segment *segment = &line->segments[last ? line->segment_count - 1 : 0];
    return segment->glyphs[last ? segment->glyph_count - 1 : 0].advance_mpt;
}

/* A word set alone: what of it hangs at its end. */
static int32_t hang_behind(struct arena *arena, const char *word)
{
    struct text_lines lines = set(arena, word, MEASURE_MPT, TEXT_JUSTIFY, "en-GB");
    assert_int_equal(lines.count, 1);
    return lines.items[0].end_hang_mpt;
}

static int32_t hang_before(struct arena *arena, const char *word)
{
    return set(arena, word, MEASURE_MPT, TEXT_JUSTIFY, "en-GB").items[0].start_hang_mpt;
}

static void signs_hang_by_a_part_of_their_width(void **state)
{
    (void)state;
    static const char *const behind[] = {"m.",      "m,",      "m;",      "m:",      "m-",
                                         "m\u2010", "m\u2013", "m\u2014", "m\u2019", "m\u201D",
                                         "m\u00BB", "m)",      "m!",      "m?",      "m\u2026"};
    static const char *const before[] = {"\u2018m", "\u201Cm", "\u201Em", "\u201Am",
                                         "\u00ABm", "(m",      "[m",      "\u00BFm"};
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof behind / sizeof behind[0]; i++) {
        struct text_lines lines = set(&arena, behind[i], MEASURE_MPT, TEXT_JUSTIFY, "en-GB");
        int32_t hang = lines.items[0].end_hang_mpt, advance = outer_advance(&lines.items[0], true);
        assert_true(hang > 0 && 20 * hang > advance && 10 * hang <= 6 * advance);
        assert_int_equal(lines.items[0].start_hang_mpt, 0);
    }
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        int32_t hang = hang_before(&arena, before[i]);
        assert_in_range(hang, 100, 2500);
        assert_int_equal(left_edge(&set(&arena, before[i], MEASURE_MPT, TEXT_JUSTIFY, "en-GB").items[0]),
                         -hang);
    }
    assert_int_equal(hang_behind(&arena, "m"), 0);
    assert_int_equal(hang_behind(&arena, "7"), 0);
    assert_int_equal(hang_behind(&arena, "\u00E9"), 0);
    assert_int_equal(hang_before(&arena, "m"), 0);
    assert_true(hang_behind(&arena, "m!") < hang_behind(&arena, "m."));
    assert_true(set(&arena, "\u2018", MEASURE_MPT, TEXT_JUSTIFY, "en-GB").items[0].width_mpt > 0);
    arena_done(&arena);
}

static const char prose[] =
    "\u201CRegistration, notwithstanding considerable reservations, was reconsidered;\u201D so they wrote. "
    "\u201CNegotiations strengthened accountability, transparency\u201D \u2013 and administration. "
    "\u201CNone of "
    "us,\u201D said representatives, \u201Cwas asked: not once, not ever.\u201D Communities, institutions, "
    "organisations \u2013 all of them, \u201Cwithout exception\u201D, waited. Nobody, it seemed, was "
    "responsible.";

/* Word gaps of a line; all of one width within a millipoint. */
static void check_gaps(const struct text_line *line)
{
    int32_t least = INT32_MAX, most = 0;
    for (size_t i = 0; i < line->segment_count; i++) {
        const struct text_segment *segment = &line->segments[i];
        for (size_t k = 0; k < segment->glyph_count; k++) {
            if (segment->text.p[segment->glyphs[k].cluster] != ' ')
                continue;
            int32_t advance = segment->glyphs[k].advance_mpt;
            least = advance < least ? advance : least;
            most = advance > most ? advance : most;
        }
    }
    assert_true(most == 0 || most - least <= 1);
}

static void both_margins_hold_what_hangs(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    size_t hyphens = 0, behind = 0, before = 0, plain = 0;
    for (int32_t width = 120000; width < 360000; width += 4000) {
        struct text_lines lines = set(&arena, prose, width, TEXT_JUSTIFY, "en-GB");
        for (size_t i = 0; i < lines.count; i++) {
            const struct text_line *line = &lines.items[i];
            assert_int_equal(left_edge(line), -line->start_hang_mpt);
            assert_int_equal(right_edge(line), line->width_mpt + line->end_hang_mpt);
            assert_in_range(line->start_hang_mpt, 0, 3000);
            assert_in_range(line->end_hang_mpt, 0, 3000);
            check_gaps(line);
            assert_true(!line->hyphenated || line->end_hang_mpt > 0);
            if (line->last)
                continue;
            hyphens += line->hyphenated;
            behind += !line->hyphenated && line->end_hang_mpt > 0;
            before += line->start_hang_mpt > 0;
            plain += line->width_mpt == width;
        }
    }
    assert_true(hyphens > 5 && behind > 20 && before > 5 && plain > 200);
    arena_done(&arena);
}

/* A word whose stop alone does not fit is set whole, because the stop hangs; without, it is broken. */
static void the_breaker_counts_what_hangs(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct text_run run = support_run("mmmmmmmm. ii");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 1000);
    int32_t least, most;
    support.engine->widths(support.engine->self, &paragraph, &least, &most, NULL);
    int32_t width = least - 1000;
    assert_true(hang_behind(&arena, "m.") > 1000);
    struct text_lines justified = set(&arena, run.text.p, width, TEXT_JUSTIFY, "en-GB");
    assert_true(str_is(justified.items[0].segments[0].text, "mmmmmmmm."));
    struct text_lines ragged = set(&arena, run.text.p, width, TEXT_LEFT, "en-GB");
    assert_false(str_is(ragged.items[0].segments[0].text, "mmmmmmmm."));
    arena_done(&arena);
}

static void widths_count_all(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct text_run run = support_run("\u201Cmm.\u201D");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 100000);
    int32_t least, most;
    support.engine->widths(support.engine->self, &paragraph, &least, &most, NULL);
    struct text_line line = set(&arena, run.text.p, 100000, TEXT_JUSTIFY, "en-GB").items[0];
    assert_true(line.width_mpt < most);
    assert_int_equal(line.width_mpt + line.start_hang_mpt + line.end_hang_mpt, most);
    assert_int_equal(least, most);
    arena_done(&arena);
}

static void ragged_text_code_and_rtl_keep_their_edges(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    static const enum text_align aligns[] = {TEXT_LEFT, TEXT_RIGHT, TEXT_CENTRE};
    for (size_t i = 0; i < 3; i++) {
        struct text_lines lines = set(&arena, prose, MEASURE_MPT, aligns[i], "en-GB");
        for (size_t k = 0; k < lines.count; k++) {
            assert_int_equal(lines.items[k].start_hang_mpt, 0);
            assert_int_equal(lines.items[k].end_hang_mpt, 0);
            assert_true(left_edge(&lines.items[k]) >= 0 && right_edge(&lines.items[k]) <= MEASURE_MPT);
        }
    }
    struct diags diags;
    diags_init(&diags, &arena);
    struct text_run run = support_run("\"mm.");
    run.format.family = TEXT_MONO;
    struct text_paragraph paragraph = support_paragraph(&run, 1, MEASURE_MPT);
    struct text_lines lines = support.engine->set(support.engine->self, &arena, &paragraph, &diags);
    assert_int_equal(lines.items[0].start_hang_mpt + lines.items[0].end_hang_mpt, 0);
    if (support_has_fallbacks()) {
        lines = set(&arena, "\u05E9\u05DC\u05D5\u05DD.", MEASURE_MPT, TEXT_JUSTIFY, "he");
        assert_int_equal(lines.items[0].start_hang_mpt + lines.items[0].end_hang_mpt, 0);
    }
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_hang_by_a_part_of_their_width), cmocka_unit_test(both_margins_hold_what_hangs),
        cmocka_unit_test(the_breaker_counts_what_hangs), cmocka_unit_test(widths_count_all),
        cmocka_unit_test(ragged_text_code_and_rtl_keep_their_edges)};
    return cmocka_run_group_tests(tests, support_open, support_close);
}
