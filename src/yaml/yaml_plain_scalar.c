/* Scalars of plain YAML: in quotes, without, and in lines of their own below `|` and `>`. */
#include "yaml/yaml_plain.h"

#include <string.h>

#include "base/ascii.h"

/* What a plain scalar may begin with; more than these may, but means something else elsewhere. */
static const struct ascii_set plain_first = {{ASCII_DIGITS | ASCII_BIT('$') | ASCII_BIT('(') |
                                                  ASCII_BIT('+') | ASCII_BIT('.') | ASCII_BIT('/') |
                                                  ASCII_BIT('<'),
                                              ASCII_LETTERS | ASCII_BIT('_') | ASCII_BIT('~')}};
static const struct ascii_set plain_flow = {
    {ASCII_DIGITS | ASCII_BIT(' ') | ASCII_BIT('$') | ASCII_BIT('%') | ASCII_BIT('(') | ASCII_BIT(')') |
         ASCII_BIT('\'') | ASCII_BIT('+') | ASCII_BIT('-') | ASCII_BIT('.') | ASCII_BIT('/'),
     ASCII_LETTERS | ASCII_BIT('_') | ASCII_BIT('~')}};

static bool is_beyond_ascii(char c)
{
    return (unsigned char)c >= 0x80;
}

static struct yaml_node *new_scalar(struct plain *plain, enum yaml_scalar_style style, size_t from, size_t to)
{
    struct yaml_node *node = yaml_plain_node(plain, YAML_SCALAR, from, to);
    node->style = style;
    return node;
}

static bool add_slice(struct plain *plain, enum yaml_scalar_style style, size_t from, size_t to)
{
    size_t quotes = style == YAML_SINGLE || style == YAML_DOUBLE;
    struct yaml_node *node = new_scalar(plain, style, from, to);
    node->value = str_slice(plain->source->text, plain->bom + from + quotes, plain->bom + to - quotes);
    return yaml_plain_add(plain, node);
}

/* A quoted scalar of one line, of whose escapes only those are taken that stand for the character behind
 * them. */
bool yaml_plain_quoted(struct plain *plain, char quote)
{
    size_t from = plain->at++;
    size_t escapes = 0;
    for (;; plain->at++) {
        if (yaml_plain_at_line_end(plain) || plain->p[plain->at] == '\t')
            return false;
        char c = plain->p[plain->at], next = plain->at + 1 < plain->n ? plain->p[plain->at + 1] : '\0';
        bool escaped = quote == '"' ? c == '\\' : c == quote && next == quote;
        if (escaped && quote == '"' && next != '"' && next != '\\' && next != '/')
            return false;
        if (c == quote && !escaped)
            break;
        plain->at += escaped;
        escapes += escaped;
    }
    size_t to = ++plain->at;
    enum yaml_scalar_style style = quote == '"' ? YAML_DOUBLE : YAML_SINGLE;
    if (!escapes)
        return add_slice(plain, style, from, to);
    struct yaml_node *node = new_scalar(plain, style, from, to);
    size_t n = to - from - 2 - escapes, i = from + 1;
    char *value = arena_alloc(plain->arena, n + 1);
    for (size_t k = 0; k < n; k++, i++) {
        i += plain->p[i] == (quote == '"' ? '\\' : quote);
        value[k] = plain->p[i];
    }
    node->value = (struct str){value, n};
    return yaml_plain_add(plain, node);
}

/* A plain scalar of one line, outside of [ ] and { }. */
bool yaml_plain_word(struct plain *plain)
{
    size_t from = plain->at, to = from;
    char first = plain->p[from];
    if (!ascii_has(&plain_first, first) && !is_beyond_ascii(first))
        return false;
    for (; !yaml_plain_at_line_end(plain); plain->at++) {
        char c = plain->p[plain->at];
        if (c == ' ')
            continue;
        if (c == '\t' || (c == ':' && (plain->at + 1 == plain->n || strchr(" \n", plain->p[plain->at + 1]))))
            return false;
        if (c == '#' && plain->p[plain->at - 1] == ' ')
            break;
        to = plain->at + 1;
    }
    plain->at = to;
    return add_slice(plain, YAML_PLAIN, from, to);
}

