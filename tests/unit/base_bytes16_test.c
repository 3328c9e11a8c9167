/* Sixteen bytes at a time: what is told of them, and that texts read so are read as byte by byte. */
#include "base/bytes16.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "block/typography.h"
#include "prose/prose.h"
#include "spec/scalar_write.h"

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static bool is_alphanumeric(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static void tells_what_bytes_are(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        char text[16];
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = (char)next_random(&seed);
        char one = text[next_random(&seed) % 16];
        unsigned char low = (unsigned char)next_random(&seed), high = (unsigned char)next_random(&seed);
        if (low > high)
            low = high;
        bytes16 bytes = bytes16_at(text);
        unsigned same = bytes16_bits(bytes16_is(bytes, one)),
                 within = bytes16_bits(bytes16_between(bytes, low, high)),
                 letters = bytes16_bits(bytes16_alphanumeric(bytes)), count = 0;
        for (unsigned i = 0; i < 16; i++) {
            unsigned char c = (unsigned char)text[i];
            assert_int_equal(same >> i & 1, text[i] == one);
            assert_int_equal(within >> i & 1, c >= low && c <= high);
            assert_int_equal(letters >> i & 1, is_alphanumeric(c));
            count += letters >> i & 1;
        }
        assert_int_equal(bytes16_count(letters), count);
        assert_true(same >> bytes16_first(same) & 1);
    }
    assert_int_equal(bytes16_count(0xFFFF), 16);
}

static inline bytes16 is_star(bytes16 bytes)
{
    return bytes16_is(bytes, '*');
}

static void stops_at_the_first_or_before_the_end(void **state)
{
    (void)state;
    assert_int_equal(bytes16_past(STR("0123456789abcdef0123*5"), 0, is_star), 20);
    assert_int_equal(bytes16_past(STR("0123456789abcd*f0123456"), 15, is_star), 23);
    assert_int_equal(bytes16_past(STR("0123456789abcd*f*"), 15, is_star), 16);
    assert_int_equal(bytes16_past(STR("0123456789abcdef*"), 17, is_star), 17);
    assert_int_equal(bytes16_past(STR("0123456789abcdef0123*56789abcdef"), 0, is_star), 20);
    assert_int_equal(bytes16_past(STR("0123456789abcd*f*"), 1, is_star), 14);
    assert_int_equal(bytes16_past(STR("short *"), 0, is_star), 0);
}

static const char *const parts[] = {"word",
                                    "a",
                                    "Zebra9",
                                    " ",
                                    " ",
                                    " ",
                                    "'",
                                    "\"",
                                    "’",
                                    "“x”",
                                    "é",
                                    "e\u0301",
                                    "漢字",
                                    "は",
                                    "-5",
                                    "-",
                                    "12 %",
                                    "%",
                                    ", ",
                                    ". ",
                                    " — ",
                                    "…",
                                    "\u2028",
                                    "\u00a0",
                                    "ไทย",
                                    "&",
                                    "<b",
                                    "_",
                                    "*",
                                    "[",
                                    "](x)",
                                    "\\",
                                    "`",
                                    "^up",
                                    "!",
                                    "#1",
                                    "longerwordthansixteen",
                                    "ＡＢ",
                                    "가",
                                    "\u1100\u1161"};

static struct buf chance_text(uint32_t *seed, size_t most)
{
    struct buf text = {0};
    for (size_t count = 1 + next_random(seed) % most; count > 0; count--)
        buf_text(&text, parts[next_random(seed) % (sizeof parts / sizeof parts[0])]);
    return text;
}

static void counts_words_as_character_by_character(void **state)
{
    (void)state;
    uint32_t seed = 2;
    for (int round = 0; round < 20000; round++) {
        struct buf text = chance_text(&seed, 40);
        struct utf8_words words = {0};
        for (size_t at = 0, from = 0; at < text.n; from = at) {
            utf8_next(buf_view(&text), &at);
            utf8_words_add(&words, str_slice(buf_view(&text), from, at));
        }
        assert_int_equal(utf8_words(buf_view(&text)), utf8_words_counted(&words));
        buf_done(&text);
    }
}

static void composes_as_utf8proc(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    uint32_t seed = 3;
    size_t changed = 0;
    for (int round = 0; round < 20000; round++) {
        struct buf text = chance_text(&seed, 30);
        utf8proc_uint8_t *composed = NULL;
        utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text.p, (utf8proc_ssize_t)text.n,
                                          &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
        assert_true(n > 0);
        struct str nfc = utf8_nfc(&arena, buf_view(&text)), wanted = {(const char *)composed, (size_t)n};
        assert_true(str_eq(nfc, wanted));
        changed += !str_eq(nfc, buf_view(&text));
        free(composed);
        buf_done(&text);
    }
    assert_true(changed > 1000);
    arena_done(&arena);
}

/* What is made of a text that stands behind so many letters and a blank, without these. */
typedef struct str make_behind(struct arena *arena, struct str text, size_t letters);

static struct str typed(struct arena *arena, struct str text, size_t letters)
{
    struct buf all = {0};
    buf_repeat(&all, 'x', letters);
    buf_char(&all, ' ');
    buf_str(&all, text);
    struct str copy = str_dup(arena, buf_view(&all));
    buf_done(&all);
    return copy;
}

static struct str quoted(struct arena *arena, struct str text, size_t letters)
{
    struct quote_marks marks = {STR("“"), STR("”"), STR("‘"), STR("’"), false};
    struct quote_state state = {0};
    struct str made = typography_quotes(arena, typed(arena, text, letters), &marks, &state);
    return str_slice(made, letters + 1, made.n);
}

static struct str written(struct arena *arena, struct str text, size_t letters)
{
    struct prose_span span = {.text = typed(arena, text, letters)};
    struct prose_block block = {.kind = PROSE_PARAGRAPH, .spans = &span, .span_count = 1};
    struct prose prose = {.blocks = &block, .count = 1};
    struct buf out = {0};
    prose_write(&out, &prose);
    struct str made = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return str_slice(made, letters + 1, made.n);
}

static struct str scalar(struct arena *arena, struct str text, size_t letters)
{
    struct buf out = {0}, all = {0};
    buf_text(&all, "\"\""); /* so that all are quoted */
    buf_str(&all, typed(arena, text, letters));
    scalar_write_line(&out, buf_view(&all));
    struct str made = str_dup(arena, buf_view(&out));
    buf_done(&out);
    buf_done(&all);
    return str_slice(made, strlen("\"\\\"\\\"") + letters + 1, made.n);
}

static void makes_the_same_wherever_it_stands(void **state)
{
    (void)state;
    static make_behind *const makes[] = {quoted, written, scalar};
    uint32_t seed = 4;
    struct arena arena;
    arena_init(&arena);
    for (int round = 0; round < 3000; round++) {
        struct buf text = chance_text(&seed, 25);
        for (size_t i = 0; i < sizeof makes / sizeof makes[0]; i++) {
            struct str first = makes[i](&arena, buf_view(&text), 1);
            for (size_t letters = 2; letters <= 17; letters++)
                if (!str_eq(makes[i](&arena, buf_view(&text), letters), first))
                    fail_msg("%zu, %zu letters before: " STR_FMT, i, letters, STR_ARG(buf_view(&text)));
        }
        buf_done(&text);
        arena_done(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_what_bytes_are),
        cmocka_unit_test(stops_at_the_first_or_before_the_end),
        cmocka_unit_test(counts_words_as_character_by_character),
        cmocka_unit_test(composes_as_utf8proc),
        cmocka_unit_test(makes_the_same_wherever_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
