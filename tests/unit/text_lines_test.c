/* Lines: measure, justification, breaks, hyphens, and nothing lost or doubled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "text_support.h"

static struct text_lines set(struct arena *arena, const struct text_paragraph *paragraph, struct diags *diags)
{
    diags_init(diags, arena);
    return support.engine->set(support.engine->self, arena, paragraph, diags);
}

static int64_t glyph_sum(const struct text_segment *segment)
{
    int64_t sum = 0;
    for (size_t i = 0; i < segment->glyph_count; i++)
        sum += segment->glyphs[i].advance_mpt;
    return sum;
}

/* What holds for every line of every paragraph. */
static void check_lines(const struct text_lines *lines, int32_t width_mpt)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct text_line *line = &lines->items[i];
        int64_t sum = 0;
        assert_true(line->width_mpt <= width_mpt);
        for (size_t j = 0; j < line->segment_count; j++) {
            const struct text_segment *segment = &line->segments[j];
            assert_int_equal(glyph_sum(segment), segment->width_mpt);
            if (j)
                assert_int_equal(segment->x_mpt, segment[-1].x_mpt + segment[-1].width_mpt);
            for (size_t k = 0; k < segment->glyph_count; k++)
                assert_true(segment->glyphs[k].cluster < segment->text.n && segment->glyphs[k].id != 0);
            sum += segment->width_mpt;
        }
        assert_int_equal(sum, line->width_mpt + line->start_hang_mpt + line->end_hang_mpt);
    }
}

/* The paragraph's text without the spaces that fall at line ends is the lines' text without any spaces at
 * theirs. */
static void check_text(const struct text_lines *lines, const char *text)
{
    struct buf got = {0}, wanted = {0};
    support_text(&got, lines);
    for (const char *p = text; *p; p++)
        if (*p != ' ')
            buf_char(&wanted, *p);
    size_t n = 0;
    for (size_t i = 0; i < got.n; i++)
        if (got.p[i] != ' ')
            got.p[n++] = got.p[i];
    got.n = n;
    assert_true(str_eq(buf_view(&got), buf_view(&wanted)));
    buf_done(&got);
    buf_done(&wanted);
}

static const char prose[] =
    "The organisation of the registration services was fundamentally reconsidered by representatives of the "
    "communities, notwithstanding considerable reservations; subsequent negotiations nevertheless "
    "strengthened "
    "institutional accountability and transparency throughout the administration.";

static void justified_lines_fill_the_measure(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    struct text_run run = support_run(prose);
    struct text_paragraph paragraph = support_paragraph(&run, 1, 260000);
    paragraph.hyphenate = true;
    struct text_lines lines = set(&arena, &paragraph, &diags);
    check_lines(&lines, 260000);
    check_text(&lines, prose);
    assert_in_range(lines.count, 4, 6);
    for (size_t i = 0; i + 1 < lines.count; i++) {
        assert_int_equal(lines.items[i].width_mpt, 260000);
        assert_false(lines.items[i].last);
        assert_true(lines.items[i].text_to <= lines.items[i + 1].text_from);
    }
    assert_true(lines.items[lines.count - 1].last);
    assert_int_equal(lines.items[lines.count - 1].text_to, sizeof prose - 1);
    assert_int_equal(diags.errors, 0);
    arena_done(&arena);
}

static void spaces_are_evenly_stretched(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    struct text_run run = support_run(prose);
    struct text_paragraph paragraph = support_paragraph(&run, 1, 300000);
    struct text_lines lines = set(&arena, &paragraph, &diags);
    const struct text_segment *segment = &lines.items[0].segments[0];
    int32_t least = INT32_MAX, most = 0;
    for (size_t i = 0; i < segment->glyph_count; i++)
        if (segment->text.p[segment->glyphs[i].cluster] == ' ') {
            int32_t advance = segment->glyphs[i].advance_mpt;
            least = advance < least ? advance : least;
            most = advance > most ? advance : most;
        }
    assert_true(most > 0 && most - least <= 1);
    arena_done(&arena);
}

static void alignments_and_indent(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    struct text_run run = support_run("Short");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 100000);
    paragraph.align = TEXT_LEFT;
    paragraph.first_indent_mpt = 12000;
    struct text_lines lines = set(&arena, &paragraph, &diags);
    int32_t width = lines.items[0].width_mpt;
    assert_int_equal(lines.count, 1);
    assert_int_equal(lines.items[0].segments[0].x_mpt, 12000);
    paragraph.first_indent_mpt = 0;
    paragraph.align = TEXT_RIGHT;
    lines = set(&arena, &paragraph, &diags);
    assert_int_equal(lines.items[0].segments[0].x_mpt, 100000 - width);
    paragraph.align = TEXT_CENTRE;
    lines = set(&arena, &paragraph, &diags);
    assert_int_equal(lines.items[0].segments[0].x_mpt, (100000 - width) / 2);
    arena_done(&arena);
}

