/* Scripts: fallback faces, directions, what no face has, and the fonts themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "text_support.h"

static struct text_lines set_text(struct arena *arena, const char *text, const char *language,
                                  struct diags *diags)
{
    struct text_run run = support_run(text);
    struct text_paragraph paragraph = support_paragraph(&run, 1, 400000);
    paragraph.language = language;
    paragraph.align = TEXT_LEFT;
    diags_init(diags, arena);
    return support.engine->set(support.engine->self, arena, &paragraph, diags);
}

static void names_in_many_scripts(void **state)
{
    (void)state;
    static const struct {
        const char *text, *language, *face;
        bool rtl;
    } names[] = {
        {"Rotterdam Internet Exchange", "en", "SourceSerif4-Regular", false},
        {"\xCE\x95\xCE\xBB\xCE\xBB\xCE\xAC\xCE\xB4\xCE\xB1", "el", "SourceSerif4-Regular", false},
        {"\xE1\xBC\x88\xCE\xB8\xE1\xBF\x86\xCE\xBD\xCE\xB1\xCE\xB9", "grc", "NotoSerif-Regular", false},
        {"\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0", "ru", "SourceSerif4-Regular", false},
        {"\xE4\xB8\xAD\xE5\x9B\xBD\xE4\xBA\x92\xE8\x81\x94\xE7\xBD\x91", "zh-Hans", "DroidSansFallback",
         false},
        {"\xE6\x9D\xB1\xE4\xBA\xAC\xE3\x82\xBF\xE3\x83\xAF\xE3\x83\xBC", NULL, "IPAexMincho", false},
        {"\xED\x95\x9C\xEA\xB5\xAD\xEC\x9D\xB8\xED\x84\xB0\xEB\x84\xB7", "ko", "NanumMyeongjo", false},
        {"\xD8\xB4\xD8\xB1\xD9\x83\xD8\xA9 "
         "\xD8\xA7\xD9\x84\xD8\xA7\xD8\xAA\xD8\xB5\xD8\xA7\xD9\x84\xD8\xA7\xD8\xAA",
         "ar", "NotoNaskhArabic-Regular", true},
        {"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD7\xA2\xD7\x95\xD7\x9C\xD7\x9D", "he", "NotoSerifHebrew-Regular",
         true},
        {"\xE0\xA4\xA8\xE0\xA4\xAE\xE0\xA4\xB8\xE0\xA5\x8D\xE0\xA4\xA4\xE0\xA5\x87", "hi",
         "NotoSerifDevanagari-Regular", false},
        {"\xE0\xB8\xAA\xE0\xB8\xA7\xE0\xB8\xB1\xE0\xB8\xAA\xE0\xB8\x94\xE0\xB8\xB5", "th",
         "NotoSerifThai-Regular", false}};
    if (!support_has_fallbacks())
        skip();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct arena arena;
        arena_init(&arena);
        struct diags diags;
        struct text_lines lines = set_text(&arena, names[i].text, names[i].language, &diags);
        assert_int_equal(diags.errors, 0);
        assert_int_equal(lines.count, 1);
        assert_int_equal(lines.items[0].segment_count, 1); /* one face for the whole name */
        const struct text_segment *segment = &lines.items[0].segments[0];
        assert_true(str_is(segment->text, names[i].text));
        assert_true(str_is(segment->face->postscript_name, names[i].face));
        assert_int_equal(segment->rtl, names[i].rtl);
        assert_int_equal(segment->x_mpt, names[i].rtl ? 400000 - segment->width_mpt : 0);
        for (size_t j = 1; j < segment->glyph_count; j++) {
            if (names[i].rtl)
                assert_true(segment->glyphs[j].cluster <= segment->glyphs[j - 1].cluster);
            else
                assert_true(segment->glyphs[j].cluster >= segment->glyphs[j - 1].cluster);
        }
        arena_done(&arena);
    }
}

