/* Paragraphs as plain strings, and the way back to their places. */
#include "spec/passage.h"

#include <string.h>

enum { DEPTH_MOST = 64 };

struct passage passage_of_text(const struct text *text)
{
    return (struct passage){.text = text->s, .at = text->at};
}

static struct passage passage_of_block(struct arena *arena, const struct prose_block *block)
{
    struct passage passage = {.spans = block->spans, .count = block->span_count, .at = block->at};
    if (block->span_count == 1) {
        passage.text = block->spans[0].text;
        return passage;
    }
    for (size_t i = 0; i < block->span_count; i++)
        passage.text.n += block->spans[i].text.n;
    char *copy = arena_alloc(arena, passage.text.n + 1);
    passage.text.p = copy;
    for (size_t i = 0; i < block->span_count; i++) {
        if (block->spans[i].text.n)
            memcpy(copy, block->spans[i].text.p, block->spans[i].text.n);
        copy += block->spans[i].text.n;
    }
    return passage;
}

static void each_block(struct arena *arena, const struct prose_block *blocks, size_t count, int depth,
                       passage_visit *visit, void *context)
{
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].kind == PROSE_PARAGRAPH) {
            struct passage passage = passage_of_block(arena, &blocks[i]);
            visit(context, &passage);
        } else if (blocks[i].kind != PROSE_CODE_BLOCK && depth < DEPTH_MOST) {
            each_block(arena, blocks[i].children, blocks[i].child_count, depth + 1, visit, context);
        }
    }
}

void passage_each(struct arena *arena, const struct prose *prose, passage_visit *visit, void *context)
{
    each_block(arena, prose->blocks, prose->count, 0, visit, context);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Behind the quotation mark or block indicator that a scalar's place begins with. */
static size_t skip_opening(struct str source)
{
    if (source.n == 0)
        return 0;
    if (source.p[0] == '"' || source.p[0] == '\'')
        return 1;
    const char *end = source.p[0] == '>' || source.p[0] == '|' ? memchr(source.p, '\n', source.n) : NULL;
    size_t at = end ? (size_t)(end - source.p) : 0;
    while (end && at < source.n && is_blank(source.p[at]))
        at++;
    return at;
}

/* The offset in the source where byte `target` of the text stands, where the two differ in nothing but blanks
 * and backslashes; SIZE_MAX when they differ in more. */
static size_t align(struct str source, size_t at, struct str text, size_t target)
{
    for (size_t i = 0; i < target;) {
        if (at < source.n && is_blank(text.p[i]) && is_blank(source.p[at])) {
            while (i < target && is_blank(text.p[i]))
                i++;
            while (at < source.n && is_blank(source.p[at]))
                at++;
            continue;
        }
        if (at < source.n && source.p[at] == '\\' && text.p[i] != '\\')
            at++;
        if (at >= source.n || source.p[at] != text.p[i])
            return SIZE_MAX;
        i++;
        at++;
    }
    return at;
}

struct span passage_span(const struct passage *passage, size_t from, size_t to)
{
    struct span at = passage->at;
    struct str text = passage->text;
    size_t base = 0;
    for (size_t i = 0; i < passage->count; i++) {
        size_t n = passage->spans[i].text.n;
        if (from < base + n || i + 1 == passage->count) {
            at = passage->spans[i].at;
            text = passage->spans[i].text;
            break;
        }
        base += n;
    }
    if (!at.source)
        return at;
    struct str source = str_slice(at.source->text, at.start, at.end);
    size_t start = from >= base ? from - base : 0;
    size_t opening = passage->spans ? 0 : skip_opening(source);
    size_t first = start <= text.n ? align(source, opening, text, start) : SIZE_MAX;
    if (first == SIZE_MAX)
        return at;
    size_t end = to - base <= text.n ? align(source, opening, text, to - base) : SIZE_MAX;
    return span_at(at.source, at.start + first, end == SIZE_MAX ? at.end : at.start + end);
}
