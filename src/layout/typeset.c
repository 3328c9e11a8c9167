/* Inlines: stretches of text in one style become runs for the text engine; the lines that come back are drawn with
 * their colours, links, anchors and structure. */
#include "layout/ahead.h"

#include <stdlib.h>
#include <string.h>

struct arena_mark scratch_mark(const struct layout *lay)
{
    return arena_mark(&lay->scratch);
}

void scratch_rewind(struct layout *lay, struct arena_mark mark)
{
    if (lay->label_count == 0)
        arena_rewind(&lay->scratch, mark);
}

/* Bold is 700 in the serif and 600 in the sans: the weights that the bundled families have. */
static int strong_weight(enum text_family family)
{
    return family == TEXT_BODY ? 700 : 600;
}

static struct text_format format_of(const struct layout *lay, const struct style *style, unsigned bits)
{
    struct text_format format = {.family = style->family,
                                 .weight = style->weight,
                                 .italic = style->italic,
                                 .size_mpt = style->size,
                                 .tracking_mpt = style->tracking,
                                 .tabular = style->tabular || (bits & INLINE_TABULAR),
                                 .old_style = style->old_style && !(bits & (INLINE_TABULAR | INLINE_SUPERSCRIPT)),
                                 .small_caps = lay->document->small_capitals && style->old_style,
                                 .superscript = (bits & INLINE_SUPERSCRIPT) != 0};
    if (bits & INLINE_EMPHASIS)
        format.italic = !format.italic;
    if (bits & INLINE_STRONG && format.weight < strong_weight(style->family))
        format.weight = strong_weight(style->family);
    if (bits & INLINE_CODE) {
        format.family = TEXT_MONO;
        format.weight = 400;
        format.italic = format.old_style = format.small_caps = false;
        if (style->family != TEXT_MONO)
            format.size_mpt = style->size * 90 / 100;
    }
    return format;
}

static struct colour colour_of(const struct layout *lay, const struct style *style, const struct block_inline *part)
{
    if (style->ink == INK_PAPER)
        return lay->palette.on_accent;
    if (part->url.n || part->target.n || style->ink == INK_ACCENT)
        return lay->palette.link;
    return part->style & INLINE_QUIET || style->ink == INK_QUIET ? lay->palette.quiet : lay->palette.text;
}

static struct text_paragraph paragraph_of(struct layout *lay, const struct block_inlines *inlines,
                                          const struct style *style, const char *language)
{
    struct text_run *runs = ARENA_ROOM(&lay->scratch, struct text_run, inlines->count);
    const struct text_format plain = format_of(lay, style, 0);
    const unsigned formatting =
        INLINE_EMPHASIS | INLINE_STRONG | INLINE_CODE | INLINE_SUPERSCRIPT | INLINE_TABULAR;
    for (size_t i = 0; i < inlines->count; i++) {
        const struct block_inline *part = &inlines->items[i];
        runs[i] = (struct text_run){.text = part->text,
                                    .format = part->style & formatting ? format_of(lay, style, part->style) : plain,
                                    .language = part->language.n ? str_z(&lay->scratch, part->language) : NULL,
                                    .no_break = (part->style & INLINE_NOWRAP) != 0,
                                    .tag = (uint32_t)i,
                                    .at = part->at};
    }
    return (struct text_paragraph){.runs = runs, .count = inlines->count, .language = language,
                                   .hyphenate = style->hyphenate, .balanced = style->balance,
                                   .exceptions = lay->exceptions};
}

struct typeset typeset_make(struct layout *lay, const struct block_inlines *inlines, const struct style *style,
                             int32_t width, enum text_align align, const char *language)
{
    struct typeset set = {.style = style, .width = width, .run_count = inlines->count};
    if (inlines->count == 0)
        return set;
    struct text_paragraph paragraph = paragraph_of(lay, inlines, style, language);
    paragraph.width_mpt = width;
    paragraph.align = align;
    set.lines = ahead_lines(lay, &paragraph);
    set.runs = ARENA_ROOM(&lay->scratch, struct typeset_run, inlines->count);
    size_t offset = 0;
    for (size_t i = 0; i < inlines->count; i++) {
        set.runs[i] = (struct typeset_run){.from = &inlines->items[i],
                                          .colour = colour_of(lay, style, &inlines->items[i]),
                                          .offset = offset};
        offset += inlines->items[i].text.n;
    }
    return set;
}

