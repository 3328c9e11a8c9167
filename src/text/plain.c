/* Lines of plain words. */
#include "text/plain.h"

#include <string.h>

#include "text/packed.h"

enum { PIECES_FIRST = 64 };

static struct plain_piece *room_for(struct line_setter *setter, size_t count)
{
    if (count > setter->plain.cap) {
        setter->plain.cap = count > PIECES_FIRST ? 2 * count : PIECES_FIRST;
        setter->plain.pieces = ARENA_ROOM(setter->setting->scratch, struct plain_piece, setter->plain.cap);
    }
    return setter->plain.pieces;
}

/* The part of a unit that stands on the line. false where it is not plain. */
static bool cut(struct line_setter *setter, const struct unit *unit, const struct candidate *a,
                const struct candidate *b, struct plain_piece *piece)
{
    struct setting *setting = setter->setting;
    const struct item *item = &setting->items.items[unit->item];
    bool ends = place_has_hyphen(b->place) && unit->to >= b->end;
    if (unit->from >= a->start && unit->to <= b->end && !ends)
        return true;
    uint32_t from = unit->from > a->start ? unit->from : a->start, to = unit->to < b->end ? unit->to : b->end;
    piece->shaped =
        shaper_shape(setting->shaper, setting->scratch, item, setting->para->text, from, to, ends);
    if (!plain_has(item, piece->shaped))
        return false;
    piece->width = (int32_t)shaped_width(piece->shaped, item);
    piece->from = from;
    if (unit->to >= b->end) {
        setter->plain.to = to;
        setter->plain.hyphen = ends;
    }
    return true;
}

bool plain_find(struct line_setter *setter, const struct candidate *a, const struct candidate *b,
                struct totals *totals)
{
    struct setting *setting = setter->setting;
    const struct unit *unit = setting->units.items + setter->unit,
                      *end = setting->units.items + setting->units.count;
    if (setting->para->levels || setting->para->has_between)
        return false;
    while (unit < end && unit->to <= a->start)
        unit++;
    setter->unit = (size_t)(unit - setting->units.items);
    const struct unit *first = unit, *last = unit;
    while (last < end && last->from < b->end)
        if (!last++->plain)
            return false;
    if (first == last)
        return false;
    struct plain_piece *pieces = room_for(setter, (size_t)(last - first)), *piece = pieces;
    setter->plain.first = first;
    setter->plain.count = (size_t)(last - first);
    setter->plain.to = last[-1].to;
    setter->plain.hyphen = false;
    int64_t flex = -1, natural = 0; /* flex: of the space before, which most are like */
    struct totals sum = {0}, of_one = {0};
    for (; unit < last; unit++, piece++) {
        *piece = (struct plain_piece){unit->shaped, unit->from, (int32_t)unit->width_mpt, unit->gap_mpt,
                                      unit->spaced};
        if ((unit == first || unit + 1 == last) && !cut(setter, unit, a, b, piece))
            return false;
        if (unit + 1 == last) {
            piece->gap = 0;
            piece->spaced = false;
        }
        natural += piece->width + piece->gap;
        if (!unit->flexible || (unit->spaced && !piece->spaced))
            continue;
        const int32_t own = unit->spaced ? piece->gap : piece->width;
        if (own != flex) {
            flex = own;
            of_one = (struct totals){
                .stretch = flex_stretch(flex), .shrink = flex_shrink(flex), .most = SPACES_MOST * flex};
        }
        sum.stretch += of_one.stretch;
        sum.shrink += of_one.shrink;
        sum.most += of_one.most;
    }
    sum.natural = sum.elastic = natural;
    *totals = sum;
    setter->plain.pcm = 0;
    return true;
}

/* width is not negative. */
static inline int32_t wider(int32_t width, uint64_t times)
{
    return (int32_t)((uint64_t)width * times / PCM);
}

