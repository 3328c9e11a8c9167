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
    struct shaped_glyph room[PLAIN_GLYPHS];
    const struct shaped_glyph *glyphs = shaped_glyphs(shaped, room);
    for (size_t i = 0; i < shaped->count; i++) {
        const struct shaped_glyph *glyph = &glyphs[i];
        units += glyph->advance;
        bool ends = i + 1 == shaped->count || glyph[1].cluster != glyph->cluster;
        clusters += ends;
        int64_t next = scale_mpt(units, item->face, item->size_mpt) + clusters * item->tracking_mpt;
        if (piece->wider_pcm)
            next = widened(next, piece->wider_pcm);
        if (i + 1 == shaped->count)
            next = piece->width + piece->extra;
        else if (piece->gaps && glyph[1].cluster >= glyph->cluster)
            next += extra_before(para, piece, glyph->cluster, glyph[1].cluster, &gaps);
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
        const struct shaped_glyph *glyph = &shaped_full(piece->shaped)[i];
        struct face_ink ink = face_ink_of(item->face, glyph->id);
        int64_t dy_mpt = clamp32(scale_mpt(glyph->dy, item->face, item->size_mpt));
        int64_t up = dy_mpt && size > 0 ? dy_mpt * em / size : 0;
        reach_over(reach, ink.above + up, ink.below - up);
    }
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
        write_glyphs(&to, para, piece);
        reach_piece(&reach, piece);
    }
    segment->packed = packed;
    segment->packed_count = (size_t)(to.out - packed);
    arena_shrink(keep, packed, most * sizeof *packed, segment->packed_count * sizeof *packed);
    return reach;
}
