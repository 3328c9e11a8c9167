/* Blocks and spans → CommonMark: parsed again it is the same prose. */
#include "prose/prose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct prose *parse(struct arena *arena, struct str text, size_t *errors)
{
    struct diags diags;
    diags_init(&diags, arena);
    struct diag_source *source = diag_source_new(arena, STR("x.yaml"), text);
    struct diag_origin origin = {span_at(source, 0, text.n), NULL, 0};
    struct prose *prose = prose_parse(arena, text, &origin, &diags);
    *errors = diags.errors;
    return prose;
}

/* Whether two blocks with no blank line between them must have had something there that was dropped. */
static bool lack_between(const struct prose_block *block, const struct prose_block *next)
{
    if (block->kind == PROSE_CODE_BLOCK || next->kind == PROSE_CODE_BLOCK)
        return false;
    return next->kind == PROSE_PARAGRAPH || (next->kind == PROSE_QUOTE && block->kind == PROSE_QUOTE) ||
           (next->kind == PROSE_LIST && next->ordered && next->start != 1);
}

static bool is_odd_item(const struct prose_block *item)
{
    bool odd = false;
    for (size_t i = 1; i < item->child_count; i++)
        odd = odd || lack_between(&item->children[i - 1], &item->children[i]);
    return odd;
}

/* What only an empty item, code block or quote leaves: where blank lines stood is not kept then. */
static bool has_odd_list(const struct prose_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct prose_block *block = &blocks[i];
        bool lone = block->kind == PROSE_LIST && !block->tight && block->child_count == 1 &&
                    block->children[0].child_count == 1;
        for (size_t k = 0; block->kind == PROSE_LIST && k < block->child_count; k++)
            if (lone || block->children[k].child_count == 0 ||
                (block->tight && is_odd_item(&block->children[k])))
                return true;
        if (has_odd_list(block->children, block->child_count))
            return true;
    }
    return false;
}

static void show(struct buf *out, const struct prose_block *blocks, size_t count, bool spacing)
{
    for (size_t i = 0; i < count; i++) {
        const struct prose_block *block = &blocks[i];
        buf_printf(out, "%d%s%s%u(", (int)block->kind, block->ordered ? "#" : "",
                   spacing && block->tight ? "t" : "", block->start);
        for (size_t k = 0; k < block->span_count; k++) {
            const struct prose_span *span = &block->spans[k], *before = k ? span - 1 : NULL;
            if (!before || before->style != span->style || !str_eq(before->url, span->url))
                buf_printf(out, "<%u " STR_FMT ">", span->style, STR_ARG(span->url));
            buf_str(out, span->text);
        }
        if (str_ends(buf_view(out), STR("\u2028"))) /* a break before an empty link at the end: no break */
            out->n -= 3;
        show(out, block->children, block->child_count, spacing);
        buf_char(out, ')');
    }
}

/* Writes and parses again; false when the text has errors of its own. */
static bool round_trip(struct str text)
{
    struct arena arena;
    arena_init(&arena);
    struct buf before = {0}, after = {0}, written = {0};
    size_t errors;
    const struct prose *prose = parse(&arena, text, &errors);
    bool tried = errors == 0;
    if (tried) {
        bool spacing = !has_odd_list(prose->blocks, prose->count);
        show(&before, prose->blocks, prose->count, spacing);
        prose_write(&written, prose);
        const struct prose *again = parse(&arena, buf_view(&written), &errors);
        show(&after, again->blocks, again->count, spacing);
        if (errors || !str_eq(buf_view(&before), buf_view(&after)))
            fail_msg("%zu errors\n--- text\n" STR_FMT "\n--- written\n" STR_FMT "\n--- is\n" STR_FMT
                     "\n--- was\n" STR_FMT,
                     errors, STR_ARG(text), STR_ARG(buf_view(&written)), STR_ARG(buf_view(&after)),
                     STR_ARG(buf_view(&before)));
    }
    buf_done(&before);
    buf_done(&after);
    buf_done(&written);
    arena_done(&arena);
    return tried;
}

static void expect(const char *text, const char *wanted)
{
    struct arena arena;
    arena_init(&arena);
    size_t errors;
    struct buf written = {0};
    prose_write(&written, parse(&arena, str_from(text), &errors));
    assert_int_equal(errors, 0);
    buf_char(&written, '\0');
    assert_string_equal(written.p, wanted);
    buf_done(&written);
    arena_done(&arena);
    assert_true(round_trip(str_from(text)));
    assert_true(round_trip(str_from(wanted)));
}

