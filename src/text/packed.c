/* Packing glyphs and spelling them out again. */
#include "text/packed.h"

#include <string.h>

uint32_t *packed_put(uint32_t *out, const struct text_glyph *glyph, uint32_t step)
{
    uint32_t advance = (uint32_t)glyph->advance_mpt;
    uint32_t beyond = glyph->id >> PACKED_ID_BITS | advance >> PACKED_ADVANCE_BITS;
    if (step - 1 < PACKED_STEP_MOST && !(beyond | (uint32_t)glyph->dx_mpt | (uint32_t)glyph->dy_mpt)) {
        *out++ = packed_glyph(step, advance, glyph->id);
        return out;
    }
    *out++ = 0;
    *out++ = glyph->id;
    *out++ = advance;
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
        out = packed_put(out, glyph, ((glyph->cluster - before) ^ turn) - turn);
        before = glyph->cluster;
    }
    return out;
}

const struct text_packed *text_pack(struct arena *arena, const struct text_segment *segment)
{
    const size_t most = PACKED_SPELLED * sizeof(uint32_t);
    size_t count = segment->glyph_count, head = sizeof(struct text_packed) + segment->text.n;
    if (count > (SIZE_MAX - head) / most || count > UINT32_MAX)
        base_out_of_memory();
    size_t size = head + (segment->packed ? segment->packed_count * sizeof(uint32_t) : count * most);
    struct text_packed *packed = arena_room(arena, 1, size);
    *packed = (struct text_packed){.face = segment->face,
                                   .size_mpt = segment->size_mpt,
                                   .width_mpt = segment->width_mpt,
                                   .glyph_count = (uint32_t)count,
                                   .rtl = segment->rtl,
                                   .space_after = segment->space_after,
                                   .wider_pcm = segment->wider_pcm};
    uint32_t *end = packed->glyphs + segment->packed_count;
    if (segment->packed)
        memcpy(packed->glyphs, segment->packed, segment->packed_count * sizeof(uint32_t));
    else
        end = put_glyphs(packed->glyphs, segment);
    char *text = (char *)end;
    if (segment->text.n)
        memcpy(text, segment->text.p, segment->text.n);
    packed->text = (struct str){text, segment->text.n};
    if (!segment->packed)
        arena_shrink(arena, packed, size, (size_t)(text + segment->text.n - (char *)packed));
    return packed;
}

static inline void get_turned(struct text_glyph *glyph, const uint32_t *in, size_t count, const uint32_t turn)
{
    uint32_t cluster = UINT32_MAX;
    for (; count; count--, glyph++) {
        uint32_t word = *in++;
        if (word) {
            cluster += ((word >> PACKED_STEP_SHIFT) ^ turn) - turn;
            *glyph = (struct text_glyph){
                .id = word & ((1U << PACKED_ID_BITS) - 1),
                .advance_mpt = (int32_t)(word >> PACKED_ID_BITS & ((1U << PACKED_ADVANCE_BITS) - 1)),
                .cluster = cluster};
            continue;
        }
        cluster = in[2];
        *glyph = (struct text_glyph){.id = in[0],
                                     .advance_mpt = (int32_t)in[1],
                                     .cluster = in[2],
                                     .dx_mpt = (int32_t)in[3],
                                     .dy_mpt = (int32_t)in[4]};
        in += PACKED_SPELLED - 1;
    }
}

static void get_glyphs(struct text_glyph *glyphs, const uint32_t *in, size_t count, bool rtl)
{
    if (rtl)
        get_turned(glyphs, in, count, UINT32_MAX);
    else
        get_turned(glyphs, in, count, 0);
}

void text_spell(struct arena *arena, struct text_segment *segment)
{
    segment->glyphs = ARENA_ROOM(arena, struct text_glyph, segment->glyph_count);
    get_glyphs(segment->glyphs, segment->packed, segment->glyph_count, segment->rtl);
}

const struct text_segment *text_unpack(struct text_unpacked *to, const struct text_packed *packed)
{
    if (to->packed == packed)
        return &to->segment;
    struct text_glyph *glyphs = to->segment.glyphs;
    if (packed->glyph_count > to->cap) {
        to->cap = 2 * (size_t)packed->glyph_count;
        glyphs = ARENA_ROOM(to->arena, struct text_glyph, to->cap);
    }
    get_glyphs(glyphs, packed->glyphs, packed->glyph_count, packed->rtl);
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
