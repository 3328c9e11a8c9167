/* Words from the XHTML of `pdftotext -bbox-layout`: one element a line, which is all that is relied on. */
#include "trace/words.h"

#include <string.h>

#include "base/utf8.h"

enum {
    SECONDS = 60,
    MAX_OUTPUT = 128 << 20, /* bytes */
    MAX_WORDS = 4000000,
    MAX_PLACE_PT = 20000, /* from the edge of a page */
};
static const size_t spare_memory = (size_t)1 << 30; /* bytes beside the file itself */

/* ---- XHTML */

static struct str after(struct str line, size_t at)
{
    return str_slice(line, at, line.n);
}

/* "12.345600" as thousandths, cut off; what is no number, or far off every page, is 0. */
static int32_t read_milli(struct str text)
{
    int32_t whole = 0, milli = 0, unit = 100;
    size_t i = 0;
    bool negative = text.n && text.p[0] == '-';
    for (i = negative; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++) {
        whole = whole * 10 + (text.p[i] - '0');
        if (whole > MAX_PLACE_PT)
            return 0;
    }
    if (i < text.n && text.p[i] == '.')
        for (i++; i < text.n && unit && text.p[i] >= '0' && text.p[i] <= '9'; i++, unit /= 10)
            milli += (text.p[i] - '0') * unit;
    int32_t value = whole * 1000 + milli;
    return negative ? -value : value;
}

static int32_t attribute(struct str tag, struct str name)
{
    size_t at = str_find(tag, name);
    return at < tag.n ? read_milli(after(tag, at + name.n)) : 0;
}

static const struct {
    struct str name;
    char c;
} entities[] = {
    {{"&amp;", 5}, '&'}, {{"&lt;", 4}, '<'}, {{"&gt;", 4}, '>'}, {{"&quot;", 6}, '"'}, {{"&#39;", 5}, '\''}};

static struct str unescape(struct arena *arena, struct str text)
{
    if (!memchr(text.p, '&', text.n))
        return str_dup(arena, text);
    struct buf out = {0};
    for (size_t i = 0; i < text.n;) {
        size_t length = 1;
        char c = text.p[i];
        for (size_t k = 0; c == '&' && k < sizeof entities / sizeof *entities; k++)
            if (str_starts(after(text, i), entities[k].name)) {
                c = entities[k].c;
                length = entities[k].name.n;
                break;
            }
        buf_char(&out, c);
        i += length;
    }
    struct str result = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return result;
}

static void read_word(struct arena *arena, struct str line, bool starts_line, struct trace_words *words)
{
    const char *open = memchr(line.p, '>', line.n);
    struct str tag = str_slice(line, 0, open ? (size_t)(open - line.p) : 0), text = after(line, tag.n + 1);
    size_t end = str_find(text, STR("</word>"));
    if (!open || end > text.n || end == 0 || words->pages == 0 || words->count == MAX_WORDS)
        return;
    text = str_slice(text, 0, end);
    if (utf8_invalid(text) != SIZE_MAX)
        return;
    *ARENA_PUSH(arena, words) = (struct trace_word){
        .text = unescape(arena, text),
        .page = words->pages,
        .left_mpt = attribute(tag, STR("xMin=\"")),
        .right_mpt = attribute(tag, STR("xMax=\"")),
        .starts_line = starts_line,
    };
}

void words_parse(struct arena *arena, struct str xhtml, struct trace_words *words)
{
    bool starts_line = true;
    *words = (struct trace_words){0};
    for (size_t at = 0; at < xhtml.n;) {
        const char *end = memchr(xhtml.p + at, '\n', xhtml.n - at);
        size_t next = end ? (size_t)(end - xhtml.p) : xhtml.n;
        struct str line = str_trim(str_slice(xhtml, at, next));
        at = next + 1;
        if (str_starts(line, STR("<page "))) {
            words->pages++;
        } else if (str_starts(line, STR("<line "))) {
            starts_line = true;
        } else if (str_starts(line, STR("<word "))) {
            size_t before = words->count;
            read_word(arena, line, starts_line, words);
            starts_line = starts_line && words->count == before;
        }
    }
}

/* ---- the program */

enum child_end words_read(struct arena *arena, const char *path, struct str pdf, struct trace_words *words)
{
    static const char *const arguments[] = {"pdftotext", "-q", "-bbox-layout", "-enc", "UTF-8", "-",
                                            "-",         NULL};
    const struct child_limits limits = {
        .seconds = SECONDS, .memory_bytes = spare_memory + 2 * pdf.n, .output_bytes = MAX_OUTPUT};
    struct buf out = {0};
    *words = (struct trace_words){0};
    enum child_end end = child_run(path, arguments, pdf, &limits, &out, NULL);
    if (end == CHILD_DONE)
        words_parse(arena, buf_view(&out), words);
    buf_done(&out);
    return end;
}
