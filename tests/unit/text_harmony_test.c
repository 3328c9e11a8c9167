/* Faces that stand in: their size beside the text's own, one face for a whole run, figures, emoji. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <hb.h>

#include <string.h>

#include "text_support.h"

#define NOTO "/usr/share/fonts/truetype/noto/"

enum { SIZE = 10000 };

static const struct text_line *set_with(struct text_engine *engine, const char *text, const char *language)
{
    struct text_run run = support_run(text);
    run.format.size_mpt = SIZE;
    run.format.old_style = true;
    struct text_paragraph paragraph = support_paragraph(&run, 1, 400000);
    paragraph.language = language;
    paragraph.align = TEXT_LEFT;
    struct text_lines lines = engine->set(engine->self, &support_scratch, &paragraph, &support_diags);
    assert_int_equal(lines.count, 1);
    return &lines.items[0];
}

static const struct text_segment *segment_with(const struct text_line *line, const char *text)
{
    for (size_t i = 0; i < line->segment_count; i++)
        if (str_find(line->segments[i].text, str_from(text)) != SIZE_MAX)
            return &line->segments[i];
    fail_msg("no segment with %s", text);
    return NULL;
}

/* Millipoints that a letter reaches above the baseline in a segment. */
static int64_t height_of(const struct text_segment *segment, uint32_t letter)
{
    hb_codepoint_t glyph = 0;
    hb_glyph_extents_t extents = {0};
    assert_true(hb_font_get_nominal_glyph(text_face_font(segment->face), letter, &glyph));
    assert_true(hb_font_get_glyph_extents(text_face_font(segment->face), glyph, &extents));
    return (int64_t)extents.y_bearing * segment->size_mpt / segment->face->units_per_em;
}

static void assert_near(int64_t is, int64_t wanted)
{
    if (is < wanted * 97 / 100 || is > wanted * 103 / 100)
        fail_msg("%lld millipoints high, not %lld", (long long)is, (long long)wanted);
}

static void scripts_look_as_large_as_the_text(void **state)
{
    (void)state;
    const struct text_line *line = set_with(support.engine, "Northwind", "en");
    int64_t x = height_of(&line->segments[0], 'x'), capital = height_of(&line->segments[0], 'H');
    line = set_with(support.engine, "\xE1\xBC\x88\xCE\xB8\xE1\xBF\x86\xCE\xBD\xCE\xB1\xCE\xB9", "grc");
    assert_near(height_of(&line->segments[0], 'x'), x);
    line = set_with(support.engine, "شركة", "ar");
    assert_near(height_of(&line->segments[0], 0x627), capital);
    line = set_with(support.engine, "שלום", "he");
    assert_near(height_of(&line->segments[0], 0x5D4), (x + capital) / 2);
    line = set_with(support.engine, "สวัสดี", "th");
    assert_near(height_of(&line->segments[0], 0xE01), (x + capital) / 2);
    line = set_with(support.engine, "中国", "zh");
    assert_int_equal(line->segments[0].size_mpt, SIZE);
    line = set_with(support.engine, "한국", "ko");
    assert_int_equal(line->segments[0].size_mpt, SIZE);
}

static void numbers_keep_the_face_of_the_text(void **state)
{
    (void)state;
    static const struct {
        const char *text, *language, *number;
    } cases[] = {{"سنة 1998 كانت", "ar", "1998"},   {"نحو 1,250.5 عضوا", "ar", "1,250.5"},
                 {"截至2024年12月", "zh", "2024"},  {"約400社", "ja", "400"},
                 {"ราคา 1,200 บาท", "th", "1,200"}, {"בשנים 2019–2024 בלבד", "he", "2019"}};
    int64_t height = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct text_line *line = set_with(support.engine, cases[i].text, cases[i].language);
        const struct text_segment *number = segment_with(line, cases[i].number);
        assert_true(str_is(number->face->postscript_name, "SourceSerif4-Regular"));
        assert_int_equal(number->size_mpt, SIZE);
        assert_false(number->rtl);
        /* Lining: beside letters without small forms. */
        for (size_t j = 0; j < number->glyph_count; j++) {
            hb_glyph_extents_t extents = {0};
            hb_font_get_glyph_extents(text_face_font(number->face), number->glyphs[j].id, &extents);
            if (extents.y_bearing > height)
                height = extents.y_bearing;
            if (number->text.p[number->glyphs[j].cluster] == '0')
                assert_true(extents.y_bearing > number->face->x_height * 11 / 10);
        }
    }
    assert_true(height > 0);
}