static void directions_mix(void **state)
{
    (void)state;
    if (!support_has_fallbacks())
        skip();
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    /* In English the company's name stands as an island, its words from right to left. */
    struct text_lines lines = set_text(
        &arena, "Of \xD8\xB4\xD8\xB1\xD9\x83\xD8\xA9 \xD8\xA7\xD9\x84 2020 \xD9\x85 (AS1)", "en", &diags);
    const struct text_line *line = &lines.items[0];
    assert_int_equal(line->segment_count, 5);
    assert_true(str_is(line->segments[0].text, "Of "));
    assert_true(line->segments[1].rtl && str_is(line->segments[1].text, " \xD9\x85"));
    assert_true(!line->segments[2].rtl && str_is(line->segments[2].text, "2020"));
    assert_true(line->segments[3].rtl);
    assert_true(str_is(line->segments[4].text, " (AS1)"));
    for (size_t i = 2; i < 4; i++) /* drawn from left to right, read from right to left */
        assert_true(line->segments[i].text_at < line->segments[i - 1].text_at);
    assert_true(line->segments[0].text_at < line->segments[3].text_at);
    assert_true(line->segments[1].text_at < line->segments[4].text_at);
    /* In Arabic it is the other way round. */
    lines = set_text(&arena, "\xD8\xB4\xD8\xB1\xD9\x83\xD8\xA9 AS1 \xD8\xA7\xD9\x84", "ar", &diags);
    line = &lines.items[0];
    const struct text_segment *last = &line->segments[line->segment_count - 1];
    assert_true(line->segments[0].rtl && str_is(line->segments[0].text, "\xD8\xA7\xD9\x84"));
    assert_true(last->rtl && str_is(last->text, "\xD8\xB4\xD8\xB1\xD9\x83\xD8\xA9"));
    assert_int_equal(last->x_mpt + last->width_mpt, 400000);
    bool island = false;
    for (size_t i = 0; i < line->segment_count; i++)
        island |= !line->segments[i].rtl && str_is(line->segments[i].text, "AS1");
    assert_true(island);
    /* Signs of direction steer and are not drawn. */
    lines = set_text(&arena, "a\xE2\x80\x8F\xE2\x81\xA8\xD7\xA9\xE2\x81\xA9 b", "en", &diags);
    assert_true(str_is(lines.items[0].segments[0].text, "a"));
    assert_int_equal(diags.errors, 0);
    arena_done(&arena);
}

static void brackets_follow_the_text_around(void **state)
{
    (void)state;
    if (!support_has_fallbacks())
        skip();
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    struct text_lines lines =
        set_text(&arena, "See \xE2\x80\x9C\xE4\xB8\xAD\xE5\x9B\xBD\xE2\x80\x9D, there", "en", &diags);
    assert_int_equal(lines.items[0].segment_count, 3);
    assert_true(str_is(lines.items[0].segments[1].text, "\xE4\xB8\xAD\xE5\x9B\xBD"));
    assert_true(str_is(lines.items[0].segments[2].face->postscript_name, "SourceSerif4-Regular"));
    arena_done(&arena);
}

static void scripts_without_spaces_break(void **state)
{
    (void)state;
    if (!support_has_fallbacks())
        skip();
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    /* "I am going home now" in Thai, and a Chinese sentence with a full stop that may not begin a line. */
    struct text_run run = support_run(
        "\xE4\xB8\xAD\xE5\x9B\xBD\xE4\xBA\x92\xE8\x81\x94\xE7\xBD\x91\xE3\x80\x82\xE4\xB8\xAD\xE5\x9B\xBD");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 51000);
    struct text_lines lines = support.engine->set(support.engine->self, &arena, &paragraph, &diags);
    assert_int_equal(lines.count, 2);
    assert_true(str_starts(lines.items[1].segments[0].text, STR("\xE7\xBD\x91\xE3\x80\x82")));
    assert_int_equal(lines.items[0].width_mpt, 51000); /* stretched between its characters */
    run = support_run("\xE0\xB8\xAA\xE0\xB8\xA7\xE0\xB8\xB1\xE0\xB8\xAA\xE0\xB8\x94\xE0\xB8\xB5"
                      "\xE0\xB8\x8A\xE0\xB8\xB2\xE0\xB8\xA7\xE0\xB9\x82\xE0\xB8\xA5\xE0\xB8\x81");
    paragraph.width_mpt = 45000;
    lines = support.engine->set(support.engine->self, &arena, &paragraph, &diags);
    assert_int_equal(lines.count, 2);
    assert_true(str_is(lines.items[1].segments[0].text, "\xE0\xB9\x82\xE0\xB8\xA5\xE0\xB8\x81"));
    arena_done(&arena);
}

