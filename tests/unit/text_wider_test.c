/* Lines whose letters are drawn a little wider or narrower, so that their spaces need not be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <hb.h>

#include <stdlib.h>
#include <string.h>

#include "text/fit.h"
#include "text_support.h"

static const char prose[] =
    "The organisation of the registration services was looked at anew by representatives of the communities, "
    "in spite "
    "of considerable reservations; the negotiations that followed made the accountability of the "
    "administration "
    "stronger, and its transparency too. Who is responsible for communication between regions was left open.";

static struct text_lines set(struct arena *arena, const char *text, const char *language, int32_t width_mpt,
                             enum text_align align)
{
    struct diags diags;
    diags_init(&diags, arena);
    struct text_run *run = ARENA_NEW(arena, struct text_run);
    *run = support_run(text);
    struct text_paragraph paragraph = support_paragraph(run, 1, width_mpt);
    paragraph.hyphenate = true;
    paragraph.align = align;
    paragraph.language = language;
    struct text_lines lines = support.engine->set(support.engine->self, arena, &paragraph, &diags);
    assert_int_equal(diags.errors, 0);
    return lines;
}

/* The font's own width of a segment's glyphs without kerning, and how far its advances are from these. */
static int64_t own_width(const struct text_segment *segment, size_t glyph)
{
    return (int64_t)text_face_advance(segment->face, segment->glyphs[glyph].id) * segment->size_mpt /
           segment->face->units_per_em;
}

static bool is_space(const struct text_segment *segment, size_t glyph)
{
    return segment->text.p[segment->glyphs[glyph].cluster] == ' ';
}

/* Within the limit every space is as wide as its letters ask; beyond it letters stand at the limit. */
static void letters_take_the_slack_first(void **state)
{
    (void)state;
    size_t within = 0, beyond = 0;
    for (int32_t width = 200000; width < 460000; width += 1000) {
        struct arena arena;
        arena_init(&arena);
        struct text_lines lines = set(&arena, prose, "en-GB", width, TEXT_JUSTIFY);
        for (size_t i = 0; i + 1 < lines.count; i++) {
            const struct text_line *line = &lines.items[i];
            assert_int_equal(line->width_mpt, width);
            assert_int_equal(line->segment_count, 1);
            const struct text_segment *segment = &line->segments[0];
            assert_in_range(segment->wider_pcm + WIDER_MOST_PCM, 0, 2 * WIDER_MOST_PCM);
            bool at_limit = abs(segment->wider_pcm) >= WIDER_MOST_PCM - 1;
            within += !at_limit;
            beyond += at_limit;
            for (size_t k = 0; k < segment->glyph_count; k++) {
                int64_t own = own_width(segment, k), wanted = own + own * segment->wider_pcm / PCM;
                if (is_space(segment, k) && !at_limit)
                    assert_true(llabs(segment->glyphs[k].advance_mpt - wanted) <= 3);
            }
        }
        assert_true(lines.items[lines.count - 1].segments[0].wider_pcm <=
                    0); /* the last may only be drawn in */
        arena_done(&arena);
    }
    assert_true(within > beyond && beyond > 50);
}

/* Mean share by which spaces are wider than they like to, of all lines but the last: less than half of what
 * the spaces alone would need to fill the same lines. */
static void spaces_are_more_even(void **state)
{
    (void)state;
    int64_t as_set = 0, alone = 0;
    for (int32_t width = 240000; width < 460000; width += 1000) {
        struct arena arena;
        arena_init(&arena);
        struct text_lines lines = set(&arena, prose, "en-GB", width, TEXT_JUSTIFY);
        for (size_t i = 0; i + 1 < lines.count; i++) {
            const struct text_segment *segment = &lines.items[i].segments[0];
            int64_t spaces = 0, own = 0, advances = 0;
            for (size_t k = 0; k < segment->glyph_count; k++) {
                int64_t advance = segment->glyphs[k].advance_mpt;
                advances += advance;
                spaces += is_space(segment, k) ? advance : 0;
                own += is_space(segment, k) ? own_width(segment, k) : 0;
            }
            as_set += llabs(spaces - own);
            alone += llabs(spaces - own + (advances - spaces) * segment->wider_pcm / PCM);
        }
        arena_done(&arena);
    }
    assert_true(2 * as_set < alone);
}

