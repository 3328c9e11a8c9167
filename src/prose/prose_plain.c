/* Plain prose: stretches of text between line ends and the few marks whose meaning one character on either
 * side tells. */
#include "prose/prose_plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"

static const size_t bracket_steps = (size_t)1 << 24; /* as prose_check_effort bounds them */

/* What neither begins nor ends markup behind the first character of a line. */
static const struct ascii_set ordinary = ASCII_SET_AND_BEYOND(
    ASCII_PRINTED_LOW & ~(ASCII_BIT('!') | ASCII_BIT('&') | ASCII_BIT('*') | ASCII_BIT('<')),
    ASCII_PRINTED_HIGH &
        ~(ASCII_BIT('[') | ASCII_BIT('\\') | ASCII_BIT(']') | ASCII_BIT('_') | ASCII_BIT('`')));
static const struct ascii_set alphanumeric = ASCII_SET(ASCII_DIGITS, ASCII_LETTERS);
/* Of an address: nothing that ends it, is escaped or begins an entity. */
static const struct ascii_set addressed =
    ASCII_SET(ASCII_DIGITS | ASCII_BIT('#') | ASCII_BIT('$') | ASCII_BIT('%') | ASCII_BIT('+') |
                  ASCII_BIT(',') | ASCII_BIT('-') | ASCII_BIT('.') | ASCII_BIT('/') | ASCII_BIT(':') |
                  ASCII_BIT(';') | ASCII_BIT('=') | ASCII_BIT('?'),
              ASCII_LETTERS | ASCII_BIT('@') | ASCII_BIT('~'));

/* Text, or markup with text in it. */
struct piece {
    size_t from, to; /* the text */
    size_t next;     /* behind the piece */
    unsigned style;
    struct str url;
};

struct paragraph {
    size_t first;    /* of the spans */
    size_t from, to; /* in the text */
};

struct taking {
    struct str text;
    char *chars; /* texts of the spans, and addresses, each with a NUL behind it */
    size_t char_count;
    struct prose_span *spans; /* places are offsets in the text so far */
    size_t span_count, span_cap;
    struct paragraph *paragraphs;
    size_t count, cap;
    bool open; /* the last span may grow */
};

static bool is_alphanumeric(struct str text, size_t at)
{
    return at < text.n && ascii_has(&alphanumeric, text.p[at]);
}

static size_t past_ordinary(struct str text, size_t at)
{
    return ascii_past(&ordinary, text, at);
}

static bool may_follow_mark(struct str text, size_t at)
{
    static const struct ascii_set marks =
        ASCII_SET(ASCII_BIT(' ') | ASCII_BIT(',') | ASCII_BIT('.') | ASCII_BIT(';') | ASCII_BIT(':') |
                      ASCII_BIT('?') | ASCII_BIT(')') | ASCII_BIT('\n'),
                  (uint64_t)0);
    return at == text.n || ascii_has(&marks, text.p[at]);
}

/* Emphasis that opens behind a blank before a letter or digit, and closes behind one before a blank or a
 * sign: the first mark cannot close and the second cannot open (6.2: flanking). */
static bool take_emphasis(struct str text, size_t at, struct piece *piece)
{
    size_t marks = at + 1 < text.n && text.p[at + 1] == '*' ? 2 : 1, from = at + marks,
           to = past_ordinary(text, from);
    bool opens = (at == 0 || text.p[at - 1] == ' ' || text.p[at - 1] == '\n') && is_alphanumeric(text, from);
    if (!opens || !is_alphanumeric(text, to - 1) || text.n - to < marks ||
        memcmp(text.p + to, "**", marks) != 0 || !may_follow_mark(text, to + marks))
        return false;
    *piece = (struct piece){from, to, to + marks, marks == 2 ? PROSE_STRONG : PROSE_EMPHASIS, {0}};
    return true;
}

static bool take_link(struct str text, size_t at, struct piece *piece)
{
    size_t from = at + 1, to = past_ordinary(text, from), url = to + 2, end = url;
    if (!is_alphanumeric(text, from) || !is_alphanumeric(text, to - 1) || url >= text.n ||
        memcmp(text.p + to, "](", 2) != 0)
        return false;
    end = ascii_past(&addressed, text, end);
    if (end == text.n || text.p[end] != ')')
        return false;
    *piece = (struct piece){from, to, end + 1, 0, str_slice(text, url, end)};
    return prose_url_allowed(piece->url);
}

/* The piece that begins within a line; false where it is not plain. */
static bool take_piece(struct str text, size_t at, struct piece *piece)
{
    size_t to = past_ordinary(text, at);
    if (to > at) {
        *piece = (struct piece){at, to, to, 0, {0}};
        return true;
    }
    return text.p[at] == '*' ? take_emphasis(text, at, piece)
                             : text.p[at] == '[' && take_link(text, at, piece);
}

/* Whether a line that begins so is text of a paragraph: no list, heading, quote, rule, code, table or HTML.
 */
static bool begins_text(struct str text, size_t at)
{
    size_t digits = at;
    while (digits < text.n && text.p[digits] >= '0' && text.p[digits] <= '9')
        digits++;
    if (digits > at)
        return digits == text.n || (text.p[digits] != '.' && text.p[digits] != ')') ||
               is_alphanumeric(text, digits + 1);
    return is_alphanumeric(text, at) || (unsigned char)text.p[at] >= 0x80 || strchr("\"'($*[", text.p[at]);
}

/* Whether the line that ends at `at`, with text, ends plainly: without blanks, and where the next one is of
 * the same paragraph, as a blank between words (some scripts beyond ASCII set none). */
