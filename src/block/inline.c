/* Stretches of text. */
#include "block/inline.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "block/passages.h"
#include "block/wording.h"

struct block_inline *inline_add(struct builder *b, struct block_inlines *list, struct str text, unsigned style)
{
    if (!text.n)
        return NULL;
    struct block_inline *added = ARENA_PUSH(b->arena, list);
    added->text = text;
    added->style = style;
    return added;
}

struct block_inline *inline_text(struct builder *b, struct block_inlines *list, const struct text *text, unsigned style)
{
    struct block_inline *added = inline_add(b, list, text->s, style);
    if (added)
        added->at = text->at;
    return added;
}

/* Bytes [from, to) of a text that was written at `at`; exact where the text stands in its source byte for byte. */
static struct span part_span(struct span at, struct str text, size_t from, size_t to)
{
    if (!at.source || at.end - at.start != text.n)
        return at;
    return (struct span){at.source, at.start + (uint32_t)from, at.start + (uint32_t)to};
}

static void add_part(struct builder *b, struct block_inlines *list, const struct block_inline *whole, size_t from,
                     size_t to,
                     struct str expansion)
{
    if (from == to)
        return;
    struct block_inline *part = ARENA_PUSH(b->arena, list);
    *part = *whole;
    part->text = str_slice(whole->text, from, to);
    part->at = part_span(whole->at, whole->text, from, to);
    part->expansion = expansion;
}

/* Adds a stretch, cut at abbreviations. */
static void add_expanded(struct builder *b, struct block_inlines *list, const struct block_inline *whole)
{
    size_t from = 0, at = 0, end;
    struct str long_form;
    while (b->abbreviations && abbreviation_next(b->abbreviations, whole->text, &at, &end, &long_form)) {
        add_part(b, list, whole, from, at, (struct str){0});
        add_part(b, list, whole, at, end, long_form);
        from = at = end;
    }
    add_part(b, list, whole, from, whole->text.n, (struct str){0});
}

static void begin_paragraph(struct builder *b)
{
    abbreviation_paragraph(b->abbreviations);
    b->quotes = (struct quote_state){0};
}

/* Adds a stretch of what people typed: with the quotation marks of its language, and abbreviations told. */
static void add_typed(struct builder *b, struct block_inlines *list, struct block_inline whole)
{
    if (whole.style & INLINE_CODE) {
        if (whole.text.n)
            b->quotes.previous = 'x';
        add_part(b, list, &whole, 0, whole.text.n, (struct str){0});
        return;
    }
    struct quote_marks marks = wording_quotes(b, b->language);
    if (b->in_quotation)
        marks = wording_inner_quotes(b, b->language);
    whole.text = typography_quotes(b->arena, whole.text, &marks, &b->quotes);
    add_expanded(b, list, &whole);
}

void inline_running(struct builder *b, struct block_inlines *list, struct str text, unsigned style, struct span at)
{
    begin_paragraph(b);
    add_typed(b, list, (struct block_inline){.text = text, .style = style, .at = at});
}

void inline_link(struct builder *b, struct block_inlines *list, struct str text, struct str url, unsigned style,
                 struct span at)
{
    struct block_inline *added = inline_add(b, list, text, style);
    if (!added)
        return;
    added->url = url;
    added->at = at;
}

struct str inline_typographic(struct builder *b, struct str text)
{
    struct quote_marks marks = wording_quotes(b, b->language);
    struct quote_state alone = {0};
    return typography_quotes(b->arena, text, &marks, &alone);
}

/* Lines of code keep their indentation: at the start of a line blanks would be dropped, but for those that do not
 * break. */
static struct str indented(struct builder *b, struct str text)
{
    char *kept = ARENA_ARRAY(b->arena, char, 2 * text.n + 1);
    size_t n = 0;
    bool starts = true;
    for (size_t i = 0; i < text.n; i++) {
        bool indent = starts && text.p[i] == ' ';
        if (indent)
            kept[n++] = '\xC2'; /* U+00A0 */
        kept[n++] = indent ? '\xA0' : text.p[i];
        starts = indent || str_ends(str_slice(text, 0, i + 1), STR("\u2028"));
    }
    return (struct str){kept, n};
}

void inline_spans(struct builder *b, struct block_inlines *list, const struct prose_block *paragraph, unsigned style)
{
    begin_paragraph(b);
    for (size_t i = 0; i < paragraph->span_count; i++) {
        const struct prose_span *span = &paragraph->spans[i];
        struct block_inline whole = {.text = style & INLINE_CODE ? indented(b, span->text) : span->text,
                                     .style = style, .url = span->url, .at = span->at};
        if (span->style & PROSE_EMPHASIS)
            whole.style |= INLINE_EMPHASIS;
        if (span->style & PROSE_STRONG)
            whole.style |= INLINE_STRONG;
        if (span->style & PROSE_CODE)
            whole.style |= INLINE_CODE;
        add_typed(b, list, whole);
    }
}

