/* Lines of plain words. */
#include "text/plain.h"

#include "text/plain_put.h"

enum { PIECES_FIRST = 64 };

static struct plain_piece *room_for(struct line_setter *setter, size_t count)
{
    if (count > setter->plain.cap) {
        setter->plain.cap = count > PIECES_FIRST ? count : PIECES_FIRST; /* later lines have fewer units */
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

/* Spaces of a line: what they give, and how many they are. */
struct spaces {
    struct totals sum;
    int64_t flex; /* of the last ones */
    size_t count, alike;
};

static inline void add_spaces(struct spaces *spaces, int64_t flex, size_t count)
{
    const int64_t times = (int64_t)count;
    spaces->sum.stretch += times * flex_stretch(flex);
    spaces->sum.shrink += times * flex_shrink(flex);
    spaces->sum.most += times * SPACES_MOST * flex;
    spaces->alike = (flex == spaces->flex ? spaces->alike : 0) + count;
    spaces->flex = flex;
    spaces->count += count;
}

/* The space behind the last word is not drawn. */
static inline void drop_space(struct spaces *spaces, int64_t flex)
{
    spaces->sum.stretch -= flex_stretch(flex);
    spaces->sum.shrink -= flex_shrink(flex);
    spaces->sum.most -= SPACES_MOST * flex;
    spaces->alike--;
    spaces->count--;
}

/* Cuts a line's first or last piece, with what the line has in sum. */
static inline bool cut_at(struct line_setter *setter, size_t i, const struct candidate *a,
                          const struct candidate *b, int64_t *natural)
{
    struct plain_piece *piece = &setter->plain.pieces[i];
    *natural -= piece->width;
    setter->plain.glyphs -= piece->shaped->count;
    if (!cut(setter, &setter->plain.first[i], a, b, piece))
        return false;
    *natural += piece->width;
    setter->plain.glyphs += piece->shaped->count;
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
    const struct unit *first = unit;
    struct plain_piece *pieces = room_for(setter, (size_t)(end - first)), *piece = pieces;
    const uint32_t to = b->end;
    int64_t natural = 0;
    size_t glyphs = 0;
    struct spaces spaces = {0};
    while (unit < end && unit->from < to) {
        const struct unit *run = unit;
        for (; unit < end && unit->spaced && unit->item == run->item && unit->from < to; unit++, piece++) {
            *piece = (struct plain_piece){unit->shaped,  unit->from, (int32_t)unit->width_mpt,
                                          unit->gap_mpt, true,       false};
            natural += piece->width;
            glyphs += unit->shaped->count;
        }
        const size_t words = (size_t)(unit - run);
        if (words) {
            natural += (int64_t)words * run->gap_mpt;
            glyphs += words;
            if (run->flexible)
                add_spaces(&spaces, run->gap_mpt, words);
            continue;
        }
        if (!unit->plain)
            return false;
        *piece = (struct plain_piece){unit->shaped, unit->from, (int32_t)unit->width_mpt, 0, false, false};
        natural += piece->width;
        glyphs += unit->shaped->count;
        if (unit->flexible)
            add_spaces(&spaces, piece->width, 1);
        unit++;
        piece++;
    }
    if (piece == pieces)
        return false;
    if (piece[-1].spaced) {
        natural -= piece[-1].gap;
        glyphs--;
        if (unit[-1].flexible)
            drop_space(&spaces, piece[-1].gap);
        piece[-1].gap = 0;
        piece[-1].spaced = false;
    }
    setter->plain.first = first;
    setter->plain.count = (size_t)(unit - first);
    setter->plain.to = unit[-1].to;
    setter->plain.hyphen = false;
    setter->plain.pcm = 0;
    setter->plain.glyphs = glyphs;
    setter->plain.alike = spaces.alike == spaces.count ? spaces.alike : 0;
    if (!cut_at(setter, 0, a, b, &natural) ||
        (setter->plain.count > 1 && !cut_at(setter, setter->plain.count - 1, a, b, &natural)))
        return false;
    *totals = spaces.sum;
    totals->natural = totals->elastic = natural;
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
    int32_t known = 0, gap = 0; /* most gaps are as wide as the one before */
    setter->plain.pcm = (int16_t)pcm;
    for (size_t i = 0; pcm && i < setter->plain.count; i++) {
        struct plain_piece *piece = &setter->plain.pieces[i];
        const int32_t width = wider(piece->width, times);
        if (piece->gap != known) {
            known = piece->gap;
            gap = wider(known, times);
        }
        const int32_t own = known ? gap : 0;
        slack -= width - piece->width + own - piece->gap;
        piece->width = width;
        piece->gap = own;
    }
    return slack;
}

static inline bool takes_space(const struct unit *unit, const struct plain_piece *piece)
{
    return unit->flexible && (!unit->spaced || piece->spaced);
}

static inline void grow(const struct unit *unit, struct plain_piece *piece, int32_t by)
{
    if (unit->spaced) {
        piece->gap += by;
    } else {
        piece->width += by;
        piece->grown = true;
    }
}

/* Among spaces that are alike, count of them: of each a share, and of what is left over a millipoint where
 * it has come to one. */
static void share_evenly(struct line_setter *setter, int64_t slack, int64_t count)
{
    const int64_t each = slack / count, rest = slack % count, sign = slack < 0 ? -1 : 1;
    int64_t over = 0;
    for (size_t i = 0; i < setter->plain.count; i++) {
        const struct unit *unit = &setter->plain.first[i];
        struct plain_piece *piece = &setter->plain.pieces[i];
        if (!takes_space(unit, piece))
            continue;
        over += sign * rest;
        const bool full = over >= count;
        over -= full ? count : 0;
        grow(unit, piece, (int32_t)(each + (full ? sign : 0)));
    }
}

void plain_justify(struct line_setter *setter, int64_t slack, int64_t shares)
{
    int64_t seen = 0, given = 0;
    if (setter->plain.alike) {
        share_evenly(setter, slack, (int64_t)setter->plain.alike);
        return;
    }
    for (size_t i = 0; i < setter->plain.count; i++) {
        const struct unit *unit = &setter->plain.first[i];
        struct plain_piece *piece = &setter->plain.pieces[i];
        if (!takes_space(unit, piece))
            continue;
        const int64_t flex = unit->spaced ? unit->gap_mpt : unit->width_mpt;
        seen += slack < 0 ? flex_shrink(flex) : flex_stretch(flex);
        const int64_t due = slack * seen / shares;
        grow(unit, piece, (int32_t)(due - given));
        given = due;
    }
}

/* Writes the glyphs of pieces that follow each other in the text. */
struct writer {
    uint32_t *out;
    struct plain_scale scale;
    uint32_t gap;
    struct face_ink ink;
    int64_t width;
};

/* What has no room in a word is returned. wide: letters are drawn wider or narrower. */
static inline uint32_t write_pieces(struct writer *to, const struct plain_piece *piece,
                                    const struct plain_piece *end, const bool wide)
{
    const struct plain_scale scale = to->scale;
    const uint32_t gap = to->gap;
    struct face_ink ink = to->ink;
    struct plain_beyond beyond = {0};
    uint32_t *out = to->out, most = 0, gaps = 0, before = piece->from - 1; /* before: the cluster before */
    int64_t width = 0;
    for (; piece < end; piece++) {
        const struct shaped *shaped = piece->shaped;
        uint32_t step = piece->from + shaped->first - before;
        most = step - 1 > most ? step - 1 : most;
        plain_put(out, shaped, step << PACKED_STEP_SHIFT, &scale, wide, &beyond);
        out += shaped->count;
        if (piece->grown && !plain_put_last(out - 1, shaped, piece->width, &scale, wide))
            gaps = UINT32_MAX;
        before = piece->from + shaped->last;
        width += piece->width + piece->gap;
        ink.above = shaped->ink.above > ink.above ? shaped->ink.above : ink.above;
        ink.below = shaped->ink.below > ink.below ? shaped->ink.below : ink.below;
        if (!piece->spaced)
            continue;
        step = piece[1].from - 1 - before;
        most = step - 1 > most ? step - 1 : most;
        gaps |= (uint32_t)piece->gap;
        *out++ = gap | (uint32_t)piece->gap << PACKED_ID_BITS | step << PACKED_STEP_SHIFT;
        before += step;
    }
    to->out = out;
    to->ink = ink;
    to->width = width;
    return (most >= PACKED_STEP_MOST) | gaps >> PACKED_ADVANCE_BITS | plain_is_beyond(&beyond);
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

/* words: where its glyphs go; moved on. */
static bool set_segment(struct line_setter *setter, struct text_line *line, size_t from, size_t end,
                        uint32_t **words)
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
    const bool gaps = end - from > 1 || first->spaced;
    struct writer writer = {.out = *words,
                            .scale = plain_scale_of(item, setter->plain.pcm),
                            .gap = item->gap ? item->gap->plain_glyphs[0].packed : 0,
                            .ink =
                                item->gap && gaps ? item->gap->ink : (struct face_ink){INT16_MIN, INT16_MIN}};
    if (setter->plain.pcm ? write_pieces(&writer, first, behind, true)
                          : write_pieces(&writer, first, behind, false))
        return false;
    segment->packed = *words;
    segment->packed_count = segment->glyph_count = (size_t)(writer.out - *words);
    segment->width_mpt = clamp32(writer.width);
    *words = writer.out;
    line_grow(line, item, &(struct reach){writer.ink.above, writer.ink.below});
    return true;
}

bool plain_segments(struct line_setter *setter, struct text_line *line, bool space_after)
{
    const size_t count = count_segments(setter);
    if (!count)
        return false;
    line->segments = ARENA_ROOM(setter->keep, struct text_segment, count);
    uint32_t *words = ARENA_ROOM(setter->keep, uint32_t, setter->plain.glyphs + PLAIN_STEP - 1);
    const struct unit *first = setter->plain.first;
    for (size_t i = 0, end = 0; i < setter->plain.count; i = end) {
        end = count == 1 ? setter->plain.count : i + 1;
        while (end < setter->plain.count && first[end].item == first[i].item)
            end++;
        if (!set_segment(setter, line, i, end, &words))
            return false;
    }
    line->segments[count - 1].space_after = space_after;
    return true;
}
