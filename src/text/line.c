/* Setting a line: pieces of units, spaces made wider or narrower, segments, visual order, glyphs. */
#include "text/line.h"

#include <string.h>

#include "text/plain.h"

enum {
    GAPS_MOST = 4,   /* as SPACES_MOST, of what may stand between characters */
    SHRINK_MOST = 2, /* where a width was not foreseen to the millipoint */
    LEVEL_MOST = 127,
    PIECES_FIRST = 64
};

static int64_t share_of(const struct piece *piece, bool shrink)
{
    return shrink ? flex_shrink(piece->flex) : flex_stretch(piece->flex) + piece->gaps;
}

/* What of a piece's unit stands on a line from one byte to another. */
static void cut_piece(struct setting *setting, struct piece *piece, uint32_t from, uint32_t to, bool hyphen)
{
    if (piece->from >= from && piece->to <= to && !(hyphen && piece->to == to))
        return;
    piece->hyphen = hyphen && piece->to >= to;
    piece->from = piece->from > from ? piece->from : from;
    piece->to = piece->to < to ? piece->to : to;
    piece->shaped = shaper_shape(setting->shaper, setting->scratch, piece->item, setting->para->text,
                                 piece->from, piece->to, piece->hyphen);
    piece->width = shaped_width(piece->shaped, piece->item);
}

static int64_t gaps_in(const struct para *para, const struct piece *piece)
{
    int64_t gaps = 0;
    for (uint32_t at = piece->from + 1; at < piece->to; at++)
        gaps += para->places[at] == PLACE_BETWEEN ? gap_mpt(piece->item) : 0;
    return gaps;
}

/* Room for count pieces. */
static struct piece *room_for(struct line_setter *setter, size_t count)
{
    if (count > setter->piece_cap) {
        setter->piece_cap = count > PIECES_FIRST ? 2 * count : PIECES_FIRST;
        setter->pieces = ARENA_ROOM(setter->setting->scratch, struct piece, setter->piece_cap);
    }
    return setter->pieces;
}

static inline bool is_flexible(const struct unit *unit, const struct item *item)
{
    return (unit->space == SPACE_FLEXIBLE || unit->space == SPACE_JOINING) && !item->face->shown.fixed_pitch;
}

static struct totals find_pieces(struct line_setter *setter, const struct candidate *a,
                                 const struct candidate *b)
{
    struct setting *setting = setter->setting;
    if (!setting->parted)
        setter->unit = 0;
    units_part(setting);
    const struct unit *unit = setting->units.items + setter->unit,
                      *end = setting->units.items + setting->units.count;
    while (unit < end && unit->to <= a->start)
        unit++;
    setter->unit = (size_t)(unit - setting->units.items);
    const struct unit *first = unit, *last = unit;
    while (last < end && last->from < b->end)
        last++;
    struct totals totals = {0};
    int64_t flex = 0, stretch = 0, shrink = 0; /* of the space before, which most are like */
    const bool has_between = setting->para->has_between;
    struct piece *pieces = room_for(setter, (size_t)(last - first)), *piece = pieces;
    for (; unit < last; unit++) {
        if (unit->forced)
            continue;
        const struct item *item = &setting->items.items[unit->item];
        *piece = (struct piece){.item = item,
                                .shaped = unit->shaped,
                                .from = unit->from,
                                .to = unit->to,
                                .width = unit->width_mpt};
        if (unit == first || unit + 1 == last)
            cut_piece(setting, piece, a->start, b->end, place_has_hyphen(b->place));
        if (has_between)
            piece->gaps = gaps_in(setting->para, piece);
        totals.natural += piece->width;
        totals.elastic += item->square ? 0 : piece->width;
        if (is_flexible(unit, item))
            piece->flex = piece->width;
        if (piece->flex | piece->gaps) {
            if (has_between || piece->flex != flex) {
                flex = piece->flex;
                stretch = share_of(piece, false);
                shrink = share_of(piece, true);
            }
            totals.stretch += stretch;
            totals.shrink += shrink;
            totals.most += SPACES_MOST * piece->flex + GAPS_MOST * piece->gaps;
        }
        piece++;
    }
    setter->piece_count = (size_t)(piece - pieces);
    return totals;
}

/* Shares slack among the pieces that can take some, to the last millipoint. */
static void justify(struct line_setter *setter, int64_t slack, int64_t shares)
{
    int64_t seen = 0, given = 0;
    for (size_t i = 0; i < setter->piece_count; i++) {
        struct piece *piece = &setter->pieces[i];
        if (!(piece->flex | piece->gaps))
            continue;
        seen += share_of(piece, slack < 0);
        int64_t due = slack * seen / shares;
        piece->extra += due - given;
        given = due;
    }
}

/* By how much the line's letters and spaces are drawn wider or narrower, as far as it goes. */
static int64_t wider_of(int64_t slack, int64_t elastic)
{
    int64_t most = flex_wider(elastic);
    int64_t taken = slack > most ? most : slack < -most ? -most : slack;
    return most && elastic > 0 ? (taken * PCM - (taken < 0 ? elastic - 1 : 0)) / elastic : 0;
}

