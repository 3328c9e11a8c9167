/* Blocks that several sections make: headings, prose, points, quotations. */
#include "block/build.h"

#include "block/inline.h"
#include "block/wording.h"

struct block *block_add(struct builder *b, struct block_list *list, enum block_kind kind, enum block_style style)
{
    struct block *block;
    if (b->document && list == &b->document->blocks) {
        struct block_document *document = b->document;
        document->begun =
            arena_grow(b->keep, document->begun, list->count, &b->begun_cap, sizeof *document->begun);
        document->begun[list->count] = arena_mark(b->arena);
        block = ARENA_PUSH(b->keep, list);
    } else {
        block = ARENA_PUSH(b->arena, list);
    }
    block->kind = kind;
    block->style = style;
    return block;
}

void block_heading(struct builder *b, struct block_list *list, int level, struct str text, struct str anchor,
                   struct span at)
{
    if (!text.n)
        return;
    text = inline_typographic(b, text);
    struct block *heading = block_add(b, list, BLOCK_HEADING, level == 2 ? STYLE_HEADING : STYLE_SUBHEADING);
    heading->level = level;
    heading->keep_with_next = true;
    heading->anchor = anchor;
    heading->outline = text;
    heading->at = at;
    inline_add(b, &heading->inlines, text, 0)->at = at;
}

void block_line(struct builder *b, struct block_list *list, enum block_style style, struct str text)
{
    if (text.n)
        inline_add(b, &block_add(b, list, BLOCK_TEXT, style)->inlines, text, 0);
}

struct block *block_section(struct builder *b, struct block_list *list)
{
    return block_add(b, list, BLOCK_GROUP, STYLE_BODY);
}

struct block_list *block_item(struct builder *b, struct block_list *items)
{
    return &block_add(b, items, BLOCK_GROUP, STYLE_LIST)->children;
}

/* Lists and quotations inside one another beyond this depth are set as plain text. */
enum { PROSE_DEPTH = 12 };

static void add_blocks(struct builder *b, struct block_list *list, const struct prose_block *blocks, size_t count,
                       enum block_style style, int depth);

static void add_list(struct builder *b, struct block_list *list, const struct prose_block *from,
                     enum block_style style, int depth)
{
    if (style == STYLE_BODY)
        style = STYLE_LIST;
    struct block *block = block_add(b, list, BLOCK_LIST, style);
    block->at = from->at;
    block->u.list.ordered = from->ordered;
    block->u.list.tight = from->tight;
    block->u.list.start = from->start;
    for (size_t i = 0; i < from->child_count; i++)
        add_blocks(b, block_item(b, &block->children), from->children[i].children, from->children[i].child_count, style,
                   depth + 1);
}

static void add_blocks(struct builder *b, struct block_list *list, const struct prose_block *blocks, size_t count,
                       enum block_style style, int depth)
{
    for (size_t i = 0; i < count; i++) {
        const struct prose_block *from = &blocks[i];
        struct block *block;
        if (depth == PROSE_DEPTH && from->child_count) {
            struct prose rest = {from->children, from->child_count, from->at};
            block = block_add(b, list, BLOCK_TEXT, style);
            inline_running(b, &block->inlines, prose_text(b->arena, &rest), 0, from->at);
            block->at = from->at;
            continue;
        }
        switch (from->kind) {
        case PROSE_PARAGRAPH:
            block = block_add(b, list, BLOCK_TEXT, style);
            inline_spans(b, &block->inlines, from, 0);
            block->at = from->at;
            break;
        case PROSE_CODE_BLOCK:
            block = block_add(b, list, BLOCK_TEXT, STYLE_CODE);
            inline_spans(b, &block->inlines, from, INLINE_CODE);
            block->at = from->at;
            break;
        case PROSE_LIST:
            add_list(b, list, from, style, depth);
            break;
        case PROSE_ITEM:
            add_blocks(b, list, from->children, from->child_count, style, depth + 1);
            break;
        case PROSE_QUOTE:
            block = block_add(b, list, BLOCK_QUOTE, STYLE_QUOTE);
            block->at = from->at;
            add_blocks(b, &block->children, from->children, from->child_count, STYLE_QUOTE, depth + 1);
            break;
        }
    }
}

void block_prose(struct builder *b, struct block_list *list, const struct prose *prose, enum block_style style)
{
    if (prose)
        add_blocks(b, list, prose->blocks, prose->count, style, 0);
}

