/* md4c's callbacks → blocks and spans. */
#include "prose/prose.h"

#include <md4c.h>

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "prose/prose_plain.h"
#include "prose/prose_reader.h"

/* Offset of a piece of text that md4c gives, or NOWHERE when the piece is one of its constants. */
static size_t offset_of(const struct reader *r, const char *p)
{
    uintptr_t start = (uintptr_t)r->text.p, here = (uintptr_t)p;
    return here >= start && here - start <= r->text.n ? (size_t)(here - start) : NOWHERE;
}

/* ---- lists outside the arena */

static void *grow(void *items, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return items;
    *cap = *cap ? *cap * 2 : 16;
    return base_realloc(items, *cap * size);
}

static void push_block(struct reader *r, struct prose_block block)
{
    r->blocks.items = grow(r->blocks.items, r->blocks.count, &r->blocks.cap, sizeof block);
    r->blocks.items[r->blocks.count++] = block;
}

static void push_span(struct reader *r, struct prose_span span)
{
    r->spans.items = grow(r->spans.items, r->spans.count, &r->spans.cap, sizeof span);
    r->spans.items[r->spans.count++] = span;
}

/* The blocks from first on, taken from the list. */
static struct prose_block *take_blocks(struct reader *r, size_t first, size_t *count)
{
    *count = r->blocks.count - first;
    r->blocks.count = first;
    if (*count == 0)
        return NULL;
    struct prose_block *blocks = ARENA_ARRAY(r->arena, struct prose_block, *count);
    memcpy(blocks, r->blocks.items + first, *count * sizeof *blocks);
    return blocks;
}

/* ---- spans */

static void flush_run(struct reader *r)
{
    if (r->run.n) {
        struct str text = str_dup(r->arena, buf_view(&r->run));
        struct prose_span span = {
            .text = utf8_nfc(r->arena, text),
            .style = (r->emphasis ? (unsigned)PROSE_EMPHASIS : 0) | (r->strong ? (unsigned)PROSE_STRONG : 0) |
                     (r->code ? (unsigned)PROSE_CODE : 0),
            .url = r->url,
            .at = prose_place(r, r->run_from, r->run_to),
        };
        push_span(r, span);
        buf_clear(&r->run);
    }
    r->run_from = r->run_to = r->at;
}

static void open_leaf(struct reader *r, enum prose_block_kind kind)
{
    r->emphasis = r->strong = r->code = 0; /* md4c 0.4.8 can enter a span and never leave it: "_[a](https://b.org)c" */
    r->url = (struct str){0};
    r->in_leaf = true;
    r->leaf = (struct prose_block){.kind = kind};
    r->spans.count = 0;
    r->leaf_from = NOWHERE;
    r->leaf_to = r->run_from = r->run_to = r->at;
    r->last = ' ';
    r->column = 0;
    r->break_pending = r->html_told = false;
}

static void close_leaf(struct reader *r)
{
    if (!r->in_leaf)
        return;
    r->in_leaf = false;
    flush_run(r);
    if (!r->spans.count)
        return;
    size_t from = r->leaf_from == NOWHERE ? r->leaf_to : r->leaf_from;
    r->leaf.spans = ARENA_ARRAY(r->arena, struct prose_span, r->spans.count);
    memcpy(r->leaf.spans, r->spans.items, r->spans.count * sizeof *r->spans.items);
    r->leaf.span_count = r->spans.count;
    r->leaf.at = prose_place(r, from, r->leaf_to);
    push_block(r, r->leaf);
    struct level *level = &r->stack[r->depth];
    prose_extend(&level->from, &level->to, from, r->leaf_to);
}

static void add_character(struct reader *r, int32_t c)
{
    buf_utf8(&r->run, (unsigned)c);
    r->last = c;
}

/* Scripts that set no space between words: there a line break in the source is no space (CSS Text 3, 4.1.3). */
static bool is_unspaced(int32_t c)
{
    return (c >= 0x2E80 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFF01 && c <= 0xFF60) || (c >= 0x20000 && c <= 0x3FFFF);
}

