/* Marks around the page's fixed words, and what becomes of them. */
#include "block/passages.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* None is a byte of UTF-8. */
enum { MARK_HOUSE = 0xfd, MARK_ENGLISH = 0xfe, MARK_END = 0xff };

static bool is_mark(char c)
{
    return (unsigned char)c >= MARK_HOUSE;
}

bool passages_at_end(struct str text)
{
    return text.n && (unsigned char)text.p[text.n - 1] == MARK_END;
}

/* "en-GB" and "en-US" are one. */
static bool same_language(struct str a, struct str b)
{
    size_t i = 0;
    while (i < a.n && i < b.n && a.p[i] == b.p[i] && a.p[i] != '-')
        i++;
    return (i == a.n || a.p[i] == '-') && (i == b.n || b.p[i] == '-');
}

static bool is_letter(int32_t c)
{
    bool ascii = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return ascii || (c >= 0xc0 && !(c >= 0x2000 && c < 0x2100) && !(c >= 0x3000 && c < 0x3040));
}

/* Words are language; figures, dashes, brackets and the Q of "Q4" are not. */
static bool has_words(struct str text)
{
    bool before = false;
    for (size_t at = 0; at < text.n;) {
        bool letter = is_letter(utf8_next(text, &at));
        if (letter && before)
            return true;
        before = letter;
    }
    return false;
}

static void mark_literal(struct buf *out, struct str literal, unsigned char mark)
{
    struct str core = str_trim(literal);
    if (!has_words(core)) {
        buf_str(out, literal);
        return;
    }
    size_t before = (size_t)(core.p - literal.p);
    buf_str(out, str_slice(literal, 0, before));
    buf_char(out, (char)mark);
    buf_str(out, core);
    buf_char(out, (char)MARK_END);
    buf_str(out, str_slice(literal, before + core.n, literal.n));
}

/* End of the {slot} that begins at `at`, or `at` when none does. */
static size_t slot_end(struct str text, size_t at)
{
    size_t end = at + 1;
    while (end < text.n && ((text.p[end] >= 'a' && text.p[end] <= 'z') || text.p[end] == '_'))
        end++;
    return end > at + 1 && end < text.n && text.p[end] == '}' ? end + 1 : at;
}

/* What stands between the slots of a word, marked. */
static struct str mark_word(struct arena *arena, struct str word, unsigned char mark)
{
    struct buf out = {0};
    size_t from = 0;
    for (size_t at = 0; at < word.n;) {
        size_t end = word.p[at] == '{' ? slot_end(word, at) : at;
        if (end == at) {
            at++;
            continue;
        }
        mark_literal(&out, str_slice(word, from, at), mark);
        buf_str(&out, str_slice(word, at, end));
        from = at = end;
    }
    mark_literal(&out, str_slice(word, from, word.n), mark);
    struct str marked = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return marked;
}

void passages_begin(struct builder *b)
{
    struct str document = b->spec->language.s, house = b->house->language.s;
    bool mark_house = house.n && !same_language(document, house),
         mark_english = !same_language(document, STR("en"));
    if (!document.n)
        return;
    b->marked = mark_house || mark_english;
    for (size_t i = 0; b->marked && i < WORD_COUNT; i++) {
        bool replaced = b->words.replaced[i];
        if (replaced ? mark_house : mark_english)
            b->words.text[i] = mark_word(b->arena, b->words.text[i], replaced ? MARK_HOUSE : MARK_ENGLISH);
    }
}

/* ---- taking the marks out */

static struct str language_of(const struct builder *b, char mark)
{
    return (unsigned char)mark == MARK_HOUSE ? b->house->language.s : STR("en");
}

/* End of the stretch at `at`, which holds no mark. */
static size_t stretch_end(struct str text, size_t at)
{
    while (at < text.n && !is_mark(text.p[at]))
        at++;
    return at;
}

/* Takes the marks out. Gives the language that the text begins in, empty when that is the document's. */
static struct str strip(struct builder *b, struct str *text)
{
    struct str language = {0}, open = {0};
    if (stretch_end(*text, 0) == text->n)
        return language;
    struct buf out = {0};
    bool begun = false;
    for (size_t at = 0; at < text->n;) {
        if (is_mark(text->p[at])) {
            open = (unsigned char)text->p[at] == MARK_END ? (struct str){0} : language_of(b, text->p[at]);
            at++;
            continue;
        }
        size_t end = stretch_end(*text, at);
        struct str stretch = str_slice(*text, at, end);
        if (!begun && has_words(stretch)) {
            begun = true;
            language = open;
        }
        buf_str(&out, stretch);
        at = end;
    }
    *text = str_dup(b->arena, buf_view(&out));
    buf_done(&out);
    return language;
}

