/* CommonMark → blocks and spans, with their places, and what prose may not have. */
#include "prose/prose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static struct arena arena;
static struct diags diags;
static struct diag_source *source;

static struct prose *parse_str(struct str text)
{
    arena_done(&arena);
    diags_init(&diags, &arena);
    source = diag_source_new(&arena, STR("x.yaml"), text);
    struct diag_origin origin = {span_at(source, 0, text.n), NULL, 0};
    return prose_parse(&arena, text, &origin, &diags);
}

static struct prose *parse(const char *text)
{
    return parse_str(str_from(text));
}

static void show_blocks(struct buf *out, const struct prose_block *blocks, size_t count)
{
    static const char *const names[] = {"p", "list", "item", "quote", "code"};
    for (size_t i = 0; i < count; i++) {
        const struct prose_block *block = &blocks[i];
        buf_text(out, names[block->kind]);
        if (block->ordered)
            buf_printf(out, "#%u", block->start);
        if (block->kind == PROSE_LIST && !block->tight)
            buf_text(out, "~");
        buf_char(out, '(');
        for (size_t k = 0; k < block->span_count; k++) {
            const struct prose_span *span = &block->spans[k];
            buf_text(out, span->style & PROSE_EMPHASIS ? "/" : "");
            buf_text(out, span->style & PROSE_STRONG ? "!" : "");
            buf_text(out, span->style & PROSE_CODE ? "=" : "");
            buf_char(out, '[');
            for (size_t c = 0; c < span->text.n; c++) {
                bool hard = str_starts(str_slice(span->text, c, span->text.n), STR("\u2028"));
                buf_char(out, hard ? '|' : span->text.p[c]);
                c += hard ? 2 : 0;
            }
            buf_char(out, ']');
            if (span->url.n)
                buf_printf(out, "<" STR_FMT ">", STR_ARG(span->url));
        }
        show_blocks(out, block->children, block->child_count);
        buf_char(out, ')');
    }
}

static void expect(const char *text, const char *wanted)
{
    const struct prose *prose = parse(text);
    struct buf shown = {0};
    show_blocks(&shown, prose->blocks, prose->count);
    buf_char(&shown, '\0');
    assert_string_equal(shown.p, wanted);
    assert_int_equal(diags.errors, 0);
    buf_done(&shown);
}

/* Each fault as "code:text it marks;" in order of place. */
static void expect_faults(const char *text, const char *wanted)
{
    parse(text);
    diags_sort(&diags);
    struct buf shown = {0};
    for (const struct diag *diag = diags.first; diag; diag = diag->next)
        buf_printf(&shown, "%s:" STR_FMT ";", diag_info(diag->code)->name,
                   STR_ARG(str_slice(source->text, diag->span.start, diag->span.end)));
    buf_char(&shown, '\0');
    assert_string_equal(shown.p, wanted);
    buf_done(&shown);
}

static void test_spans(void **state)
{
    (void)state;
    expect("One two.", "p([One two.])");
    expect("a *b* **c** `d` ***e*** *f **g***", "p([a ]/[b][ ]![c][ ]=[d][ ]/![e][ ]/[f ]/![g])");
    expect("[a *b*](https://x.example/?q=1&amp;r \"t\") c",
           "p([a ]<https://x.example/?q=1&r>/[b]<https://x.example/?q=1&r>[ c])");
    expect("<https://x.example/> <a@b.example> https://y.example",
           "p([https://x.example/]<https://x.example/>[ ][a@b.example]<mailto:a@b.example>[ https://y.example])");
    expect("[a][r] and [r]\n\n[r]: http://x.example\n", "p([a]<http://x.example>[ and ][r]<http://x.example>)");
    expect("a \\* \\< b_c_d ~~e~~ | f", "p([a * < b_c_d ~~e~~ | f])");
    expect("`a  b\nc`", "p(=[a b c])");
}

static void test_breaks(void **state)
{
    (void)state;
    expect("a\nb  \nc\\\nd\n", "p([a b|c|d])");
    expect("a   b\t\tc", "p([a b c])");
    expect("a\n*b*\nc", "p([a ]/[b][ c])");
    expect("*a*\n[b](http://c.example)", "p(/[a][ ][b]<http://c.example>)");
    expect("中文\n测试 x\ny", "p([中文测试 x y])");
    expect("a\u00A0\u00A0b", "p([a\u00A0\u00A0b])");
}