static void forced_breaks(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    struct text_run run = support_run("one\xE2\x80\xA8\xE2\x80\xA8two words  ");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 100000);
    struct text_lines lines = set(&arena, &paragraph, &diags);
    assert_int_equal(lines.count, 3);
    assert_true(lines.items[0].last && lines.items[1].last && lines.items[2].last);
    assert_int_equal(lines.items[1].segment_count, 0);
    assert_true(lines.items[0].ascent_mpt > 0 && lines.items[1].ascent_mpt == 0);
    assert_true(str_is(lines.items[2].segments[0].text, "two words"));
    run = support_run("");
    assert_int_equal(set(&arena, &paragraph, &diags).count, 0);
    run = support_run("   ");
    assert_int_equal(set(&arena, &paragraph, &diags).count, 0);
    arena_done(&arena);
}

static void joined_words_stay_together(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    struct text_run run = support_run("aaaa 10\xC2\xA0million bbbb 20\xE2\x80\xAF"
                                      "000 cc-\xE2\x81\xA0"
                                      "dd");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 1);
    int32_t least, most;
    support.engine->widths(support.engine->self, &paragraph, &least, &most, NULL);
    paragraph.width_mpt = least;
    paragraph.align = TEXT_LEFT;
    struct text_lines lines = set(&arena, &paragraph, &diags);
    check_lines(&lines, least);
    assert_int_equal(lines.count, 5);
    assert_true(str_is(lines.items[1].segments[0].text, "10\xC2\xA0million"));
    assert_true(str_is(lines.items[3].segments[0].text, "20\xE2\x80\xAF"
                                                        "000"));
    struct text_run runs[] = {support_run("see "), support_run("pages 10 to 12"), support_run(" there")};
    runs[1].no_break = true;
    struct text_paragraph kept = support_paragraph(runs, 3, 70000);
    kept.align = TEXT_LEFT;
    lines = set(&arena, &kept, &diags);
    bool whole = false;
    for (size_t i = 0; i < lines.count; i++)
        for (size_t j = 0; j < lines.items[i].segment_count; j++)
            whole |= str_find(lines.items[i].segments[j].text, STR("pages 10 to 12")) != SIZE_MAX;
    assert_true(whole);
    arena_done(&arena);
}

static void soft_hyphens_and_patterns(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    struct text_run run = support_run("super\xC2\xAD"
                                      "cali\xC2\xAD"
                                      "fragil");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 45000);
    paragraph.align = TEXT_LEFT;
    struct text_lines lines = set(&arena, &paragraph, &diags);
    check_lines(&lines, 45000);
    assert_int_equal(lines.count, 2);
    assert_true(lines.items[0].hyphenated && !lines.items[1].hyphenated);
    assert_true(str_is(lines.items[0].segments[0].text, "supercali\xC2\xAD"));
    assert_true(str_is(lines.items[1].segments[0].text, "fragil"));
    assert_int_equal(lines.items[1].text_from, 13);
    const struct text_segment *segment = &lines.items[0].segments[0];
    assert_int_equal(segment->glyphs[segment->glyph_count - 1].cluster, 9);
    paragraph.width_mpt = 200000;
    lines = set(&arena, &paragraph, &diags);
    assert_true(str_is(lines.items[0].segments[0].text, "supercalifragil"));
    arena_done(&arena);
}

/* Nothing is left of such a paragraph, not even a unit. */
static void soft_hyphens_alone_are_no_line(void **state)
{
    (void)state;
    struct diags diags;
    struct arena arena;
    arena_init(&arena);
    struct text_run run = support_run("\xC2\xAD\xC2\xAD");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 60000);
    paragraph.language = "en-GB";
    struct text_lines lines = set(&arena, &paragraph, &diags);
    for (size_t i = 0; i < lines.count; i++)
        assert_int_equal(lines.items[i].width_mpt, 0);
    arena_done(&arena);
}

