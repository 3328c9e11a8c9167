/* Plain prose is read without the parser, and must be what the parser would have made of it. With a last
 * paragraph that is not plain, the parser reads it all: what stands before that paragraph has to be the same.
 */
#include "base/utf8.h"
#include "prose/prose_plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static const char not_plain[] = "\n\n`x`";

static void assert_same_text(struct str a, struct str b)
{
    assert_int_equal(a.n, b.n);
    if (a.n)
        assert_memory_equal(a.p, b.p, a.n);
}

static void assert_same_place(struct span a, struct span b)
{
    assert_int_equal(a.start, b.start);
    assert_int_equal(a.end, b.end);
}

static void assert_same_blocks(const struct prose_block *a, const struct prose_block *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(a[i].kind, b[i].kind);
        assert_int_equal(a[i].ordered, b[i].ordered);
        assert_int_equal(a[i].tight, b[i].tight);
        assert_int_equal(a[i].start, b[i].start);
        assert_same_place(a[i].at, b[i].at);
        assert_int_equal(a[i].span_count, b[i].span_count);
        for (size_t k = 0; k < a[i].span_count; k++) {
            assert_same_text(a[i].spans[k].text, b[i].spans[k].text);
            assert_same_text(a[i].spans[k].url, b[i].spans[k].url);
            assert_int_equal(a[i].spans[k].style, b[i].spans[k].style);
            assert_same_place(a[i].spans[k].at, b[i].spans[k].at);
        }
        assert_int_equal(a[i].child_count, b[i].child_count);
        assert_same_blocks(a[i].children, b[i].children, a[i].child_count);
    }
}

/* Texts that were plain, and how many of them began with a list. */
static size_t plain_count, plain_lists;

/* Blocks of the text alone. */
static size_t compare(struct str text)
{
    struct arena arena;
    struct diags alone_diags, diags;
    arena_init(&arena);
    diags_init(&alone_diags, &arena);
    diags_init(&diags, &arena);
    struct buf longer = {0};
    buf_str(&longer, text);
    buf_text(&longer, not_plain);
    struct diag_source *source = diag_source_new(&arena, STR("x.yaml"), buf_view(&longer));
    struct diag_origin origin = {span_at(source, 0, longer.n), NULL, 0};
    const struct prose *alone = prose_parse(&arena, text, &origin, &alone_diags);
    const struct prose *with = prose_parse(&arena, buf_view(&longer), &origin, &diags);
    assert_int_equal(with->count, alone->count + 1);
    assert_same_blocks(alone->blocks, with->blocks, alone->count);
    assert_int_equal(alone_diags.errors, diags.errors);
    assert_int_equal(prose_words(with), utf8_words(prose_text(&arena, with)));
    struct prose plain = {0};
    if (prose_read_plain(&arena, text, &origin, &plain)) {
        plain_count++;
        plain_lists += plain.blocks[0].kind == PROSE_LIST;
    }
    size_t count = alone->count;
    buf_done(&longer);
    arena_done(&arena);
    return count;
}

