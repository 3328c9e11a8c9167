/* Lines of plain words from left to right, as most are: what line.c and piece.c do for any line, in fewer
 * steps. */
#ifndef BRIEFING_TEXT_PLAIN_H
#define BRIEFING_TEXT_PLAIN_H

#include "text/line.h"

/* Up to here counting takes no more than 31 bits: a product of font units and millipoints, and a length times
 * how wide it is drawn, of which a 32nd is divided. */
enum {
    PLAIN_SIZE_MOST = 60000,
    PLAIN_PRODUCT_MOST = 1 << 29,
    PLAIN_EM_LEAST = 1000,
    PLAIN_ADVANCE_MOST = INT16_MAX
};

/* Whether plain words of an item may be set so, */
static inline bool plain_is(const struct item *item)
{
    return !(item->level & 1) && !item->square && !item->tracking_mpt && item->size_mpt >= 0 &&
           item->size_mpt <= PLAIN_SIZE_MOST && item->face->em.em >= PLAIN_EM_LEAST;
}

/* and one of them. */
static inline bool plain_has(const struct item *item, const struct shaped *shaped)
{
    return shaped->plain && shaped->advance <= PLAIN_ADVANCE_MOST &&
           shaped->advance * item->size_mpt <= PLAIN_PRODUCT_MOST;
}

/* How wide that is. */
static inline int32_t plain_width(const struct item *item, const struct shaped *shaped)
{
    const struct divisor *em = &item->face->em;
    return (int32_t)divide_by(em, (uint64_t)shaped->advance * (uint64_t)item->size_mpt + em->em / 2);
}

/* A unit on a line, or what of the first or the last one stands on it. */
struct plain_piece {
    const struct shaped *shaped;
    uint32_t from;
    int32_t width;
    int32_t gap; /* the space behind it */
    bool spaced; /* there is one */
    bool grown;  /* it is a space by itself, which is not as wide as its glyph */
};

/* The units of a line from candidate a to candidate b, and what they have in sum. false where they are not
 * plain. */
bool plain_find(struct line_setter *setter, const struct candidate *a, const struct candidate *b,
                struct totals *totals);
/* Draws all so much wider or narrower; returns what slack is left. */
int64_t plain_widen(struct line_setter *setter, int64_t slack, int64_t pcm);
/* Shares slack among the spaces. */
void plain_justify(struct line_setter *setter, int64_t slack, int64_t shares);
/* Sets the segments. false where a glyph has no room in its word (packed.h): then the line is not plain. */
bool plain_segments(struct line_setter *setter, struct text_line *line, bool space_after);

#endif
