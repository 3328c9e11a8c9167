/* Strings of text: codes, escapes, adjustments, and where a run ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "pdf/run.h"

enum {
    EM_MPT = 10000, /* ten points: an em's thousandth is ten millipoints */
    WIDE = 5000,
    GLYPHS = 300,
    SPACE = 3,
    ROUNDED_NPT = RUN_NPT_OF_MPT / 10, /* what counting in parts adds up to, over hundreds of glyphs */
};

static const char *const texts[] = {"a", "(", " ", "\xE2\x80\x93", "\xEE\x80\x80", "\xC2\xA7"};
enum { TEXTS = sizeof texts / sizeof *texts };

struct bench {
    struct font_entry entry;
    struct font_glyph items[TEXTS];
    struct font_slot slots[TEXTS + 2]; /* the last glyph has none */
    struct font font;
    struct run run;
    struct buf out;
};

/* A font whose glyph i + 1 stands for text i, half an em wide; its codes are 65 and following, or those of
 * ASCII. */
static void bench_init(struct bench *bench)
{
    *bench = (struct bench){.entry = {.slots = bench->slots, .glyph_count = TEXTS + 2}};
    for (uint32_t i = 0; i < TEXTS; i++) {
        struct str text = str_from(texts[i]);
        bool ascii = text.n == 1;
        bench->items[i] = (struct font_glyph){.id = i + 1, .width_uem = 500000, .text = text};
        bench->items[i].code = (uint16_t)(ascii ? (unsigned char)*text.p : 'A' + i);
        const bool plain = *text.p != '(' && (unsigned char)*text.p != 0xEE;
        bench->slots[i + 1] = (struct font_slot){.number = (uint16_t)(i + 1),
                                                 .byte = ascii ? (uint8_t)*text.p : 0,
                                                 .code = plain ? (uint8_t)bench->items[i].code : 0,
                                                 .width = 500 * FONT_PARTS};
    }
    bench->font = (struct font){
        .entry = &bench->entry, .items = bench->items, .count = TEXTS, .narrow = true, .word_space = SPACE};
    bench->run = (struct run){.font = &bench->font, .scale = (int64_t)EM_MPT * RUN_SCALE_ONE};
    bench->run.thousandth_npt = (int64_t)EM_MPT * 1000;
    bench->run.near_npt = 20 * RUN_NPT_OF_MPT;
}

/* The glyphs with these advances, whose texts follow one another. */
static const struct text_packed *pack(struct arena *arena, const uint32_t *ids, const int32_t *advances,
                                      size_t count)
{
    struct text_glyph glyphs[GLYPHS] = {0};
    char text[4 * GLYPHS + 1];
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        const char *own = ids[i] <= TEXTS ? texts[ids[i] - 1] : "x";
        glyphs[i] = (struct text_glyph){.id = ids[i], .advance_mpt = advances[i], .cluster = (uint32_t)n};
        memcpy(text + n, own, strlen(own) + 1);
        n += strlen(own);
    }
    const struct text_segment segment = {
        .text = {text, n}, .glyphs = glyphs, .glyph_count = count, .size_mpt = EM_MPT};
    return text_pack(arena, &segment);
}

/* The string, and how many glyphs are in it of those that are known. */
static void expect(const uint32_t *ids, const int32_t *advances, size_t count, const char *string,
                   size_t taken)
{
    size_t known = 0;
    while (known < count && ids[known] <= TEXTS)
        known++;
    struct arena arena;
    struct bench bench;
    arena_init(&arena);
    bench_init(&bench);
    const struct text_packed *packed = pack(&arena, ids, advances, count);
    assert_int_equal(run_takes(&bench.run, packed, 0, known), taken > 0);
    if (taken)
        assert_int_equal(run_put(&bench.run, &bench.out, packed, 0, known), taken);
    assert_string_equal(string, str_dup(&arena, buf_view(&bench.out)).p);
    buf_done(&bench.out);
    arena_done(&arena);
}

#define EXPECT(string, taken, ...)                                                                           \
    do {                                                                                                     \
        const uint32_t these[] = __VA_ARGS__;                                                                \
        const int32_t wide[] = {WIDE, WIDE, WIDE, WIDE, WIDE, WIDE};                                         \
        expect(these, wide, sizeof these / sizeof *these, string, taken);                                    \
    } while (0)

static void shows_codes(void **state)
{
    (void)state;
    EXPECT("(aa a", 4, {1, 1, 3, 1});
    EXPECT("(a\\(", 2, {1, 2});
    EXPECT("(aDaF", 4, {1, 4, 1, 6});
}

static void leaves_what_needs_more(void **state)
{
    (void)state;
    EXPECT("(a", 1, {1, 5, 1}); /* private use */
    EXPECT("", 0, {5});
    EXPECT("(aa", 2, {1, 1, TEXTS + 1}); /* not collected */
    const uint32_t ids[] = {1, 4, 1};
    const int32_t close[] = {WIDE, WIDE / 2, WIDE}; /* a sign that closes up */
    expect(ids, close, 3, "(a", 1);
}