/* The stretches of an inline; its anchor stays with the first. */
static void split(struct builder *b, struct block_inlines *out, const struct block_inline *whole)
{
    struct str open = {0};
    struct block_inline piece = *whole;
    for (size_t at = 0; at < whole->text.n;) {
        if (is_mark(whole->text.p[at])) {
            open = (unsigned char)whole->text.p[at] == MARK_END ? (struct str){0}
                                                                : language_of(b, whole->text.p[at]);
            at++;
            continue;
        }
        size_t end = stretch_end(whole->text, at);
        piece.text = str_slice(whole->text, at, end);
        piece.language = open.n ? open : whole->language;
        *ARENA_PUSH(b->arena, out) = piece;
        piece.anchor = (struct str){0};
        at = end;
    }
}

static void end_inlines(struct builder *b, struct block_inlines *inlines)
{
    bool marked = false;
    for (size_t i = 0; i < inlines->count; i++) {
        struct block_inline *whole = &inlines->items[i];
        strip(b, &whole->link_text);
        bool link = whole->url.n || whole->target.n;
        struct str language = link ? strip(b, &whole->text) : (struct str){0}; /* a link stays one piece */
        if (language.n)
            whole->language = language;
        marked = marked || stretch_end(whole->text, 0) < whole->text.n;
    }
    if (!marked)
        return;
    struct block_inlines pieces = {0};
    for (size_t i = 0; i < inlines->count; i++)
        split(b, &pieces, &inlines->items[i]);
    *inlines = pieces;
}

static void end_table(struct builder *b, struct block *block)
{
    for (size_t c = 0; c < block->u.table.column_count; c++)
        end_inlines(b, &block->u.table.columns[c].heading);
    for (size_t r = 0; r < block->u.table.row_count; r++)
        for (size_t c = 0; c < block->u.table.column_count; c++)
            end_inlines(b, &block->u.table.rows[r].cells[c]);
}

static void end_meter(struct builder *b, struct block *block)
{
    strip(b, &block->u.meter.score);
    strip(b, &block->u.meter.grade);
    strip(b, &block->u.meter.label);
    block->u.meter.outlook_language = strip(b, &block->u.meter.outlook);
    block->u.meter.caption_language = strip(b, &block->u.meter.caption);
    block->u.meter.alt_language = strip(b, &block->u.meter.alt);
    for (size_t i = 0; i < block->u.meter.point_count; i++)
        strip(b, &block->u.meter.points[i].label);
}

static void end_map(struct builder *b, struct block *block)
{
    strip(b, &block->u.map.centre);
    strip(b, &block->u.map.alt);
    for (size_t i = 0; i < block->u.map.count; i++) {
        strip(b, &block->u.map.nodes[i].name);
        strip(b, &block->u.map.nodes[i].relation);
    }
}

static void end_masthead(struct builder *b, struct block *block)
{
    strip(b, &block->u.masthead.publisher);
    strip(b, &block->u.masthead.product);
    strip(b, &block->u.masthead.edition);
    strip(b, &block->u.masthead.date);
    strip(b, &block->u.masthead.logo_alt);
}

static void end_parts(struct builder *b, struct block *block)
{
    switch (block->kind) {
    case BLOCK_TABLE:
        end_table(b, block);
        break;
    case BLOCK_FACTS:
        for (size_t i = 0; i < block->u.facts.count; i++) {
            end_inlines(b, &block->u.facts.terms[i]);
            end_inlines(b, &block->u.facts.values[i]);
        }
        break;
    case BLOCK_KEY_FIGURES:
        for (size_t i = 0; i < block->u.key_figures.count; i++) {
            end_inlines(b, &block->u.key_figures.cells[i].value);
            end_inlines(b, &block->u.key_figures.cells[i].label);
            end_inlines(b, &block->u.key_figures.cells[i].note);
        }
        break;
    case BLOCK_METER:
        end_meter(b, block);
        break;
    case BLOCK_MAP:
        end_map(b, block);
        break;
    case BLOCK_TIMELINE:
        for (size_t i = 0; i < block->u.timeline.count; i++) {
            strip(b, &block->u.timeline.entries[i].date);
            end_inlines(b, &block->u.timeline.entries[i].text);
        }
        break;
    case BLOCK_FIGURE:
        strip(b, &block->u.figure.alt);
        break;
    case BLOCK_MASTHEAD:
        end_masthead(b, block);
        break;
    default:
        break;
    }
}

/* Blocks nest no deeper than prose does, see build.c. */
static void end_blocks(struct builder *b, struct block_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct block *block = &list->items[i];
        end_inlines(b, &block->inlines);
        strip(b, &block->outline);
        end_parts(b, block);
        end_blocks(b, &block->children);
        end_blocks(b, &block->right);
    }
}

void passages_end(struct builder *b, struct block_document *document)
{
    if (!b->marked)
        return;
    struct block_running *running = &document->running;
    struct str *texts[] = {&running->head_left, &running->head_right,  &running->foot_left,
                           &running->copy_line, &running->page_format, &running->stamp,
                           &document->title,    &document->author,     &document->subject,
                           &document->keywords, &document->continued};
    for (size_t i = 0; i < sizeof texts / sizeof(void *); i++)
        strip(b, texts[i]);
    end_blocks(b, &document->blocks);
}