int64_t plain_widen(struct line_setter *setter, int64_t slack, int64_t pcm)
{
    const uint64_t times = (uint64_t)(PCM + pcm);
    setter->plain.pcm = (int16_t)pcm;
    for (size_t i = 0; pcm && i < setter->plain.count; i++) {
        struct plain_piece *piece = &setter->plain.pieces[i];
        int32_t width = wider(piece->width, times), gap = wider(piece->gap, times);
        slack -= width - piece->width + gap - piece->gap;
        piece->width = width;
        piece->gap = gap;
    }
    return slack;
}

void plain_justify(struct line_setter *setter, int64_t slack, int64_t shares)
{
    int64_t seen = 0, given = 0;
    for (size_t i = 0; i < setter->plain.count; i++) {
        const struct unit *unit = &setter->plain.first[i];
        struct plain_piece *piece = &setter->plain.pieces[i];
        if (!unit->flexible || (unit->spaced && !piece->spaced))
            continue;
        int64_t flex = unit->spaced ? unit->gap_mpt : unit->width_mpt;
        seen += slack < 0 ? flex_shrink(flex) : flex_stretch(flex);
        int64_t due = slack * seen / shares;
        *(unit->spaced ? &piece->gap : &piece->width) += (int32_t)(due - given);
        given = due;
    }
}

/* Where the glyphs of a segment go, and how they are counted. */
struct writer {
    uint32_t *out;
    uint64_t factor, half; /* of so many units at the size, divided by 1 << shift, is a length */
    unsigned shift;
    uint64_t times; /* so many hundred-thousandths of each glyph's width are drawn */
    uint32_t gap;   /* the glyph of a space behind a word */
    struct face_ink ink;
};

/* Glyphs of pieces. The pen is rounded, not each advance, so that the sum is the piece's width. wide: times
 * is not 1. What has no room in a word is returned. */
static inline uint32_t write_words(struct writer *to, const struct plain_piece *piece,
                                   const struct plain_piece *end, const bool wide)
{
    const uint64_t factor = to->factor, half = to->half, times = to->times;
    const unsigned shift = to->shift;
    const uint32_t gap = to->gap;
    struct face_ink ink = to->ink;
    uint32_t *out = to->out, beyond = 0, before = piece->from - 1; /* before: the cluster before */
    for (; piece < end; piece++) {
        const struct shaped *shaped = piece->shaped;
        const struct plain_glyph *glyph = shaped->plain_glyphs, *last = glyph + shaped->count - 1;
        const uint32_t at = piece->from + shaped->first;
        uint32_t step = at - before, pen = 0, advance, *first = out;
        for (; glyph < last; glyph++) {
            uint64_t next = (glyph->end * factor + half) >> shift;
            if (wide)
                next = next * times / PCM;
            advance = (uint32_t)next - pen;
            beyond |= advance;
            *out++ = glyph->packed | advance << PACKED_ID_BITS;
            pen = (uint32_t)next;
        }
        advance = (uint32_t)piece->width - pen;
        beyond |= advance | (step - 1 >= PACKED_STEP_MOST ? UINT32_MAX : 0);
        *out++ = last->packed | advance << PACKED_ID_BITS;
        *first |= step << PACKED_STEP_SHIFT;
        before = piece->from + shaped->last;
        ink.above = shaped->ink.above > ink.above ? shaped->ink.above : ink.above;
        ink.below = shaped->ink.below > ink.below ? shaped->ink.below : ink.below;
        if (!piece->spaced)
            continue;
        step = piece[1].from - 1 - before;
        beyond |= (uint32_t)piece->gap | (step - 1 >= PACKED_STEP_MOST ? UINT32_MAX : 0);
        *out++ = gap | (uint32_t)piece->gap << PACKED_ID_BITS | step << PACKED_STEP_SHIFT;
        before += step;
    }
    to->ink = ink;
    return beyond >> PACKED_ADVANCE_BITS;
}

