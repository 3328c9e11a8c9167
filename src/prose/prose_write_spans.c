/* Prose → CommonMark: spans. Emphasis is written with '_' and strong with '**', so that no two marks run into
 * each other; a character beside a mark that would keep it from working (CommonMark 0.30, 6.2: flanking) is
 * written as a number. */
#include "prose/prose_write_parts.h"

#include <string.h>

#include "base/ascii.h"
#include "base/bytes16.h"
#include "base/utf8.h"

enum { HARD_BREAK = 0x2028 };

/* What marks are open around a text, outermost first. */
enum mark { MARK_LINK, MARK_STRONG, MARK_EMPHASIS, MARK_COUNT };

struct leaf {
    struct prose_writer *writer;
    struct str text; /* of all spans */
    struct prose_run *runs;
    size_t count;
    enum mark open[MARK_COUNT];
    size_t open_count;
    struct str url; /* of the open link */
    int32_t last;   /* what the parser takes for the last character: blanks behind a blank are dropped */
    bool line_start;
};

/* What stands beside a mark. Of characters beyond ASCII only some are known to be letters. */
enum side { SIDE_BLANK, SIDE_MARK, SIDE_LETTER, SIDE_UNKNOWN };

static bool is_alphanumeric(int32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static enum side side_of(int32_t c)
{
    if (c <= ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == HARD_BREAK ||
        c == 0x202F || c == 0x205F || c == 0x3000)
        return SIDE_BLANK;
    if (c < 0x80)
        return is_alphanumeric(c) ? SIDE_LETTER : SIDE_MARK;
    bool latin = c >= 0xC0 && c <= 0x24F, greek_or_cyrillic = (c >= 0x388 && c <= 0x481);
    bool kana = c >= 0x3041 && c <= 0x3096, han = c >= 0x3400 && c <= 0x9FFF,
         hangul = c >= 0xAC00 && c <= 0xD7A3;
    return latin || greek_or_cyrillic || kana || han || hangul ? SIDE_LETTER : SIDE_UNKNOWN;
}

static bool has_mark(const struct prose_run *run, enum mark mark, struct str url)
{
    if (mark == MARK_LINK)
        return run->url.n && str_eq(run->url, url);
    return (run->style & (mark == MARK_STRONG ? (unsigned)PROSE_STRONG : (unsigned)PROSE_EMPHASIS)) != 0;
}

static void collect_runs(struct leaf *leaf, const struct prose_block *block)
{
    struct prose_writer *writer = leaf->writer;
    struct buf *text = &writer->text;
    buf_clear(text);
    if (writer->run_cap < block->span_count) {
        writer->run_cap = 2 * block->span_count;
        writer->runs = base_realloc(writer->runs, writer->run_cap * sizeof *writer->runs);
    }
    leaf->runs = writer->runs;
    for (size_t i = 0; i < block->span_count; i++) {
        const struct prose_span *span = &block->spans[i];
        struct prose_run *before = leaf->count ? &leaf->runs[leaf->count - 1] : NULL;
        size_t from = text->n;
        buf_str(text, span->text);
        if (before && before->style == span->style && str_eq(before->url, span->url))
            before->to = text->n;
        else if (span->text.n)
            leaf->runs[leaf->count++] = (struct prose_run){from, text->n, span->style, span->url};
    }
    leaf->text = buf_view(text);
}

/* ---- marks */

/* Escapes work in an address, and nothing else in it is marked up. */
static void write_url(struct buf *out, struct str url)
{
    static const struct ascii_set unescaped = ASCII_SET_AND_BEYOND(
        ~(ASCII_BIT(0) | ASCII_BIT('(') | ASCII_BIT(')') | ASCII_BIT('<') | ASCII_BIT('>') | ASCII_BIT('&') |
          ASCII_BIT('*') | ASCII_BIT('!') | ASCII_BIT('"') | ASCII_BIT('\'')),
        ~(ASCII_BIT('\\') | ASCII_BIT('_') | ASCII_BIT('`') | ASCII_BIT('[') | ASCII_BIT(']')));
    for (size_t at = 0, end; at < url.n; at = end) {
        end = ascii_past(&unescaped, url, at);
        buf_str(out, str_slice(url, at, end));
        if (end == url.n)
            break;
        buf_char(out, '\\');
        buf_char(out, url.p[end++]);
    }
}

static void write_mark(struct leaf *leaf, enum mark mark, bool opens)
{
    struct buf *out = leaf->writer->out;
    leaf->line_start = false;
    if (mark != MARK_LINK) {
        buf_text(out, mark == MARK_STRONG ? "**" : "_");
    } else if (opens) {
        buf_char(out, '[');
    } else {
        buf_text(out, "](");
        write_url(out, leaf->url);
        buf_char(out, ')');
    }
}

/* What is closed and opened between a run and the one before it. */
struct change {
    size_t keep; /* marks that stay open, counted from the outermost */
    enum mark opens[MARK_COUNT];
    size_t open_count;
};

static size_t lasts(const struct leaf *leaf, size_t run, enum mark mark)
{
    struct str url = leaf->runs[run].url;
    size_t end = run;
    while (end < leaf->count && has_mark(&leaf->runs[end], mark, url))
        end++;
    return end - run;
}

static bool is_marked(const struct leaf *leaf, size_t run)
{
    return run < leaf->count &&
           (leaf->runs[run].url.n || (leaf->runs[run].style & (PROSE_STRONG | PROSE_EMPHASIS)));
}

static struct change plan_change(const struct leaf *leaf, size_t index)
{
    struct change change = {0};
    if (!is_marked(leaf, index))
        return change;
    const struct prose_run *run = &leaf->runs[index];
    if (leaf->open_count == 0 &&
        !is_marked(leaf, index + 1)) { /* as most are: none lasts longer than another */
        if (run->url.n)
            change.opens[change.open_count++] = MARK_LINK;
        if (run->style & PROSE_STRONG)
            change.opens[change.open_count++] = MARK_STRONG;
        if (run->style & PROSE_EMPHASIS)
            change.opens[change.open_count++] = MARK_EMPHASIS;
        return change;
    }
    bool kept[MARK_COUNT] = {0};
    while (change.keep < leaf->open_count && has_mark(run, leaf->open[change.keep], leaf->url))
        kept[leaf->open[change.keep++]] = true;
    for (enum mark mark = MARK_LINK; mark < MARK_COUNT; mark++) {
        size_t length = lasts(leaf, index, mark), at = change.open_count;
        if (kept[mark] || length == 0)
            continue;
        for (; at > 0 && lasts(leaf, index, change.opens[at - 1]) < length; at--)
            change.opens[at] = change.opens[at - 1];
        change.opens[at] = mark;
        change.open_count++;
    }
    return change;
}

static void apply_change(struct leaf *leaf, const struct change *change, struct str url)
{
    while (leaf->open_count > change->keep)
        write_mark(leaf, leaf->open[--leaf->open_count], false);
    for (size_t i = 0; i < change->open_count; i++) {
        enum mark mark = change->opens[i];
        if (mark == MARK_LINK)
            leaf->url = url;
        write_mark(leaf, mark, true);
        leaf->open[leaf->open_count++] = mark;
    }
}

static int32_t first_character(const struct leaf *leaf, size_t run)
{
    size_t at = leaf->runs[run].from;
    return utf8_next(leaf->text, &at);
}

static size_t last_offset(const struct leaf *leaf, size_t run)
{
    size_t at = leaf->runs[run].to;
    while (at > leaf->runs[run].from && ((unsigned char)leaf->text.p[--at] & 0xC0) == 0x80)
        continue;
    return at;
}

static enum side side_before(const struct leaf *leaf, size_t run)
{
    if (leaf->runs[run].style & PROSE_CODE)
        return SIDE_MARK;
    size_t at = last_offset(leaf, run);
    return side_of(utf8_next(leaf->text, &at));
}

static enum side side_after(const struct leaf *leaf, size_t run)
{
    return leaf->runs[run].style & PROSE_CODE ? SIDE_MARK : side_of(first_character(leaf, run));
}

static bool is_wordlike(enum side side)
{
    return side == SIDE_LETTER || side == SIDE_UNKNOWN;
}

/* Whether the mark nearest to a character, on whose other side `far` stands, works only when the character is
 * written as a number. inside: the mark marks the character up. */
static bool needs_number(enum mark mark, bool inside, enum side near, enum side far)
{
    if (mark == MARK_LINK)
        return false;
    if (inside)
        return near == SIDE_BLANK;
    return is_wordlike(near) && (mark == MARK_EMPHASIS || far != SIDE_LETTER);
}

/* Of the run before index, whose marks change from there on: its last character. */
static bool number_last(const struct leaf *leaf, size_t index, const struct change *change)
{
    if (leaf->open_count == change->keep && change->open_count == 0)
        return false;
    enum side near = side_before(leaf, index - 1);
    if (leaf->open_count > change->keep)
        return needs_number(leaf->open[leaf->open_count - 1], true, near, SIDE_MARK);
    enum side far = change->open_count > 1 ? SIDE_MARK : side_after(leaf, index);
    return needs_number(change->opens[0], false, near, far);
}

/* The first character of the run at index. Called before the change is applied. */
static bool number_first(const struct leaf *leaf, size_t index, const struct change *change)
{
    size_t closed = leaf->open_count - change->keep;
    if (closed == 0 && change->open_count == 0)
        return false;
    enum side near = side_after(leaf, index);
    if (change->open_count)
        return needs_number(change->opens[change->open_count - 1], true, near, SIDE_MARK);
    enum side far = closed > 1 ? SIDE_MARK : side_before(leaf, index - 1);
    return needs_number(leaf->open[change->keep], false, near, far);
}

/* ---- text */

static void write_number(struct leaf *leaf, int32_t c)
{
    buf_printf(leaf->writer->out, "&#%d;", (int)c);
}

static bool is_entity(struct str text)
{
    size_t i = 1;
    if (i < text.n && text.p[i] == '#')
        i++;
    while (i < text.n && is_alphanumeric(text.p[i]))
        i++;
    return i > 1 && i < text.n && text.p[i] == ';';
}

/* "12." or "12)" of a list at the start of a line: the offset of its mark, else 0. */
static size_t list_number(struct str text)
{
    size_t i = 0;
    while (i < text.n && text.p[i] >= '0' && text.p[i] <= '9')
        i++;
    bool marked = i > 0 && i < text.n && (text.p[i] == '.' || text.p[i] == ')');
    return marked && (i + 1 == text.n || !is_alphanumeric(text.p[i + 1])) ? i : 0;
}

/* Whether the ASCII character at `at` of a run means more than itself there. */
static bool needs_escape(const struct leaf *leaf, struct str run, size_t at, bool is_last)
{
    char c = run.p[at];
    char next = at + 1 < run.n ? run.p[at + 1] : '\0';
    switch (c) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
        return true;
    case '_': /* within a word it is no mark; at the run's end its neighbour may be written as a number */
        return !(at > 0 && at + 2 < run.n && is_alphanumeric(run.p[at - 1]) && is_alphanumeric(next));
    case '<':
        return !next || is_alphanumeric(next) || strchr("/!?", next);
    case '&':
        return is_entity(str_slice(run, at, run.n));
    case '!': /* before a link it would make a picture of it */
        return !next && !is_last;
    case '#':
    case '>':
    case '-':
    case '+':
    case '=':
    case '~':
        return leaf->line_start;
    default:
        return false;
    }
}

