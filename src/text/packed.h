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

/* Most glyphs are a word of 32 bits: id, advance, and by how many bytes of the text their cluster lies past
 * the one before, towards the segment's end in the order of reading; the first one's past -1. What does not
 * fit is spelled out behind a word of 0. */
enum {
    PACKED_ID_BITS = 16,
    PACKED_STEP_SHIFT = 30,
    PACKED_ADVANCE_BITS = PACKED_STEP_SHIFT - PACKED_ID_BITS,
    PACKED_STEP_MOST = 3, /* in two bits; 0: spelled out */
    PACKED_SPELLED = 6    /* words */
};

/* A glyph that fits. */
static inline uint32_t packed_glyph(uint32_t step, uint32_t advance_mpt, uint32_t id)
{
    return step << PACKED_STEP_SHIFT | advance_mpt << PACKED_ID_BITS | id;
}

/* Whether every glyph of a segment is a word of its own. */
static inline bool packed_is_plain(const struct text_packed *packed)
{
    return packed->text.p == (const char *)(packed->glyphs + packed->glyph_count);
}

/* The glyph at words, without its place; where the next one stands. */
static inline const uint32_t *packed_get(const uint32_t *words, uint32_t *id, int32_t *advance_mpt)
{
    bool is_word = *words != 0;
    *id = is_word ? *words & ((1U << PACKED_ID_BITS) - 1) : words[1];
    *advance_mpt =
        (int32_t)(is_word ? *words >> PACKED_ID_BITS & ((1U << PACKED_ADVANCE_BITS) - 1) : words[2]);
    return words + (is_word ? 1 : PACKED_SPELLED);
}

/* Any glyph; where the next one is to be put. step: clusters from right to left fall, which is counted
 * upwards, too. */
uint32_t *packed_put(uint32_t *out, const struct text_glyph *glyph, uint32_t step);

/* Packs all of a segment that does not depend on its line (x_mpt, rise_mpt, text_at and tag are left out).
 * The text is copied. */
const struct text_packed *text_pack(struct arena *arena, const struct text_segment *segment);

/* Spells out the glyphs of a segment that has them packed. */
void text_spell(struct arena *arena, struct text_segment *segment);

/* Walks the glyphs of a segment from left to right without unpacking it, as far as each is a word of its own
 * and moves the text on. To be zeroed but for packed. */
struct text_walk {
    const struct text_packed *packed;
    uint32_t glyph;  /* how many were passed */
    uint32_t id;     /* of the last of them */
    size_t at, size; /* of its cluster: bytes of the text */
};

/* The next glyph, which is a cluster by itself; false behind the last one, and where it is none or it or the
 * one behind it is not packed so: then glyph is less than the segment's count. */
static inline bool text_walk_next(struct text_walk *walk)
{
    const struct text_packed *packed = walk->packed;
    if (walk->glyph == packed->glyph_count)
        return false;
    uint32_t word = packed->glyphs[walk->glyph];
    size_t at = walk->at + walk->size, left = packed->text.n - at;
    size_t size =
        walk->glyph + 1 < packed->glyph_count ? packed->glyphs[walk->glyph + 1] >> PACKED_STEP_SHIFT : left;
    if (word == 0 || size - 1 >= left || (walk->glyph == 0 && word >> PACKED_STEP_SHIFT != 1))
        return false;
    walk->glyph++;
    walk->at = at;
    walk->size = size;
    walk->id = word & ((1U << PACKED_ID_BITS) - 1);
    return true;
}

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
