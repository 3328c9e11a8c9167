/* Features that letters ask for: small capitals, fractions, French ordinals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "text/feature.h"
#include "text_support.h"

static const struct text_format plain = {.family = TEXT_BODY, .weight = 400, .size_mpt = 10000};

/* The one segment that a text in a format makes. */
static struct text_segment set(const char *text, struct text_format format, const char *language)
{
    struct text_run run = support_run(text);
    run.format = format;
    run.language = language;
    struct text_paragraph paragraph = support_paragraph(&run, 1, 400000);
    struct diags diags;
    diags_init(&diags, &support.arena);
    struct text_lines lines = support.engine->set(support.engine->self, &support.arena, &paragraph, &diags);
    assert_int_equal(lines.count, 1);
    assert_int_equal(lines.items[0].segment_count, 1);
    return lines.items[0].segments[0];
}

/* Bytes whose glyphs differ between two ways to set a text, as '^' under it. */
static const char *changed(const char *text, struct text_format format, const char *language,
                           struct text_format other, const char *other_language)
{
    struct text_segment a = set(text, format, language), b = set(text, other, other_language);
    assert_int_equal(a.glyph_count, b.glyph_count);
    char *out = arena_alloc(&support.arena, strlen(text) + 1);
    memset(out, '.', strlen(text));
    for (size_t i = 0; i < a.glyph_count; i++) {
        assert_int_equal(a.glyphs[i].cluster, b.glyphs[i].cluster);
        if (a.glyphs[i].id != b.glyphs[i].id)
            out[a.glyphs[i].cluster] = '^';
    }
    return out;
}

static void small_capitals(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"AFRINIC", "^^^^^^^"},
                                           {"RIPE's", "^^^^.."},
                                           {"IPv4", "^^.^"},
                                           {"NGOs.", "^^^.."},
                                           {"(AS64500)", ".^^^^^^^."},
                                           {"AT&T", "^^^^"},
                                           {"R&D", "^^^"},
                                           {"TCP/IP", "^^^.^^"},
                                           {"3GPP", "^^^^"},
                                           {"MHz", "..."},
                                           {"McDonald", "........"},
                                           {"PhD", "..."},
                                           {"Q4", ".."},
                                           {"A/B", "..."},
                                           {"LinkedIn", "........"},
                                           {"NGOsa", "....."},
                                           {"www.IP.NET", ".........."},
                                           {"A@EX.ORG", "........"}};
    struct text_format small = plain;
    small.small_caps = true;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(changed(cases[i][0], small, NULL, plain, NULL), cases[i][1]);
    /* The capitals behind a marked letter count too: two bytes each. */
    assert_string_equal(changed("\u00c9\u00c8", small, NULL, plain, NULL), "^.^.");
    /* Not in italics, which have none, and not in code. */
    struct text_format italic = plain, code = plain, small_code = small;
    italic.italic = true;
    struct text_format small_italic = italic;
    small_italic.small_caps = true;
    assert_string_equal(changed("IANA", small_italic, NULL, italic, NULL), "....");
    code.family = small_code.family = TEXT_MONO;
    assert_string_equal(changed("IANA", small_code, NULL, code, NULL), "....");
}

static void fractions(void **state)
{
    (void)state;
    struct text_format old_style = plain, tabular = plain, sans = plain;
    old_style.old_style = true;
    tabular.tabular = true;
    const char *text = "11\u204424";
    struct text_segment fraction = set(text, plain, NULL);
    assert_int_equal(fraction.glyph_count, 5);
    assert_int_not_equal(fraction.glyphs[0].id, set("1", plain, NULL).glyphs[0].id);
    assert_int_not_equal(fraction.glyphs[3].id, set("2", plain, NULL).glyphs[0].id);
    assert_string_equal(changed(text, old_style, NULL, plain, NULL), ".......");
    assert_string_equal(changed(text, tabular, NULL, plain, NULL), ".......");
    /* Source Sans knows no numerators of its other kinds of figures. */
    sans.family = TEXT_HEADING;
    struct text_format sans_tabular = sans;
    sans_tabular.tabular = true;
    assert_string_equal(changed(text, sans_tabular, NULL, sans, NULL), ".......");
    assert_true(set(text, sans_tabular, NULL).width_mpt < set("11/24", sans_tabular, NULL).width_mpt);
    /* A slash is a slash, and what stands beside a fraction keeps its kind of figures. */
    assert_string_equal(changed("24/7", old_style, NULL, plain, NULL), "^^.^");
    assert_string_equal(changed("7,3\u20444", old_style, NULL, plain, NULL), "^......");
}

static void french_ordinals(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"1er", ".^^"},   {"1re", ".^^"}, {"1ers,", ".^^^."}, {"2e", ".^"},       {"21es", "..^^"},
        {"XXIe", "...^"}, {"Ier", ".^^"}, {"Ve", ".^"},       {"XIXe-", "...^."}, {"Ce", ".."},
        {"Les", "..."},   {"2er", "..."}, {"1e", ".."},       {"1,5e", "...."},   {"v2e", "..."},
        {"2en", "..."},   {"2e5", "..."}, {"Ie", ".."}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(changed(cases[i][0], plain, "fr-CA", plain, "en"), cases[i][1]);
        assert_null(strchr(changed(cases[i][0], plain, "frr", plain, "en"), '^'));
    }
    struct text_format small = plain;
    small.small_caps = true;
    assert_string_equal(changed("XXIe", small, "fr", plain, "fr"), "^^^.");
}

/* However many ranges a word asks for, there are no more than FEATURES_MOST. */
static void many_ranges(void **state)
{
    (void)state;
    char text[2000];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = "AB1/1er/"[i % 8];
    struct text_format small = plain;
    small.small_caps = small.old_style = true;
    struct text_segment segment = set("AB/1er", small, "fr"); /* for its face */
    hb_feature_t features[FEATURES_MOST];
    struct item item = {.face = (const struct face *)segment.face,
                        .features = ITEM_SMALL_CAPS | ITEM_OLD_STYLE,
                        .language = tongue_find("fr"),
                        .to = sizeof text};
    assert_int_equal(features_find(&item, (struct str){text, sizeof text}, 0, sizeof text, features),
                     FEATURES_MOST);
    for (size_t i = 0; i + 1 < sizeof text; i++)
        text[i] = i % 4 ? '1' : (char)0xE2;
    assert_true(features_find(&item, (struct str){text, sizeof text}, 0, sizeof text, features) >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_capitals),
        cmocka_unit_test(fractions),
        cmocka_unit_test(french_ordinals),
        cmocka_unit_test(many_ranges),
    };
    return cmocka_run_group_tests(tests, support_open, support_close);
}
