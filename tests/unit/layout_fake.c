/* The fixed-width text engine, and documents for tests of layout. */
#include "layout_fake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct text_face fake_face = {.units_per_em = 1000, .ascent = 900, .descent = -300, .cap_height = 660};

static int32_t char_width(const struct text_format *format)
{
    return (format->superscript ? format->size_mpt * 6 / 10 : format->size_mpt) / 2 + format->tracking_mpt;
}

static size_t char_end(struct str text, size_t at)
{
    if (at < text.n)
        at++;
    while (at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80)
        at++;
    return at;
}

static bool is_break(struct str text, size_t at)
{
    return text.n - at >= 3 && memcmp(text.p + at, "\xE2\x80\xA8", 3) == 0;
}

struct setter {
    struct arena *arena;
    const struct text_paragraph *paragraph;
    struct { struct text_line *items; size_t count, cap; } lines;
    struct { struct text_segment *items; size_t count, cap; } segments;
    int32_t x;
    size_t offset;
};

/* A glyph for each character, with its first byte as id. */
static void add_glyphs(struct arena *arena, struct text_segment *segment)
{
    size_t count = 0;
    for (size_t at = 0; at < segment->text.n; at = char_end(segment->text, at))
        count++;
    segment->glyphs = ARENA_ARRAY(arena, struct text_glyph, count);
    for (size_t at = 0; at < segment->text.n; at = char_end(segment->text, at))
        segment->glyphs[segment->glyph_count++] =
            (struct text_glyph){.id = (unsigned char)segment->text.p[at], .cluster = (uint32_t)at,
                                .advance_mpt = segment->width_mpt / (int32_t)count};
}

/* Letters of Tibetan stand in stacks. */
static bool is_tall(const struct text_line *line)
{
    for (size_t i = 0; i < line->segment_count; i++)
        if (str_find(line->segments[i].text, STR("\xE0\xBD")) != SIZE_MAX)
            return true;
    return false;
}

static void line_end(struct setter *s, size_t to, bool last)
{
    struct text_line *line = ARENA_PUSH(s->arena, &s->lines);
    size_t from = s->lines.count > 1 ? line[-1].text_to : 0;
    *line = (struct text_line){.segments = s->segments.items, .segment_count = s->segments.count, .width_mpt = s->x,
                               .ascent_mpt = 9000, .descent_mpt = 3000, .last = last, .text_from = from, .text_to = to};
    if (is_tall(line)) {
        line->ascent_mpt = FAKE_TALL_ASCENT;
        line->descent_mpt = FAKE_TALL_DESCENT;
    }
    int32_t over = s->paragraph->width_mpt - s->x;
    int32_t shift = s->paragraph->align == TEXT_RIGHT ? over : s->paragraph->align == TEXT_CENTRE ? over / 2 : 0;
    for (size_t i = 0; i < line->segment_count; i++) {
        line->segments[i].x_mpt += shift;
        add_glyphs(s->arena, &line->segments[i]);
    }
    memset(&s->segments, 0, sizeof s->segments);
    s->x = 0;
}

static void segment_add(struct setter *s, const struct text_run *run, size_t from, size_t to)
{
    int32_t each = char_width(&run->format), width = 0;
    for (size_t at = from; at < to; at = char_end(run->text, at))
        width += each;
    struct text_segment *last = s->segments.count ? &s->segments.items[s->segments.count - 1] : NULL;
    if (last && last->tag == run->tag && last->text.p + last->text.n == run->text.p + from) {
        last->text.n += to - from;
        last->width_mpt += width;
    } else {
        *ARENA_PUSH(s->arena, &s->segments) =
            (struct text_segment){.face = &fake_face, .size_mpt = run->format.size_mpt, .x_mpt = s->x,
                                  .width_mpt = width, .text = {run->text.p + from, to - from}, .tag = run->tag};
    }
    s->x += width;
}

/* A word with the space behind it; torn between characters when wider than the line. */
static void word_add(struct setter *s, const struct text_run *run, size_t from, size_t to)
{
    int32_t each = char_width(&run->format), width = 0;
    for (size_t at = from; at < to && run->text.p[at] != ' '; at = char_end(run->text, at))
        width += each;
    if (s->x > 0 && s->x + width > s->paragraph->width_mpt)
        line_end(s, s->offset + from, false);
    while (width > s->paragraph->width_mpt && s->paragraph->width_mpt > each) {
        size_t end = from;
        for (int32_t w = 0; w + each <= s->paragraph->width_mpt; w += each)
            end = char_end(run->text, end);
        segment_add(s, run, from, end);
        width -= s->x;
        line_end(s, s->offset + end, false);
        from = end;
    }
    segment_add(s, run, from, to);
}