/* Glyphs of pieces that follow each other in the text. */
static bool write_pieces(struct line_setter *setter, const struct plain_piece *first,
                         const struct plain_piece *end, const struct item *item, struct text_segment *segment,
                         struct reach *reach)
{
    uint32_t *packed = ARENA_ROOM(setter->keep, uint32_t, segment->glyph_count);
    const struct divisor *em = &item->face->em;
    struct writer to = {
        .out = packed,
        .factor = (uint64_t)item->size_mpt * em->inverse, /* what divide_by would do, at once */
        .half = em->em / 2 * em->inverse,
        .shift = em->shift,
        .times = (uint64_t)(PCM + setter->plain.pcm),
        .gap = item->gap ? item->gap->plain_glyphs[0].packed : 0,
        .ink =
            item->gap && segment->glyph_count > 1 ? item->gap->ink : (struct face_ink){INT16_MIN, INT16_MIN}};
    const uint32_t beyond =
        setter->plain.pcm ? write_words(&to, first, end, true) : write_words(&to, first, end, false);
    segment->packed = packed;
    segment->packed_count = segment->glyph_count;
    *reach = (struct reach){to.ink.above, to.ink.below};
    return !beyond;
}

/* Whether units of two items would be in one segment (line.c). */
static bool looks_alike(const struct para *para, const struct item *a, const struct item *b)
{
    const struct text_run *runs = para->in->runs;
    return a->face == b->face && a->size_mpt == b->size_mpt && a->rise_mpt == b->rise_mpt &&
           runs[a->run].tag == runs[b->run].tag;
}

/* Segments are the stretches of one item each; 0: some are of several, which is rare. */
static size_t count_segments(const struct line_setter *setter)
{
    const struct setting *setting = setter->setting;
    const struct item *items = setting->items.items;
    const struct unit *first = setter->plain.first, *end = first + setter->plain.count;
    size_t count = 1;
    if (first->item == end[-1].item)
        return count;
    for (const struct unit *unit = first + 1; unit < end; unit++) {
        if (unit->item == unit[-1].item)
            continue;
        if (looks_alike(setting->para, &items[unit[-1].item], &items[unit->item]))
            return 0;
        count++;
    }
    return count;
}

static bool set_segment(struct line_setter *setter, struct text_line *line, size_t from, size_t end)
{
    const struct para *para = setter->setting->para;
    const struct plain_piece *first = setter->plain.pieces + from, *behind = setter->plain.pieces + end;
    const struct item *item = &setter->setting->items.items[setter->plain.first[from].item];
    const bool at_end = end == setter->plain.count;
    const uint32_t to = at_end ? setter->plain.to : behind->from;
    struct text_segment *segment = &line->segments[line->segment_count++];
    *segment = (struct text_segment){.face = &item->face->shown,
                                     .size_mpt = item->size_mpt,
                                     .rise_mpt = item->rise_mpt,
                                     .wider_pcm = setter->plain.pcm,
                                     .tag = para->in->runs[item->run].tag,
                                     .text = str_slice(para->text, first->from, to),
                                     .text_at = first->from};
    if (at_end && setter->plain.hyphen)
        line_add_hyphen(setter, segment);
    int64_t width = 0;
    for (const struct plain_piece *piece = first; piece < behind; piece++) {
        segment->glyph_count += piece->shaped->count + piece->spaced;
        width += piece->width + piece->gap;
    }
    segment->width_mpt = clamp32(width);
    struct reach reach;
    if (!write_pieces(setter, first, behind, item, segment, &reach))
        return false;
    line_grow(line, item, &reach);
    return true;
}

bool plain_segments(struct line_setter *setter, struct text_line *line, bool space_after)
{
    const size_t count = count_segments(setter);
    if (!count)
        return false;
    line->segments = ARENA_ROOM(setter->keep, struct text_segment, count);
    const struct unit *first = setter->plain.first;
    for (size_t i = 0, end = 0; i < setter->plain.count; i = end) {
        end = count == 1 ? setter->plain.count : i + 1;
        while (end < setter->plain.count && first[end].item == first[i].item)
            end++;
        if (!set_segment(setter, line, i, end))
            return false;
    }
    line->segments[count - 1].space_after = space_after;
    return true;
}