static void plain_text_stays_readable(void **state)
{
    (void)state;
    expect("One line\nand two.\n\nAnother.", "One line and two.\n\nAnother.");
    expect("AT&T, a < b, 3 > 2, snake_case_name, 1.5 and #1!",
           "AT&T, a < b, 3 > 2, snake_case_name, 1.5 and #1!");
    expect("\\# a \\* b\\\nc", "\\# a \\* b\\\nc");
    expect("1986\\. A year", "1986\\. A year");
    expect("\\&amp; \\<b>", "\\&amp; \\<b>");
}

static void marks_nest(void **state)
{
    (void)state;
    expect("a *b **c** d* e", "a _b **c** d_ e");
    expect("***b** c*", "_**b** c_");
    expect("__a__ `` x`y `` b", "**a** ``x`y`` b");
    expect("see [the *long* way](https://example.org/a_(b)?c&d)",
           "see [the _long_ way](https://example.org/a\\_\\(b\\)?c\\&d)");
    expect("in*tra*word", "i&#110;_tra_&#119;ord");
    expect("文**強調**文", "文**強調**文");
}

static void blocks_keep_their_shape(void **state)
{
    (void)state;
    expect("- a\n- b\n  1. c\n  2. d", "- a\n- b\n  1. c\n  2. d");
    expect("* a\n\n* b\n\n+ c", "- a\n\n- b\n\n+ c");
    expect("> a\n>\n> - b", "> a\n>\n> - b");
    expect("    code\n\n      more", "```\ncode\n\n  more\n```");
    expect("7) a\n8) b", "7. a\n8. b");
    expect("-\n- a", "-\n- a");
}

/* Texts of all that means something to CommonMark, put together by chance. */
static void random_prose_survives(void **state)
{
    (void)state;
    static const char *const parts[] = {"a",
                                        "word ",
                                        "B",
                                        " ",
                                        "\n",
                                        "\n\n",
                                        "*",
                                        "**",
                                        "_",
                                        "__",
                                        "`",
                                        "``",
                                        "```\n",
                                        "[",
                                        "]",
                                        "(",
                                        ")",
                                        "[x](https://e.org/a_(b))",
                                        "](https://e.org/?a=1&b=2)",
                                        "> ",
                                        "\n> ",
                                        "\n- ",
                                        "- ",
                                        "+ ",
                                        "\n  ",
                                        "\n    ",
                                        "1. ",
                                        "\n2) ",
                                        "#",
                                        "\\",
                                        "\\\n",
                                        "&#32;",
                                        "&amp;",
                                        "&",
                                        "!",
                                        "<",
                                        ">",
                                        "=",
                                        "\n===",
                                        "~~~",
                                        "\u00a0",
                                        "\u201c",
                                        "\u201d",
                                        "\u6587",
                                        "\u5b57",
                                        "\u00e9",
                                        ".",
                                        ",",
                                        "-",
                                        "\"",
                                        "3",
                                        "**b**",
                                        "*i*",
                                        "`c`",
                                        "&#x201C;",
                                        "\u2014",
                                        "  ",
                                        "\n\n  ",
                                        "\n   - ",
                                        "\n      ",
                                        "|",
                                        ":",
                                        "e\u0301",
                                        "&lt;",
                                        "\\*",
                                        "\\`",
                                        "\n\n- "};
    uint64_t seed = 1;
    size_t tried = 0;
    for (int round = 0; round < 60000; round++) {
        struct buf text = {0};
        size_t count = 1 + (size_t)(round % 24);
        for (size_t i = 0; i < count; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            buf_text(&text, parts[(seed >> 33) % (sizeof parts / sizeof *parts)]);
        }
        tried += round_trip(buf_view(&text));
        buf_done(&text);
    }
    assert_true(tried > 20000);
}

static void nothing_is_nothing(void **state)
{
    (void)state;
    struct buf out = {0};
    prose_write(&out, NULL);
    prose_write(&out, &(struct prose){0});
    assert_int_equal(out.n, 0);
    buf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_stays_readable), cmocka_unit_test(marks_nest),
        cmocka_unit_test(blocks_keep_their_shape),   cmocka_unit_test(random_prose_survives),
        cmocka_unit_test(nothing_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