static bool ends_plainly(struct str text, size_t at)
{
    if (text.p[at - 1] == ' ')
        return false;
    if (at + 1 >= text.n || text.p[at + 1] == '\n' || (unsigned char)text.p[at - 1] < 0x80)
        return true;
    return (unsigned char)text.p[at + 1] < 0x80;
}

static void *grow(void *items, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return items;
    *cap = *cap ? *cap * 2 : 8;
    return base_realloc(items, *cap * size);
}

static struct str add_chars(struct taking *taking, struct str text)
{
    char *to = taking->chars + taking->char_count;
    memcpy(to, text.p, text.n);
    taking->char_count += text.n;
    return (struct str){to, text.n};
}

/* To the last span; a run of blanks is one. */
static void add_text(struct taking *taking, struct str text)
{
    size_t before = taking->char_count;
    for (size_t i = 0; i < text.n;) {
        const char *blank = memchr(text.p + i, ' ', text.n - i);
        size_t end = blank ? (size_t)(blank - text.p) + 1 : text.n;
        add_chars(taking, str_slice(text, i, end));
        for (i = end; blank && i < text.n && text.p[i] == ' ';)
            i++;
    }
    taking->spans[taking->span_count - 1].text.n += taking->char_count - before;
}

static void add_span(struct taking *taking, const struct piece *piece)
{
    taking->char_count += taking->span_count != 0; /* the NUL behind the one before */
    struct prose_span span = {.style = piece->style, .at = {NULL, (uint32_t)piece->from, 0}};
    if (piece->url.n) {
        span.url = add_chars(taking, piece->url);
        taking->char_count++;
    }
    span.text.p = taking->chars + taking->char_count;
    taking->spans = grow(taking->spans, taking->span_count, &taking->span_cap, sizeof span);
    taking->spans[taking->span_count++] = span;
}

/* broken: a line ended before it, which is a blank: of the text before, if it is not marked up, else of the
 * piece. */
static bool add_piece(struct taking *taking, const struct piece *piece, bool broken)
{
    bool marked = piece->style || piece->url.n, open = taking->open;
    if (broken && open)
        add_text(taking, STR(" "));
    else if (broken && marked)
        return false;
    if (marked || !open)
        add_span(taking, piece);
    if (broken && !open)
        add_text(taking, STR(" "));
    add_text(taking, str_slice(taking->text, piece->from, piece->to));
    taking->spans[taking->span_count - 1].at.end = (uint32_t)piece->to;
    taking->paragraphs[taking->count - 1].to = piece->to;
    taking->open = !marked;
    return true;
}

static void add_paragraph(struct taking *taking, size_t from)
{
    taking->paragraphs = grow(taking->paragraphs, taking->count, &taking->cap, sizeof *taking->paragraphs);
    taking->paragraphs[taking->count++] = (struct paragraph){taking->span_count, from, from};
    taking->open = false;
}

static bool take_all(struct taking *taking)
{
    struct str text = taking->text;
    size_t brackets = 0, lines = 1;
    bool within = false, starts = true; /* a paragraph; a line */
    for (size_t at = 0; at < text.n;) {
        struct piece piece;
        if (text.p[at] == '\n') {
            if (!starts && !ends_plainly(text, at))
                return false;
            within = within && !starts;
            starts = true;
            lines++;
            at++;
            continue;
        }
        if ((starts && !begins_text(text, at)) || !take_piece(text, at, &piece))
            return false;
        if (!within)
            add_paragraph(taking, piece.from);
        if (!add_piece(taking, &piece, within && starts))
            return false;
        brackets += piece.url.n != 0;
        within = true;
        starts = false;
        at = piece.next;
    }
    return taking->count && text.p[text.n - 1] != ' ' && brackets * lines <= bracket_steps;
}

static void keep(struct taking *taking, struct arena *arena, const struct diag_origin *origin,
                 struct prose *prose)
{
    struct prose_span *spans = ARENA_ARRAY(arena, struct prose_span, taking->span_count);
    memcpy(spans, taking->spans, taking->span_count * sizeof *spans);
    for (size_t i = 0; i < taking->span_count; i++) {
        spans[i].text = utf8_nfc(arena, spans[i].text);
        spans[i].at = origin_span(origin, spans[i].at.start, spans[i].at.end);
    }
    prose->count = taking->count;
    prose->blocks = ARENA_ARRAY(arena, struct prose_block, taking->count);
    for (size_t i = 0; i < taking->count; i++) {
        const struct paragraph *paragraph = &taking->paragraphs[i];
        size_t end = i + 1 < taking->count ? paragraph[1].first : taking->span_count;
        prose->blocks[i] = (struct prose_block){.kind = PROSE_PARAGRAPH,
                                                .at = origin_span(origin, paragraph->from, paragraph->to),
                                                .spans = spans + paragraph->first,
                                                .span_count = end - paragraph->first};
    }
}

bool prose_read_plain(struct arena *arena, struct str text, const struct diag_origin *origin,
                      struct prose *prose)
{
    if (text.n == 0 || text.n > UINT32_MAX)
        return false;
    struct arena_mark mark = arena_mark(arena);
    size_t room = text.n + 2; /* NULs stand where marks and line ends did */
    struct taking taking = {.text = text, .chars = arena_alloc(arena, room)};
    bool plain = take_all(&taking);
    if (plain) {
        arena_shrink(arena, taking.chars, room, taking.char_count + 1);
        keep(&taking, arena, origin, prose);
    } else {
        arena_rewind(arena, mark);
    }
    free(taking.spans);
    free(taking.paragraphs);
    return plain;
}