static void resolve_break(struct reader *r, int32_t next)
{
    bool space = r->break_pending && r->last != ' ' && !(is_unspaced(r->last) && is_unspaced(next));
    r->break_pending = false;
    if (space)
        add_character(r, ' ');
}

/* Text of a paragraph: a run of blanks is one space. */
static void add_words(struct reader *r, struct str text)
{
    for (size_t i = 0; i < text.n;) {
        int32_t c = utf8_next(text, &i);
        if (c == '\t' || c == '\n')
            c = ' ';
        resolve_break(r, c);
        if (c >= 0 && (c != ' ' || r->last != ' '))
            add_character(r, c);
    }
}

/* Text of a code block: lines end in U+2028, tabs reach to the next fourth column. */
static void add_code(struct reader *r, struct str text)
{
    for (size_t i = 0; i < text.n;) {
        int32_t c = utf8_next(text, &i);
        if (c == '\n') {
            add_character(r, 0x2028);
            r->column = 0;
        } else if (c == '\t') {
            do
                add_character(r, ' ');
            while (++r->column % 4);
        } else if (c >= 0) {
            add_character(r, c);
            r->column++;
        }
    }
}

/* ---- entities and addresses */

static void take_entity(struct reader *r, struct str entity, size_t from, struct buf *url)
{
    int32_t c = prose_entity(entity);
    size_t at = from == NOWHERE ? r->at : from;
    size_t end = from == NOWHERE ? r->at : from + entity.n;
    if (c <= 0) {
        struct diag *diag =
            diag_add(r->diags, DIAG_PROSE_ENTITY, prose_place(r, at, end),
                     c == 0 ? "unknown entity '" STR_FMT "'" : "'" STR_FMT "' names no character that a text may have",
                     STR_ARG(entity));
        diag_hint(r->diags, diag, c == 0 ? "type the character itself; an '&' that is meant is written &amp;"
                                         : "type the character itself");
    } else if (url) {
        buf_utf8(url, (unsigned)c);
    } else {
        resolve_break(r, c);
        add_character(r, c);
    }
}

/* Offset of an address that stands somewhere behind r->at: md4c copies the ones that have entities or escapes. */
static size_t find_url(const struct reader *r, const MD_ATTRIBUTE *href)
{
    enum { FAR = 512 };
    if (href->size == 0)
        return NOWHERE;
    size_t from = offset_of(r, href->text);
    if (from != NOWHERE)
        return from;
    struct str near = str_slice(r->text, r->at, r->at + FAR + href->size);
    size_t at = str_find(near, (struct str){href->text, href->size});
    return at == SIZE_MAX ? NOWHERE : r->at + at;
}

static struct str read_url(struct reader *r, const MD_ATTRIBUTE *href, size_t at)
{
    struct buf url = {0};
    for (unsigned i = 0; href->size && href->substr_offsets[i] < href->size; i++) {
        MD_OFFSET from = href->substr_offsets[i], to = href->substr_offsets[i + 1];
        struct str piece = {href->text + from, to - from};
        if (href->substr_types[i] == MD_TEXT_ENTITY)
            take_entity(r, piece, at == NOWHERE ? NOWHERE : at + from, &url);
        else
            buf_str(&url, piece);
    }
    struct str text = str_dup(r->arena, buf_view(&url));
    buf_done(&url);
    return text;
}

static void enter_link(struct reader *r, const MD_SPAN_A_DETAIL *link)
{
    size_t from = find_url(r, &link->href);
    struct str url = read_url(r, &link->href, from);
    if (prose_url_allowed(url)) {
        r->url = url;
        return;
    }
    bool found = from != NOWHERE;
    struct span span = prose_place(r, found ? from : r->at, found ? from + link->href.size : r->at);
    if (url.n == 0) {
        diag_add(r->diags, DIAG_BAD_URL, span, "a link without an address");
        return;
    }
    struct str shown = str_slice(url, 0, 200);
    struct diag *diag = diag_add(r->diags, DIAG_BAD_URL, span, "cannot link to '" STR_FMT "'", STR_ARG(shown));
    if (str_starts(url, STR("www.")))
        diag_hint(r->diags, diag, "did you mean 'https://" STR_FMT "'?", STR_ARG(shown));
    else
        diag_hint(r->diags, diag, "links go to https:, http: or mailto: addresses");
}

