/* Which texts YAML would read as something else, and how to write them so that it does not (YAML 1.1
 * and 1.2). */
#include "spec/scalar_write.h"

#include <string.h>

#include "base/ascii.h"
#include "base/bytes16.h"
#include "base/utf8.h"
#include "spec/syntax.h"

/* Plain, these are no texts to readers of YAML 1.1. */
static bool is_reserved(struct str text)
{
    static const char *const words[] = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"};
    enum { LONGEST = 5 };
    if (text.n > LONGEST)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t k = 0;
        while (k < text.n && words[i][k] && syntax_lower(text.p[k]) == words[i][k])
            k++;
        if (k == text.n && !words[i][k])
            return true;
    }
    return false;
}

/* What is no letter, digit, blank, full stop or hyphen. */
static inline bytes16 may_be_odd(bytes16 bytes)
{
    return ~(bytes16_alphanumeric(bytes) | bytes16_is(bytes, ' ') | bytes16_is(bytes, '.') |
             bytes16_is(bytes, '-'));
}

/* A letter first, so that it is no number or mark, and nothing behind it that means something in any place.
 */
static bool is_plain(struct str text)
{
    static const struct ascii_set ordinary =
        ASCII_SET(ASCII_DIGITS | ASCII_BIT(' ') | ASCII_BIT('.') | ASCII_BIT('-') | ASCII_BIT('/') |
                      ASCII_BIT('(') | ASCII_BIT(')') | ASCII_BIT('\'') | ASCII_BIT('+') | ASCII_BIT(';') |
                      ASCII_BIT('&') | ASCII_BIT('%') | ASCII_BIT('!'),
                  ASCII_LETTERS | ASCII_BIT('_'));
    if (text.n == 0 || !syntax_is_letter(text.p[0]) || text.p[text.n - 1] == ' ' || is_reserved(text))
        return false;
    return ascii_past(&ordinary, text, bytes16_past(text, 0, may_be_odd)) == text.n;
}

/* Characters that no reader sees, or that YAML takes for a line end. */
static bool wants_escape(int32_t c)
{
    return (c >= 0 && c < 0x20) || (c >= 0x7F && c < 0xA1) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

/* These stand for themselves between quotation marks; of what is no ASCII, all but the few that begin with
 * C2, E2 or EF. */
static const struct ascii_set unescaped = {{
    [0] = ASCII_64(ASCII_PRINTED_LOW & ~ASCII_BIT('"')),
    [64] = ASCII_64(ASCII_PRINTED_HIGH & ~ASCII_BIT('\\')),
    [128] = ASCII_64(~(uint64_t)0),
    [192] = ASCII_64(~(ASCII_BIT(0xC2) | ASCII_BIT(0xE2) | ASCII_BIT(0xEF))),
}};

static inline bytes16 may_want_escape(bytes16 bytes)
{
    return bytes16_between(bytes, 0, 0x1F) | bytes16_is(bytes, '"') | bytes16_is(bytes, '\\') |
           bytes16_is(bytes, 0x7F) | bytes16_is(bytes, '\xC2') | bytes16_is(bytes, '\xE2') |
           bytes16_is(bytes, '\xEF');
}

static void write_quoted(struct buf *out, struct str text)
{
    buf_char(out, '"');
    size_t written = 0;
    for (size_t at = 0, next = 0; at < text.n; at = next) {
        next = at = ascii_past(&unescaped, text, bytes16_past(text, at, may_want_escape));
        int32_t c = utf8_next(text, &next);
        bool mark = c == '"' || c == '\\';
        if (at == text.n || !(mark || wants_escape(c)))
            continue;
        buf_str(out, str_slice(text, written, at));
        if (mark)
            buf_printf(out, "\\%c", (int)c);
        else
            buf_printf(out, c < 0x100 ? "\\x%02X" : "\\u%04X", (unsigned)c);
        written = next;
    }
    buf_str(out, str_slice(text, written, text.n));
    buf_char(out, '"');
}

void scalar_write_line(struct buf *out, struct str text)
{
    if (is_plain(text))
        buf_str(out, text);
    else
        write_quoted(out, text);
}

void scalar_write_text(struct buf *out, struct str text, size_t indent)
{
    if (text.n == 0 || !memchr(text.p, '\n', text.n)) {
        scalar_write_line(out, text);
        return;
    }
    buf_text(out, "|-");
    for (size_t from = 0; from <= text.n;) {
        const char *line_end = from < text.n ? memchr(text.p + from, '\n', text.n - from) : NULL;
        size_t end = line_end ? (size_t)(line_end - text.p) : text.n;
        buf_char(out, '\n');
        if (end > from) {
            buf_repeat(out, ' ', indent);
            buf_str(out, str_slice(text, from, end));
        }
        from = end + 1;
    }
}
