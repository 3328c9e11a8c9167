/* Setting a line: pieces of units, spaces made wider or narrower, segments, visual order, glyphs. */
#include "text/line.h"

#include <string.h>

enum {
    SPACES_MOST = 3, /* a line is set ragged whose spaces would grow by more times their width, */
    GAPS_MOST = 4,   /* or what stands between characters by more times what it likes to */
    SHRINK_MOST = 2, /* where a width was not foreseen to the millipoint */
    LEVEL_MOST = 127,
    PIECES_FIRST = 64
};

/* A unit, or what of it stands on the line. */
struct piece {
    const struct item *item;
    const struct shaped *shaped;
    uint32_t from, to;
    int64_t width, extra; /* extra: what justification adds */
    int64_t flex, gaps;   /* how much of justification it takes: as a space, between its characters */
    int16_t wider_pcm;
    bool hyphen;
};

/* What the pieces of a line have in sum. */
struct sums {
    int64_t natural, elastic; /* elastic: of what may be drawn wider or narrower */
    int64_t stretch, shrink, most;
};

static int64_t share_of(const struct piece *piece, bool shrink)
{
    return shrink ? flex_shrink(piece->flex) : flex_stretch(piece->flex) + piece->gaps;
}

static void add_piece(struct line_setter *setter, const struct unit *unit, uint32_t from, uint32_t to,
                      bool hyphen, struct sums *sums)
{
    struct setting *setting = setter->setting;
    const struct para *para = setting->para;
    if (setter->piece_count == setter->piece_cap)
        setter->pieces = arena_grow(setting->scratch, setter->pieces, setter->piece_count, &setter->piece_cap,
                                    sizeof *setter->pieces);
    struct piece *piece = &setter->pieces[setter->piece_count++];
    const struct item *item = &setting->items.items[unit->item];
    *piece = (struct piece){.item = item,
                            .shaped = unit->shaped,
                            .from = from,
                            .to = to,
                            .width = unit->width_mpt,
                            .hyphen = hyphen};
    if (from != unit->from || to != unit->to || hyphen) {
        piece->shaped = shaper_shape(setting->shaper, setting->scratch, item, para->text, from, to, hyphen);
        piece->width = shaped_width(piece->shaped, item);
    }
    if ((unit->space == SPACE_FLEXIBLE || unit->space == SPACE_JOINING) && !item->face->shown.fixed_pitch)
        piece->flex = piece->width;
    for (uint32_t at = from + 1; para->has_between && at < to; at++)
        piece->gaps += para->places[at] == PLACE_BETWEEN ? gap_mpt(item) : 0;
    sums->natural += piece->width;
    sums->elastic += item->square ? 0 : piece->width;
    if (!(piece->flex | piece->gaps))
        return;
    sums->stretch += share_of(piece, false);
    sums->shrink += share_of(piece, true);
    sums->most += SPACES_MOST * piece->flex + GAPS_MOST * piece->gaps;
}