struct block_inlines *typeset_plain(struct layout *lay, struct str text)
{
    struct plain {
        struct block_inlines inlines;
        struct block_inline only;
    } *plain = ARENA_NEW(&lay->scratch, struct plain);
    plain->only.text = text;
    plain->inlines = (struct block_inlines){.items = &plain->only, .count = text.n > 0, .cap = 1};
    return &plain->inlines;
}

struct typeset typeset_of(struct layout *lay, struct str text, const struct style *style, int32_t width,
                          enum text_align align)
{
    return typeset_make(lay, typeset_plain(lay, text), style, width, align, lay->language);
}

void typeset_widths(struct layout *lay, const struct block_inlines *inlines, const struct style *style,
                   const char *language, int32_t *least, int32_t *most)
{
    *least = *most = 0;
    if (inlines->count == 0)
        return;
    struct arena_mark mark = arena_mark(&lay->scratch);
    struct text_paragraph paragraph = paragraph_of(lay, inlines, style, language);
    lay->engine->widths(lay->engine->self, &paragraph, least, most, lay->diags);
    arena_rewind(&lay->scratch, mark);
}

int32_t typeset_height(const struct typeset *set, size_t from, size_t to)
{
    int32_t height = 0;
    for (size_t i = from; i < to && i < set->lines.count; i++)
        height += typeset_line_height(set, i);
    return height;
}

int32_t typeset_width(const struct typeset *set)
{
    int32_t width = 0;
    for (size_t i = 0; i < set->lines.count; i++) {
        if (set->lines.items[i].width_mpt > width)
            width = set->lines.items[i].width_mpt;
    }
    return width;
}

/* A link is one element for all of its lines, with an annotation on each, so that it is read out as one:
 * Reference and Link within the document, Link for one that leads out (PDF/UA-1, 7.18.5: a Link element
 * around each annotation). */
static uint32_t link_node(struct layout *lay, struct typeset_run *run, uint32_t parent)
{
    const struct block_inline *part = run->from;
    if (run->node)
        return run->node;
    if (part->target.n)
        parent = node_add(lay, NODE_REFERENCE, parent);
    uint32_t node = node_add(lay, NODE_LINK, parent);
    node_tell(lay, node, part->language, part->expansion);
    return run->node = node;
}

/* What is no link is one element for all of its lines, made when it first shows. */
static uint32_t span_node(struct layout *lay, struct typeset_run *run, uint32_t parent)
{
    const struct block_inline *part = run->from;
    bool code = (part->style & INLINE_CODE) && !part->expansion.n && !part->language.n;
    if (!code && !part->expansion.n && !part->language.n)
        return parent;
    if (!run->node) {
        run->node = node_add(lay, code ? NODE_CODE : NODE_SPAN, parent);
        node_tell(lay, run->node, part->language, part->expansion);
    }
    return run->node;
}

static void draw_link(struct layout *lay, struct box *box, const struct typeset_run *run, const struct style *style,
                      int32_t x, int32_t baseline, int32_t width, uint32_t node)
{
    const struct block_inline *part = run->from;
    struct page_link *link = ARENA_PUSH(&lay->work, &lay->links);
    *link = (struct page_link){.x = x, .y = baseline - style->size * 80 / 100, .width = width,
                               .height = style->size * 105 / 100, .url = layout_keep(lay, part->url), .node = node,
                               .contents = layout_keep(lay, part->link_text.n ? part->link_text : part->text)};
    if (!part->url.n)
        link->dest = dest_named(lay, part->target);
    box->link_count = (uint32_t)lay->links.count - box->link_from;
    /* A hairline, so that a link out is not told by its colour alone. */
    if (part->url.n)
        box_rect(lay, box, x, baseline + style->size * 16 / 100, width, 300, lay->palette.rule_strong, PAGE_ARTIFACT);
}

static void draw_segment(struct layout *lay, struct box *box, const struct typeset_run *run,
                         const struct text_segment *segment, int32_t x, int32_t baseline, uint32_t node)
{
    struct page_item *item = box_item(lay, box, ITEM_GLYPHS, node);
    item->x = x;
    item->y = baseline - segment->rise_mpt;
    item->colour = run->colour;
    item->u.glyphs.segment = text_pack(lay->arena, segment);
}

