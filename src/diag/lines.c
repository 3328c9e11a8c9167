/* Line and column of many positions in one source. */
#include "diag/lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { STRIDE = 1024 };

/* Behind the line's end that is next from `at` on; past the text's end where there is none. */
static size_t next_line(struct str text, size_t at, bool has_returns)
{
    if (!has_returns) {
        const char *end = memchr(text.p + at, '\n', text.n - at);
        return end ? (size_t)(end - text.p) + 1 : text.n + 1;
    }
    while (at < text.n && text.p[at] != '\n' && text.p[at] != '\r')
        at++;
    if (at < text.n && text.p[at] == '\r' && at + 1 < text.n && text.p[at + 1] == '\n')
        at++;
    return at + 1;
}

void lines_init(struct lines *lines, const struct diag_source *source)
{
    struct str text = source->text;
    bool bom = str_starts(text, STR("\xEF\xBB\xBF")), returns = text.n && memchr(text.p, '\r', text.n);
    size_t room = text.n / 32 + 16, points = 0;
    *lines = (struct lines){.source = source};
    lines->starts = base_malloc(room * sizeof *lines->starts);
    lines->starts[lines->count++] = bom ? 3 : 0;
    for (size_t at = 0; at < text.n && (at = next_line(text, at, returns)) <= text.n;) {
        if (lines->count == room)
            lines->starts = base_realloc(lines->starts, (room *= 2) * sizeof *lines->starts);
        lines->starts[lines->count++] = at;
    }
    lines->passed = base_malloc((text.n / STRIDE + 1) * sizeof *lines->passed);
    for (size_t at = 0; at <= text.n; at += STRIDE) {
        lines->passed[at / STRIDE] = points;
        points += utf8_length(str_slice(text, at, at + STRIDE));
    }
}

void lines_done(struct lines *lines)
{
    free(lines->starts);
    free(lines->passed);
    *lines = (struct lines){0};
}

static size_t points_before(const struct lines *lines, size_t offset)
{
    size_t from = offset / STRIDE * STRIDE;
    return lines->passed[offset / STRIDE] + utf8_length(str_slice(lines->source->text, from, offset));
}

struct line_column lines_find(const struct lines *lines, size_t offset)
{
    if (offset > lines->source->text.n)
        offset = lines->source->text.n;
    size_t low = 0, high = lines->count; /* starts[low] <= offset, but for the byte order mark */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (lines->starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    size_t start = lines->starts[low];
    size_t column = offset > start ? points_before(lines, offset) - points_before(lines, start) : 0;
    return (struct line_column){low + 1, column + 1};
}

void lines_range(const struct lines *lines, size_t line, size_t *from, size_t *to)
{
    struct str text = lines->source->text;
    *from = lines->starts[line - 1];
    *to = line < lines->count ? lines->starts[line] : text.n;
    while (*to > *from && (text.p[*to - 1] == '\n' || text.p[*to - 1] == '\r'))
        --*to;
}
