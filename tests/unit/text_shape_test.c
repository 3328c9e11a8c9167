/* Shaping: kerning, ligatures, features, the cache of words, hyphenation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "text/hyphen_cache.h"
#include "text/shape.h"
#include "text_support.h"

/* The one segment that a text in a format makes. */
static struct text_segment one(const char *text, struct text_format format)
{
    struct text_run run = support_run(text);
    run.format = format;
    struct text_paragraph paragraph = support_paragraph(&run, 1, 400000);
    struct diags diags;
    diags_init(&diags, &support.arena);
    struct text_lines lines = support.engine->set(support.engine->self, &support.arena, &paragraph, &diags);
    assert_int_equal(lines.count, 1);
    assert_int_equal(lines.items[0].segment_count, 1);
    return lines.items[0].segments[0];
}

static const struct text_format plain = {.family = TEXT_BODY, .weight = 400, .size_mpt = 10000};

static void kerning_and_ligatures(void **state)
{
    (void)state;
    int32_t apart = one("A", plain).width_mpt + one("V", plain).width_mpt;
    assert_true(one("AV", plain).width_mpt < apart - 100);
    struct text_segment ligature = one("fi", plain);
    assert_int_equal(ligature.glyph_count, 1);
    struct text_format spaced = plain;
    spaced.tracking_mpt = 500;
    assert_int_equal(one("fi", spaced).glyph_count, 2);
    int32_t tracked = one("abc", spaced).width_mpt;
    assert_int_equal(tracked, one("abc", plain).width_mpt + 2 * 500); /* none after the last */
}

static void features(void **state)
{
    (void)state;
    struct text_format format = plain;
    format.tabular = true;
    struct text_segment tabular = one("1178", format);
    for (size_t i = 1; i < tabular.glyph_count; i++)
        assert_int_equal(tabular.glyphs[i].advance_mpt, tabular.glyphs[0].advance_mpt);
    uint32_t lining = tabular.glyphs[2].id;
    format = plain;
    format.old_style = true;
    assert_int_not_equal(one("1178", format).glyphs[2].id, lining);
    struct text_format sans = format;
    sans.family = TEXT_HEADING;
    uint32_t old_style = one("7", sans).glyphs[0].id;
    sans.old_style = false;
    assert_int_equal(one("7", sans).glyphs[0].id, old_style);
    format = plain;
    format.superscript = true;
    struct text_segment own = one("12", format); /* the font has superior figures */
    assert_int_equal(own.size_mpt, 10000);
    assert_int_equal(own.rise_mpt, 0);
    assert_int_not_equal(own.glyphs[0].id, one("12", plain).glyphs[0].id);
    struct text_segment made = one("\xD0\x96\xD0\xA9", format); /* but no superior Cyrillic capitals */
    assert_int_equal(made.size_mpt, 6200);
    assert_int_equal(made.rise_mpt, 3300);
}

static void sizes_scale_without_drift(void **state)
{
    (void)state;
    struct text_format large = plain;
    large.size_mpt = 1000000;
    const char *text = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn";
    struct text_run run = support_run(text);
    run.format = large;
    struct text_paragraph paragraph = support_paragraph(&run, 1, 400000000);
    struct diags diags;
    diags_init(&diags, &support.arena);
    struct text_segment big =
        support.engine->set(support.engine->self, &support.arena, &paragraph, &diags).items[0].segments[0];
    for (int32_t size = 7001; size < 7020; size++) {
        struct text_format small = plain;
        small.size_mpt = size;
        int64_t expected = (int64_t)big.width_mpt * size / 1000000;
        int64_t got = one(text, small).width_mpt;
        assert_in_range(got, expected - 1, expected + 1);
    }
}

static void assert_same(const struct text_lines *a, const struct text_lines *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->items[i].segment_count, b->items[i].segment_count);
        for (size_t j = 0; j < a->items[i].segment_count; j++) {
            const struct text_segment *left = &a->items[i].segments[j], *right = &b->items[i].segments[j];
            assert_true(str_eq(left->text, right->text));
            assert_int_equal(left->glyph_count, right->glyph_count);
            assert_memory_equal(left->glyphs, right->glyphs, left->glyph_count * sizeof left->glyphs[0]);
        }
    }
}