/* Spaces may grow to four times their width before a line within a paragraph is left ragged. */
static void loose_lines_fill_the_measure(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    diags_init(&diags, &arena);
    int32_t least, one, whole;
    struct text_run run = support_run("many\u00A0words");
    struct text_paragraph paragraph = support_paragraph(&run, 1, 400000);
    support.engine->widths(support.engine->self, &paragraph, &least, &whole, &diags);
    run.text = STR("manywords");
    support.engine->widths(support.engine->self, &paragraph, &least, &one, &diags);
    const int32_t space = whole - one;
    run.text = STR("many more words than before");
    support.engine->widths(support.engine->self, &paragraph, &least, &whole, &diags);
    for (int32_t tenths = 2; tenths < 50; tenths += 4) {
        int32_t width = whole + 4 * space * tenths / 10;
        struct text_lines lines =
            set(&arena, "many more words than before straightforwardly", "und", width, TEXT_JUSTIFY);
        assert_int_equal(lines.count, 2);
        assert_true(str_is(lines.items[0].segments[0].text, "many more words than before"));
        assert_true(abs(lines.items[0].width_mpt - (tenths <= 30 ? width : whole)) <= 2);
    }
    arena_done(&arena);
}

static void ragged_lines_stay_as_they_are(void **state)
{
    (void)state;
    static const enum text_align aligns[] = {TEXT_LEFT, TEXT_RIGHT, TEXT_CENTRE, TEXT_END};
    struct arena arena;
    arena_init(&arena);
    for (size_t a = 0; a < sizeof aligns / sizeof aligns[0]; a++) {
        struct text_lines lines = set(&arena, prose, "en-GB", 300000, aligns[a]);
        for (size_t i = 0; i < lines.count; i++)
            assert_int_equal(lines.items[i].segments[0].wider_pcm, 0);
    }
    arena_done(&arena);
}

/* Squares stay squares; what joins is drawn wider as a whole, marks with their letters. */
static void scripts_have_their_own_ways(void **state)
{
    (void)state;
    if (!support_has_fallbacks())
        skip();
    static const struct {
        const char *text, *language;
        bool widens;
    } samples[] = {
        {"登记机构的成员分布在许多国家和地区，董事会由他们选出。登记机构的成员分布在许多国家和地区，董事会由"
         "他们选出。",
         "zh-Hans", false},
        {"登録機関の会員は多くの国と地域に分布し、理事会は会員によって選ばれる。登録機関の会員は多くの国に分"
         "布する。",
         "ja", false},
        {"등록 기관의 회원은 여러 나라와 지역에 있으며 이사회는 회원이 선출한다. 등록 기관의 회원은 여러 "
         "나라에 있다.",
         "ko", false},
        {"تنتشر عضوية السجل في بلدان كثيرة، وينتخب الأعضاء مجلس الإدارة في كل عام، ثم يجتمعون مرتين في "
         "السنة.",
         "ar", true},
        {"पंजीकरण संस्था के सदस्य कई देशों में हैं और वे हर वर्ष निदेशक मंडल का चुनाव करते हैं, फिर वे मिलते हैं।", "hi", true},
        {"חברי הרשם פזורים בארצות רבות, והם בוחרים את המועצה המנהלת בכל שנה, ולאחר מכן הם נפגשים פעמיים.",
         "he", true},
    };
    for (size_t s = 0; s < sizeof samples / sizeof samples[0]; s++) {
        struct arena arena;
        arena_init(&arena);
        size_t wider = 0;
        for (int32_t width = 120000; width < 300000; width += 7000) {
            struct text_lines lines = set(&arena, samples[s].text, samples[s].language, width, TEXT_JUSTIFY);
            for (size_t i = 0; i + 1 < lines.count; i++) {
                assert_true(lines.items[i].width_mpt <= width);
                for (size_t k = 0; k < lines.items[i].segment_count; k++)
                    wider += lines.items[i].segments[k].wider_pcm != 0 &&
                             (unsigned char)lines.items[i].segments[k].text.p[0] >= 0x80;
            }
        }
        if (samples[s].widens)
            assert_true(wider > 10);
        else
            assert_int_equal(wider, 0);
        arena_done(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_take_the_slack_first), cmocka_unit_test(spaces_are_more_even),
        cmocka_unit_test(loose_lines_fill_the_measure), cmocka_unit_test(ragged_lines_stay_as_they_are),
        cmocka_unit_test(scripts_have_their_own_ways),
    };
    return cmocka_run_group_tests(tests, support_open, support_close);
}