/* Deeper than anyone writes: below it items follow one another as text. */
enum { FLAT_DEPTH = 16 };

static void add_flat(struct builder *b, struct block_inlines *list, const struct prose_block *blocks, size_t count,
                     unsigned style, bool item, int depth)
{
    for (size_t i = 0; i < count; i++) {
        const struct prose_block *block = &blocks[i];
        if (block->span_count) {
            inline_separate(b, list, "\u2028", style);
            if (item && i == 0)
                inline_add(b, list, STR("• "), style);
            inline_spans(b, list, block, block->kind == PROSE_CODE_BLOCK ? style | INLINE_CODE : style);
        } else if (depth == FLAT_DEPTH) {
            inline_separate(b, list, "\u2028", style);
            struct prose rest = {block->children, block->child_count, block->at};
            inline_running(b, list, prose_text(b->arena, &rest), style, block->at);
        } else {
            add_flat(b, list, block->children, block->child_count, style, block->kind == PROSE_ITEM, depth + 1);
        }
    }
}

void inline_prose(struct builder *b, struct block_inlines *list, const struct prose *prose, unsigned style)
{
    if (prose)
        add_flat(b, list, prose->blocks, prose->count, style, false, 0);
}

static int by_number(const void *left, const void *right)
{
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    return (a > b) - (a < b);
}

static void add_ref(struct builder *b, struct block_inlines *list, size_t number, struct span at)
{
    size_t turn = ++b->references[number - 1];
    struct block_inline *mark = ARENA_PUSH(b->arena, list);
    mark->text = str_printf(b->arena, "[%zu]", number);
    mark->style = INLINE_SUPERSCRIPT | INLINE_NOWRAP;
    mark->target = str_printf(b->arena, "source-%zu", number);
    mark->anchor = str_printf(b->arena, "ref-%zu-%zu", number, turn);
    mark->link_text = FILL(b, WORD_source_link, {"number", wording_number(b, number)});
    mark->at = at;
}

void inline_refs(struct builder *b, struct block_inlines *list, const struct refs *refs)
{
    if (!refs->count)
        return;
    size_t *numbers = ARENA_ARRAY(b->arena, size_t, refs->count), count = 0;
    for (size_t i = 0; i < refs->count; i++) {
        size_t source = edition_source_index(b->edition, refs->items[i].s);
        if (source != SIZE_MAX)
            numbers[count++] = source + 1;
    }
    qsort(numbers, count, sizeof *numbers, by_number);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || numbers[i] != numbers[i - 1])
            add_ref(b, list, numbers[i], refs->items[0].at);
}

void inline_claim(struct builder *b, struct block_inlines *list, const struct score *score,
                  const struct likelihood *likelihood)
{
    struct str parts[2] = {{0}, {0}};
    const struct band *band = score->hundredths < 0 ? NULL : house_band(b->house, score->hundredths);
    if (band) {
        enum word_id word = band->grade.s.n ? WORD_claim_score : WORD_claim_score_ungraded;
        parts[0] = FILL(b, word, {"score", wording_score(b, score->hundredths)}, {"grade", band->grade.s},
                        {"label", band->label.s});
    }
    if (likelihood->step != LIKELIHOOD_NONE) {
        struct str term_and_range[2] = {wording_likelihood(b, likelihood),
                                        wording_likelihood_range(b, likelihood->step)};
        parts[1] = wording_join(b, term_and_range, 2, ", ");
    }
    struct str claim = wording_join(b, parts, 2, "; ");
    if (!claim.n)
        return;
    inline_add(b, list, STR(" "), 0);
    inline_add(b, list, str_printf(b->arena, "(" STR_FMT ")", STR_ARG(claim)),
               INLINE_QUIET | INLINE_TABULAR | (parts[1].n ? 0 : INLINE_NOWRAP));
}

void inline_separate(struct builder *b, struct block_inlines *list, const char *separator, unsigned style)
{
    if (list->count)
        inline_add(b, list, str_from(separator), style);
}

/* Bytes of the ending of text that is one of count, or 0. */
static size_t ending(struct str text, const char *const *endings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_ends(text, str_from(endings[i])))
            return strlen(endings[i]);
    return 0;
}

/* Closing marks and brackets stand behind the sign that ends a sentence. */
static bool ends_sentence(struct str text)
{
    static const char *const closing[] = {"”", "’", "»", "“", "\"", ")", "\u00a0", "\u202f"};
    static const char *const ends[] = {".", "!", "?", "…", ":", ";", "。", "！", "？"};
    for (size_t n; (n = passages_at_end(text) ? 1 : ending(text, closing, sizeof closing / sizeof closing[0])) != 0;)
        text.n -= n;
    return ending(text, ends, sizeof ends / sizeof ends[0]) != 0;
}

void inline_end_sentence(struct builder *b, struct block_inlines *list)
{
    if (!list->count || ends_sentence(list->items[list->count - 1].text))
        return;
    unsigned style = list->items[list->count - 1].style;
    inline_add(b, list, STR("."), style);
}
