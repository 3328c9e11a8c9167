/* The YAML that people write most of the time, read without libyaml: block maps and lists with plain keys,
 * scalars of one line, `|` and `>`, and [ ] and { }. Whatever is rarer, or wrong, is left to libyaml from the
 * beginning (YAML 1.2, chapters 6 to 8, as libyaml 0.2.5 understands it). */
#include "yaml/yaml_plain.h"

#include <string.h>

#include "base/ascii.h"

enum { KEY_LONGEST = 64, KEYS_MOST = 64 /* of a map, which are compared with each other */ };

static const struct ascii_set key_bytes = {{ASCII_DIGITS | ASCII_BIT('-'), ASCII_LETTERS | ASCII_BIT('_')}};
static void skip_line(struct plain *plain)
{
    const char *end = memchr(plain->p + plain->at, '\n', plain->n - plain->at);
    plain->at = end ? (size_t)(end - plain->p) : plain->n;
}

/* Past blanks and a comment; false when something else stands before the line's end. */
static bool end_line(struct plain *plain)
{
    size_t from = plain->at;
    yaml_plain_skip_blanks(plain);
    if (yaml_plain_is_at(plain, '#') && plain->at > from)
        skip_line(plain);
    return yaml_plain_at_line_end(plain);
}

struct yaml_node *yaml_plain_node(struct plain *plain, enum yaml_kind kind, size_t from, size_t to)
{
    struct yaml_node *node = ARENA_NEW(plain->arena, struct yaml_node);
    node->kind = kind;
    node->span = span_at(plain->source, plain->bom + from, plain->bom + to);
    return node;
}

/* ---- containers */

static struct frame *top(struct plain *plain)
{
    return &plain->frames[plain->depth - 1];
}

static bool add_entry(struct plain *plain, struct frame *frame, struct yaml_node *value)
{
    struct yaml_node *map = frame->node;
    if (map->count == KEYS_MOST)
        return false;
    map->entries = arena_grow(plain->arena, map->entries, map->count, &frame->cap, sizeof *map->entries);
    map->entries[map->count++] = (struct yaml_entry){frame->key, value};
    return true;
}

static void add_item(struct plain *plain, struct frame *frame, struct yaml_node *item)
{
    struct yaml_node *list = frame->node;
    list->items = arena_grow(plain->arena, list->items, list->count, &frame->cap, sizeof(struct yaml_node *));
    list->items[list->count++] = item;
}

bool yaml_plain_add(struct plain *plain, struct yaml_node *node)
{
    struct frame *frame = top(plain);
    if (!frame->wanting)
        return false;
    frame->wanting = false;
    if (!frame->node->flow && frame->node->span.end < node->span.end)
        frame->node->span.end = node->span.end;
    if (frame->node->kind == YAML_MAP)
        return add_entry(plain, frame, node);
    add_item(plain, frame, node);
    return true;
}

static bool open_frame(struct plain *plain, enum yaml_kind kind, size_t indent, bool flow)
{
    if (plain->depth == YAML_MAX_DEPTH)
        return false;
    struct yaml_node *node = yaml_plain_node(plain, kind, plain->at, plain->at);
    node->flow = flow;
    plain->frames[plain->depth++] = (struct frame){.node = node, .indent = indent};
    return true;
}

static bool has_duplicates(const struct yaml_node *map)
{
    for (size_t i = 1; map->kind == YAML_MAP && i < map->count; i++)
        for (size_t j = 0; j < i; j++)
            if (map->entries[i].key->value.n == map->entries[j].key->value.n &&
                str_eq(map->entries[i].key->value, map->entries[j].key->value))
                return true;
    return false;
}

static bool close_frame(struct plain *plain)
{
    struct yaml_node *node = top(plain)->node;
    if (top(plain)->wanting || has_duplicates(node))
        return false;
    return --plain->depth == 0 || yaml_plain_add(plain, node);
}

/* Whether a key stands here: plain, and a blank or a line's end behind its colon. */
static bool find_key(const struct plain *plain, size_t *end)
{
    size_t i = plain->at;
    while (i < plain->n && ascii_has(&key_bytes, plain->p[i]))
        i++;
    *end = i;
    return i > plain->at && i - plain->at <= KEY_LONGEST && plain->p[plain->at] != '-' && i < plain->n &&
           plain->p[i] == ':' && (i + 1 == plain->n || plain->p[i + 1] == ' ' || plain->p[i + 1] == '\n');
}

/* ---- [ ] and { } */

/* Blanks and line ends; what stands at a margin is not for us. */
static bool skip_gap(struct plain *plain)
{
    for (;; plain->at++) {
        yaml_plain_skip_blanks(plain);
        if (!yaml_plain_is_at(plain, '\n'))
            return plain->at < plain->n;
        if (!(plain->at + 1 < plain->n && strchr(" \n", plain->p[plain->at + 1])))
            return false;
    }
}

/* The key of a map in { }, and its colon. */
static bool take_key(struct plain *plain)
{
    struct frame *frame = top(plain);
    size_t end;
    if (frame->wanting || !find_key(plain, &end))
        return false;
    frame->key = yaml_plain_node(plain, YAML_SCALAR, plain->at, end);
    frame->key->value = str_slice(plain->source->text, plain->bom + plain->at, plain->bom + end);
    frame->wanting = true;
    plain->at = end + 1;
    return true;
}