/* ---- callbacks */

static bool is_container(MD_BLOCKTYPE type)
{
    return type == MD_BLOCK_QUOTE || type == MD_BLOCK_UL || type == MD_BLOCK_OL || type == MD_BLOCK_LI;
}

static void open_level(struct reader *r, MD_BLOCKTYPE type, const void *detail)
{
    if (type != MD_BLOCK_LI && r->levels == PROSE_MAX_LEVELS) {
        prose_start_skipping(r, DIAG_PROSE_TOO_DEEP);
        return;
    }
    r->levels += type != MD_BLOCK_LI;
    struct prose_block block = {.kind = PROSE_QUOTE};
    if (type == MD_BLOCK_LI) {
        block.kind = PROSE_ITEM;
    } else if (type == MD_BLOCK_UL) {
        block.kind = PROSE_LIST;
        block.tight = ((const MD_BLOCK_UL_DETAIL *)detail)->is_tight;
    } else if (type == MD_BLOCK_OL) {
        block.kind = PROSE_LIST;
        block.ordered = true;
        block.tight = ((const MD_BLOCK_OL_DETAIL *)detail)->is_tight;
        block.start = ((const MD_BLOCK_OL_DETAIL *)detail)->start;
    }
    r->stack[++r->depth] = (struct level){.block = block, .first = r->blocks.count, .from = NOWHERE, .to = r->at};
}

static void close_level(struct reader *r, MD_BLOCKTYPE type)
{
    struct level *level = &r->stack[r->depth--];
    r->levels -= type != MD_BLOCK_LI;
    size_t from = level->from == NOWHERE ? r->at : level->from;
    size_t to = level->from == NOWHERE ? r->at : level->to;
    level->block.children = take_blocks(r, level->first, &level->block.child_count);
    level->block.at = prose_place(r, from, to);
    /* An empty item keeps its number; an empty list or quote is nothing. */
    if (type != MD_BLOCK_LI && level->block.child_count == 0)
        return;
    push_block(r, level->block);
    struct level *outer = &r->stack[r->depth];
    prose_extend(&outer->from, &outer->to, from, to);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct reader *r = data;
    if (r->skipping) {
        r->skipping++;
        return 0;
    }
    close_leaf(r);
    if (is_container(type))
        open_level(r, type, detail);
    else if (type == MD_BLOCK_H)
        prose_start_skipping(r, DIAG_PROSE_HEADING);
    else if (type == MD_BLOCK_HTML)
        prose_start_skipping(r, DIAG_PROSE_HTML);
    else if (type == MD_BLOCK_HR)
        prose_refuse_rule(r);
    else if (type == MD_BLOCK_P)
        open_leaf(r, PROSE_PARAGRAPH);
    else if (type == MD_BLOCK_CODE)
        open_leaf(r, PROSE_CODE_BLOCK);
    return 0;
}

/* The line end behind the last line of code is no text. */
static void end_code_block(struct reader *r)
{
    if (r->run.n >= 3 && r->last == 0x2028)
        r->run.n -= 3;
    r->code = 1;
    flush_run(r);
    r->code = 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct reader *r = data;
    (void)detail;
    if (r->skipping) {
        if (--r->skipping == 0)
            prose_stop_skipping(r);
        return 0;
    }
    if (type == MD_BLOCK_CODE)
        end_code_block(r);
    close_leaf(r);
    if (is_container(type))
        close_level(r, type);
    return 0;
}