static void write_break(struct leaf *leaf, bool at_end)
{
    if (at_end && leaf->open_count == 0) /* a break before nothing is none */
        return;
    buf_char(leaf->writer->out, '\\');
    prose_write_line(leaf->writer);
    leaf->line_start = true;
    leaf->last = ' ';
}

/* Within a line these mean nothing but themselves, and so does what is no ASCII. */
static const struct ascii_set ordinary = ASCII_SET(
    ASCII_DIGITS | ASCII_BIT('"') | ASCII_BIT('#') | ASCII_BIT('$') | ASCII_BIT('%') | ASCII_BIT('\'') |
        ASCII_BIT('(') | ASCII_BIT(')') | ASCII_BIT('+') | ASCII_BIT(',') | ASCII_BIT('-') | ASCII_BIT('.') |
        ASCII_BIT('/') | ASCII_BIT(':') | ASCII_BIT(';') | ASCII_BIT('=') | ASCII_BIT('>') | ASCII_BIT('?'),
    ASCII_LETTERS | ASCII_BIT('@') | ASCII_BIT('^') | ASCII_BIT('{') | ASCII_BIT('|') | ASCII_BIT('}') |
        ASCII_BIT('~'));

static bool is_ordinary(struct str text, size_t at)
{
    if ((unsigned char)text.p[at] >= 0x80)
        return text.p[at] != '\xE2' || str_slice(text, at, at + 3).n < 3 ||
               memcmp(text.p + at, "\xE2\x80\xA8", 3) != 0;
    return ascii_has(&ordinary, text.p[at]);
}