/* Patterns leave words of fewer than five letters whole; a house may break them all the same. */
static void short_words_break_by_exception_alone(void **state)
{
    (void)state;
    static const struct text_exception_word words[] = {{{"en", 2}, {"da-ta", 5}}};
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    struct text_run run = support_run("mm data");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 35000);
    paragraph.hyphenate = true;
    struct text_lines lines = set(&arena, &paragraph, &diags);
    assert_false(lines.items[0].hyphenated);
    paragraph.exceptions = text_exceptions_make(&arena, words, 1);
    lines = set(&arena, &paragraph, &diags);
    assert_int_equal(lines.count, 2);
    assert_true(lines.items[0].hyphenated);
    assert_true(str_is(lines.items[0].segments[0].text, "mm da\xC2\xAD"));
    assert_true(str_is(lines.items[1].segments[0].text, "ta"));
    arena_done(&arena);
}

static void addresses_break_after_their_signs(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    struct text_run run =
        support_run("https://registry.example.org/statistics/delegated-latest?format=text&year=2026");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 90000);
    paragraph.hyphenate = true;
    struct text_lines lines = set(&arena, &paragraph, &diags);
    check_lines(&lines, 90000);
    check_text(&lines, run.text.p);
    assert_true(lines.count > 2);
    for (size_t i = 0; i + 1 < lines.count; i++) {
        struct str text = lines.items[i].segments[0].text;
        assert_non_null(strchr("/.-_?&=", text.p[text.n - 1]));
        assert_false(lines.items[i].hyphenated);
    }
    arena_done(&arena);
}

static void a_word_of_5000_letters(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    char *word = arena_alloc(&arena, 5001);
    for (size_t i = 0; i < 5000; i++)
        word[i] = "AVTWoyffixfa"[i * 7 % 12];
    struct text_run run = support_run(word);
    struct text_paragraph paragraph = support_paragraph(&run, 1, 120000);
    paragraph.hyphenate = true;
    struct text_lines lines = set(&arena, &paragraph, &diags);
    check_lines(&lines, 120000);
    check_text(&lines, word);
    assert_true(lines.count > 100);
    int32_t least, most;
    support.engine->widths(support.engine->self, &paragraph, &least, &most, &diags);
    assert_true(least == most && most > 100 * 100000);
    arena_done(&arena);
}

static uint32_t random_state = 12345;

static uint32_t next_random(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

/* Random text of many scripts, words and signs, at random measures: nothing lost, nothing too wide. */
static void random_text_is_kept(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "a",
        "fi",
        "ffl",
        "AV",
        "To",
        "registry",
        "organisation",
        "-",
        "\xE2\x80\x93",
        "\xE2\x80\x94",
        "/",
        ".",
        ",",
        "(",
        ")",
        "\xE2\x80\x9C",
        "\xE2\x80\x9D",
        " ",
        " ",
        " ",
        "  ",
        "2026",
        "https://x.org/a/b",
        "\xC3\xA9",
        "e\xCC\x81",
        "\xCE\xB1\xCE\xB2",
        "\xD0\x96\xD1\x83",
        "\xE4\xB8\xAD\xE5\x9B\xBD",
        "\xE3\x81\x8B\xE3\x81\xAA",
        "\xED\x95\x9C",
        "\xD8\xB4\xD8\xB1\xD9\x83\xD8\xA9",
        "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
        "\xE0\xA4\xA8\xE0\xA4\xAE\xE0\xA4\xB8\xE0\xA5\x8D\xE0\xA4\xA4\xE0\xA5\x87",
        "\xE0\xB8\xAA\xE0\xB8\xA7\xE0\xB8\xB1",
        "\xF0\x9D\x90\x80",
        "\xE2\x82\xAA",
        "\xE2\x9C\x97"};
    for (int round = 0; round < 400; round++) {
        struct arena arena;
        arena_init(&arena);
        struct diags diags;
        struct text_run runs[3];
        struct buf all = {0};
        size_t count = 1 + next_random(3);
        for (size_t i = 0; i < count; i++) {
            struct buf text = {0};
            for (uint32_t n = next_random(40); n; n--)
                buf_text(&text, parts[next_random(sizeof parts / sizeof parts[0])]);
            runs[i] = support_run(str_z(&arena, buf_view(&text)));
            runs[i].tag = (uint32_t)i;
            runs[i].format.weight = next_random(2) ? 400 : 700;
            runs[i].format.size_mpt = 6000 + (int32_t)next_random(10000);
            runs[i].format.tracking_mpt = next_random(4) ? 0 : 300;
            runs[i].format.superscript = next_random(5) == 0;
            runs[i].format.small_caps = next_random(5) == 0;
            runs[i].no_break = next_random(6) == 0;
            buf_str(&all, runs[i].text);
            buf_done(&text);
        }
        int32_t width = 40000 + (int32_t)next_random(200000);
        struct text_paragraph paragraph = support_paragraph(runs, count, width);
        paragraph.align = (enum text_align)next_random(4);
        paragraph.hyphenate = next_random(2);
        paragraph.first_indent_mpt = next_random(2) ? 0 : 10000;
        struct text_lines lines = set(&arena, &paragraph, &diags);
        check_lines(&lines, width);
        buf_char(&all, '\0');
        check_text(&lines, all.p);
        buf_done(&all);
        arena_done(&arena);
    }
}