/* Puts text before what a paragraph has so far. */
static void prepend(struct builder *b, struct block_inlines *inlines, struct str text, unsigned style, struct span at)
{
    struct block_inlines old = *inlines;
    *inlines = (struct block_inlines){0};
    struct block_inline *first = inline_add(b, inlines, text, style);
    if (first)
        first->at = at;
    for (size_t i = 0; i < old.count; i++)
        *ARENA_PUSH(b->arena, inlines) = old.items[i];
}

void block_run_in(struct builder *b, struct block_list *list, struct str label, const struct prose *prose,
                  enum block_style style)
{
    if (!prose || !prose->count)
        return;
    size_t first = list->count;
    struct str run_in = FILL(b, WORD_run_in, {"label", label});
    if (prose->blocks[0].kind == PROSE_PARAGRAPH) {
        block_prose(b, list, prose, style);
        struct str spaced = str_printf(b->arena, STR_FMT " ", STR_ARG(run_in));
        prepend(b, &list->items[first].inlines, spaced, INLINE_STRONG, span_none());
        return;
    }
    struct block *line = block_add(b, list, BLOCK_TEXT, style);
    inline_add(b, &line->inlines, run_in, INLINE_STRONG);
    line->keep_with_next = true;
    block_prose(b, list, prose, style);
}

struct block_inlines *block_last_inlines(struct builder *b, struct block_list *list, enum block_style style)
{
    struct block *last = list->count ? &list->items[list->count - 1] : NULL;
    if (!last || last->kind != BLOCK_TEXT || last->style == STYLE_CODE)
        last = block_add(b, list, BLOCK_TEXT, style);
    return &last->inlines;
}

static void add_point(struct builder *b, struct block_list *list, const struct point *point, enum block_style style)
{
    block_prose(b, list, point->text, style);
    if (!point->sources.count && point->confidence.hundredths < 0 && point->likelihood.step == LIKELIHOOD_NONE)
        return;
    struct block_inlines *end = block_last_inlines(b, list, style);
    inline_refs(b, end, &point->sources);
    inline_claim(b, end, &point->confidence, &point->likelihood);
}

void block_points(struct builder *b, struct block_list *list, const struct point_list *points)
{
    if (points->count == 1) {
        add_point(b, list, &points->items[0], STYLE_BODY);
        return;
    }
    struct block *block = block_add(b, list, BLOCK_LIST, STYLE_LIST);
    for (size_t i = 0; i < points->count; i++)
        add_point(b, block_item(b, &block->children), &points->items[i], STYLE_LIST);
}

/* True when the quoted text brings marks of its own. */
static bool has_marks(const struct prose_block *paragraph)
{
    static const char *const marks[] = {"\"", "“", "„", "«", "‘", "「", "‹"};
    for (size_t i = 0; paragraph->span_count && i < sizeof marks / sizeof marks[0]; i++)
        if (str_starts(paragraph->spans[0].text, str_from(marks[i])))
            return true;
    return false;
}

/* Marks stand around paragraphs; a list or a block of code goes without. */
static bool takes_marks(const struct prose *text)
{
    return text->blocks[0].kind == PROSE_PARAGRAPH && text->blocks[text->count - 1].kind == PROSE_PARAGRAPH &&
           !has_marks(&text->blocks[0]);
}

static void add_marks(struct builder *b, struct block_list *children)
{
    struct block *first = &children->items[0], *last = &children->items[children->count - 1];
    struct quote_marks marks = wording_quotes(b, b->language);
    prepend(b, &first->inlines, marks.open, 0, span_none());
    inline_add(b, &last->inlines, marks.close, 0);
}

void block_quotation(struct builder *b, struct block_list *list, const struct quote *quote, bool pull)
{
    if (!quote->text || !quote->text->count)
        return;
    struct block *block = block_add(b, list, BLOCK_QUOTE, pull ? STYLE_PULL_QUOTE : STYLE_QUOTE);
    block->u.quote.pull = pull;
    block->keep_together = true;
    block->at = quote->span;
    b->in_quotation = takes_marks(quote->text);
    block_prose(b, &block->children, quote->text, block->style);
    if (b->in_quotation)
        add_marks(b, &block->children);
    b->in_quotation = false;
    if (quote->by.s.n) {
        struct text name = {FILL(b, WORD_attribution, {"name", quote->by.s}), quote->by.at};
        inline_text(b, &block->inlines, &name, 0);
    }
    for (size_t i = 0; i < quote->roles.count; i++) {
        inline_separate(b, &block->inlines, i ? "; " : ", ", INLINE_QUIET);
        inline_text(b, &block->inlines, &quote->roles.items[i], INLINE_QUIET);
    }
    struct block_inlines *end = block->inlines.count ? &block->inlines : block_last_inlines(b, &block->children,
                                                                                            block->style);
    inline_refs(b, end, &quote->sources);
}