/* What is not ordinary, "^", and all that begins as a hard break does. */
static inline bytes16 may_be_odd(bytes16 bytes)
{
    return bytes16_between(bytes, 0, 0x1F) | bytes16_is(bytes, '!') | bytes16_is(bytes, '&') |
           bytes16_is(bytes, '*') | bytes16_is(bytes, '<') | bytes16_between(bytes, '[', '`') |
           bytes16_is(bytes, 0x7F) | bytes16_is(bytes, (char)0xE2);
}

/* Past ordinary characters and single blanks before them, as far as that is told at a glance. */
static size_t past_ordinary(struct str text, size_t from, size_t at)
{
    enum { SURE = sizeof(bytes16) - 1 }; /* what stands behind the last of them is not known */
    for (; text.n - at >= sizeof(bytes16); at += SURE) {
        bytes16 bytes = bytes16_at(text.p + at);
        unsigned blanks = bytes16_bits(bytes16_is(bytes, ' ')), odd = bytes16_bits(may_be_odd(bytes));
        odd |= blanks & ((odd | blanks) >> 1 | (at == from));
        if (odd & ((1U << SURE) - 1))
            return at + bytes16_first(odd);
    }
    if (text.n < sizeof(bytes16))
        return at;
    const size_t left = text.n - at, passed = sizeof(bytes16) - left;
    bytes16 bytes = bytes16_at(text.p + text.n - sizeof(bytes16));
    unsigned blanks = bytes16_bits(bytes16_is(bytes, ' ')) >> passed,
             odd = bytes16_bits(may_be_odd(bytes)) >> passed | 1U << left; /* the end is, too */
    odd |= blanks & ((odd | blanks) >> 1 | (at == from));
    return at + bytes16_first(odd);
}