/* A value, or the beginning of one. */
static bool take_flow_value(struct plain *plain)
{
    char c = plain->p[plain->at];
    if (c == '[' || c == '{') {
        bool opened = open_frame(plain, c == '[' ? YAML_LIST : YAML_MAP, 0, true);
        plain->at++;
        return opened;
    }
    return c == '"' || c == '\'' ? yaml_plain_quoted(plain, c) : yaml_plain_word_in_flow(plain);
}

static bool close_flow(struct plain *plain)
{
    struct yaml_node *node = top(plain)->node;
    if (plain->p[plain->at] != (node->kind == YAML_LIST ? ']' : '}'))
        return false;
    plain->at++;
    node->span.end = (uint32_t)(plain->bom + plain->at);
    return close_frame(plain);
}

/* From the opening bracket to the closing one. */
static bool take_flow(struct plain *plain)
{
    unsigned outside = plain->depth;
    if (!take_flow_value(plain))
        return false;
    bool fresh = true; /* behind an opening bracket */
    while (plain->depth > outside) {
        if (!skip_gap(plain))
            return false;
        char c = plain->p[plain->at];
        if (c == ']' || c == '}') {
            if (!close_flow(plain))
                return false;
            fresh = false;
            continue;
        }
        if (!fresh) {
            if (c != ',')
                return false;
            plain->at++;
            if (!skip_gap(plain) || strchr("]},", plain->p[plain->at]))
                return false;
        }
        if (top(plain)->node->kind == YAML_MAP && (!take_key(plain) || !skip_gap(plain)))
            return false;
        top(plain)->wanting = true;
        unsigned before = plain->depth;
        if (!take_flow_value(plain))
            return false;
        fresh = plain->depth > before;
    }
    return true;
}

/* ---- blocks */

/* What follows a key's colon or a dash in its line; `outer` as for yaml_plain_block. */
static bool take_value(struct plain *plain, size_t outer)
{
    char c = plain->p[plain->at];
    bool taken;
    if (c == '|' || c == '>')
        return yaml_plain_block(plain, outer);
    if (c == '"' || c == '\'')
        taken = yaml_plain_quoted(plain, c);
    else if (c == '[' || c == '{')
        taken = take_flow(plain);
    else
        taken = yaml_plain_word(plain);
    return taken && end_line(plain);
}

/* Of a list within a map's own column, the map's. */
static size_t outer_of(struct plain *plain)
{
    return top(plain)->indent;
}

static bool is_dash(const struct plain *plain)
{
    return yaml_plain_is_at(plain, '-') &&
           (plain->at + 1 == plain->n || plain->p[plain->at + 1] == ' ' || plain->p[plain->at + 1] == '\n');
}

/* Keys and dashes that begin here, until a value follows or the line ends. */
static bool take_entry(struct plain *plain, size_t line)
{
    for (;;) {
        size_t end;
        if (is_dash(plain)) {
            if (top(plain)->node->kind != YAML_LIST || top(plain)->wanting)
                return false;
            top(plain)->wanting = true;
            plain->at++;
        } else if (top(plain)->node->kind != YAML_MAP || !take_key(plain)) {
            return false;
        }
        bool dash = top(plain)->node->kind == YAML_LIST;
        if (end_line(plain))
            return true;
        if (!dash || (!is_dash(plain) && !find_key(plain, &end)))
            return take_value(plain, outer_of(plain));
        if (!open_frame(plain, is_dash(plain) ? YAML_LIST : YAML_MAP, plain->at - line, false))
            return false;
    }
}

/* Closes what ends before a line that begins in this column, and opens what begins there. */
static bool fit_frames(struct plain *plain, size_t column)
{
    bool dash = is_dash(plain);
    while (plain->depth > 1 &&
           (top(plain)->indent > column || (top(plain)->indent == column && top(plain)->indentless && !dash)))
        if (!close_frame(plain))
            return false;
    const struct frame *frame = top(plain);
    if (frame->indent == column && !frame->wanting)
        return true;
    bool indentless = frame->indent == column && dash && frame->node->kind == YAML_MAP;
    if (!frame->wanting || (frame->indent >= column && !indentless))
        return false;
    bool opened = open_frame(plain, dash ? YAML_LIST : YAML_MAP, column, false);
    if (opened)
        top(plain)->indentless = indentless;
    return opened;
}

static bool take_lines(struct plain *plain)
{
    while (plain->at < plain->n) {
        size_t line = plain->at;
        yaml_plain_skip_blanks(plain);
        if (yaml_plain_is_at(plain, '#'))
            skip_line(plain);
        if (!yaml_plain_at_line_end(plain)) {
            size_t column = plain->at - line;
            if (plain->depth ? !fit_frames(plain, column) : !open_frame(plain, YAML_MAP, column, false))
                return false;
            if (!take_entry(plain, line))
                return false;
        }
        plain->at += plain->at < plain->n;
    }
    return plain->depth > 0;
}

struct yaml_node *yaml_read_plain(struct arena *arena, struct diag_source *source, struct yaml_input input)
{
    struct plain plain = {
        .arena = arena, .source = source, .p = input.text.p, .n = input.text.n, .bom = input.bom};
    if (input.text.n == 0 || input.text.p != source->text.p + input.bom ||
        memchr(input.text.p, '\r', input.text.n))
        return NULL;
    struct arena_mark mark = arena_mark(arena);
    bool plain_throughout = take_lines(&plain);
    struct yaml_node *root = plain_throughout ? plain.frames[0].node : NULL;
    while (root && plain.depth)
        if (!close_frame(&plain))
            root = NULL;
    if (!root)
        arena_rewind(arena, mark);
    return root;
}