/* Bytes of any kind end in lines, never in a fault. */
static void random_bytes_do_no_harm(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct arena arena;
        arena_init(&arena);
        struct diags diags;
        char bytes[200];
        size_t n = next_random(sizeof bytes);
        for (size_t i = 0; i < n; i++)
            bytes[i] = (char)(next_random(3) ? next_random(256) : 0xE2 - next_random(4));
        struct text_run run = support_run("");
        run.text = (struct str){bytes, n};
        struct text_paragraph paragraph = support_paragraph(&run, 1, (int32_t)next_random(100000) - 10);
        struct text_lines lines = set(&arena, &paragraph, &diags);
        for (size_t i = 0; i < lines.count; i++)
            assert_true(lines.items[i].width_mpt >= 0);
        arena_done(&arena);
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double time_words(size_t count, size_t *lines_out, size_t *bytes)
{
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    struct buf text = {0};
    for (size_t i = 0; i < count; i++)
        buf_printf(
            &text, "%s ",
            (const char *[]){"the", "organisation", "of", "registries", "remains", "stable"}[i * 5 % 6]);
    struct text_run run = support_run("");
    run.text = buf_view(&text);
    struct text_paragraph paragraph = support_paragraph(&run, 1, 300000);
    paragraph.hyphenate = true;
    double start = seconds();
    struct text_lines lines = set(&arena, &paragraph, &diags);
    double took = seconds() - start;
    *lines_out = lines.count;
    *bytes = arena.used_bytes;
    buf_done(&text);
    arena_done(&arena);
    return took;
}

static void long_paragraphs_take_linear_time(void **state)
{
    (void)state;
    size_t lines, bytes, few_lines, few_bytes;
    time_words(1000, &few_lines, &few_bytes);
    bool linear = false; /* a machine that has other work takes longer now and then */
    for (int tries = 0; tries < 3 && !linear; tries++) {
        double few = time_words(10000, &few_lines, &few_bytes);
        linear = time_words(100000, &lines, &bytes) < few * 25 + 0.05;
    }
    assert_true(linear);
    assert_in_range(lines, few_lines * 99 / 10, few_lines * 101 / 10);
    assert_true(bytes < few_bytes * 12);
}

static void unbroken_text_takes_linear_time(void **state)
{
    (void)state;
    double took[2];
    for (int i = 0; i < 2; i++) {
        struct arena arena;
        arena_init(&arena);
        struct diags diags;
        size_t n = i ? 400000 : 40000;
        char *word = arena_alloc(&arena, n + 1);
        for (size_t j = 0; j < n; j++)
            word[j] = "iV-/\xCC\x81"[j % 4];
        struct text_run run = support_run(word);
        struct text_paragraph paragraph = support_paragraph(&run, 1, 300000);
        double start = seconds();
        struct text_lines lines = set(&arena, &paragraph, &diags);
        took[i] = seconds() - start;
        check_lines(&lines, 300000);
        arena_done(&arena);
    }
    assert_true(took[1] < took[0] * 25 + 0.05);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(justified_lines_fill_the_measure),
        cmocka_unit_test(spaces_are_evenly_stretched),
        cmocka_unit_test(alignments_and_indent),
        cmocka_unit_test(forced_breaks),
        cmocka_unit_test(joined_words_stay_together),
        cmocka_unit_test(soft_hyphens_and_patterns),
        cmocka_unit_test(soft_hyphens_alone_are_no_line),
        cmocka_unit_test(short_words_break_by_exception_alone),
        cmocka_unit_test(addresses_break_after_their_signs),
        cmocka_unit_test(a_word_of_5000_letters),
        cmocka_unit_test(random_text_is_kept),
        cmocka_unit_test(random_bytes_do_no_harm),
        cmocka_unit_test(long_paragraphs_take_linear_time),
        cmocka_unit_test(unbroken_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, support_open, support_close);
}
