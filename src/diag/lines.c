/* Line and column of many positions in one source. */
#include "diag/lines.h"

#include <stdlib.h>

#include "base/utf8.h"

enum { STRIDE = 1024 };

static bool ends_line(struct str text, size_t i)
{
    bool crlf = text.p[i] == '\r' && i + 1 < text.n && text.p[i + 1] == '\n';
    return text.p[i] == '\n' || (text.p[i] == '\r' && !crlf);
}

void lines_init(struct lines *lines, const struct diag_source *source)
{
    struct str text = source->text;
    size_t count = 1, points = 0;
    for (size_t i = 0; i < text.n; i++)
        count += ends_line(text, i);
    *lines = (struct lines){.source = source};
    lines->starts = base_malloc(count * sizeof *lines->starts);
    lines->passed = base_malloc((text.n / STRIDE + 1) * sizeof *lines->passed);
    bool bom = str_starts(text, STR("\xEF\xBB\xBF"));
    lines->starts[lines->count++] = bom ? 3 : 0;
    for (size_t i = 0; i < text.n; i++) {
        if (i % STRIDE == 0)
            lines->passed[i / STRIDE] = points;
        points += ((unsigned char)text.p[i] & 0xC0) != 0x80;
        if (ends_line(text, i))
            lines->starts[lines->count++] = i + 1;
    }
    if (text.n % STRIDE == 0)
        lines->passed[text.n / STRIDE] = points;
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