static void test_blocks(void **state)
{
    (void)state;
    expect("a\n\nb", "p([a])p([b])");
    expect("- a\n- b\n  - c\n- d", "list(item(p([a]))item(p([b])list(item(p([c]))))item(p([d])))");
    expect("- a\n\n- b", "list~(item(p([a]))item(p([b])))");
    expect("3. a\n4. b", "list#3(item(p([a]))item(p([b])))");
    expect("1) a\n\n   b", "list#1~(item(p([a])p([b])))");
    expect("> a\n> b\n>\n> - c", "quote(p([a b])list(item(p([c]))))");
    expect("-\n- b", "list(item()item(p([b])))");
    expect(">", "");
    expect("    a\tb\n      c\n\n    d", "code(=[a   b|  c||d])");
    expect("```c\nint  a;\n\n```", "code(=[int  a;|])");
}

static void test_entities(void **state)
{
    (void)state;
    expect("R&amp;D &mdash; &#8364;&#x20ac; &lt;b&gt; AT&T & co", "p([R&D — €€ <b> AT&T & co])");
    expect_faults("a &nosuch; &#x202E; &#0; &#xD800; &#x110000; b",
                  "prose-entity:&nosuch;;prose-entity:&#x202E;;prose-entity:&#0;;prose-entity:&#xD800;;"
                  "prose-entity:&#x110000;;");
    expect_faults("[a](http://x.example/&nosuch;)", "prose-entity:&nosuch;;");
}

static void test_normalised(void **state)
{
    (void)state;
    expect("e\u0301 *A\u030A*", "p([é ]/[Å])");
}

static void test_faults(void **state)
{
    (void)state;
    expect_faults("a <b>c</b> <i>d</i>", "prose-html:<b>;prose-html:<i>;");
    expect_faults("a <br> b", "prose-html:<br>;");
    expect_faults("<div>\na\n</div>\n\n</p>", "prose-html:<div>;prose-html:</p>;");
    expect_faults("a\n\n<!-- b -->", "prose-html:<!-- b -->;");
    expect_faults("a ![b *c*](d.png) e ![](f)", "prose-image:![b *c;prose-image:![;");
    expect_faults("# a\n\nb\n===\n\n##\n\nc\n---\n\nd",
                  "prose-heading:# a;prose-heading:b;prose-heading:##;prose-heading:c;");
    expect_faults("> ## a *b*\n\n- # c", "prose-heading:## a *b;prose-heading:# c;");
    expect_faults("a\n\n***\n\n- - -\n\n> ___", "prose-rule:***;prose-rule:- - -;prose-rule:___;");
    expect_faults("| a | b |\n|---|:-:|\n| 1 | 2 |", "prose-table:|---|:-:|;");
    expect_faults("> > > > > > > > > a", "prose-too-deep:a;");
    expect_faults("- a\n  - b\n    - c\n      - d\n        - e\n          - f\n            - g\n              - h\n"
                  "                - i\n", "prose-too-deep:i;");
}

/* What was wrong is left out, the rest stays. */
static void test_rest_stays(void **state)
{
    (void)state;
    const struct prose *prose = parse("# a\n\nb <i>c</i> ![d](e) f\n\n***\n");
    assert_int_equal(diags.errors, 4);
    assert_true(str_is(prose_text(&arena, prose), "b c f"));
}