/* Draws them so; what slack is left. */
static int64_t widen(struct line_setter *setter, int64_t slack, int64_t pcm)
{
    for (size_t i = 0; pcm && i < setter->piece_count; i++) {
        struct piece *piece = &setter->pieces[i];
        if (piece->item->square)
            continue;
        int64_t width = widened(piece->width, pcm);
        slack -= width - piece->width;
        piece->width = width;
        piece->wider_pcm = (int16_t)pcm;
    }
    return slack;
}

static bool looks_alike(const struct para *para, const struct piece *a, const struct piece *b)
{
    const struct text_run *runs = para->in->runs;
    return !(para->edges && para->edges[b->from]) && a->item->face == b->item->face &&
           a->item->size_mpt == b->item->size_mpt && a->item->rise_mpt == b->item->rise_mpt &&
           a->item->level == b->item->level && a->wider_pcm == b->wider_pcm &&
           runs[a->item->run].tag == runs[b->item->run].tag;
}

/* The first piece from one on that does not belong to its segment. */
static size_t segment_end(const struct line_setter *setter, size_t from)
{
    const struct piece *piece = &setter->pieces[from], *end = &setter->pieces[setter->piece_count];
    if (piece->item == end[-1].item)
        return setter->piece_count;
    for (piece++; piece < end; piece++)
        if (piece->item != piece[-1].item && !looks_alike(setter->setting->para, &piece[-1], piece))
            break;
    return (size_t)(piece - setter->pieces);
}

/* How high marks may pile up, in sizes of the text: more are reported, and lie on top of one another. */
enum { INK_MOST = 2 };

void line_grow(struct text_line *line, const struct item *item, const struct reach *reach)
{
    const int64_t size = item->size_mpt, em = item->face->shown.units_per_em;
    int64_t above = reach->above * size / em + item->rise_mpt,
            below = reach->below * size / em - item->rise_mpt;
    if (above > line->ascent_mpt)
        line->ascent_mpt = clamp32(above < INK_MOST * size ? above : INK_MOST * size);
    if (below > line->descent_mpt)
        line->descent_mpt = clamp32(below < INK_MOST * size ? below : INK_MOST * size);
}

void line_add_hyphen(struct line_setter *setter, struct text_segment *segment)
{
    char *text = arena_alloc(setter->keep, segment->text.n + 3);
    memcpy(text, segment->text.p, segment->text.n);
    memcpy(text + segment->text.n, "\xC2\xAD", sizeof "\xC2\xAD");
    segment->text = (struct str){text, segment->text.n + 2};
}

/* One segment from pieces that follow each other in the text. */
static void set_segment(struct line_setter *setter, struct text_line *line, struct text_segment *segment,
                        const struct piece *first, size_t count)
{
    const struct para *para = setter->setting->para;
    const struct piece *last = first + count - 1;
    const struct item *item = first->item;
    *segment = (struct text_segment){.face = &item->face->shown,
                                     .size_mpt = item->size_mpt,
                                     .rise_mpt = item->rise_mpt,
                                     .rtl = item->level & 1,
                                     .wider_pcm = first->wider_pcm,
                                     .tag = para->in->runs[item->run].tag,
                                     .text = str_slice(para->text, first->from, last->to),
                                     .text_at = first->from};
    if (last->hyphen)
        line_add_hyphen(setter, segment);
    int64_t width = 0;
    for (const struct piece *piece = first; piece <= last; piece++) {
        segment->glyph_count += piece->shaped->count;
        width += piece->width + piece->extra;
    }
    segment->width_mpt = clamp32(width);
    struct reach reach = pieces_write(para, first, count, segment, setter->keep);
    line_grow(line, item, &reach);
}

/* Rule L2 of UAX #9: from the highest level down to the lowest odd one, what stands at that level or above
 * turns. */
static void reorder(struct text_segment *segments, uint8_t *levels, size_t count)
{
    uint8_t highest = 0, lowest = LEVEL_MOST;
    for (size_t i = 0; i < count; i++) {
        highest = levels[i] > highest ? levels[i] : highest;
        if (levels[i] & 1 && levels[i] < lowest)
            lowest = levels[i];
    }
    for (int level = highest; level >= lowest; level--)
        for (size_t i = 0; i < count;) {
            size_t start = i;
            while (i < count && levels[i] >= level)
                i++;
            for (size_t a = start, b = i; a + 1 < b; a++) {
                struct text_segment segment = segments[--b];
                uint8_t other = levels[b];
                segments[b] = segments[a];
                levels[b] = levels[a];
                segments[a] = segment;
                levels[a] = other;
            }
            i += i == start;
        }
}

/* The edge of an isolate before a segment, as an empty segment, takes its place among the levels. */
static void set_edge(const struct para *para, struct text_line *line, uint8_t *levels, uint32_t at)
{
    if (line->segment_count && para->edges && para->edges[at])
        levels[line->segment_count++] = (uint8_t)(para->edges[at] - 1);
}

