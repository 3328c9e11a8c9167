/* The clusters of a segment: which glyphs stand together for which text. */
#ifndef BRIEFING_PDF_CLUSTER_H
#define BRIEFING_PDF_CLUSTER_H

#include "text/text.h"

struct cluster {
    const struct text_segment *segment;
    size_t first, count; /* glyphs, in visual order */
    struct str text;     /* never empty: a hyphen that the text lacks stands for U+00AD */
};

/* Moves to the next cluster in the order of the text; a zeroed cluster with its segment set starts. false
 * after the last. */
bool cluster_next(struct cluster *cluster);

/* Its i-th glyph in the order of the text. */
const struct text_glyph *cluster_glyph(const struct cluster *cluster, size_t i);

#endif