static struct sums find_pieces(struct line_setter *setter, const struct candidate *a,
                               const struct candidate *b)
{
    const struct setting *setting = setter->setting;
    const struct unit *unit = setting->units.items + setter->unit,
                      *end = setting->units.items + setting->units.count;
    struct sums sums = {0};
    setter->piece_count = 0;
    if (!setter->piece_cap) {
        setter->piece_cap = setting->units.count < PIECES_FIRST ? setting->units.count : PIECES_FIRST;
        setter->pieces = ARENA_ROOM(setting->scratch, struct piece, setter->piece_cap);
    }
    while (unit < end && unit->to <= a->start)
        unit++;
    setter->unit = (size_t)(unit - setting->units.items);
    for (; unit < end && unit->from < b->end; unit++) {
        uint32_t from = unit->from > a->start ? unit->from : a->start;
        uint32_t to = unit->to < b->end ? unit->to : b->end;
        if (!unit->forced)
            add_piece(setter, unit, from, to, to == b->end && place_has_hyphen(b->place), &sums);
    }
    return sums;
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

/* A length where glyphs are so much wider, rounded down: no line grows too wide by it. */
static inline int64_t widened(int64_t mpt, int64_t wider_pcm)
{
    int64_t more = mpt * wider_pcm;
    return mpt + (more - (more < 0 ? PCM - 1 : 0)) / PCM;
}

/* Draws the line's letters and spaces wider or narrower, as far as it goes, and returns what slack is left.
 */
static int64_t widen(struct line_setter *setter, int64_t slack, int64_t elastic)
{
    int64_t most = flex_wider(elastic);
    int64_t taken = slack > most ? most : slack < -most ? -most : slack;
    int64_t pcm = most && elastic > 0 ? (taken * PCM - (taken < 0 ? elastic - 1 : 0)) / elastic : 0;
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

static int32_t clamp32(int64_t value)
{
    return value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : (int32_t)value;
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
    for (piece++; piece < end; piece++)
        if (piece->item != piece[-1].item && !looks_alike(setter->setting->para, &piece[-1], piece))
            break;
    return (size_t)(piece - setter->pieces);
}

/* How much of a piece's extra falls before a byte: that of a space behind it, that of gaps between its
 * characters. */
static int64_t extra_before(const struct para *para, const struct piece *piece, uint32_t from, uint32_t to,
                            int64_t *gaps)
{
    for (uint32_t at = from + 1; at <= to; at++)
        *gaps += para->places[piece->from + at] == PLACE_BETWEEN ? gap_mpt(piece->item) : 0;
    return piece->extra * *gaps / piece->gaps;
}

/* Glyphs of a piece. The pen is rounded, not each advance, so that the sum is the piece's width. */
static struct text_glyph *write_glyphs(struct text_glyph *out, const struct para *para,
                                       const struct piece *piece, uint32_t segment_from)
{
    const struct item *item = piece->item;
    const struct shaped *shaped = piece->shaped;
    int64_t units = 0, pen = 0, clusters = 0, gaps = 0;
    for (size_t i = 0; i < shaped->count; i++) {
        const struct shaped_glyph *glyph = &shaped->glyphs[i];
        units += glyph->advance;
        bool ends = i + 1 == shaped->count || shaped->glyphs[i + 1].cluster != glyph->cluster;
        clusters += ends;
        int64_t next = scale_mpt(units, item->face, item->size_mpt) + clusters * item->tracking_mpt;
        if (piece->wider_pcm)
            next = widened(next, piece->wider_pcm);
        if (i + 1 == shaped->count)
            next = piece->width + piece->extra;
        else if (piece->gaps && shaped->glyphs[i + 1].cluster >= glyph->cluster)
            next += extra_before(para, piece, glyph->cluster, shaped->glyphs[i + 1].cluster, &gaps);
        int64_t dx = scale_mpt(glyph->dx, item->face, item->size_mpt);
        *out++ = (struct text_glyph){.id = glyph->id,
                                     .advance_mpt = clamp32(next - pen),
                                     .dx_mpt = clamp32(widened(dx, piece->wider_pcm)),
                                     .dy_mpt = clamp32(scale_mpt(glyph->dy, item->face, item->size_mpt)),
                                     .cluster = piece->from - segment_from + glyph->cluster};
        pen = next;
    }
    return out;
}

/* Up to here write_plain counts in 31 bits. */
enum { PLAIN_SIZE_MOST = 60000, PLAIN_WIDTH_MOST = INT32_MAX / 8 };

/* Whether plain pieces of an item may be written at once. */
static bool is_plain_item(const struct item *item)
{
    int32_t size = item->size_mpt, tracking = item->tracking_mpt;
    return size >= 0 && size <= PLAIN_SIZE_MOST && tracking >= -PLAIN_SIZE_MOST &&
           tracking <= PLAIN_SIZE_MOST;
}

static bool is_plain(const struct piece *piece)
{
    return piece->shaped->plain && !piece->gaps && piece->width >= 0 && piece->width <= PLAIN_WIDTH_MOST;
}

static struct divisor divisor_of(const struct face *face)
{
    struct divisor by = {.em = (uint64_t)face->shown.units_per_em, .shift = 31};
    while (1ULL << (by.shift - 31) < by.em)
        by.shift++;
    by.inverse = ((1ULL << by.shift) + by.em - 1) / by.em;
    return by;
}

/* The same for a plain piece: what is left over of each rounding is carried to the next glyph. */
static struct text_glyph *write_plain(struct text_glyph *out, const struct piece *piece, struct divisor by,
                                      uint32_t segment_from)
{
    const struct shaped_glyph *glyph = piece->shaped->glyphs, *end = glyph + piece->shaped->count;
    const uint64_t size = (uint64_t)piece->item->size_mpt;
    const uint32_t from = piece->from - segment_from;
    const int64_t tracking = piece->item->tracking_mpt, wider_pcm = piece->wider_pcm;
    int64_t natural = 0, pen = 0;
    uint64_t left = by.em / 2;
    for (; glyph < end; glyph++) {
        left += (uint64_t)glyph->advance * size;
        uint64_t whole = left * by.inverse >> by.shift;
        left -= whole * by.em;
        natural += (int64_t)whole + tracking;
        int64_t next = wider_pcm ? widened(natural, wider_pcm) : natural;
        *out++ = (struct text_glyph){
            .id = glyph->id, .advance_mpt = (int32_t)(next - pen), .cluster = from + glyph->cluster};
        pen = next;
    }
    if (piece->shaped->count)
        out[-1].advance_mpt += (int32_t)(piece->width + piece->extra - pen);
    return out;
}

/* How high marks may pile up, in sizes of the text: more are reported, and lie on top of one another. */
enum { INK_MOST = 2 };

/* How far glyphs reach above the baseline and below it, in font units. */
struct reach {
    int64_t above, below;
};

static void reach_over(struct reach *reach, int64_t above, int64_t below)
{
    reach->above = above > reach->above ? above : reach->above;
    reach->below = below > reach->below ? below : reach->below;
}

/* The glyphs of a piece of a segment. */
static void reach_piece(struct reach *reach, const struct piece *piece, const struct text_glyph *glyphs)
{
    if (piece->shaped->plain) {
        reach_over(reach, piece->shaped->ink.above, piece->shaped->ink.below);
        return;
    }
    const struct item *item = piece->item;
    const int64_t size = item->size_mpt, em = item->face->shown.units_per_em;
    for (size_t i = 0; i < piece->shaped->count; i++) {
        struct face_ink ink = face_ink_of(item->face, glyphs[i].id);
        int64_t up = glyphs[i].dy_mpt && size > 0 ? glyphs[i].dy_mpt * em / size : 0;
        reach_over(reach, ink.above + up, ink.below - up);
    }
}

static void grow_height(struct text_line *line, const struct item *item, const struct reach *reach)
{
    const int64_t size = item->size_mpt, em = item->face->shown.units_per_em;
    int64_t above = reach->above * size / em + item->rise_mpt,
            below = reach->below * size / em - item->rise_mpt;
    if (above > line->ascent_mpt)
        line->ascent_mpt = clamp32(above < INK_MOST * size ? above : INK_MOST * size);
    if (below > line->descent_mpt)
        line->descent_mpt = clamp32(below < INK_MOST * size ? below : INK_MOST * size);
}

/* One segment from pieces that follow each other in the text. */
static void set_segment(struct line_setter *setter, struct text_line *line, struct text_segment *segment,
                        size_t from, size_t to)
{
    const struct para *para = setter->setting->para;
    const struct piece *first = &setter->pieces[from], *last = &setter->pieces[to - 1];
    const struct item *item = first->item;
    *segment = (struct text_segment){.face = &item->face->shown,
                                     .size_mpt = item->size_mpt,
                                     .rise_mpt = item->rise_mpt,
                                     .rtl = item->level & 1,
                                     .wider_pcm = first->wider_pcm,
                                     .tag = para->in->runs[item->run].tag,
                                     .text = str_slice(para->text, first->from, last->to),
                                     .text_at = first->from};
    if (last->hyphen) {
        char *text = arena_alloc(setter->keep, segment->text.n + 3);
        memcpy(text, segment->text.p, segment->text.n);
        memcpy(text + segment->text.n, "\xC2\xAD", sizeof "\xC2\xAD");
        segment->text = (struct str){text, segment->text.n + 2};
    }
    int64_t width = 0;
    for (size_t i = from; i < to; i++) {
        segment->glyph_count += setter->pieces[i].shaped->count;
        width += setter->pieces[i].width + setter->pieces[i].extra;
    }
    segment->width_mpt = clamp32(width);
    segment->glyphs = ARENA_ROOM(setter->keep, struct text_glyph, segment->glyph_count);
    struct text_glyph *out = segment->glyphs;
    struct reach reach = {INT32_MIN, INT32_MIN};
    const struct item *checked = item;
    bool plain = is_plain_item(item);
    if (setter->divided != item->face) {
        setter->divided = item->face;
        setter->by = divisor_of(item->face);
    }
    for (size_t i = 0; i < to - from; i++) {
        const struct piece *piece = &setter->pieces[segment->rtl ? to - 1 - i : from + i];
        struct text_glyph *glyphs = out;
        if (piece->item != checked)
            plain = is_plain_item(checked = piece->item);
        out = plain && is_plain(piece) ? write_plain(out, piece, setter->by, first->from)
                                       : write_glyphs(out, para, piece, first->from);
        reach_piece(&reach, piece, glyphs);
    }
    grow_height(line, item, &reach);
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

static void set_segments(struct line_setter *setter, struct text_line *line, int64_t x, bool space_after)
{
    const struct para *para = setter->setting->para;
    size_t count = 0;
    for (size_t i = 0; i < setter->piece_count; i = segment_end(setter, i))
        count++;
    size_t most = para->edges ? 2 * count : count;
    line->segments = ARENA_ARRAY(setter->keep, struct text_segment, most);
    uint8_t *levels = arena_alloc(setter->setting->scratch, most);
    bool turned = false;
    for (size_t i = 0; i < setter->piece_count;) {
        size_t start = i;
        i = segment_end(setter, i);
        uint8_t level = setter->pieces[start].item->level;
        turned |= level > 0;
        set_edge(para, line, levels, setter->pieces[start].from);
        levels[line->segment_count] = level;
        set_segment(setter, line, &line->segments[line->segment_count++], start, i);
    }
    if (count)
        line->segments[line->segment_count - 1].space_after = space_after;
    if (turned)
        reorder(line->segments, levels, line->segment_count);
    drop_edges(line);
    for (size_t i = 0; i < count; i++) {
        line->segments[i].x_mpt = clamp32(x);
        x += line->segments[i].width_mpt;
    }
}

/* The last cluster's tracking would stand in the margin. */
static void drop_last_tracking(struct line_setter *setter, struct sums *sums)
{
    struct piece *last = setter->piece_count ? &setter->pieces[setter->piece_count - 1] : NULL;
    if (!last || !last->shaped->count || setter->setting->para->levels)
        return;
    last->extra -= last->item->tracking_mpt;
    sums->natural -= last->item->tracking_mpt;
}

void line_set(struct line_setter *setter, const struct candidate *a, const struct candidate *b, bool first,
              struct text_line *line)
{
    const struct para *para = setter->setting->para;
    int64_t room = first ? setter->measure->first_mpt : setter->measure->width_mpt;
    int64_t indent = setter->measure->width_mpt - room;
    int64_t hang = (int64_t)a->start_hang + b->end_hang;
    room += hang; /* only of justified text from left to right */
    *line = (struct text_line){.last = b->place == PLACE_FORCED, .hyphenated = place_has_hyphen(b->place)};
    struct sums sums = find_pieces(setter, a, b);
    drop_last_tracking(setter, &sums);
    int64_t natural = sums.natural, slack = room - natural;
    bool justified = para->in->align == TEXT_JUSTIFY && !line->last && slack <= sums.most;
    if (para->in->align == TEXT_JUSTIFY && (slack < 0 || justified)) {
        int64_t left = widen(setter, slack, sums.elastic);
        natural += slack - left;
        slack = left;
    }
    if (slack < -SHRINK_MOST * sums.shrink)
        slack = -SHRINK_MOST * sums.shrink;
    int64_t shares = slack < 0 ? sums.shrink : sums.stretch;
    if (shares && (slack < 0 || justified)) {
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
    set_segments(setter, line, x, (b->start > b->end || broken_by_force) && !line->hyphenated);
    line->width_mpt = clamp32(natural - hang);
    line->start_hang_mpt = a->start_hang;
    line->end_hang_mpt = b->end_hang;
    line->text_from = para_source(para, a->start);
    line->text_to = para_source(para, b->end);
}