static struct text_lines fake_set(void *self, struct arena *arena, const struct text_paragraph *paragraph,
                                  struct diags *diags);

/* The narrowest setting of as many lines. */
static struct text_lines set_balanced(void *self, struct arena *arena, struct text_paragraph paragraph,
                                      struct diags *diags)
{
    paragraph.balanced = false;
    struct text_lines lines = fake_set(self, arena, &paragraph, diags), narrower = lines;
    while (narrower.count == lines.count && paragraph.width_mpt > 20000) {
        lines = narrower;
        paragraph.width_mpt -= 1000;
        narrower = fake_set(self, arena, &paragraph, diags);
    }
    return lines;
}

static struct text_lines fake_set(void *self, struct arena *arena, const struct text_paragraph *paragraph,
                                  struct diags *diags)
{
    if (paragraph->balanced)
        return set_balanced(self, arena, *paragraph, diags);
    struct setter s = {.arena = arena, .paragraph = paragraph};
    for (size_t i = 0; i < paragraph->count; i++) {
        const struct text_run *run = &paragraph->runs[i];
        for (size_t at = 0; at < run->text.n;) {
            if (is_break(run->text, at)) {
                at += 3;
                line_end(&s, s.offset + at, true);
                continue;
            }
            size_t end = at;
            while (end < run->text.n && run->text.p[end] != ' ' && !is_break(run->text, end))
                end = char_end(run->text, end);
            while (end < run->text.n && run->text.p[end] == ' ')
                end++;
            word_add(&s, run, at, end);
            at = end;
        }
        s.offset += run->text.n;
    }
    line_end(&s, s.offset, true);
    return (struct text_lines){s.lines.items, s.lines.count};
}

static void fake_widths(void *self, const struct text_paragraph *paragraph, int32_t *least, int32_t *most,
                        struct diags *diags)
{
    int32_t line = 0, word = 0;
    (void)self;
    (void)diags;
    *least = *most = 0;
    for (size_t i = 0; i < paragraph->count; i++) {
        const struct text_run *run = &paragraph->runs[i];
        for (size_t at = 0; at < run->text.n; at = char_end(run->text, at)) {
            bool forced = is_break(run->text, at);
            line = forced ? 0 : line + char_width(&run->format);
            word = forced || run->text.p[at] == ' ' ? 0 : word + char_width(&run->format);
            *least = word > *least ? word : *least;
            *most = line > *most ? line : *most;
        }
    }
}

struct text_engine layout_fake_engine(void)
{
    return (struct text_engine){.set = fake_set, .widths = fake_widths};
}

struct block *fake_block(struct arena *arena, struct block_list *list, enum block_kind kind, enum block_style style)
{
    struct block *block = ARENA_PUSH(arena, list);
    *block = (struct block){.kind = kind, .style = style};
    return block;
}

struct block_inline *fake_inline(struct arena *arena, struct block_inlines *inlines, struct str text)
{
    struct block_inline *part = ARENA_PUSH(arena, inlines);
    *part = (struct block_inline){.text = text};
    return part;
}

struct block *fake_text(struct arena *arena, struct block_list *list, enum block_style style, struct str text)
{
    struct block *block = fake_block(arena, list, BLOCK_TEXT, style);
    fake_inline(arena, &block->inlines, text);
    return block;
}

struct block *fake_heading(struct arena *arena, struct block_list *list, const char *text)
{
    struct block *block = fake_block(arena, list, BLOCK_HEADING, STYLE_HEADING);
    block->level = 2;
    fake_inline(arena, &block->inlines, str_from(text));
    return block;
}

struct str fake_words(struct arena *arena, size_t number, size_t count)
{
    const struct str first = str_printf(arena, "w%zu", number), word = STR(" word");
    char *p = arena_alloc(arena, first.n + word.n * count);
    size_t n = first.n;
    memcpy(p, first.p, n);
    for (size_t i = 1; i < count; i++, n += word.n)
        memcpy(p + n, word.p, word.n);
    return (struct str){p, n};
}

