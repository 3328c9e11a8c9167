/* Prose → CommonMark: blocks. Parsing what is written gives the same prose. */
#include "prose/prose.h"

#include <stdlib.h>
#include <string.h>

#include "prose/prose_write_parts.h"

enum {
    LARGEST_NUMBER = 999999999,
    MARKER = 10
}; /* of a list item (CommonMark 0.30, 5.2), and bytes with its sign */

static void write_blocks(struct prose_writer *writer, const struct prose_block *blocks, size_t count,
                         bool tight);

void prose_write_line(struct prose_writer *writer)
{
    buf_char(writer->out, '\n');
    buf_str(writer->out, buf_view(&writer->prefix));
}

static void begin(struct prose_writer *writer)
{
    if (!writer->fresh)
        prose_write_line(writer);
    writer->fresh = false;
}

/* Its line end is written by what follows. */
static void write_blank_line(struct prose_writer *writer)
{
    struct str prefix = buf_view(&writer->prefix);
    while (prefix.n && prefix.p[prefix.n - 1] == ' ')
        prefix.n--;
    buf_char(writer->out, '\n');
    buf_str(writer->out, prefix);
}

static size_t longest_run(struct str text, char c)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < text.n; i++) {
        run = text.p[i] == c ? run + 1 : 0;
        if (run > longest)
            longest = run;
    }
    return longest;
}

static void write_code_block(struct prose_writer *writer, const struct prose_block *block)
{
    static const struct str line_end = {"\xE2\x80\xA8", 3};
    struct str text = block->span_count ? block->spans[0].text : (struct str){0};
    size_t fence = longest_run(text, '`') + 1;
    if (fence < 3)
        fence = 3;
    begin(writer);
    buf_repeat(writer->out, '`', fence);
    for (bool more = true; more;) {
        size_t end = str_find(text, line_end);
        more = end != SIZE_MAX;
        prose_write_line(writer);
        buf_str(writer->out, str_slice(text, 0, more ? end : text.n));
        text = str_slice(text, more ? end + line_end.n : text.n, text.n);
    }
    prose_write_line(writer);
    buf_repeat(writer->out, '`', fence);
}

static void write_quote(struct prose_writer *writer, const struct prose_block *quote)
{
    size_t outer = writer->prefix.n;
    begin(writer);
    buf_text(writer->out, "> ");
    buf_text(&writer->prefix, "> ");
    writer->fresh = true;
    write_blocks(writer, quote->children, quote->child_count, false);
    writer->fresh = false;
    writer->prefix.n = outer;
}

static void write_item(struct prose_writer *writer, const struct prose_block *item, struct str marker,
                       bool tight)
{
    size_t outer = writer->prefix.n;
    begin(writer);
    buf_str(writer->out, marker);
    if (item->child_count == 0)
        return;
    buf_char(writer->out, ' ');
    buf_repeat(&writer->prefix, ' ', marker.n + 1);
    writer->fresh = true;
    write_blocks(writer, item->children, item->child_count, tight);
    writer->fresh = false;
    writer->prefix.n = outer;
}

/* Ends at `at`; gives the place where it begins. */
static size_t put_number(char *text, size_t at, uint64_t number)
{
    do
        text[--at] = (char)('0' + number % 10);
    while (number /= 10);
    return at;
}

/* Neighbouring lists have other markers, or they would be one; so have nested ones, or three empty ones in
 * each other would be a rule across the page. */
static void write_list(struct prose_writer *writer, const struct prose_block *list, bool other)
{
    bool second = ((writer->lists & 1) != 0) != other;
    const char *sign = list->ordered ? (other ? ")" : ".") : second ? "+" : "-";
    writer->lists++;
    for (size_t i = 0; i < list->child_count; i++) {
        char marker[MARKER];
        size_t from = MARKER - 1;
        marker[from] = *sign;
        uint64_t number = (uint64_t)list->start + i;
        if (list->ordered)
            from = put_number(marker, from, number > LARGEST_NUMBER ? LARGEST_NUMBER : number);
        if (i && !list->tight)
            write_blank_line(writer);
        write_item(writer, &list->children[i], (struct str){marker + from, MARKER - from}, list->tight);
    }
    writer->lists--;
}

/* Whether next would be read as part of block when no blank line stood between them. */
static bool would_merge(const struct prose_block *block, const struct prose_block *next)
{
    if (next->kind == PROSE_PARAGRAPH)
        return block->kind != PROSE_CODE_BLOCK;
    if (next->kind == PROSE_QUOTE)
        return block->kind == PROSE_QUOTE;
    if (next->kind != PROSE_LIST || block->kind == PROSE_CODE_BLOCK)
        return false;
    bool empty = next->child_count == 0 || next->children[0].child_count == 0;
    return empty || (next->ordered && next->start != 1);
}

/* md4c ends the outer item, too, at a blank line behind an empty one. */
static bool ends_empty(const struct prose_block *block)
{
    while (block->child_count && block->kind != PROSE_QUOTE)
        block = &block->children[block->child_count - 1];
    return block->kind == PROSE_ITEM;
}

/* The parser bounds the depth. */
static void write_blocks(struct prose_writer *writer, const struct prose_block *blocks, size_t count,
                         bool tight)
{
    bool other = false;
    for (size_t i = 0; i < count; i++) {
        const struct prose_block *block = &blocks[i], *before = i ? block - 1 : NULL;
        other = before && before->kind == PROSE_LIST && before->ordered == block->ordered && !other;
        if (before && !ends_empty(before) && (!tight || would_merge(before, block)))
            write_blank_line(writer);
        if (block->kind == PROSE_LIST) {
            write_list(writer, block, other);
        } else if (block->kind == PROSE_QUOTE) {
            write_quote(writer, block);
        } else if (block->kind == PROSE_CODE_BLOCK) {
            write_code_block(writer, block);
        } else {
            begin(writer);
            prose_write_spans(writer, block);
        }
    }
}

void prose_write(struct buf *out, const struct prose *prose)
{
    if (!prose)
        return;
    struct prose_writer writer = {.out = out, .fresh = true};
    write_blocks(&writer, prose->blocks, prose->count, false);
    buf_done(&writer.prefix);
    buf_done(&writer.text);
    free(writer.runs);
}
