/* Plain prose: stretches of text between line ends and the few marks whose meaning one character on either
 * side tells. */
#include "prose/prose_plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/bytes16.h"
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
    bool spaced; /* two blanks stand beside each other in it */
};

/* What a line is of. */
enum place { PLACE_NOWHERE, PLACE_PARAGRAPH, PLACE_BULLETS, PLACE_NUMBERS };

struct paragraph {
    size_t first;    /* of the spans */
    size_t from, to; /* in the text */
    enum place of;   /* a paragraph of its own, or the only one of an item */
    bool goes_on;    /* with the list of the one before */
    unsigned number; /* of the item */
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

/* What is not ordinary, and "^". */
static inline bytes16 may_mark_up(bytes16 bytes)
{
    return bytes16_between(bytes, 0, 0x1F) | bytes16_is(bytes, '!') | bytes16_is(bytes, '&') |
           bytes16_is(bytes, '*') | bytes16_is(bytes, '<') | bytes16_between(bytes, '[', '`') |
           bytes16_is(bytes, 0x7F);
}

/* The first byte from `at` on that is not ordinary, or the end. *spaced: two blanks were met beside each
 * other. */
static size_t past_run(struct str text, size_t at, bool *spaced)
{
    unsigned before = 0; /* 1 behind a blank */
    for (; text.n - at >= sizeof(bytes16); at += sizeof(bytes16)) {
        bytes16 bytes = bytes16_at(text.p + at);
        unsigned marks = bytes16_bits(may_mark_up(bytes)), first = marks & (0 - marks);
        unsigned blanks = bytes16_bits(bytes16_is(bytes, ' ')) & (first - 1); /* those before it */
        *spaced |= (blanks & (blanks << 1 | before)) != 0;
        before = blanks >> (sizeof bytes - 1);
        if (!marks)
            continue;
        at += bytes16_first(marks);
        if (text.p[at] != '^')
            return at;
        break;
    }
    for (; at < text.n && ascii_has(&ordinary, text.p[at]); at++) {
        *spaced |= before && text.p[at] == ' ';
        before = text.p[at] == ' ';
    }
    return at;
}

/* An "&" or "!" before a blank begins no entity and no picture. */
static size_t past_ordinary(struct str text, size_t at, bool *spaced)
{
    for (;; at++) {
        at = past_run(text, at, spaced);
        bool sign = at + 1 < text.n && (text.p[at] == '&' || text.p[at] == '!') && text.p[at + 1] == ' ';
        if (!sign)
            return at;
    }
}

static bool may_follow_mark(struct str text, size_t at)
{
    static const struct ascii_set marks =
        ASCII_SET(ASCII_BIT(' ') | ASCII_BIT(',') | ASCII_BIT('.') | ASCII_BIT(';') | ASCII_BIT(':') |
                      ASCII_BIT('?') | ASCII_BIT(')') | ASCII_BIT('\n'),
                  (uint64_t)0);
    return at == text.n || ascii_has(&marks, text.p[at]);
}

/* Whether a mark at `at` closes, and cannot open: behind a letter or digit before a blank or a sign, or
 * behind a sign of ASCII before a blank. */
static bool closes(struct str text, size_t at, size_t behind)
{
    if (is_alphanumeric(text, at - 1))
        return may_follow_mark(text, behind);
    return text.p[at - 1] != ' ' && (unsigned char)text.p[at - 1] < 0x80 &&
           (behind == text.n || text.p[behind] == ' ' || text.p[behind] == '\n');
}

/* Emphasis that opens behind a blank before a letter or digit, and closes behind text: the first mark cannot
 * close and the second cannot open (6.2: flanking). */
static bool take_emphasis(struct str text, size_t at, struct piece *piece)
{
    bool spaced = false;
    size_t marks = at + 1 < text.n && text.p[at + 1] == '*' ? 2 : 1, from = at + marks,
           to = past_ordinary(text, from, &spaced);
    bool opens = (at == 0 || text.p[at - 1] == ' ' || text.p[at - 1] == '\n') && is_alphanumeric(text, from);
    if (!opens || text.n - to < marks || memcmp(text.p + to, "**", marks) != 0 ||
        !closes(text, to, to + marks))
        return false;
    *piece = (struct piece){from, to, to + marks, marks == 2 ? PROSE_STRONG : PROSE_EMPHASIS, {0}, spaced};
    return true;
}

static bool take_link(struct str text, size_t at, struct piece *piece)
{
    bool spaced = false;
    size_t from = at + 1, to = past_ordinary(text, from, &spaced), url = to + 2, end = url;
    if (!is_alphanumeric(text, from) || !is_alphanumeric(text, to - 1) || url >= text.n ||
        memcmp(text.p + to, "](", 2) != 0)
        return false;
    end = ascii_past(&addressed, text, end);
    if (end == text.n || text.p[end] != ')')
        return false;
    *piece = (struct piece){from, to, end + 1, 0, str_slice(text, url, end), spaced};
    return prose_url_allowed(piece->url);
}

/* The piece that begins within a line; false where it is not plain. */
static bool take_piece(struct str text, size_t at, struct piece *piece)
{
    bool spaced = false;
    size_t to = past_ordinary(text, at, &spaced);
    if (to > at) {
        *piece = (struct piece){at, to, to, 0, {0}, spaced};
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
    *cap = *cap ? *cap * 2 : 16;
    return base_realloc(items, *cap * size);
}

static struct str add_chars(struct taking *taking, struct str text)
{
    char *to = taking->chars + taking->char_count;
    memcpy(to, text.p, text.n);
    taking->char_count += text.n;
    return (struct str){to, text.n};
}

/* To the last span; a run of blanks, which only spaced text has, is one. */
static void add_text(struct taking *taking, struct str text, bool spaced)
{
    size_t before = taking->char_count;
    if (!spaced) {
        add_chars(taking, text);
        text.n = 0;
    }
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
    if (taking->span_count)
        taking->chars[taking->char_count++] = '\0';
    struct prose_span span = {.style = piece->style, .at = {NULL, (uint32_t)piece->from, 0}};
    if (piece->url.n) {
        span.url = add_chars(taking, piece->url);
        taking->chars[taking->char_count++] = '\0';
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
        add_text(taking, STR(" "), false);
    else if (broken && marked)
        return false;
    if (marked || !open)
        add_span(taking, piece);
    if (broken && !open)
        add_text(taking, STR(" "), false);
    add_text(taking, str_slice(taking->text, piece->from, piece->to), piece->spaced);
    taking->spans[taking->span_count - 1].at.end = (uint32_t)piece->to;
    struct paragraph *paragraph = &taking->paragraphs[taking->count - 1];
    if (!paragraph->to)
        paragraph->from = piece->from;
    paragraph->to = piece->to;
    taking->open = !marked;
    return true;
}

/* A line so far. */
struct line {
    enum place of,
        before;   /* of which the last line was: NOWHERE of an empty one; and the one before empty ones */
    bool starts;  /* nothing of it has been read */
    bool goes_on; /* it goes on with the paragraph of the last one */
};

static void add_paragraph(struct taking *taking, enum place of, bool goes_on, unsigned number)
{
    taking->paragraphs = grow(taking->paragraphs, taking->count, &taking->cap, sizeof *taking->paragraphs);
    taking->paragraphs[taking->count++] = (struct paragraph){taking->span_count, 0, 0, of, goes_on, number};
    taking->open = false;
}

/* The mark of an item that begins a line, before one blank and text: its bytes with the blank, 0 where there
 * is none. */
static size_t item_mark(struct str text, size_t at, enum place *place, unsigned *number)
{
    enum { MOST_DIGITS = 9 }; /* 5.2 */
    size_t end = at;
    *number = 0;
    *place = PLACE_NUMBERS;
    for (; end < text.n && end - at < MOST_DIGITS && text.p[end] >= '0' && text.p[end] <= '9'; end++)
        *number = *number * 10 + (unsigned)(text.p[end] - '0');
    if (end == at)
        *place = PLACE_BULLETS;
    bool marked = text.n - end > 2 && text.p[end] == (end == at ? '-' : '.') && text.p[end + 1] == ' ';
    return marked && begins_text(text, end + 2) ? end + 2 - at : 0;
}

/* The start of a line that is not empty. Items take one line each; a list stands behind an empty line, and
 * the next one behind other text. Moves *at to the text; false where that is not plain. */
static bool begin_line(struct taking *taking, struct line *line, size_t *at)
{
    unsigned number;
    enum place place, last = line->of;
    size_t mark = item_mark(taking->text, *at, &place, &number);
    if (!mark && !begins_text(taking->text, *at))
        return false;
    if (!mark)
        place = PLACE_PARAGRAPH;
    if (last != PLACE_NOWHERE && last != place)
        return false;
    if (mark && last == PLACE_NOWHERE && line->before != PLACE_NOWHERE && line->before != PLACE_PARAGRAPH)
        return false;
    line->of = place;
    line->goes_on = !mark && last == PLACE_PARAGRAPH;
    if (!line->goes_on)
        add_paragraph(taking, place, mark && last == place, number);
    *at += mark;
    return true;
}

static void end_line(struct line *line)
{
    if (line->starts && line->of != PLACE_NOWHERE) {
        line->before = line->of;
        line->of = PLACE_NOWHERE;
    }
    line->starts = true;
    line->goes_on = false;
}

static bool take_all(struct taking *taking)
{
    struct str text = taking->text;
    size_t brackets = 0, lines = 1;
    struct line line = {.starts = true};
    for (size_t at = 0; at < text.n;) {
        struct piece piece;
        if (text.p[at] == '\n') {
            if (!line.starts && !ends_plainly(text, at))
                return false;
            end_line(&line);
            lines++;
            at++;
            continue;
        }
        if ((line.starts && !begin_line(taking, &line, &at)) || !take_piece(text, at, &piece) ||
            !add_piece(taking, &piece, line.starts && line.goes_on))
            return false;
        brackets += piece.url.n != 0;
        line.starts = false;
        at = piece.next;
    }
    return taking->count && text.p[text.n - 1] != ' ' && brackets * lines <= bracket_steps;
}

static struct prose_block paragraph_block(const struct taking *taking, size_t index,
                                          const struct diag_origin *origin, struct prose_span *spans)
{
    const struct paragraph *paragraph = &taking->paragraphs[index];
    size_t end = index + 1 < taking->count ? paragraph[1].first : taking->span_count;
    return (struct prose_block){.kind = PROSE_PARAGRAPH,
                                .at = origin_span(origin, paragraph->from, paragraph->to),
                                .spans = spans + paragraph->first,
                                .span_count = end - paragraph->first};
}

/* The list whose items are the paragraphs [first, end). */
static struct prose_block list_block(const struct taking *taking, struct arena *arena, size_t first,
                                     size_t end, const struct diag_origin *origin, struct prose_span *spans)
{
    const struct paragraph *paragraphs = taking->paragraphs;
    struct prose_block *items = ARENA_ROOM(arena, struct prose_block, end - first);
    struct prose_block *texts = ARENA_ROOM(arena, struct prose_block, end - first);
    for (size_t i = 0; i < end - first; i++) {
        texts[i] = paragraph_block(taking, first + i, origin, spans);
        items[i] = (struct prose_block){
            .kind = PROSE_ITEM, .at = texts[i].at, .children = &texts[i], .child_count = 1};
    }
    return (struct prose_block){.kind = PROSE_LIST,
                                .ordered = paragraphs[first].of == PLACE_NUMBERS,
                                .tight = true,
                                .start = paragraphs[first].number,
                                .at = origin_span(origin, paragraphs[first].from, paragraphs[end - 1].to),
                                .children = items,
                                .child_count = end - first};
}

static void keep(struct taking *taking, struct arena *arena, const struct diag_origin *origin,
                 struct prose *prose)
{
    struct prose_span *spans = ARENA_ROOM(arena, struct prose_span, taking->span_count);
    memcpy(spans, taking->spans, taking->span_count * sizeof *spans);
    bool composed = utf8_surely_nfc(taking->text);
    for (size_t i = 0; i < taking->span_count; i++) {
        if (!composed)
            spans[i].text = utf8_nfc(arena, spans[i].text);
        spans[i].at = origin_span(origin, spans[i].at.start, spans[i].at.end);
    }
    for (size_t i = 0; i < taking->count; i++)
        prose->count += !taking->paragraphs[i].goes_on;
    prose->blocks = ARENA_ROOM(arena, struct prose_block, prose->count);
    for (size_t i = 0, n = 0, end; i < taking->count; i = end) {
        end = i + 1;
        while (end < taking->count && taking->paragraphs[end].goes_on)
            end++;
        if (taking->paragraphs[i].of == PLACE_PARAGRAPH)
            prose->blocks[n++] = paragraph_block(taking, i, origin, spans);
        else
            prose->blocks[n++] = list_block(taking, arena, i, end, origin, spans);
    }
}

bool prose_read_plain(struct arena *arena, struct str text, const struct diag_origin *origin,
                      struct prose *prose)
{
    if (text.n == 0 || text.n > UINT32_MAX)
        return false;
    struct arena_mark mark = arena_mark(arena);
    size_t room = text.n + 2; /* NULs stand where marks and line ends did */
    struct taking taking = {.text = text, .chars = arena_room(arena, room, 1)};
    bool plain = take_all(&taking);
    if (plain) {
        taking.chars[taking.char_count] = '\0';
        arena_shrink(arena, taking.chars, room, taking.char_count + 1);
        keep(&taking, arena, origin, prose);
    } else {
        arena_rewind(arena, mark);
    }
    free(taking.spans);
    free(taking.paragraphs);
    return plain;
}
