/* Lines of plain words (text/plain.h) are those that are set in the general way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "text/line.h"
#include "text_support.h"

enum { ROUNDS = 400, WORDS_MOST = 40, LINE_MOST = 12 };

static uint32_t random_state = 20260;

static uint32_t next_random(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(random_state >> 8) * below >> 24);
}

static void add_word(struct buf *text)
{
    static const char *const words[] = {"the",
                                        "of",
                                        "To",
                                        "AVERAGE",
                                        "affluent",
                                        "council\u2019s",
                                        "2026,",
                                        "(non-EU)",
                                        "\u201Ciffy\u201D",
                                        "organisation",
                                        "Zürich",
                                        "a\u00A0b",
                                        "w",
                                        "https://a.example/b-c",
                                        "x\u2009y",
                                        "fi\u00ADne",
                                        "\u0394\u03B1",
                                        "1/2.",
                                        ".NET",
                                        "[",
                                        "e\u0301"};
    enum { USUAL = 15 };
    buf_text(text, words[next_random(60) ? next_random(USUAL) : next_random(sizeof words / sizeof words[0])]);
}

static struct str random_text(struct arena *arena)
{
    struct buf text = {0};
    for (uint32_t n = 1 + next_random(WORDS_MOST); n; n--) {
        add_word(&text);
        for (uint32_t spaces = next_random(12) ? 1 : next_random(3); spaces; spaces--)
            buf_char(&text, ' ');
    }
    struct str kept = str_dup(arena, buf_view(&text));
    buf_done(&text);
    return kept;
}

static void prepare(struct setting *setting, struct para *para, const struct text_paragraph *paragraph,
                    struct shaper *shaper, struct arena *arena, bool plain)
{
    struct diags diags;
    diags_init(&diags, arena);
    para_init(para, paragraph, arena, arena);
    *setting = (struct setting){
        .para = para, .shaper = shaper, .scratch = arena, .hangs = paragraph->align == TEXT_JUSTIFY};
    items_find(&setting->items, para, support.fonts, arena, &diags);
    units_find(setting);
    if (plain)
        return;
    units_part(setting);
    for (size_t i = 0; i < setting->units.count; i++)
        setting->units.items[i].plain = false;
}

static void assert_same_candidates(const struct candidates_list *a, const struct candidates_list *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct candidate *p = &a->items[i], *q = &b->items[i];
        assert_int_equal(p->end, q->end);
        assert_int_equal(p->start, q->start);
        assert_int_equal(p->place, q->place);
        assert_memory_equal(&p->end_sums, &q->end_sums, sizeof p->end_sums);
        assert_memory_equal(&p->start_sums, &q->start_sums, sizeof p->start_sums);
        assert_int_equal(p->end_extra, q->end_extra);
        assert_int_equal(p->start_extra, q->start_extra);
        assert_int_equal(p->end_hang, q->end_hang);
        assert_int_equal(p->start_hang, q->start_hang);
    }
}

static void assert_same_lines(const struct text_line *a, const struct text_line *b)
{
    assert_int_equal(a->segment_count, b->segment_count);
    assert_int_equal(a->width_mpt, b->width_mpt);
    assert_int_equal(a->ascent_mpt, b->ascent_mpt);
    assert_int_equal(a->descent_mpt, b->descent_mpt);
    assert_int_equal(a->hyphenated, b->hyphenated);
    for (size_t i = 0; i < a->segment_count; i++) {
        const struct text_segment *p = &a->segments[i], *q = &b->segments[i];
        assert_ptr_equal(p->face, q->face);
        assert_true(str_eq(p->text, q->text));
        assert_int_equal(p->text_at, q->text_at);
        assert_int_equal(p->x_mpt, q->x_mpt);
        assert_int_equal(p->width_mpt, q->width_mpt);
        assert_int_equal(p->wider_pcm, q->wider_pcm);
        assert_int_equal(p->space_after, q->space_after);
        assert_int_equal(p->tag, q->tag);
        assert_int_equal(p->glyph_count, q->glyph_count);
        assert_int_equal(p->packed_count, q->packed_count);
        assert_memory_equal(p->packed, q->packed, p->packed_count * sizeof *p->packed);
    }
}

/* Random words in runs of several formats; each line from one candidate to another, however bad. */
static void plain_lines_equal_others(void **state)
{
    (void)state;
    static const int32_t sizes[] = {7000, 9000, 10500, 30000};
    struct shaper *shaper = shaper_open(SHAPER_USUAL);
    size_t plain = 0, lines = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct arena arena;
        arena_init(&arena);
        struct text_run runs[3];
        for (size_t i = 0; i < 3; i++) {
            runs[i] = support_run("");
            runs[i].text = random_text(&arena);
            runs[i].tag = next_random(2);
            runs[i].format.italic = next_random(3) == 0;
            runs[i].format.tracking_mpt = next_random(9) ? 0 : 300;
            runs[i].format.size_mpt = sizes[round % 4];
        }
        struct text_paragraph paragraph =
            support_paragraph(runs, 1 + next_random(3), 200000 + (int32_t)next_random(200000));
        paragraph.align = next_random(3) ? TEXT_JUSTIFY : TEXT_LEFT;
        const struct measure measure = {.width_mpt = paragraph.width_mpt,
                                        .first_mpt = paragraph.width_mpt - 10000};
        struct setting settings[2];
        struct para paras[2];
        struct line_setter setters[2];
        for (int i = 0; i < 2; i++) {
            prepare(&settings[i], &paras[i], &paragraph, shaper, &arena, i == 0);
            candidates_find(&settings[i]);
            setters[i] = (struct line_setter){
                .setting = &settings[i], .fonts = support.fonts, .keep = &arena, .measure = &measure};
        }
        assert_same_candidates(&settings[0].candidates, &settings[1].candidates);
        size_t count = settings[0].candidates.count;
        for (size_t from = 0, to; from + 1 < count; from = to) {
            to = from + 1 + next_random(LINE_MOST);
            to = to < count ? to : count - 1;
            struct text_line set[2];
            for (int i = 0; i < 2; i++)
                line_set(&setters[i], &settings[i].candidates.items[from], &settings[i].candidates.items[to],
                         from == 0, &set[i]);
            assert_same_lines(&set[0], &set[1]);
            plain += !settings[0].parted;
            lines++;
        }
        shaper_trim(shaper);
        arena_done(&arena);
    }
    shaper_close(shaper);
    assert_true(plain > lines / 4 && plain < lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(plain_lines_equal_others)};
    return cmocka_run_group_tests(tests, support_open, support_close);
}