static void test_links(void **state)
{
    (void)state;
    expect_faults("[a](javascript:alert(1)) [b](file:///c) [d](#e) [f](g.html) [h]() <ftp://i> [j](HTTPS://k)",
                  "bad-url:javascript:alert(1);bad-url:file:///c;bad-url:#e;bad-url:g.html;bad-url:;bad-url:ftp://i;");
    expect_faults("[a](&#106;avascript:b)", "bad-url:&#106;avascript:b;");
    static const char *const good[] = {"https://a", "http://a.example/b?c#d", "mailto:a@b", "HTTP://x",
                                       "https://é.example"};
    static const char *const bad[] = {"", "https:", "https://", "http:///x", "mailto:", "javascript:x",
                                      "https://a b", "https://a\tb", "ftp://a", "//a", "https://a\u202E",
                                      " https://a", "data:text/html,x"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(prose_url_allowed(str_from(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(prose_url_allowed(str_from(bad[i])));
}

/* Outside of entities and escapes a span's place holds just its text. */
static void test_places(void **state)
{
    (void)state;
    const struct prose *prose =
        parse("One *two* **three**\n\n- [four](http://x.example) `five`\n\n> six &amp; *seven*\n");
    static const struct {
        size_t block, span;
        const char *text;
    } wanted[] = {{0, 0, "One "}, {0, 1, "two"}, {0, 3, "three"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct span at = prose->blocks[wanted[i].block].spans[wanted[i].span].at;
        assert_string_equal(str_z(&arena, str_slice(source->text, at.start, at.end)), wanted[i].text);
    }
    const struct prose_block *item = &prose->blocks[1].children[0];
    struct span at = item->children[0].spans[0].at;
    assert_string_equal(str_z(&arena, str_slice(source->text, at.start, at.end)), "four");
    at = item->at;
    assert_string_equal(str_z(&arena, str_slice(source->text, at.start, at.end)), "four](http://x.example) `five");
    at = prose->blocks[2].children[0].spans[0].at;
    assert_string_equal(str_z(&arena, str_slice(source->text, at.start, at.end)), "six &amp; ");
}

static void test_empty(void **state)
{
    (void)state;
    assert_int_equal(parse("")->count, 0);
    assert_int_equal(parse(" \n\t\n")->count, 0);
    assert_int_equal(prose_words(NULL), 0);
    assert_int_equal(prose_text(&arena, NULL).n, 0);
}

static void test_flat_text(void **state)
{
    (void)state;
    const struct prose *prose = parse("One *two*three\\\nfour.\n\n- five\n- six\n\n> seven\n");
    assert_string_equal(str_z(&arena, prose_text(&arena, prose)), "One twothree four. five six seven");
    assert_int_equal(prose_words(prose), 6);
}

/* Each of these kept md4c busy for more than linear time, or could. */
static void test_effort(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_repeat(&text, '[', 70);
    buf_repeat(&text, ']', 70);
    parse_str(buf_view(&text));
    assert_int_equal(diags.first->code, DIAG_PROSE_COMPLEX);
    buf_clear(&text);
    for (int i = 0; i < 5000; i++)
        buf_text(&text, "[a]: <b\n");
    parse_str(buf_view(&text));
    assert_int_equal(diags.first->code, DIAG_PROSE_COMPLEX);
    buf_clear(&text);
    for (int i = 0; i < 5000; i++)
        buf_text(&text, "[a](http://b.example)\n\n");
    assert_int_equal(parse_str(buf_view(&text))->count, 5000);
    assert_int_equal(diags.errors, 0);
    buf_clear(&text);
    for (int i = 0; i < 200000; i++)
        buf_text(&text, "- ");
    parse_str(buf_view(&text));
    assert_int_equal(diags.first->code, DIAG_PROSE_TOO_DEEP);
    buf_clear(&text);
    buf_repeat(&text, ' ', 300);
    buf_text(&text, "- a");
    parse_str(buf_view(&text));
    assert_int_equal(diags.first->code, DIAG_PROSE_TOO_DEEP);
    buf_done(&text);
}

static void test_long_runs(void **state)
{
    (void)state;
    static const char *const runs[] = {
        "*", "*a ", "_a*", "**x", "<", "<a ", "`", "`a", "![", "](", "&", "<!--", "<?", "<![CDATA[", "\\", "~", "|",
        "#", "> a\n\n", "a\\\n", "- a\n", "&amp;", "<x@", "(", "\"", "\n# ", "1. ---\n",
    };
    struct buf text = {0};
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        buf_clear(&text);
        buf_text(&text, "x ");
        while (text.n < 300000)
            buf_text(&text, runs[i]);
        const struct prose *prose = parse_str(buf_view(&text));
        assert_true(prose->count > 0 || diags.errors > 0);
        assert_true(arena.used_bytes < 100000000);
    }
    buf_done(&text);
}

static int cleanup(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spans),      cmocka_unit_test(test_breaks), cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_entities),   cmocka_unit_test(test_normalised), cmocka_unit_test(test_faults),
        cmocka_unit_test(test_rest_stays), cmocka_unit_test(test_links),  cmocka_unit_test(test_places),
        cmocka_unit_test(test_empty),      cmocka_unit_test(test_flat_text), cmocka_unit_test(test_effort),
        cmocka_unit_test(test_long_runs),
    };
    return cmocka_run_group_tests(tests, NULL, cleanup);
}