/* Fallbacks of the test's own: two faces of Arabic, of which only the second has U+08AD; no emoji. */
static struct text_fallbacks two_faces(const struct text_font_config *config, struct diags *list)
{
    static const char *arabic[] = {NOTO "NotoNaskhArabic-Regular.ttf", NOTO "NotoSansArabic-Regular.ttf"};
    static const char *symbols[] = {NOTO "NotoSansSymbols2-Regular.ttf"};
    static const char *emoji[] = {"/nowhere/Emoji.ttf"};
    static int weights[] = {400, 400};
    static struct text_fallback items[] = {
        {.script = "Arab", .paths = arabic, .weights = weights, .count = 2, .package = "fonts-noto-core"},
        {.script = "Zsym", .paths = symbols, .weights = weights, .count = 1, .package = "fonts-noto-core"},
        {.script = "Zsye", .paths = emoji, .weights = weights, .count = 1, .package = "fonts-of-emoji"}};
    (void)config;
    (void)list;
    return (struct text_fallbacks){items, sizeof items / sizeof items[0]};
}

static void a_run_has_one_face(void **state)
{
    (void)state;
    struct text_font_config config = *support_config(&support_scratch, false);
    config.fallbacks = two_faces;
    struct text_fonts *fonts = text_fonts_open(&config);
    struct text_engine *engine = text_engine_open(fonts);
    const struct text_line *line = set_with(engine, "شركة", "ar");
    assert_true(str_is(line->segments[0].face->postscript_name, "NotoNaskhArabic-Regular"));
    line = set_with(engine, "شركة الب\xE0\xA2\xADار هنا", "ar");
    for (size_t i = 0; i < line->segment_count; i++)
        if (!str_is(line->segments[i].text, " "))
            assert_true(str_is(line->segments[i].face->postscript_name, "NotoSansArabic-Regular"));
    assert_int_equal(support_diags.errors, 0);
    text_engine_close(engine);
    text_fonts_close(fonts);
}

/* Monochrome, from a font of symbols; where none has it, the diagnostic names the package of emoji. */
static void emoji_are_monochrome(void **state)
{
    (void)state;
    struct text_font_config config = *support_config(&support_scratch, false);
    config.fallbacks = two_faces;
    struct text_fonts *fonts = text_fonts_open(&config);
    struct text_engine *engine = text_engine_open(fonts);
    const struct text_line *line = set_with(engine, "Up \xF0\x9F\x93\x88 and \xE2\x9A\xA0\xEF\xB8\x8F", "en");
    assert_true(
        str_is(segment_with(line, "\xF0\x9F\x93\x88")->face->postscript_name, "NotoSansSymbols2-Regular"));
    assert_int_equal(segment_with(line, "\xE2\x9A\xA0\xEF\xB8\x8F")->glyph_count, 1);
    assert_int_equal(support_diags.errors, 0);
    set_with(engine, "A grin \xF0\x9F\x98\x80", "en");
    assert_int_equal(support_diags.errors, 1);
    assert_int_equal(support_diags.first->code, DIAG_MISSING_GLYPH);
    assert_true(str_find(support_diags.first->hint, STR("fonts-of-emoji")) != SIZE_MAX);
    text_engine_close(engine);
    text_fonts_close(fonts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(scripts_look_as_large_as_the_text, support_prepare, support_clear),
        cmocka_unit_test_setup_teardown(numbers_keep_the_face_of_the_text, support_prepare, support_clear),
        cmocka_unit_test_setup_teardown(a_run_has_one_face, support_prepare, support_clear),
        cmocka_unit_test_setup_teardown(emoji_are_monochrome, support_prepare, support_clear),
    };
    return cmocka_run_group_tests(tests, support_open, support_close);
}