/* Text of a tight item stands in no paragraph: we make one. */
static void need_leaf(struct reader *r)
{
    if (!r->in_leaf)
        open_leaf(r, PROSE_PARAGRAPH);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct reader *r = data;
    if (r->skipping)
        return 0;
    need_leaf(r);
    resolve_break(r, ' ');
    flush_run(r);
    if (type == MD_SPAN_EM)
        r->emphasis++;
    else if (type == MD_SPAN_STRONG)
        r->strong++;
    else if (type == MD_SPAN_CODE)
        r->code++;
    else if (type == MD_SPAN_A && !r->images)
        enter_link(r, detail);
    else if (type == MD_SPAN_IMG && r->images++ == 0) {
        size_t mark = str_find((struct str){r->text.p + r->at, r->text.n - r->at}, STR("!["));
        r->image_from = mark == SIZE_MAX ? r->at : r->at + mark;
    }
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct reader *r = data;
    (void)detail;
    if (r->skipping)
        return 0;
    flush_run(r);
    if (type == MD_SPAN_EM)
        r->emphasis--;
    else if (type == MD_SPAN_STRONG)
        r->strong--;
    else if (type == MD_SPAN_CODE)
        r->code--;
    else if (type == MD_SPAN_A)
        r->url = (struct str){0};
    else if (type == MD_SPAN_IMG && --r->images == 0) {
        size_t end = r->at > r->image_from + 2 ? r->at : r->image_from + 2;
        r->at = end < r->text.n ? end : r->text.n;
        prose_refuse(r, DIAG_PROSE_IMAGE, r->image_from, r->at, "prose holds no pictures");
    }
    return 0;
}

static void take_text(struct reader *r, MD_TEXTTYPE type, struct str text, size_t from)
{
    switch (type) {
    case MD_TEXT_ENTITY:
        take_entity(r, text, from, NULL);
        break;
    case MD_TEXT_HTML:
        if (from != NOWHERE)
            prose_refuse_inline_html(r, text, from);
        break;
    case MD_TEXT_BR:
        r->last = ' ';
        buf_utf8(&r->run, 0x2028);
        break;
    case MD_TEXT_SOFTBR:
        r->break_pending = true;
        break;
    case MD_TEXT_CODE:
        if (r->leaf.kind == PROSE_CODE_BLOCK)
            add_code(r, text);
        else
            add_words(r, text);
        break;
    default:
        if (r->break_pending && from != NOWHERE)
            prose_refuse_table(r, text, from);
        add_words(r, text);
        break;
    }
}

static int text_callback(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE size, void *data)
{
    struct reader *r = data;
    struct str text = {p, size};
    size_t from = offset_of(r, p);
    if (from != NOWHERE)
        r->at = from + size;
    if (r->skipping) {
        if (from != NOWHERE)
            prose_extend(&r->skipped_from, &r->skipped_to, from, from + size);
        return 0;
    }
    need_leaf(r);
    if (from != NOWHERE) {
        if (r->run.n == 0)
            r->run_from = from;
        r->run_to = r->at;
        prose_extend(&r->leaf_from, &r->leaf_to, from, r->at);
    }
    if (!r->images)
        take_text(r, type, text, from);
    return 0;
}

struct prose *prose_parse(struct arena *arena, struct str text, const struct diag_origin *origin, struct diags *diags)
{
    static const MD_PARSER parser = {
        .flags = MD_DIALECT_COMMONMARK,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = text_callback,
    };
    struct prose *prose = ARENA_NEW(arena, struct prose);
    prose->at = origin->span;
    if (prose_read_plain(arena, text, origin, prose) || str_trim(text).n == 0 ||
        !prose_check_effort(text, origin, diags))
        return prose;
    struct buf copy = {
        0}; /* md4c 0.4.8 looks at the byte behind a number that ends the text: here it is NUL */
    buf_reserve(&copy, text.n + 1);
    buf_str(&copy, text);
    buf_char(&copy, 0);
    text.p = copy.p;
    struct reader r = {.arena = arena, .origin = origin, .diags = diags, .text = text};
    r.stack[0].from = NOWHERE;
    if (md_parse(text.p, (MD_SIZE)text.n, &parser, &r) != 0)
        base_out_of_memory();
    close_leaf(&r);
    buf_done(&r.run);
    buf_done(&copy);
    prose->blocks = take_blocks(&r, 0, &prose->count);
    free(r.blocks.items);
    free(r.spans.items);
    return prose;
}