static void place_anchors(struct layout *lay, struct box *box, struct typeset *set, size_t line, int32_t y)
{
    bool last = line + 1 == set->lines.count;
    while (set->next_run < set->run_count &&
           (last || set->runs[set->next_run].offset < set->lines.items[line].text_to)) {
        struct str anchor = set->runs[set->next_run].from->anchor;
        if (anchor.n) {
            *ARENA_PUSH(&lay->work, &lay->anchors) = (struct box_anchor){dest_named(lay, anchor), y};
            box->anchor_count = (uint32_t)lay->anchors.count - box->anchor_from;
        }
        set->next_run++;
    }
}

static int by_reading(const void *a, const void *b)
{
    const struct text_segment *first = a, *second = b;
    return (first->text_at > second->text_at) - (first->text_at < second->text_at);
}

/* The line's segments in the order in which they are read: the content of a tagged page is to follow that, whatever
 * the directions. Lines from left to right are in that order already; but what runs from left to right in a paragraph
 * from right to left need not be. */
static const struct text_segment *reading_order(struct layout *lay, const struct text_line *line)
{
    size_t count = line->segment_count, i = 1;
    while (i < count && line->segments[i].text_at >= line->segments[i - 1].text_at)
        i++;
    if (i >= count)
        return line->segments;
    struct text_segment *order = ARENA_ROOM(&lay->scratch, struct text_segment, count);
    memcpy(order, line->segments, count * sizeof *order);
    qsort(order, count, sizeof *order, by_reading);
    return order;
}

/* Segments of one run that follow one another: one element, one link. */
static void draw_group(struct layout *lay, struct box *box, struct typeset *set, const struct text_segment *group,
                       size_t count, int32_t x, int32_t baseline, uint32_t node)
{
    struct typeset_run *run = &set->runs[group->tag < set->run_count ? group->tag : 0];
    bool is_link = node != PAGE_ARTIFACT && (run->from->url.n || run->from->target.n);
    if (is_link)
        node = link_node(lay, run, node);
    else if (node != PAGE_ARTIFACT)
        node = span_node(lay, run, node);
    int32_t from = mirror_segment(lay, set, group), to = from;
    for (size_t i = 0; i < count; i++) {
        int32_t start = mirror_segment(lay, set, &group[i]), end = start + group[i].width_mpt;
        from = start < from ? start : from;
        to = end > to ? end : to;
        draw_segment(lay, box, run, &group[i], x + start, baseline, node);
    }
    if (is_link)
        draw_link(lay, box, run, set->style, x + from, baseline, to - from, node);
}

void typeset_draw(struct layout *lay, struct box *box, struct typeset *set, size_t line, int32_t x, int32_t y,
                  uint32_t node)
{
    if (line >= set->lines.count)
        return;
    const struct text_line *text = &set->lines.items[line];
    int32_t baseline = y + typeset_baseline(set, line);
    if (node != PAGE_ARTIFACT)
        place_anchors(lay, box, set, line, y);
    const struct text_segment *order = reading_order(lay, text);
    for (size_t i = 0, end; i < text->segment_count; i = end) {
        end = i + 1;
        while (end < text->segment_count && order[end].tag == order[i].tag)
            end++;
        draw_group(lay, box, set, order + i, end - i, x, baseline, node);
    }
}

int32_t typeset_draw_all(struct layout *lay, struct box *box, struct typeset *set, int32_t x, int32_t y, uint32_t node)
{
    for (size_t i = 0; i < set->lines.count; i++) {
        typeset_draw(lay, box, set, i, x, y, node);
        y += typeset_line_height(set, i);
    }
    return y;
}

int32_t typeset_text(struct layout *lay, struct box *box, struct str text, const struct style *style, int32_t x,
                    int32_t y, int32_t width, enum text_align align, uint32_t node)
{
    struct typeset set = typeset_of(lay, text, style, width, align);
    return typeset_draw_all(lay, box, &set, x, y, node) - y;
}

int32_t typeset_text_width(struct layout *lay, struct str text, const struct style *style)
{
    int32_t least, most;
    typeset_widths(lay, typeset_plain(lay, text), style, lay->language, &least, &most);
    return most;
}
