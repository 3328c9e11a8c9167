/* Packing: most glyphs are a word of 32 bits: id, advance, and by how many bytes of the text their cluster
 * lies past the one before, towards the segment's end in the order of reading. What does not fit is spelled
 * out behind a word of 0. */
#include "text/packed.h"

#include <string.h>

enum {
    ID_BITS = PACKED_ID_BITS,
    ADVANCE_BITS = PACKED_STEP_SHIFT - ID_BITS,
    STEP_MOST = 3, /* in two bits; 0: spelled out */
    SPELLED = 6    /* words */
};

static uint32_t *spell(uint32_t *out, const struct text_glyph *glyph)
{
    *out++ = 0;
    *out++ = glyph->id;
    *out++ = (uint32_t)glyph->advance_mpt;
    *out++ = glyph->cluster;
    *out++ = (uint32_t)glyph->dx_mpt;
    *out++ = (uint32_t)glyph->dy_mpt;
    return out;
}

static uint32_t *put_glyphs(uint32_t *out, const struct text_segment *segment)
{
    uint32_t before = UINT32_MAX;
    const uint32_t turn = segment->rtl ? UINT32_MAX : 0; /* from right to left clusters fall: ~x + 1 is -x */
    for (size_t i = 0; i < segment->glyph_count; i++) {
        const struct text_glyph *glyph = &segment->glyphs[i];
        uint32_t step = ((glyph->cluster - before) ^ turn) - turn, advance = (uint32_t)glyph->advance_mpt;
        before = glyph->cluster;
        uint32_t beyond = glyph->id >> ID_BITS | advance >> ADVANCE_BITS;
        if (step - 1 < STEP_MOST && !(beyond | (uint32_t)glyph->dx_mpt | (uint32_t)glyph->dy_mpt))
            *out++ = step << (ID_BITS + ADVANCE_BITS) | advance << ID_BITS | glyph->id;
        else
            out = spell(out, glyph);
    }
    return out;
}

const struct text_packed *text_pack(struct arena *arena, const struct text_segment *segment)
{
    const size_t most = SPELLED * sizeof(uint32_t);
    size_t count = segment->glyph_count, head = sizeof(struct text_packed) + segment->text.n;
    if (count > (SIZE_MAX - head) / most || count > UINT32_MAX)
        base_out_of_memory();
    size_t size = head + count * most;
    struct text_packed *packed = arena_alloc(arena, size);
    *packed = (struct text_packed){.face = segment->face,
                                   .size_mpt = segment->size_mpt,
                                   .width_mpt = segment->width_mpt,
                                   .glyph_count = (uint32_t)count,
                                   .rtl = segment->rtl,
                                   .space_after = segment->space_after,
                                   .wider_pcm = segment->wider_pcm};
    char *text = (char *)put_glyphs(packed->glyphs, segment);
    if (segment->text.n)
        memcpy(text, segment->text.p, segment->text.n);
    packed->text = (struct str){text, segment->text.n};
    arena_shrink(arena, packed, size, (size_t)(text + segment->text.n - (char *)packed));
    return packed;
}

static void get_glyphs(struct text_glyph *glyph, const struct text_packed *packed)
{
    const uint32_t *in = packed->glyphs;
    const uint32_t turn = packed->rtl ? UINT32_MAX : 0;
    uint32_t cluster = UINT32_MAX;
    for (size_t i = 0; i < packed->glyph_count; i++, glyph++) {
        uint32_t word = *in++;
        if (word) {
            cluster += ((word >> (ID_BITS + ADVANCE_BITS)) ^ turn) - turn;
            *glyph =
                (struct text_glyph){.id = word & ((1U << ID_BITS) - 1),
                                    .advance_mpt = (int32_t)(word >> ID_BITS & ((1U << ADVANCE_BITS) - 1)),
                                    .cluster = cluster};
            continue;
        }
        cluster = in[2];
        *glyph = (struct text_glyph){.id = in[0],
                                     .advance_mpt = (int32_t)in[1],
                                     .cluster = in[2],
                                     .dx_mpt = (int32_t)in[3],
                                     .dy_mpt = (int32_t)in[4]};
        in += SPELLED - 1;
    }
}

const struct text_segment *text_unpack(struct text_unpacked *to, const struct text_packed *packed)
{
    if (to->packed == packed)
        return &to->segment;
    struct text_glyph *glyphs = to->segment.glyphs;
    if (packed->glyph_count > to->cap) {
        to->cap = 2 * (size_t)packed->glyph_count;
        glyphs = ARENA_ARRAY(to->arena, struct text_glyph, to->cap);
    }
    get_glyphs(glyphs, packed);
    to->packed = packed;
    to->segment = (struct text_segment){.face = packed->face,
                                        .size_mpt = packed->size_mpt,
                                        .width_mpt = packed->width_mpt,
                                        .text = packed->text,
                                        .rtl = packed->rtl,
                                        .space_after = packed->space_after,
                                        .wider_pcm = packed->wider_pcm,
                                        .glyphs = glyphs,
                                        .glyph_count = packed->glyph_count};
    return &to->segment;
}