/* The end of the ordinary characters, and single blanks between them, that begin at `from` within a line. */
static size_t ordinary_end(struct str text, size_t from)
{
    size_t at = from;
    for (;;) {
        at = ascii_past(&ordinary, text, past_ordinary(text, from, at));
        if (at == text.n)
            return at;
        if (text.p[at] == ' ' && at > from && text.p[at - 1] != ' ' && at + 1 < text.n &&
            ascii_has(&ordinary, text.p[at + 1])) {
            at += 2;
            continue;
        }
        bool blank = text.p[at] == ' ' && at > from && text.p[at - 1] != ' ' && at + 1 < text.n &&
                     is_ordinary(text, at + 1);
        if (!blank && !is_ordinary(text, at))
            return at;
        at++;
    }
}

static bool breaks_at(const struct leaf *leaf, size_t at)
{
    size_t next = at;
    return at >= leaf->text.n || utf8_next(leaf->text, &next) == HARD_BREAK;
}

static void write_text(struct leaf *leaf, const struct prose_run *run, bool first_as_number,
                       bool last_as_number)
{
    struct str text = str_slice(leaf->text, run->from, run->to);
    size_t list_mark = 0, last = last_as_number && text.n
                                     ? last_offset(leaf, (size_t)(run - leaf->runs)) - run->from
                                     : text.n;
    for (size_t at = 0, next = 0; at < text.n; at = next) {
        if (!leaf->line_start && at >= list_mark + (list_mark != 0) && (at || !first_as_number)) {
            next = ordinary_end(str_slice(text, 0, last), at);
            if (next > at) {
                buf_str(leaf->writer->out, str_slice(text, at, next));
                leaf->last = (unsigned char)text.p[next - 1];
                continue;
            }
        }
        int32_t c = utf8_next(text, &next);
        bool number = (at == 0 && first_as_number) || (next == text.n && last_as_number);
        if (c == HARD_BREAK) {
            write_break(leaf, run->from + next == leaf->text.n);
            continue;
        }
        if (leaf->line_start) {
            size_t mark = list_number(str_slice(text, at, text.n));
            list_mark = mark ? at + mark : 0;
        }
        if (c == ' ' && (leaf->last == ' ' || breaks_at(leaf, run->from + next)))
            number = true;
        if (number) {
            write_number(leaf, c);
        } else {
            if (c < 0x80 &&
                ((at && at == list_mark) || needs_escape(leaf, text, at, run->to == leaf->text.n)))
                buf_char(leaf->writer->out, '\\');
            buf_str(leaf->writer->out, str_slice(text, at, next));
        }
        leaf->line_start = false;
        leaf->last = c;
    }
}

