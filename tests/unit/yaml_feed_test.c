/* libyaml that is given a whole text, and libyaml that reads it piece by piece: the same events, marks and
 * failures. */
#include "yaml/yaml_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static void add_mark(struct buf *out, yaml_mark_t mark)
{
    buf_printf(out, " %zu:%zu:%zu", mark.index, mark.line, mark.column);
}

static void add_text(struct buf *out, const void *text)
{
    buf_printf(out, " <%s>", text ? (const char *)text : "-");
}

static void add_event(struct buf *out, const yaml_event_t *event)
{
    buf_printf(out, "%d", (int)event->type);
    add_mark(out, event->start_mark);
    add_mark(out, event->end_mark);
    if (event->type == YAML_SCALAR_EVENT) {
        buf_printf(out, " %d ", (int)event->data.scalar.style);
        buf_str(out, (struct str){(const char *)event->data.scalar.value, event->data.scalar.length});
        add_text(out, event->data.scalar.anchor);
        add_text(out, event->data.scalar.tag);
    } else if (event->type == YAML_ALIAS_EVENT) {
        add_text(out, event->data.alias.anchor);
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        buf_printf(out, " %d", (int)event->data.sequence_start.style);
        add_text(out, event->data.sequence_start.anchor);
        add_text(out, event->data.sequence_start.tag);
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        buf_printf(out, " %d", (int)event->data.mapping_start.style);
        add_text(out, event->data.mapping_start.anchor);
        add_text(out, event->data.mapping_start.tag);
    }
    buf_char(out, '\n');
}

/* All events, and why they end; returns how many. */
static size_t take_events(struct buf *out, yaml_parser_t *parser)
{
    size_t count = 0;
    for (bool more = true; more; count++) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            buf_printf(out, "error %d", (int)parser->error);
            add_text(out, parser->problem);
            add_mark(out, parser->problem_mark);
            add_text(out, parser->context);
            add_mark(out, parser->context_mark);
            break;
        }
        add_event(out, &event);
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    return count;
}

static size_t compare(struct str text)
{
    struct buf whole = {0}, pieces = {0};
    struct yaml_feed feed;
    yaml_feed_open(&feed, text);
    assert_non_null(feed.copy);
    size_t count = take_events(&whole, &feed.parser);
    yaml_feed_close(&feed);
    yaml_parser_t parser;
    assert_true(yaml_parser_initialize(&parser));
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.p, text.n);
    assert_int_equal(take_events(&pieces, &parser), count);
    yaml_parser_delete(&parser);
    assert_int_equal(whole.n, pieces.n);
    assert_memory_equal(whole.p, pieces.p, whole.n);
    buf_done(&whole);
    buf_done(&pieces);
    return count;
}

static void compares_what_people_write(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t events; /* before the end or the failure */
    } texts[] = {
        {"", 2},
        {"a", 5},
        {"a: b\n", 8},
        {"a: [b, 'c', \"d\\u00e9\"]\ne: |\n  f\n\n  g\nh: >-\n  i\n  j", 16},
        {"&a b: *a", 8},
        {"a: \"open", 4},
        {"a: \"\\x4", 4},
        {"a: \"\\", 4},
        {"- a\n--", 4},
        {"- a\n---", 10},
        {"--- a\n...\n", 5},
        {"%YAML 1.1\n---\né: “ü”\r\n", 8},
        {"a: b: c", 5},
        {"{a, [b", 7},
        {"|", 5},
        {">2-", 5},
        {"a: !!str", 8},
        {"# nothing", 2},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(compare(str_from(texts[i].text)), texts[i].events);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static const char *const parts[] = {
    "word", "key: ", "\n", "\n",   "\n  ", "\n- ",   "  ",  " ",    "é",     "’",  "漢", "😀",
    "\"",   "\"",    "'",  "\\",   "\\x4", "\\u20",  ": ",  ", ",   "[",     "]",  "{",  "}",
    "|\n",  ">-\n",  "# ", "&a",   "*a ",  "!!str ", "---", "...",  "%TAG ", "? ", "- ", "\r\n",
    "\r",   "\t",    "@",  "2031", "|2+",  "!",      "%",   "\\\n", "<<: ",
};

static void compares_chance(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 40000; round++) {
        struct buf text = {0};
        for (uint32_t count = 1 + next_random(&seed) % 16; count > 0; count--)
            buf_text(&text, parts[next_random(&seed) % (sizeof parts / sizeof parts[0])]);
        compare(buf_view(&text));
        buf_done(&text);
    }
}

/* Longer than what libyaml reads at once, 16 KiB, with a character across each border. */
static void compares_long(void **state)
{
    (void)state;
    static const size_t shifts[] = {0, 1, 2, 3};
    for (size_t i = 0; i < sizeof shifts / sizeof shifts[0]; i++) {
        struct buf text = {0};
        buf_text(&text, "a: ");
        buf_repeat(&text, 'x', shifts[i]);
        while (text.n < 70000)
            buf_text(&text, "😀漢é’\n  and ");
        buf_text(&text, "\nb: |\n");
        while (text.n < 140000)
            buf_text(&text, "  😀漢é’ plain\n\n");
        assert_int_equal(compare(buf_view(&text)), 10);
        buf_done(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_what_people_write),
        cmocka_unit_test(compares_chance),
        cmocka_unit_test(compares_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