/* At no width does a line begin with a mark of reference, behind an ideograph or a stop. */
static void marks_of_reference_begin_no_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *language;
    } samples[] = {{"誰も求めたことがないからだ。", "ja"}, {"登記機構的成員分布在許多國家", "zh-Hant"}};
    if (!support_has_fallbacks())
        skip();
    for (size_t s = 0; s < sizeof samples / sizeof samples[0]; s++) {
        for (int32_t width = 40000; width < 180000; width += 1000) {
            struct arena arena;
            arena_init(&arena);
            struct diags diags;
            diags_init(&diags, &arena);
            struct text_run runs[4] = {support_run(samples[s].text), support_run("[1]"), support_run("[2]"),
                                       support_run(samples[s].text)};
            runs[1].format.superscript = runs[2].format.superscript = true;
            runs[1].no_break = runs[2].no_break = true;
            struct text_paragraph paragraph = support_paragraph(runs, 4, width);
            paragraph.language = samples[s].language;
            struct text_lines lines = support.engine->set(support.engine->self, &arena, &paragraph, &diags);
            assert_true(lines.count > 1);
            for (size_t i = 0; i < lines.count; i++)
                assert_int_not_equal(lines.items[i].segments[0].text.p[0], '[');
            arena_done(&arena);
        }
    }
}

static void missing_glyphs_are_told(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    const char text[] = "name: A \xE1\x9A\xA0\xE1\x9A\xA0 \xF0\x90\x80\x80 B";
    struct diag_source *source = diag_source_new(&arena, STR("a.yaml"), str_from(text));
    struct text_run run = support_run(text + 6);
    run.at = span_at(source, 6, sizeof text - 1);
    struct text_paragraph paragraph = support_paragraph(&run, 1, 400000);
    struct text_lines lines = {0};
    int32_t least, most;
    for (int i = 0; i < 3; i++) { /* told once, however often it is set */
        lines = support.engine->set(support.engine->self, &arena, &paragraph, &diags);
        support.engine->widths(support.engine->self, &paragraph, &least, &most, &diags);
    }
    assert_int_equal(diags.errors, 2);
    const struct diag *diag = diags.first;
    assert_int_equal(diag->code, DIAG_MISSING_GLYPH);
    assert_true(str_is(diag->message, "missing glyph U+16A0 'RUNIC LETTER FEHU FEOH FE F'"));
    assert_true(str_find(diag->hint, STR("fonts-runes")) != SIZE_MAX);
    assert_int_equal(diag->span.start, 8);
    assert_int_equal(diag->span.end, 11);
    assert_true(str_is(diag->next->message, "missing glyph U+10000 'LINEAR B SYLLABLE B008 A'"));
    assert_int_equal(lines.count, 1);
    struct buf whole = {0};
    support_text(&whole, &lines);
    assert_true(str_is(buf_view(&whole), text + 6));
    buf_done(&whole);
    for (size_t i = 0; i < lines.items[0].segment_count; i++)
        for (size_t j = 0; j < lines.items[0].segments[i].glyph_count; j++)
            assert_int_not_equal(lines.items[0].segments[i].glyphs[j].id, 0);
    arena_done(&arena);
}

static void weights_and_families(void **state)
{
    (void)state;
    static const struct {
        enum text_family family;
        int weight;
        bool italic;
        const char *face;
    } wanted[] = {
        {TEXT_BODY, 400, false, "SourceSerif4-Regular"},  {TEXT_BODY, 600, false, "SourceSerif4-Bold"},
        {TEXT_BODY, 700, true, "SourceSerif4-BoldIt"},    {TEXT_HEADING, 700, false, "SourceSans3-Semibold"},
        {TEXT_HEADING, 400, true, "SourceSans3-Regular"}, {TEXT_MONO, 700, false, "SourceCodePro-Regular"}};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        struct arena arena;
        arena_init(&arena);
        struct diags diags;
        diags_init(&diags, &arena);
        struct text_run run = support_run("Text");
        run.format.family = wanted[i].family;
        run.format.weight = wanted[i].weight;
        run.format.italic = wanted[i].italic;
        struct text_paragraph paragraph = support_paragraph(&run, 1, 400000);
        struct text_lines lines = support.engine->set(support.engine->self, &arena, &paragraph, &diags);
        const struct text_face *face = lines.items[0].segments[0].face;
        assert_true(str_is(face->postscript_name, wanted[i].face));
        assert_int_equal(face->units_per_em, 1000);
        assert_true(face->ascent > 0 && face->descent < 0 && face->cap_height > face->x_height &&
                    face->x_height > 0);
        assert_int_equal(face->fixed_pitch, wanted[i].family == TEXT_MONO);
        arena_done(&arena);
    }
}

