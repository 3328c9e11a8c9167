/* Pieces: the units that stand on a line, and their glyphs. */
#ifndef BRIEFING_TEXT_PIECE_H
#define BRIEFING_TEXT_PIECE_H

#include "text/fit.h"

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

/* How far glyphs reach above the baseline and below it, in font units. */
struct reach {
    int64_t above, below;
};

/* A length where glyphs are so much wider, rounded down: no line grows too wide by it. */
static inline int64_t widened(int64_t mpt, int64_t wider_pcm)
{
    int64_t more = mpt * wider_pcm;
    return mpt + (more - (more < 0 ? PCM - 1 : 0)) / PCM;
}

static inline int32_t clamp32(int64_t value)
{
    return value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : (int32_t)value;
}

/* Writes the glyphs of a segment, which has all else: of count pieces that follow each other in the text.
 * They live in keep. Returns how far they reach. */
struct reach pieces_write(const struct para *para, const struct piece *pieces, size_t count,
                          struct text_segment *segment, struct arena *keep);

#endif
