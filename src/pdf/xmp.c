/* Looking for values in XMP by their names. */
#include "pdf/xmp.h"

#include <string.h>

#include "base/buf.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Numbers stay as they are: nothing that is asked for is written with them. */
static struct str unescape(struct arena *arena, struct str text)
{
    static const struct {
        const char *entity;
        char c;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    struct buf out = {0};
    for (size_t i = 0; i < text.n;) {
        size_t length = 1;
        char c = text.p[i];
        for (size_t k = 0; c == '&' && k < sizeof entities / sizeof *entities; k++)
            if (str_starts(str_slice(text, i, text.n), str_from(entities[k].entity))) {
                c = entities[k].c;
                length = strlen(entities[k].entity);
                break;
            }
        buf_char(&out, c);
        i += length;
    }
    struct str result = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return result;
}

/* Offset of c at or after from, or the end. */
static size_t find_char(struct str text, size_t from, char c)
{
    const char *found = from < text.n ? memchr(text.p + from, c, text.n - from) : NULL;
    return found ? (size_t)(found - text.p) : text.n;
}

/* What stands between the tag that ends before `from` and the next end tag, without the tags of arrays
 * between. */
static struct str element_value(struct str packet, size_t from)
{
    for (;;) {
        size_t tag = find_char(packet, from, '<');
        struct str text = str_trim(str_slice(packet, from, tag));
        if (text.n || tag + 1 >= packet.n || packet.p[tag + 1] == '/')
            return text;
        from = find_char(packet, tag, '>') + 1;
    }
}

static struct str attribute_value(struct str packet, size_t from)
{
    while (from < packet.n && is_blank(packet.p[from]))
        from++;
    if (from >= packet.n || packet.p[from] != '=')
        return (struct str){0};
    for (from++; from < packet.n && is_blank(packet.p[from]);)
        from++;
    if (from >= packet.n || (packet.p[from] != '"' && packet.p[from] != '\''))
        return (struct str){0};
    return str_slice(packet, from + 1, find_char(packet, from + 1, packet.p[from]));
}

struct str xmp_find(struct arena *arena, struct str packet, const char *name)
{
    size_t n = strlen(name);
    for (size_t at = 1; at + n < packet.n; at++) {
        at = find_char(packet, at, name[0]);
        if (at + n >= packet.n || memcmp(packet.p + at, name, n) != 0)
            continue;
        char before = packet.p[at - 1], after = packet.p[at + n];
        struct str value = {0};
        if (before == '<' && (after == '>' || is_blank(after))) {
            size_t end = find_char(packet, at, '>');
            if (end < packet.n && packet.p[end - 1] != '/')
                value = element_value(packet, end + 1);
        } else if (is_blank(before)) {
            value = attribute_value(packet, at + n);
        }
        if (value.n)
            return unescape(arena, value);
    }
    return (struct str){0};
}