static void drop_edges(struct text_line *line)
{
    size_t kept = 0;
    for (size_t i = 0; i < line->segment_count; i++)
        if (line->segments[i].face)
            line->segments[kept++] = line->segments[i];
    line->segment_count = kept;
}

static void set_segments(struct line_setter *setter, struct text_line *line, bool space_after)
{
    const struct para *para = setter->setting->para;
    size_t count = 0;
    for (size_t i = 0; i < setter->piece_count; i = segment_end(setter, i))
        count++;
    size_t most = para->edges ? 2 * count : count;
    line->segments = para->edges ? ARENA_ARRAY(setter->keep, struct text_segment, most)
                                 : ARENA_ROOM(setter->keep, struct text_segment, most);
    uint8_t *levels = arena_room(setter->setting->scratch, most, 1);
    bool turned = false;
    for (size_t i = 0; i < setter->piece_count;) {
        size_t start = i;
        i = segment_end(setter, i);
        uint8_t level = setter->pieces[start].item->level;
        turned |= level > 0;
        set_edge(para, line, levels, setter->pieces[start].from);
        levels[line->segment_count] = level;
        set_segment(setter, line, &line->segments[line->segment_count++], &setter->pieces[start], i - start);
    }
    if (count)
        line->segments[line->segment_count - 1].space_after = space_after;
    if (turned)
        reorder(line->segments, levels, line->segment_count);
    drop_edges(line);
}

/* The last cluster's tracking would stand in the margin. */
static void drop_last_tracking(struct line_setter *setter, struct totals *totals)
{
    struct piece *last = setter->piece_count ? &setter->pieces[setter->piece_count - 1] : NULL;
    if (!last || !last->shaped->count || setter->setting->para->levels)
        return;
    last->extra -= last->item->tracking_mpt;
    totals->natural -= last->item->tracking_mpt;
}

/* Where the line's segments stand, from x on. */
static void place_segments(struct text_line *line, int64_t x)
{
    for (size_t i = 0; i < line->segment_count; i++) {
        line->segments[i].x_mpt = clamp32(x);
        x += line->segments[i].width_mpt;
    }
}

/* plain: by plain.c. false where that cannot. */
static bool set_line(struct line_setter *setter, const struct candidate *a, const struct candidate *b,
                     bool first, bool plain, struct text_line *line)
{
    const struct para *para = setter->setting->para;
    int64_t room = first ? setter->measure->first_mpt : setter->measure->width_mpt;
    int64_t indent = setter->measure->width_mpt - room;
    int64_t hang = (int64_t)a->start_hang + b->end_hang;
    room += hang; /* only of justified text from left to right */
    *line = (struct text_line){.last = b->place == PLACE_FORCED, .hyphenated = place_has_hyphen(b->place)};
    struct totals totals;
    if (!plain) {
        totals = find_pieces(setter, a, b);
        drop_last_tracking(setter, &totals);
    } else if (!plain_find(setter, a, b, &totals)) {
        return false;
    }
    int64_t natural = totals.natural, slack = room - natural;
    bool justified = para->in->align == TEXT_JUSTIFY && !line->last && slack <= totals.most;
    if (para->in->align == TEXT_JUSTIFY && (slack < 0 || justified)) {
        int64_t pcm = wider_of(slack, totals.elastic);
        int64_t left = plain ? plain_widen(setter, slack, pcm) : widen(setter, slack, pcm);
        natural += slack - left;
        slack = left;
    }
    if (slack < -SHRINK_MOST * totals.shrink)
        slack = -SHRINK_MOST * totals.shrink;
    int64_t shares = slack < 0 ? totals.shrink : totals.stretch;
    if (shares && (slack < 0 || justified)) {
        if (plain)
            plain_justify(setter, slack, shares);
        else
            justify(setter, slack, shares);
        natural += slack;
    }
    int64_t x = para->from_right ? 0 : indent - a->start_hang;
    enum text_align align = para->in->align;
    bool at_right = align == TEXT_RIGHT || para->from_right != (align == TEXT_END);
    if (at_right && align != TEXT_CENTRE)
        x += room - natural;
    else if (align == TEXT_CENTRE)
        x += (room - natural) / 2;
    bool broken_by_force = b->place == PLACE_FORCED && b->end < para->text.n;
    bool space_after = (b->start > b->end || broken_by_force) && !line->hyphenated;
    if (!plain)
        set_segments(setter, line, space_after);
    else if (!plain_segments(setter, line, space_after))
        return false;
    place_segments(line, x);
    line->width_mpt = clamp32(natural - hang);
    line->start_hang_mpt = a->start_hang;
    line->end_hang_mpt = b->end_hang;
    line->text_from = para_source(para, a->start);
    line->text_to = para_source(para, b->end);
    return true;
}

void line_set(struct line_setter *setter, const struct candidate *a, const struct candidate *b, bool first,
              struct text_line *line)
{
    if (!set_line(setter, a, b, first, true, line))
        set_line(setter, a, b, first, false, line);
}
