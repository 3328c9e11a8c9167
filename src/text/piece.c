/* Writing the glyphs of pieces, packed. */
#include "text/piece.h"

#include "text/packed.h"

/* How much of a piece's extra falls before a byte: that of a space behind it, that of gaps between its
 * characters. */
static int64_t extra_before(const struct para *para, const struct piece *piece, uint32_t from, uint32_t to,
                            int64_t *gaps)
{
    for (uint32_t at = from + 1; at <= to; at++)
        *gaps += para->places[piece->from + at] == PLACE_BETWEEN ? gap_mpt(piece->item) : 0;
    return piece->extra * *gaps / piece->gaps;
}

/* A segment's glyphs as they are packed, one after the other. */
struct writer {
    uint32_t *out;
    uint32_t before; /* the cluster of the glyph before */
    uint32_t turn;   /* all ones from right to left, where clusters fall: ~x + 1 is -x */
    uint32_t from;   /* where the segment starts in the text */
};

/* Glyphs of a piece. The pen is rounded, not each advance, so that the sum is the piece's width. */
static void write_glyphs(struct writer *to, const struct para *para, const struct piece *piece)
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
        struct text_glyph written = {.id = glyph->id,
                                     .advance_mpt = clamp32(next - pen),
                                     .dx_mpt = clamp32(widened(dx, piece->wider_pcm)),
                                     .dy_mpt = clamp32(scale_mpt(glyph->dy, item->face, item->size_mpt)),
                                     .cluster = piece->from - to->from + glyph->cluster};
        to->out = packed_put(to->out, &written, ((written.cluster - to->before) ^ to->turn) - to->turn);
        to->before = written.cluster;
        pen = next;
    }
}

/* Up to here write_plain counts in 31 bits. */
enum { PLAIN_SIZE_MOST = 60000, PLAIN_WIDTH_MOST = INT32_MAX / 8 };

/* Whether plain pieces of an item may be written at once. */
static bool is_plain_item(const struct item *item)
{
    int32_t size = item->size_mpt, tracking = item->tracking_mpt;
    return !(item->level & 1) && size >= 0 && size <= PLAIN_SIZE_MOST && tracking >= -PLAIN_SIZE_MOST &&
           tracking <= PLAIN_SIZE_MOST;
}

static inline bool is_plain(const struct piece *piece)
{
    return piece->shaped->plain && piece->shaped->count && !piece->gaps &&
           (uint64_t)piece->width <= PLAIN_WIDTH_MOST;
}

static inline void reach_over(struct reach *reach, int64_t above, int64_t below)
{
    reach->above = above > reach->above ? above : reach->above;
    reach->below = below > reach->below ? below : reach->below;
}

/* The glyphs of a piece of a segment. */
static void reach_piece(struct reach *reach, const struct piece *piece)
{
    if (piece->shaped->plain) {
        reach_over(reach, piece->shaped->ink.above, piece->shaped->ink.below);
        return;
    }
    const struct item *item = piece->item;
    const int64_t size = item->size_mpt, em = item->face->shown.units_per_em;
    for (size_t i = 0; i < piece->shaped->count; i++) {
        const struct shaped_glyph *glyph = &piece->shaped->glyphs[i];
        struct face_ink ink = face_ink_of(item->face, glyph->id);
        int64_t dy_mpt = clamp32(scale_mpt(glyph->dy, item->face, item->size_mpt));
        int64_t up = dy_mpt && size > 0 ? dy_mpt * em / size : 0;
        reach_over(reach, ink.above + up, ink.below - up);
    }
}

/* The same for plain pieces of one item, up to one that is none or has a glyph that must be spelled out: what
 * is left over of each rounding is carried to the next glyph. Returns the first piece not written. */
static const struct piece *write_plain(struct writer *to, const struct piece *piece, const struct piece *end,
                                       struct reach *reach)
{
    const struct item *item = piece->item;
    const struct divisor em = item->face->em;
    const uint64_t size = (uint64_t)item->size_mpt;
    const int64_t tracking = item->tracking_mpt;
    const uint32_t segment_from = to->from;
    uint32_t *done = to->out, before = to->before;
    int64_t above = reach->above, below = reach->below;
    for (; piece < end && piece->item == item && is_plain(piece); piece++) {
        const struct shaped *shaped = piece->shaped;
        const struct shaped_glyph *glyph = shaped->glyphs, *last = glyph + shaped->count - 1;
        const int64_t wider_pcm = piece->wider_pcm;
        const uint32_t from = piece->from - segment_from;
        uint32_t *out = done, step = from + glyph->cluster - before, advance, beyond = 0;
        int64_t natural = 0, pen = 0;
        uint64_t left = em.em / 2;
        if (step - 1 >= PACKED_STEP_MOST)
            break;
        for (; glyph < last; glyph++) {
            left += (uint64_t)glyph->advance * size;
            uint64_t whole = divide_by(&em, left);
            left -= whole * em.em;
            natural += (int64_t)whole + tracking;
            int64_t next = wider_pcm ? widened(natural, wider_pcm) : natural;
            advance = (uint32_t)(next - pen);
            beyond |= advance;
            *out++ = packed_glyph(step, advance, glyph->id);
            step = glyph[1].step;
            pen = next;
        }
        advance = (uint32_t)(piece->width + piece->extra - pen);
        *out++ = packed_glyph(step, advance, last->id);
        if ((beyond | advance) >> PACKED_ADVANCE_BITS)
            break;
        done = out;
        before = from + last->cluster;
        above = shaped->ink.above > above ? shaped->ink.above : above;
        below = shaped->ink.below > below ? shaped->ink.below : below;
    }
    to->out = done;
    to->before = before;
    *reach = (struct reach){above, below};
    return piece;
}

struct reach pieces_write(const struct para *para, const struct piece *pieces, size_t count,
                          struct text_segment *segment, struct arena *keep)
{
    size_t most = segment->glyph_count * PACKED_SPELLED;
    uint32_t *packed = ARENA_ROOM(keep, uint32_t, most);
    struct writer to = {packed, UINT32_MAX, segment->rtl ? UINT32_MAX : 0, pieces->from};
    struct reach reach = {INT32_MIN, INT32_MIN};
    for (size_t i = 0; i < count; i++) {
        const struct piece *piece = segment->rtl ? pieces + (count - 1 - i) : pieces + i;
        if (is_plain_item(piece->item)) {
            piece = write_plain(&to, piece, pieces + count, &reach);
            i = (size_t)(piece - pieces);
            if (i == count)
                break;
        }
        write_glyphs(&to, para, piece);
        reach_piece(&reach, piece);
    }
    segment->packed = packed;
    segment->packed_count = (size_t)(to.out - packed);
    arena_shrink(keep, packed, most * sizeof *packed, segment->packed_count * sizeof *packed);
    return reach;
}