/* A blank or grave accent at an end gets a blank beside it, which is dropped in pairs (CommonMark 0.30, 6.1).
 */
static void write_code(struct leaf *leaf, const struct prose_run *run)
{
    struct str text = str_slice(leaf->text, run->from, run->to);
    struct buf *out = leaf->writer->out;
    size_t longest = 0, here = 0;
    for (size_t i = 0; i < text.n; i++) {
        here = text.p[i] == '`' ? here + 1 : 0;
        longest = here > longest ? here : longest;
    }
    bool blank = str_trim(text).n == 0;
    bool pad = !blank && (strchr(" `", text.p[0]) || strchr(" `", text.p[text.n - 1]));
    buf_repeat(out, '`', longest + 1);
    buf_repeat(out, ' ', pad);
    buf_str(out, text);
    buf_repeat(out, ' ', pad);
    buf_repeat(out, '`', longest + 1);
    leaf->last = text.p[text.n - 1] == ' ' ? ' ' : 0;
    leaf->line_start = false;
}

static void write_runs(struct leaf *leaf)
{
    struct change change = plan_change(leaf, 0);
    for (size_t i = 0; i < leaf->count; i++) {
        const struct prose_run *run = &leaf->runs[i];
        bool first = number_first(leaf, i, &change);
        apply_change(leaf, &change, run->url);
        change = plan_change(leaf, i + 1); /* behind the last run, everything is closed */
        if (run->style & PROSE_CODE)
            write_code(leaf, run);
        else
            write_text(leaf, run, first, number_last(leaf, i + 1, &change));
    }
    apply_change(leaf, &change, (struct str){0});
}

void prose_write_spans(struct prose_writer *writer, const struct prose_block *paragraph)
{
    struct leaf leaf = {.writer = writer, .last = ' ', .line_start = true};
    const struct prose_span *only = paragraph->spans;
    if (paragraph->span_count == 1 && only->text.n && !only->style && !only->url.n) { /* without marks, and without a copy */
        struct prose_run run = {.to = only->text.n};
        leaf.text = only->text;
        leaf.runs = &run;
        leaf.count = 1;
        write_text(&leaf, &run, false, false);
        return;
    }
    collect_runs(&leaf, paragraph);
    write_runs(&leaf);
}