struct block *fake_table(struct arena *arena, struct block_list *list, size_t columns, size_t rows, size_t words)
{
    struct block *table = fake_block(arena, list, BLOCK_TABLE, STYLE_TABLE_CELL);
    table->u.table.columns = ARENA_ARRAY(arena, struct table_column, columns);
    table->u.table.column_count = columns;
    table->u.table.rows = ARENA_ARRAY(arena, struct table_cells, rows);
    table->u.table.row_count = rows;
    fake_inline(arena, &table->inlines, STR("Caption"));
    for (size_t c = 0; c < columns; c++)
        fake_inline(arena, &table->u.table.columns[c].heading, STR("Head"));
    for (size_t r = 0; r < rows; r++) {
        table->u.table.rows[r].cells = ARENA_ARRAY(arena, struct block_inlines, columns);
        table->u.table.rows[r].head = true;
        for (size_t c = 0; c < columns; c++)
            fake_inline(arena, &table->u.table.rows[r].cells[c], fake_words(arena, r * columns + c, words));
    }
    return table;
}

struct pages *fake_layout(struct arena *arena, const struct block_document *document, struct diags *diags)
{
    struct text_engine *engine = ARENA_NEW(arena, struct text_engine);
    struct image_set *images = ARENA_NEW(arena, struct image_set);
    *engine = layout_fake_engine();
    struct layout_options options = {.width_mpt = 595276, .height_mpt = 841890, .images = images};
    return layout_document(arena, document, &options, engine, diags);
}

int fake_set_up(void **state)
{
    struct fake_fixture *f = base_malloc(sizeof *f);
    memset(f, 0, sizeof *f);
    arena_init(&f->arena);
    diags_init(&f->diags, &f->arena);
    f->document.language = STR("en-GB");
    f->document.accent = STR("#0b3d5c");
    f->document.continued = STR("continued");
    f->document.running.head_left = STR("Publisher");
    f->document.running.foot_left = STR("Entity");
    f->document.running.page_format = STR("Page {page} of {pages}");
    *state = f;
    return 0;
}

int fake_tear_down(void **state)
{
    struct fake_fixture *f = *state;
    arena_done(&f->arena);
    free(f);
    return 0;
}

bool fake_is_body(const struct page_item *item)
{
    return item->kind == ITEM_GLYPHS && item->node != PAGE_ARTIFACT;
}

/* Every item lies on the paper, and what is no running head or foot between them. */
void fake_check_on_paper(const struct pages *pages)
{
    for (size_t p = 0; p < pages->count; p++) {
        for (size_t i = 0; i < pages->items[p].item_count; i++) {
            const struct page_item *item = &pages->items[p].items[i];
            int32_t right = item->x, bottom = item->y;
            if (item->kind == ITEM_GLYPHS)
                right += item->u.glyphs.segment->width_mpt;
            if (item->kind == ITEM_RECT) {
                right += item->u.rect.width;
                bottom += item->u.rect.height;
            }
            assert_true(item->x >= 0 && right <= pages->width_mpt);
            assert_true(item->y >= 0 && bottom <= pages->height_mpt);
            if (fake_is_body(item)) {
                assert_true(item->y > 30000);
                assert_true(bottom <= pages->height_mpt - 48000);
            }
        }
    }
}

/* No two pieces of text on a page share a spot. */
void fake_check_no_overlap(const struct pages *pages)
{
    for (size_t p = 0; p < pages->count; p++) {
        const struct page *page = &pages->items[p];
        for (size_t i = 0; i < page->item_count; i++) {
            for (size_t j = i + 1; j < page->item_count; j++) {
                const struct page_item *a = &page->items[i], *b = &page->items[j];
                if (a->kind != ITEM_GLYPHS || b->kind != ITEM_GLYPHS)
                    continue;
                const struct text_packed *s = a->u.glyphs.segment, *t = b->u.glyphs.segment;
                int32_t apart = a->y > b->y ? a->y - b->y : b->y - a->y;
                int32_t size = s->size_mpt < t->size_mpt ? s->size_mpt : t->size_mpt;
                bool beside = a->x + s->width_mpt <= b->x + 600 || b->x + t->width_mpt <= a->x + 600;
                if (!beside && apart < size * 8 / 10)
                    fail_msg("page %zu: '%.*s' and '%.*s' overlap", p + 1, (int)s->text.n, s->text.p, (int)t->text.n,
                             t->text.p);
            }
        }
    }
}
