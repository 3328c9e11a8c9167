/* Where each byte of a scalar's value stands in its source: the scalar is read once more, as libyaml read it
 * (YAML 1.2, chapters 7 and 8), but only to count. */
#include "yaml/yaml_parts.h"

#include <string.h>

struct walk {
    struct str text;  /* the source */
    struct str value;
    struct arena *arena;
    struct diag_stretch *items; /* of the value so far */
    size_t count, cap;
    size_t at, end; /* in the source */
    size_t made;    /* bytes of the value so far */
    enum yaml_scalar_style style;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

/* Past the line break at `at`; CRLF is one. */
static size_t after_break(const struct walk *walk, size_t at)
{
    bool crlf = walk->text.p[at] == '\r' && at + 1 < walk->end && walk->text.p[at + 1] == '\n';
    return at + (crlf ? 2 : 1);
}

/* What comes next in the value stands at the offset. */
static void note(struct walk *walk, size_t offset)
{
    if (walk->count) {
        const struct diag_stretch *last = &walk->items[walk->count - 1];
        if (last->source + (walk->made - last->value) == offset)
            return;
    }
    *ARENA_PUSH(walk->arena, walk) = (struct diag_stretch){(uint32_t)walk->made, (uint32_t)offset};
}

static void emit(struct walk *walk, size_t offset)
{
    if (walk->made == walk->value.n)
        return;
    note(walk, offset);
    walk->made++;
}

/* Bytes of UTF-8 that stand for an escape: by its digits, or one but for \N \_ \L \P. */
static size_t escaped_bytes(const struct walk *walk, size_t at, size_t digits)
{
    unsigned long c = 0;
    for (size_t i = 0; i < digits && at + i < walk->end; i++) {
        char digit = walk->text.p[at + i];
        unsigned value = digit <= '9' ? (unsigned)(digit - '0') : ((unsigned)digit & 0xDFU) - 'A' + 10U;
        c = c << 4 | (value & 15);
    }
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

/* The backslash at walk->at: one character in the value, or none before a line break. */
static void walk_escape(struct walk *walk)
{
    size_t from = walk->at, bytes = 1;
    char kind = walk->at + 1 < walk->end ? walk->text.p[walk->at + 1] : '"';
    walk->at += 2;
    size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (digits) {
        bytes = escaped_bytes(walk, walk->at, digits);
        walk->at += digits;
    } else if (kind == 'N' || kind == '_') {
        bytes = 2;
    } else if (kind == 'L' || kind == 'P') {
        bytes = 3;
    }
    while (bytes-- > 0)
        emit(walk, from);
}

/* Blanks and line breaks of a quoted or plain scalar: one line break is a space, n are n - 1 line breaks, and the
 * blanks around them vanish. After an escaped line break every further one counts. */
static void walk_folded_gap(struct walk *walk, bool escaped_break)
{
    size_t from = walk->at, first = from, later = 0;
    bool broken = escaped_break;
    while (walk->at < walk->end && (is_blank(walk->text.p[walk->at]) || is_break(walk->text.p[walk->at]))) {
        if (is_blank(walk->text.p[walk->at])) {
            walk->at++;
            continue;
        }
        if (broken) {
            emit(walk, walk->at);
            later++;
        } else {
            first = walk->at;
            broken = true;
        }
        walk->at = after_break(walk, walk->at);
    }
    if (!broken)
        for (size_t i = from; i < walk->at; i++)
            emit(walk, i);
    else if (!escaped_break && later == 0)
        emit(walk, first);
}

/* Blanks of a block scalar: as many as the value has there. Those after the last line break stand at the gap's
 * end, behind the indentation; a folded line break stands where the line breaks. */
static void walk_block_gap(struct walk *walk)
{
    size_t from = walk->at, to = walk->made, lines_end = walk->made;
    bool broken = false;
    while (to < walk->value.n && (is_blank(walk->value.p[to]) || walk->value.p[to] == '\n'))
        if (walk->value.p[to++] == '\n')
            lines_end = to;
    for (; walk->at < walk->end && (is_blank(walk->text.p[walk->at]) || is_break(walk->text.p[walk->at])); walk->at++)
        broken = broken || is_break(walk->text.p[walk->at]);
    if (broken && lines_end == walk->made) {
        while (walk->made < to)
            emit(walk, from);
        return;
    }
    for (size_t next = from; walk->made < lines_end;) {
        bool line_break = walk->value.p[walk->made] == '\n';
        while (line_break && next < walk->at && !is_break(walk->text.p[next]))
            next++;
        emit(walk, next);
        if (next < walk->at)
            next = line_break ? after_break(walk, next) : next + is_blank(walk->text.p[next]);
    }
    while (walk->made < to) {
        size_t back = to - walk->made;
        emit(walk, walk->at - from < back ? from : walk->at - back);
    }
}

/* Past the line with | or >. */
static void walk_block_header(struct walk *walk)
{
    while (walk->at < walk->end && !is_break(walk->text.p[walk->at]))
        walk->at++;
    if (walk->at < walk->end)
        walk->at = after_break(walk, walk->at);
}

/* What stands in a line of a block scalar as it does in the value, up to its last character that is no blank. */
static void walk_same(struct walk *walk)
{
    const char *from = walk->text.p + walk->at, *value = walk->value.p + walk->made;
    size_t left = walk->end - walk->at, more = walk->value.n - walk->made, n = left < more ? left : more;
    const char *line_end = memchr(value, '\n', n);
    size_t same = line_end ? (size_t)(line_end - value) : n;
    if (memcmp(from, value, same) != 0) /* what no file may have stands for something else in the value */
        for (same = 0; from[same] == value[same];)
            same++;
    while (same && is_blank(from[same - 1]))
        same--;
    if (same)
        note(walk, walk->at);
    walk->at += same;
    walk->made += same;
}

static void walk_scalar(struct walk *walk)
{
    bool block = walk->style == YAML_LITERAL || walk->style == YAML_FOLDED;
    if (block)
        walk_block_header(walk);
    else if (walk->style != YAML_PLAIN)
        walk->at++;
    while (walk->made < walk->value.n && walk->at < walk->end) {
        char c = walk->text.p[walk->at];
        if (walk->style == YAML_LITERAL && !is_blank(c) && !is_break(c)) {
            size_t before = walk->made;
            walk_same(walk);
            if (walk->made > before)
                continue;
        }
        if (is_blank(c) || is_break(c)) {
            if (block)
                walk_block_gap(walk);
            else
                walk_folded_gap(walk, false);
        } else if (walk->style == YAML_DOUBLE && c == '\\') {
            if (walk->at + 1 < walk->end && is_break(walk->text.p[walk->at + 1])) {
                walk->at = after_break(walk, walk->at + 1);
                walk_folded_gap(walk, true);
            } else {
                walk_escape(walk);
            }
        } else {
            emit(walk, walk->at);
            walk->at += walk->style == YAML_SINGLE && c == '\'' ? 2 : 1;
        }
    }
    size_t end = walk->at < walk->end ? walk->at : walk->end;
    for (; walk->made < walk->value.n; walk->made++)
        note(walk, end);
    note(walk, end);
}

struct diag_origin yaml_origin(struct arena *arena, const struct yaml_node *scalar)
{
    struct str text = scalar->span.source->text, value = scalar->value;
    bool quoted = scalar->style == YAML_SINGLE || scalar->style == YAML_DOUBLE;
    bool flow = quoted || scalar->style == YAML_PLAIN;
    size_t start = scalar->span.start + quoted;
    bool same_length = scalar->span.end - scalar->span.start == value.n + 2 * quoted;
    if (flow && same_length && str_eq(str_slice(text, start, start + value.n), value)) {
        struct span span = {scalar->span.source, (uint32_t)start, scalar->span.end};
        return (struct diag_origin){span, NULL, 0};
    }
    struct walk walk = {.text = text,
                        .value = value,
                        .arena = arena,
                        .at = scalar->span.start,
                        .end = text.n,
                        .style = scalar->style};
    walk_scalar(&walk);
    return (struct diag_origin){scalar->span, walk.items, walk.count};
}
