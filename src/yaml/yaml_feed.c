/* Giving a whole text to libyaml. */
#include "yaml/yaml_parts.h"

#include <stdlib.h>
#include <string.h>

/* NULs behind the text: libyaml reads up to one of them, and looks at a few characters ahead. */
enum { PAST_THE_END = 16 };

/* The parser's fields are public, but their meaning is not promised: it is that of the versions that were
 * looked at. */
static bool is_known_version(void)
{
    int major, minor, patch;
    yaml_get_version(&major, &minor, &patch);
    return major == 0 && minor == 2;
}

/* As if libyaml had read the input up to its end and decoded it: its buffer is UTF-8 too, and every character
 * that it would refuse is gone from the text. */
static void put_decoded(struct yaml_feed *feed, struct str text)
{
    yaml_parser_t *parser = &feed->parser;
    feed->copy = base_malloc(text.n + PAST_THE_END);
    if (text.n)
        memcpy(feed->copy, text.p, text.n);
    memset(feed->copy + text.n, 0, PAST_THE_END);
    feed->own = parser->buffer.start;
    parser->buffer.start = parser->buffer.pointer = feed->copy;
    parser->buffer.last = feed->copy + text.n + 1;
    parser->buffer.end = feed->copy + text.n + PAST_THE_END;
    parser->unread = text.n + 1; /* characters, or more: it is asked whether there are enough of them */
    parser->offset = text.n;
    parser->eof = 1;
}

void yaml_feed_open(struct yaml_feed *feed, struct str text)
{
    *feed = (struct yaml_feed){.copy = NULL};
    if (!yaml_parser_initialize(&feed->parser))
        base_out_of_memory();
    yaml_parser_set_encoding(&feed->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&feed->parser, (const unsigned char *)text.p, text.n);
    if (is_known_version())
        put_decoded(feed, text);
}

void yaml_feed_close(struct yaml_feed *feed)
{
    if (feed->copy)
        feed->parser.buffer.start = feed->own;
    yaml_parser_delete(&feed->parser);
    free(feed->copy);
}
