/* Packing: a glyph is its id and its advance in bytes of seven bits, least first, the eighth telling that
 * more follow. The id is doubled; where it is odd, what most glyphs do not need comes behind: the step of its
 * cluster from the one before, offsets, and an advance that may be negative. */
#include "text/packed.h"

#include <string.h>

enum { NUMBER_MOST = 5 /* bytes of a number of up to 35 bits */, GLYPH_MOST = 5 * NUMBER_MOST };

static unsigned char *put(unsigned char *out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        *out++ = (unsigned char)(value | 0x80);
    *out++ = (unsigned char)value;
    return out;
}

/* The sign in the lowest bit. */
static unsigned char *put_signed(unsigned char *out, int64_t value)
{
    return put(out, value < 0 ? ((uint64_t)-value << 1) - 1 : (uint64_t)value << 1);
}

static uint64_t get(const unsigned char **in)
{
    uint64_t value = *(*in)++;
    if (value < 0x80)
        return value;
    value &= 0x7F;
    for (unsigned shift = 7;; shift += 7) {
        uint64_t byte = *(*in)++;
        value |= (byte & 0x7F) << shift;
        if (byte < 0x80)
            return value;
    }
}

static int64_t get_signed(const unsigned char **in)
{
    uint64_t value = get(in);
    return value & 1 ? -(int64_t)((value + 1) >> 1) : (int64_t)(value >> 1);
}

/* A glyph of a letter of one byte, drawn where the pen is. */
static bool is_plain(const struct text_glyph *glyph, int64_t cluster)
{
    return glyph->cluster == cluster && glyph->advance_mpt >= 0 && !glyph->dx_mpt && !glyph->dy_mpt;
}

static unsigned char *put_glyphs(unsigned char *out, const struct text_segment *segment)
{
    int64_t before = -1;
    for (size_t i = 0; i < segment->glyph_count; i++) {
        const struct text_glyph *glyph = &segment->glyphs[i];
        bool plain = is_plain(glyph, before + 1);
        out = put(out, (uint64_t)glyph->id << 1 | !plain);
        if (plain) {
            out = put(out, (uint64_t)glyph->advance_mpt);
        } else {
            out = put_signed(out, glyph->advance_mpt);
            out = put_signed(out, glyph->cluster - before);
            out = put_signed(out, glyph->dx_mpt);
            out = put_signed(out, glyph->dy_mpt);
        }
        before = glyph->cluster;
    }
    return out;
}

const struct text_packed *text_pack(struct arena *arena, const struct text_segment *segment)
{
    size_t count = segment->glyph_count, head = sizeof(struct text_packed) + segment->text.n;
    if (count > (SIZE_MAX - head) / GLYPH_MOST || count > UINT32_MAX)
        base_out_of_memory();
    size_t size = head + count * GLYPH_MOST;
    struct text_packed *packed = arena_alloc(arena, size);
    *packed = (struct text_packed){.face = segment->face,
                                   .size_mpt = segment->size_mpt,
                                   .width_mpt = segment->width_mpt,
                                   .glyph_count = (uint32_t)count,
                                   .rtl = segment->rtl,
                                   .space_after = segment->space_after};
    unsigned char *text = put_glyphs(packed->glyphs, segment);
    if (segment->text.n)
        memcpy(text, segment->text.p, segment->text.n);
    packed->text = (struct str){(const char *)text, segment->text.n};
    arena_shrink(arena, packed, size, (size_t)(text + segment->text.n - (unsigned char *)packed));
    return packed;
}

static void get_glyphs(struct text_glyph *glyphs, size_t count, const unsigned char *in)
{
    uint32_t cluster = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        uint64_t id = get(&in);
        struct text_glyph *glyph = &glyphs[i];
        *glyph = (struct text_glyph){.id = (uint32_t)(id >> 1)};
        if (id & 1) {
            glyph->advance_mpt = (int32_t)get_signed(&in);
            cluster = (uint32_t)(cluster + (uint64_t)get_signed(&in));
            glyph->dx_mpt = (int32_t)get_signed(&in);
            glyph->dy_mpt = (int32_t)get_signed(&in);
        } else {
            glyph->advance_mpt = (int32_t)get(&in);
            cluster++;
        }
        glyph->cluster = cluster;
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
    get_glyphs(glyphs, packed->glyph_count, packed->glyphs);
    to->packed = packed;
    to->segment = (struct text_segment){.face = packed->face,
                                        .size_mpt = packed->size_mpt,
                                        .width_mpt = packed->width_mpt,
                                        .text = packed->text,
                                        .rtl = packed->rtl,
                                        .space_after = packed->space_after,
                                        .glyphs = glyphs,
                                        .glyph_count = packed->glyph_count};
    return &to->segment;
}
