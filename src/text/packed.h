/* Text as pages keep it: a segment of a line in a fifth of the memory that it takes while lines are made. Of
 * a long document all pages wait to be written, and their glyphs are most of them. */
#ifndef BRIEFING_TEXT_PACKED_H
#define BRIEFING_TEXT_PACKED_H

#include "text/text.h"

struct text_packed {
    const struct text_face *face;
    struct str text; /* logical order; what the glyphs stand for */
    int32_t size_mpt, width_mpt;
    uint32_t glyph_count;
    bool rtl;
    bool space_after;  /* as in struct text_segment */
    int16_t wider_pcm; /* as there */
    uint32_t glyphs[]; /* for text_unpack */
};

/* Packs all of a segment that does not depend on its line (x_mpt, rise_mpt, text_at and tag are left out).
 * The text is copied. */
const struct text_packed *text_pack(struct arena *arena, const struct text_segment *segment);

/* One segment at a time, with its glyphs; to be zeroed but for the arena that the room for them is taken
 * from. */
struct text_unpacked {
    struct arena *arena;
    const struct text_packed *packed;
    struct text_segment segment;
    size_t cap; /* glyphs that there is room for */
};

/* The segment, good until the next one is unpacked; its text is that of packed. The same one again costs
 * nothing. */
const struct text_segment *text_unpack(struct text_unpacked *to, const struct text_packed *packed);

#endif