static void absent_bundled_font_is_an_error_of_the_machine(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    struct text_font_config config = *support_config(&arena, false);
    config.families[0].files[0].path = "/nowhere/SourceSerif4-Regular.otf";
    struct text_fonts *broken = text_fonts_open(&config);
    struct text_engine *other = text_engine_open(broken);
    struct text_run run = support_run("Text");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 400000);
    struct text_lines lines = other->set(other->self, &arena, &paragraph, &diags);
    other->set(other->self, &arena, &paragraph, &diags);
    assert_int_equal(diags.errors, 1);
    assert_true(diags.machine_failed);
    assert_int_equal(diags.first->code, DIAG_FONT_UNAVAILABLE);
    assert_int_equal(lines.count, 1);
    for (size_t i = 0; i < config.family_count; i++)
        for (size_t j = 0; j < config.families[i].count; j++)
            config.families[i].files[j].path = TEST_SRC "/LICENSE"; /* no font at all */
    text_engine_close(other);
    text_fonts_close(broken);
    broken = text_fonts_open(&config);
    other = text_engine_open(broken);
    assert_int_equal(other->set(other->self, &arena, &paragraph, &diags).count, 0);
    text_engine_close(other);
    text_fonts_close(broken);
    arena_done(&arena);
}

static void system_fonts_on_request(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    if (!support_has_fallbacks())
        skip();
    struct text_fonts *all = text_fonts_open(support_config(&arena, true));
    struct text_engine *other = text_engine_open(all);
    struct text_run run = support_run("A \xE1\x9A\xA0\xE1\x9A\xA2");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 400000);
    struct text_lines lines = other->set(other->self, &arena, &paragraph, &diags);
    assert_int_equal(diags.errors, 0);
    assert_true(str_is(lines.items[0].segments[1].face->postscript_name, "NotoSansRunic-Regular"));
    struct text_coverage *list;
    size_t count = text_fonts_list(all, &arena, &list, NULL);
    bool runic = false;
    for (size_t i = 0; i < count; i++)
        runic |= list[i].readable && !list[i].bundled && strcmp(list[i].family, "system") == 0 &&
                 strstr(list[i].scripts, "Runr");
    assert_true(runic);
    text_engine_close(other);
    text_fonts_close(all);
    arena_done(&arena);
}

static void fonts_are_listed(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct text_coverage *list;
    size_t count = text_fonts_list(support.fonts, &arena, &list, NULL);
    assert_true(count > 7);
    assert_string_equal(list[0].family, "Source Serif 4");
    assert_true(list[0].bundled && list[0].readable && list[0].code_points > 900);
    assert_int_equal(strncmp(list[0].scripts, "Latn", 4), 0);
    assert_non_null(strstr(list[0].scripts, "Cyrl"));
    bool unreadable = false;
    for (size_t i = 0; i < count; i++)
        unreadable |= !list[i].readable && strcmp(list[i].path, "/nowhere/Absent.ttf") == 0;
    assert_true(unreadable);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_in_many_scripts),
        cmocka_unit_test(directions_mix),
        cmocka_unit_test(brackets_follow_the_text_around),
        cmocka_unit_test(scripts_without_spaces_break),
        cmocka_unit_test(marks_of_reference_begin_no_line),
        cmocka_unit_test(missing_glyphs_are_told),
        cmocka_unit_test(weights_and_families),
        cmocka_unit_test(absent_bundled_font_is_an_error_of_the_machine),
        cmocka_unit_test(system_fonts_on_request),
        cmocka_unit_test(fonts_are_listed),
    };
    return cmocka_run_group_tests(tests, support_open, support_close);
}