static void adjusts(void **state)
{
    (void)state;
    const uint32_t ids[] = {1, 1, 1, 1};
    const int32_t near[] = {WIDE + 20, WIDE - 20, WIDE, WIDE};
    expect(ids, near, 4, "(aaaa", 4);
    const int32_t kerned[] = {WIDE - 100, WIDE, WIDE + 1225, WIDE};
    expect(ids, kerned, 4, "(a)10(aa)-123(a", 4);
    const int32_t round[] = {WIDE - 119, WIDE - 31, WIDE,
                             WIDE}; /* to twelve, which ten is near to; then to the rest */
    expect(ids, round, 4, "(a)10(a)5(aa", 4);
}

static void goes_on_for_long(void **state)
{
    (void)state;
    struct arena arena;
    struct bench bench;
    uint32_t ids[GLYPHS];
    int32_t advances[GLYPHS];
    arena_init(&arena);
    bench_init(&bench);
    bench.run.word_npt = 2000 * (int64_t)RUN_NPT_OF_MPT;
    for (size_t i = 0; i < GLYPHS; i++) {
        ids[i] = i % 7 == 6 ? SPACE : 1;
        advances[i] = ids[i] == SPACE ? WIDE + 2000 : WIDE;
    }
    const struct text_packed *packed = pack(&arena, ids, advances, GLYPHS);
    assert_int_equal(run_put(&bench.run, &bench.out, packed, 0, GLYPHS), GLYPHS);
    assert_int_equal(bench.out.n, 1 + GLYPHS);
    assert_int_equal(bench.run.place_mpt, (int64_t)GLYPHS * WIDE + GLYPHS / 7 * 2000);
    assert_int_equal(bench.run.pen_npt, bench.run.place_mpt * RUN_NPT_OF_MPT);
    bench.font.narrow = false; /* codes of two bytes */
    assert_int_equal(run_put(&bench.run, &bench.out, packed, GLYPHS - 2, GLYPHS), GLYPHS);
    assert_int_equal(bench.out.n, 1 + GLYPHS + 4);
    buf_done(&bench.out);
    arena_done(&arena);
}

/* Where a viewer draws the glyphs of a string whose codes are letters: each is near its place. */
static void check_places(const struct bench *bench, const int32_t *advances, size_t count)
{
    int64_t pen_npt = 0, place_npt = 0;
    size_t shown = 0;
    for (size_t i = 0; i < bench->out.n; i++) {
        char c = bench->out.p[i];
        if (c == '-' || (c >= '0' && c <= '9')) {
            char *end;
            pen_npt -= strtol(bench->out.p + i, &end, 10) * bench->run.thousandth_npt;
            i = (size_t)(end - bench->out.p) - 1;
        } else if (c == 'a') {
            assert_true(shown < count && llabs(pen_npt - place_npt) <= bench->run.near_npt + ROUNDED_NPT);
            pen_npt += (int64_t)WIDE * RUN_NPT_OF_MPT;
            place_npt += (int64_t)advances[shown++] * RUN_NPT_OF_MPT;
        }
    }
    assert_int_equal(shown, count);
    assert_true(llabs(bench->run.pen_npt - pen_npt) <= ROUNDED_NPT);
    assert_int_equal(bench->run.place_mpt * RUN_NPT_OF_MPT, place_npt);
}

static void draws_each_glyph_near_its_place(void **state)
{
    static const int32_t kerns[] = {0, 0, 0, 0, 0, 1, -1, 19, -21, 50, -100, 740, -1500, 2400};
    enum { KERNS = sizeof kerns / sizeof *kerns, ROUNDS = 300 };
    uint32_t chance = 1, ids[GLYPHS];
    int32_t advances[GLYPHS];
    (void)state;
    for (size_t i = 0; i < GLYPHS; i++)
        ids[i] = 1;
    for (size_t round = 0; round < ROUNDS; round++) {
        struct arena arena;
        struct bench bench;
        const size_t count = 1 + round % GLYPHS, kinds = 1 + round % KERNS;
        arena_init(&arena);
        bench_init(&bench);
        for (size_t i = 0; i < count; i++) {
            chance = chance * 1664525 + 1013904223;
            advances[i] = WIDE + kerns[(chance >> 8) % kinds];
        }
        const struct text_packed *packed = pack(&arena, ids, advances, count);
        assert_int_equal(run_put(&bench.run, &bench.out, packed, 0, count), count);
        buf_add(&bench.out, ")", 2); /* with a nought behind it */
        bench.out.n--;
        check_places(&bench, advances, count);
        buf_done(&bench.out);
        arena_done(&arena);
    }
}

static void divides(void **state)
{
    static const int64_t cases[][3] = {{0, 7, 0},
                                       {3, 7, 0},
                                       {4, 7, 1},
                                       {-3, 7, 0},
                                       {-4, 7, -1},
                                       {5, 10, 1},
                                       {-5, 10, -1},
                                       {4, 10, 0},
                                       {INT64_C(1) << 40, 3, 366503875925},
                                       {-(INT64_C(1) << 40), 3, -366503875925}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(run_divide(cases[i][0], cases[i][1]), cases[i][2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_codes), cmocka_unit_test(leaves_what_needs_more),
        cmocka_unit_test(adjusts),     cmocka_unit_test(goes_on_for_long),
        cmocka_unit_test(divides),     cmocka_unit_test(draws_each_glyph_near_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