static void the_cache_changes_nothing(void **state)
{
    (void)state;
    static const char text[] =
        "Affluent AV offices; To Wy. \xCE\xB1\xCE\xB2\xCE\xB3 \xD0\x96\xD1\x83\xD0\xBA office "
        "difficult re-establishment (co-operation) caf\xC3\xA9 e\xCC\x81";
    struct text_run run = support_run(text);
    struct diags diags;
    for (int32_t size = 8000; size < 12000; size += 1300) {
        run.format.size_mpt = size;
        struct text_paragraph paragraph = support_paragraph(&run, 1, 90000);
        paragraph.hyphenate = true;
        diags_init(&diags, &support.arena);
        struct text_engine *fresh = text_engine_open(support.fonts);
        struct text_lines cold = fresh->set(fresh->self, &support.arena, &paragraph, &diags);
        struct text_lines warm = fresh->set(fresh->self, &support.arena, &paragraph, &diags);
        support_spell(&support.arena, &cold);
        support_spell(&support.arena, &warm);
        struct text_lines shared =
            support.engine->set(support.engine->self, &support.arena, &paragraph, &diags);
        assert_same(&cold, &warm);
        assert_same(&cold, &shared);
        text_engine_close(fresh);
    }
}

static void cached_words_equal_shaped_ones(void **state)
{
    (void)state;
    struct arena scratch;
    arena_init(&scratch);
    struct diags diags;
    diags_init(&diags, &scratch);
    static const char *const words[] = {"Affluent",         "AV", "To", "Wy.", "fi", "\xCE\xB1\xCE\xB2",
                                        "\xD0\x96\xD1\x83", "x-y"};
    struct shaper *cached = shaper_open(SHAPER_USUAL), *bare = shaper_open(SHAPER_USUAL);
    shaper_use_cache(bare, false);
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            struct text_run run = support_run(words[i]);
            struct text_paragraph paragraph = support_paragraph(&run, 1, 100000);
            struct para para;
            para_init(&para, &paragraph, &scratch, &scratch);
            struct items items;
            items_find(&items, &para, support.fonts, &scratch, &diags);
            uint32_t n = (uint32_t)para.text.n;
            const struct shaped *a = shaper_shape(cached, &scratch, &items.items[0], para.text, 0, n, round);
            const struct shaped *b = shaper_shape(bare, &scratch, &items.items[0], para.text, 0, n, round);
            const struct shaped *again =
                shaper_shape(cached, &scratch, &items.items[0], para.text, 0, n, round);
            assert_ptr_equal(a, again);
            assert_ptr_not_equal(a, b);
            assert_int_equal(a->count, b->count);
            struct shaped_glyph rooms[2][PLAIN_GLYPHS];
            const struct shaped_glyph *p = shaped_glyphs(a, rooms[0]), *q = shaped_glyphs(b, rooms[1]);
            for (size_t j = 0; j < a->count; j++) {
                assert_int_equal(p[j].id, q[j].id);
                assert_int_equal(p[j].advance, q[j].advance);
                assert_int_equal(p[j].cluster, q[j].cluster);
            }
        }
    shaper_close(cached);
    shaper_close(bare);
    arena_done(&scratch);
}

/* More different words than the cache holds: it starts anew between paragraphs and stays right. */
static void the_cache_is_bounded(void **state)
{
    (void)state;
    struct text_engine *fresh = text_engine_open(support.fonts);
    struct text_run run = support_run("Affluent office");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 400000);
    struct diags diags;
    diags_init(&diags, &support.arena);
    struct text_lines before = fresh->set(fresh->self, &support.arena, &paragraph, &diags);
    support_spell(&support.arena, &before);
    for (unsigned i = 0; i < 30; i++) {
        struct arena arena;
        arena_init(&arena);
        struct buf text = {0};
        for (unsigned j = 0; j < 2000; j++)
            buf_printf(&text, "word%ux%uend ", i, j);
        struct text_run many = support_run("");
        many.text = buf_view(&text);
        struct text_paragraph words = support_paragraph(&many, 1, 400000);
        assert_true(fresh->set(fresh->self, &arena, &words, &diags).count > 100);
        buf_done(&text);
        arena_done(&arena);
    }
    struct text_lines after = fresh->set(fresh->self, &support.arena, &paragraph, &diags);
    support_spell(&support.arena, &after);
    assert_same(&before, &after);
    text_engine_close(fresh);
}

static void check_word(const char *language, const char *word, const char *expected)
{
    const struct hyphen_table *table = hyphen_find(language);
    if (!table)
        return;
    uint32_t letters[HYPHEN_WORD_MOST];
    bool points[HYPHEN_WORD_MOST];
    size_t count = 0;
    for (const unsigned char *p = (const unsigned char *)word; *p; p++)
        if (*p == 0xC3)
            letters[count++] = *++p + 0x40u;
        else
            letters[count++] = *p;
    hyphen_word(table, letters, count, points);
    char got[2 * HYPHEN_WORD_MOST];
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (points[i])
            got[n++] = '-';
        got[n++] = letters[i] < 0x80 ? (char)letters[i] : '?';
    }
    got[n] = '\0';
    assert_string_equal(got, expected);
}