bool yaml_plain_word_in_flow(struct plain *plain)
{
    size_t from = plain->at, to = from;
    if (!ascii_has(&plain_first, plain->p[from]) && !is_beyond_ascii(plain->p[from]))
        return false;
    for (; plain->at < plain->n; plain->at++) {
        char c = plain->p[plain->at];
        if (!ascii_has(&plain_flow, c) && !is_beyond_ascii(c))
            break;
        if (c != ' ')
            to = plain->at + 1;
    }
    return plain->at < plain->n && strchr(",]}", plain->p[plain->at]) &&
           add_slice(plain, YAML_PLAIN, from, to);
}

/* The line at plain->at: where its first character that is no blank stands. */
static size_t past_blanks(const struct plain *plain, size_t at)
{
    while (at < plain->n && plain->p[at] == ' ')
        at++;
    return at;
}

/* Behind the line end at `at`. */
static size_t line_behind(const struct plain *plain, size_t at)
{
    const char *end = at < plain->n ? memchr(plain->p + at, '\n', plain->n - at) : NULL;
    return end ? (size_t)(end - plain->p) + 1 : plain->n;
}

/* The lines of a block scalar, from the first to the last that holds anything: each is indented so, or empty.
 */
static bool find_lines(const struct plain *plain, size_t first, size_t indent, bool folded, size_t *end)
{
    size_t next;
    *end = first;
    for (size_t line = first; line < plain->n; line = next) {
        size_t text = past_blanks(plain, line);
        next = line_behind(plain, line);
        if (text < plain->n && plain->p[text] != '\n') {
            if (text - line < indent)
                return plain->p[text] != '\t';
            if (plain->p[next - 1] != '\n' || (folded && (text - line > indent || plain->p[text] == '\t')))
                return false;
            *end = next;
        } else if (text - line > indent) {
            return false;
        }
    }
    return true;
}

/* `|` or `>`, with or without `-`; the container's own indentation is `outer` columns. */
bool yaml_plain_block(struct plain *plain, size_t outer)
{
    size_t from = plain->at;
    bool folded = plain->p[plain->at++] == '>', strip = yaml_plain_is_at(plain, '-');
    plain->at += strip;
    yaml_plain_skip_blanks(plain);
    if (plain->at == plain->n || plain->p[plain->at] != '\n')
        return false;
    size_t first = plain->at + 1, text = past_blanks(plain, first), indent = text - first, end;
    if (text == plain->n || plain->p[text] == '\n' || plain->p[text] == '\t' || indent <= outer ||
        !find_lines(plain, first, indent, folded, &end))
        return false;
    char *value = arena_alloc(plain->arena, end - first + 1);
    size_t n = 0, empty = 0;
    for (size_t line = first; line < end; line = line_behind(plain, line)) {
        size_t text_end = line_behind(plain, line) - 1;
        if (text_end <= line + indent) {
            empty++;
            continue;
        }
        if (line > first && folded && !empty)
            value[n++] = ' ';
        for (size_t breaks = line > first ? empty + !folded : 0; breaks > 0; breaks--)
            value[n++] = '\n';
        empty = 0;
        memcpy(value + n, plain->p + line + indent, text_end - line - indent);
        n += text_end - line - indent;
    }
    if (!strip)
        value[n++] = '\n';
    arena_shrink(plain->arena, value, end - first + 1, n + 1);
    size_t to = end;
    while (plain->p[to - 1] == ' ' || plain->p[to - 1] == '\n' || plain->p[to - 1] == '\t')
        to--;
    struct yaml_node *node = new_scalar(plain, folded ? YAML_FOLDED : YAML_LITERAL, from, to);
    node->value = (struct str){value, n};
    plain->at = end - 1; /* its line's end */
    return yaml_plain_add(plain, node);
}