static void compares_what_people_write(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t blocks;
    } texts[] = {
        {"One line.", 1},
        {"Two\nlines, “quoted” – and a  run of   blanks.\n\nAnother paragraph.\n", 2},
        {"It is *likely*, **not certain**, that [they](https://a.example/b?c=d#e) agree.", 1},
        {"*Emphasis* first\n**strong** in a line of its own\nand [a link](https://a.example)\nlast", 1},
        {"A mark at the end *here*\nand [there](https://a.example)\n*again*", 1},
        {"1.6 times, 34% of 4,100;\n2031 was better", 1},
        {"1. an item\n2. another", 1},
        {"漢字\n漢字 and e\xCC\x81", 1},
        {"trailing blank \nand  \nhard break", 1},
        {"a*b*c d *e f*g *h* i_j_k 2*3*4", 1},
        {"[a [b](https://c.example)](https://d.example)", 1},
        {"[a](ftp://no.example) [b](https://no host) [c]: https://x.example", 1},
        {"\n\nafter empty lines\n\n\n\nand more\n\n", 2},
        {"Heading\n===", 0},
        {"- one\n- **two:** of them\n- *three.*\n", 1},
        {"1. one\n2. two\n\nText.\n\n7. seven\n007. again\n999999999. last", 3},
        {"Text.\n\n- one", 2},
        {"- Calder & Wray! Or *this & that!* & [so & on](https://a.example) &\n", 1},
        {"- one\n\n- loose\n", 1},
        {"- one\n\n1. other\n", 2},
        {"- one\nlazy\n", 1},
        {"- one\n  more\n", 1},
        {"- one\n  - nested\n", 1},
        {"- - nested\n", 1},
        {"- 12. nested\n", 1},
        {"Text\n- interrupts\n", 2},
        {"Text\n2. does not\n", 1},
        {"- one\n* other\n", 2},
        {"- one\n-\n- three\n", 1},
        {"- [a](https://b.example) c\n- “d”\n", 1},
        {"- [a]: https://b.example\n", 1},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(compare(str_from(texts[i].text)), texts[i].blocks);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static void compares_chance(void **state)
{
    (void)state;
    plain_count = 0;
    static const char *const parts[] = {
        "word",
        "Another",
        " ",
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "\n",
        "\n\n",
        ", ",
        ". ",
        "*a*",
        " *b c*",
        "**d** ",
        "**",
        "*",
        "_",
        "1. ",
        "1.6",
        "12) ",
        "é",
        "’s",
        "漢",
        "e\xCC\x81",
        "(",
        ")",
        "!",
        "&",
        "&amp;",
        "- ",
        "# ",
        "> ",
        "\\",
        "[t u](https://a.example/b_c)",
        "[v](https://w.example)",
        "[",
        "]",
        "](",
        ": ",
        "|",
        "~.",
        "\"q\"",
        "'",
        "[x](y)",
        "<b>",
        "\xC2\xA0",
        "=",
        "2*3",
        "*.*",
        "[**y**](https://z.example)",
        "*[k](https://l.example)*",
    };
    uint32_t seed = 1;
    for (int round = 0; round < 60000; round++) {
        struct buf text = {0};
        size_t plain = next_random(&seed) % 3 ? 18 : sizeof parts / sizeof parts[0];
        for (uint32_t count = 1 + next_random(&seed) % 12; count > 0; count--)
            buf_text(&text, parts[next_random(&seed) % plain]);
        compare(buf_view(&text));
        buf_done(&text);
    }
    assert_true(plain_count > 2000);
}

/* Lines that begin as items do, and lines between them that may go on with one. */
static void compares_chance_lists(void **state)
{
    (void)state;
    plain_lists = 0;
    static const char *const beginnings[] = {"- ",   "- ",  "- ",   "- ",   "1. ",  "2. ",  "10. ", "\n",
                                             "\n\n", "",    "\n- ", "  ",   "  - ", "* ",   "1) ",  "-  ",
                                             "-\n",  "0. ", "- - ", "--- ", "+ ",   "\n1. "};
    static const char *const words[] = {"word",
                                        "Some more",
                                        "*a.* ",
                                        "**b:** c",
                                        "*d*",
                                        "1.6",
                                        "[e](https://f.example)",
                                        "é",
                                        "“q”",
                                        " *g?*",
                                        " & ! *h & i*, ",
                                        " ",
                                        "**j.**",
                                        "12.",
                                        "k)",
                                        "*l.*,",
                                        "漢",
                                        "-",
                                        "`m`",
                                        "*n.",
                                        "!",
                                        "***o***",
                                        "*p”*",
                                        "\\"};
    uint32_t seed = 1;
    for (int round = 0; round < 60000; round++) {
        struct buf text = {0};
        size_t begun = next_random(&seed) % 3 ? 9 : sizeof beginnings / sizeof beginnings[0];
        size_t said = next_random(&seed) % 3 ? 9 : sizeof words / sizeof words[0];
        for (uint32_t lines = 1 + next_random(&seed) % 6; lines > 0; lines--) {
            buf_text(&text, beginnings[next_random(&seed) % begun]);
            for (uint32_t count = 1 + next_random(&seed) % 3; count > 0; count--)
                buf_text(&text, words[next_random(&seed) % said]);
            buf_char(&text, '\n');
        }
        compare(buf_view(&text));
        buf_done(&text);
    }
    assert_true(plain_lists > 4000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_what_people_write),
        cmocka_unit_test(compares_chance),
        cmocka_unit_test(compares_chance_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