static void hyphenation_by_language(void **state)
{
    (void)state;
    assert_null(hyphen_find(NULL));
    assert_null(hyphen_find("nl"));
    assert_null(hyphen_find("english"));
    check_word("en-US", "hyphenation", "hy-phen-ation");
    check_word("en-US", "table", "ta-ble");
    check_word("en-GB", "organisation", "or-gan-isa-tion");
    check_word("en-AU", "organisation", "or-gan-isa-tion");
    check_word("de", "silbentrennung", "sil-ben-tren-nung");
    check_word("de", "fortschritt", "fort-schritt"); /* a compound of the list, in which "orts" is no part */
    check_word("de", "originalautoren", "ori-gi-nal-au-to-ren");
    check_word("de", "programmstufe", "pro-gramm-stu-fe");
    check_word("de-CH",
               "stra\xC3\x9F"
               "e",
               "stra-?e");
    check_word("fr", "organisation", "or-ga-ni-sa-tion");
    check_word("es-MX", "organizaci\xC3\xB3n", "or-ga-ni-za-ci?n");
    check_word("it", "organizzazione", "or-ga-niz-za-zio-ne");
    check_word("it", "architettura", "ar-chi-tet-tu-ra");
}

/* More words than there are places, of two languages, some of them longer than what is kept; asked for twice.
 */
static void known_words_are_hyphenated_as_new_ones(void **state)
{
    (void)state;
    const struct hyphen_table *tables[] = {hyphen_find("en-GB"), hyphen_find("de")};
    if (!tables[0] || !tables[1])
        skip();
    static const char *const parts[] = {"or", "gan", "isa", "tion", "s", "trach", "ten", "ity", "be", "gel"};
    struct hyphen_cache *cache = hyphen_cache_open();
    size_t broken = 0;
    for (size_t i = 0; i < 2 * 8000; i++) {
        uint32_t letters[HYPHEN_WORD_MOST];
        size_t count = 0;
        for (size_t rest = i % 8000 + 10000; rest; rest /= 10)
            for (const char *p = parts[rest % 10]; *p; p++)
                letters[count++] = (unsigned char)*p;
        for (size_t j = 0; j < 2; j++) {
            bool known[HYPHEN_WORD_MOST], fresh[HYPHEN_WORD_MOST];
            hyphen_cache_word(cache, tables[j], letters, count, known);
            hyphen_word(tables[j], letters, count, fresh);
            assert_memory_equal(known, fresh, count);
            for (size_t k = 0; k < count; k++)
                broken += fresh[k];
        }
    }
    assert_true(broken > 8000);
    hyphen_cache_close(cache);
}

static void names_and_codes_are_not_hyphenated(void **state)
{
    (void)state;
    if (!hyphen_find("en-GB"))
        skip();
    struct text_run run =
        support_run("ORGANISATION organisation2026 McOrganisation www.organisation.example");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 60000);
    paragraph.align = TEXT_LEFT;
    paragraph.hyphenate = true;
    struct diags diags;
    diags_init(&diags, &support.arena);
    struct text_lines lines = support.engine->set(support.engine->self, &support.arena, &paragraph, &diags);
    for (size_t i = 0; i < lines.count; i++)
        assert_false(lines.items[i].hyphenated);
    run = support_run("organisation organisation organisation");
    paragraph.width_mpt = 100000;
    lines = support.engine->set(support.engine->self, &support.arena, &paragraph, &diags);
    bool any = false;
    for (size_t i = 0; i < lines.count; i++)
        any |= lines.items[i].hyphenated;
    assert_true(any);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kerning_and_ligatures),
        cmocka_unit_test(features),
        cmocka_unit_test(sizes_scale_without_drift),
        cmocka_unit_test(the_cache_changes_nothing),
        cmocka_unit_test(cached_words_equal_shaped_ones),
        cmocka_unit_test(the_cache_is_bounded),
        cmocka_unit_test(hyphenation_by_language),
        cmocka_unit_test(known_words_are_hyphenated_as_new_ones),
        cmocka_unit_test(names_and_codes_are_not_hyphenated),
    };
    return cmocka_run_group_tests(tests, support_open, support_close);
}
