/* The letter as plain text. */
#include "base/utf8.h"
#include "mail/letter_words.h"
#include "prose/prose.h"

enum { COLUMNS = 76, DEPTH = 8 };

/* Lines in the making: words are joined by single spaces and broken before they pass the last column. */
struct filler {
    struct buf *out;
    struct arena *arena;
    char prefix[2 * DEPTH * 4 + 1]; /* of every further line */
    size_t prefix_n, column;
    bool started; /* the line has a word */
    bool blank;   /* a space is due before the next word */
};

static void put_prefix(struct filler *f)
{
    buf_add(f->out, f->prefix, f->prefix_n);
    f->column = f->prefix_n;
    f->started = false;
    f->blank = false;
}

/* Without the spaces that an empty line of a quotation or list would end in. */
static void end_line(struct filler *f)
{
    while (f->out->n && f->out->p[f->out->n - 1] == ' ')
        f->out->n--;
    buf_char(f->out, '\n');
}

static void put_word(struct filler *f, struct str word)
{
    size_t width = utf8_width(word);
    if (f->started && f->blank && f->column + 1 + width > COLUMNS) {
        end_line(f);
        put_prefix(f);
    } else if (f->started && f->blank) {
        buf_char(f->out, ' ');
        f->column++;
    }
    f->blank = false;
    buf_str(f->out, word);
    f->column += width;
    f->started = true;
}

/* Adds text to the paragraph: U+2028 breaks the line. */
static void put_text(struct filler *f, struct str text)
{
    const struct str line_break = STR("\u2028");
    for (size_t from = 0, to; from < text.n; from = to) {
        if (text.p[from] == ' ') {
            f->blank = true;
            to = from + 1;
            continue;
        }
        if (str_starts(str_slice(text, from, text.n), line_break)) {
            end_line(f);
            put_prefix(f);
            to = from + line_break.n;
            continue;
        }
        for (to = from; to < text.n && text.p[to] != ' '; to++)
            if (to > from && str_starts(str_slice(text, to, text.n), line_break))
                break;
        put_word(f, str_slice(text, from, to));
    }
}

static void put_spans(struct filler *f, const struct prose_block *block)
{
    for (size_t i = 0; i < block->span_count; i++) {
        const struct prose_span *span = &block->spans[i];
        put_text(f, span->text);
        bool last = i + 1 == block->span_count || !str_eq(block->spans[i + 1].url, span->url);
        if (span->url.n && last && !str_eq(span->url, span->text))
            put_text(f, str_printf(f->arena, " <" STR_FMT ">", STR_ARG(span->url)));
    }
}

static void put_blocks(struct filler *f, const struct prose_block *blocks, size_t count, int depth,
                       bool tight);

/* A block with a mark before its first line, and as many columns before the others. */
static void put_marked(struct filler *f, struct str mark, bool repeat, const struct prose_block *block,
                       int depth, bool tight)
{
    size_t before = f->prefix_n;
    buf_str(f->out, mark);
    f->column += mark.n;
    for (size_t i = 0; i < mark.n; i++)
        f->prefix[f->prefix_n++] = repeat ? mark.p[i] : ' ';
    put_blocks(f, block->children, block->child_count, depth + 1, tight);
    f->prefix_n = before;
}

static void put_list(struct filler *f, const struct prose_block *list, int depth)
{
    for (size_t i = 0; i < list->child_count; i++) {
        if (i) {
            put_prefix(f);
            if (!list->tight) {
                end_line(f);
                put_prefix(f);
            }
        }
        struct str mark =
            list->ordered ? str_printf(f->arena, "%zu. ", (list->start + i) % 10000) : STR("- ");
        put_marked(f, mark, false, &list->children[i], depth, list->tight);
    }
}

/* Each block ends its last line; between two stands an empty one. The caller has put the prefix of the first.
 */
static void put_blocks(struct filler *f, const struct prose_block *blocks, size_t count, int depth,
                       bool tight)
{
    for (size_t i = 0; i < count; i++) {
        const struct prose_block *block = &blocks[i];
        if (i) {
            put_prefix(f);
            if (!tight) {
                end_line(f);
                put_prefix(f);
            }
        }
        if (block->kind == PROSE_LIST && block->child_count && depth < DEPTH) {
            put_list(f, block, depth);
        } else if (block->kind == PROSE_QUOTE && block->child_count && depth < DEPTH) {
            put_marked(f, STR("> "), true, block, depth, false);
        } else if (block->span_count) {
            f->started = f->blank = false;
            put_spans(f, block);
            end_line(f);
        } else {
            struct prose rest = {block->children, block->child_count, block->at};
            f->started = f->blank = false;
            put_text(f, prose_text(f->arena, &rest));
            end_line(f);
        }
    }
    if (!count)
        end_line(f);
}

static void put_prose(struct filler *f, const struct prose *prose)
{
    f->prefix_n = 0;
    put_prefix(f);
    put_blocks(f, prose->blocks, prose->count, 0, false);
}

static void put_paragraph(struct filler *f, struct str text)
{
    if (!text.n)
        return;
    f->prefix_n = 0;
    put_prefix(f);
    put_text(f, text);
    end_line(f);
}

static void put_heading(struct filler *f, struct str text, char under)
{
    size_t width = utf8_width(text);
    put_paragraph(f, text);
    buf_repeat(f->out, under, width < COLUMNS ? width : COLUMNS);
    buf_char(f->out, '\n');
}

static void put_points(struct filler *f, const struct mail_letter *letter, const struct point_list *points)
{
    if (!points->count)
        return;
    buf_char(f->out, '\n');
    put_paragraph(f, str_printf(f->arena, STR_FMT ":", STR_ARG(letter->words->text[WORD_key_points])));
    for (size_t i = 0; i < points->count; i++) {
        const struct prose *text = points->items[i].text;
        struct prose_block item = {.kind = PROSE_ITEM, .children = text->blocks, .child_count = text->count};
        put_prefix(f);
        put_marked(f, STR("- "), false, &item, 0, false);
    }
}

static void put_panels(struct filler *f, const struct mail_letter *letter)
{
    size_t count;
    const struct tier **tiers = letter_locked(f->arena, letter, &count);
    if (count)
        buf_char(f->out, '\n');
    for (size_t i = 0; i < count; i++) {
        buf_char(f->out, '\n');
        put_heading(f, letter_panel_title(f->arena, letter, tiers[i]), '-');
        put_paragraph(f, tiers[i]->eligibility.s);
        put_paragraph(f, tiers[i]->invitation.text.s);
        put_paragraph(f, tiers[i]->invitation.url.s);
    }
}

static void put_card(struct filler *f, const struct mail_letter *letter, const struct mail_card *card)
{
    buf_text(f->out, "\n\n");
    put_heading(f, card->edition->spec.entity.name.s, '-');
    put_paragraph(f, letter_kind(f->arena, letter, card));
    put_paragraph(f, letter_grade_spoken(f->arena, letter, card));
    put_points(f, letter, &card->edition->spec.key_points);
    struct str attached = letter_attached(f->arena, letter, card);
    if (attached.n || card->link.n)
        buf_char(f->out, '\n');
    put_paragraph(f, attached);
    if (card->link.n)
        put_paragraph(f, word_fill(f->arena, STR("{label}: {value}"),
                                   (struct word_slot[]){{"label", letter->words->text[WORD_mail_read]},
                                                        {"value", card->link}},
                                   2));
}

static void put_foot(struct filler *f, const struct mail_letter *letter)
{
    buf_text(f->out, "\n\n-- \n"); /* RFC 3676, 4.3: what follows is a signature */
    put_paragraph(f, letter_why(f->arena, letter));
    struct str way = letter->unsubscribe_url.n ? letter->unsubscribe_url : letter->unsubscribe_email;
    if (way.n)
        put_paragraph(f, str_printf(f->arena, STR_FMT ": " STR_FMT,
                                    STR_ARG(letter->words->text[WORD_mail_unsubscribe]), STR_ARG(way)));
    put_paragraph(f, letter_imprint(f->arena, letter));
}

void letter_text(struct buf *out, struct arena *arena, const struct mail_letter *letter)
{
    struct filler f = {.out = out, .arena = arena};
    put_heading(&f, letter->subject, '=');
    if (letter->text && letter->text->count) {
        buf_char(out, '\n');
        put_prose(&f, letter->text);
    }
    if (letter->bundle.n) {
        buf_char(out, '\n');
        put_paragraph(&f, word_fill(arena, letter->words->text[WORD_mail_bundle],
                                    &(struct word_slot){"file", letter->bundle}, 1));
    }
    for (size_t i = 0; i < letter->card_count; i++)
        put_card(&f, letter, &letter->cards[i]);
    put_panels(&f, letter);
    put_foot(&f, letter);
}
