/* Most glyphs of a briefing go this way, straight from how pages keep them: a few dozen instructions each. */
#include "pdf/run.h"

#include <string.h>

#include "pdf/token.h"

enum {
    ROUND_TO = 5, /* thousandths of an em, to which adjustments are rounded where that is near */
    CLOSE_UP =
        200, /* thousandths of an em by which full-width signs at least are set closer than they are wide */
    PRIVATE_USE = 0xEE, /* the first byte of its characters in UTF-8, and of few others */
    AT_ONCE = 128,      /* glyphs for which room is made */
    GLYPH_MOST = RUN_CODE_MOST + TOKEN_NUMBER_MOST + 2 /* bytes of one with an adjustment before it */
};

/* At most two bytes (ISO 32000-1, 7.3.4.2). */
static inline char *put_byte(char *to, unsigned char byte)
{
    static const bool is_special[256] = {['('] = true, [')'] = true, ['\\'] = true, ['\r'] = true};
    if (is_special[byte]) {
        *to++ = '\\';
        byte = byte == '\r' ? 'r' : byte;
    }
    *to++ = (char)byte;
    return to;
}

static inline char *put_code(char *to, const struct font *font, unsigned code)
{
    if (!font->narrow)
        to = put_byte(to, (unsigned char)(code >> 8));
    return put_byte(to, (unsigned char)code);
}

char *run_code(char *to, const struct font *font, unsigned code)
{
    return put_code(to, font, code);
}

int64_t run_adjustment(const struct run *run, int64_t off_npt)
{
    int64_t exact = run_divide(off_npt, run->thousandth_npt), round = run_divide(exact, ROUND_TO) * ROUND_TO;
    int64_t left = off_npt - round * run->thousandth_npt;
    return left <= run->near_npt && left >= -run->near_npt ? round : exact;
}

static bool is_far(const struct run *run, int64_t off_npt)
{
    return off_npt > run->near_npt || off_npt < -run->near_npt;
}

/* Characters of several bytes. Private use needs ActualText; signs that close up are left to those who see
 * the next one. */
static bool takes_wide(const struct run *run, const struct font_glyph *used, const char *text, size_t size,
                       int64_t advance_mpt)
{
    return used->text.n == size && memcmp(used->text.p, text, size) == 0 &&
           (unsigned char)*text < PRIVATE_USE &&
           advance_mpt * RUN_NPT_OF_MPT >= run_moved(run, used) - CLOSE_UP * run->thousandth_npt;
}

static inline int64_t advance_of(uint32_t word)
{
    return word >> PACKED_ID_BITS & ((1U << PACKED_ADVANCE_BITS) - 1);
}

/* Glyph i, and how many bytes of the text it stands for; NULL where run_takes it not. */
static inline const struct font_glyph *taken(const struct run *run, const struct text_packed *packed,
                                             size_t i, size_t at, size_t *size)
{
    const struct font_entry *entry = run->font->entry;
    uint32_t word = packed->glyphs[i], id = word & ((1U << PACKED_ID_BITS) - 1);
    size_t left = packed->text.n - at;
    *size = i + 1 < packed->glyph_count ? packed->glyphs[i + 1] >> PACKED_STEP_SHIFT : left;
    uint32_t slot = id < entry->glyph_count ? entry->slots[id] : 0;
    if (!slot || *size - 1 >= left)
        return NULL;
    const struct font_glyph *used = &run->font->items[(slot & ((1U << FONT_SLOT_BITS) - 1)) - 1];
    const char *text = packed->text.p + at;
    if (*size == 1)
        return *text && slot >> FONT_SLOT_BITS == (unsigned char)*text ? used : NULL;
    return takes_wide(run, used, text, *size, advance_of(word)) ? used : NULL;
}

bool run_takes(const struct run *run, const struct text_packed *packed, size_t i, size_t at)
{
    size_t size;
    if (i == 0 && packed->glyph_count && packed->glyphs[0] >> PACKED_STEP_SHIFT != 1)
        return false;
    return i < packed->glyph_count && taken(run, packed, i, at, &size);
}

/* The adjustment before a glyph whose place the pen is so far past. */
static inline char *put_back(struct run *run, char *to, int64_t *off_npt)
{
    int64_t back = run_adjustment(run, *off_npt);
    if (back) {
        if (run->in_string)
            *to++ = ')';
        to = token_int_at(to, back);
        run->in_string = false;
        *off_npt -= back * run->thousandth_npt;
    }
    if (!run->in_string)
        *to++ = '(';
    run->in_string = true;
    return to;
}

/* Any glyph that is taken. */
static char *put_glyph(struct run *run, char *to, const struct font_glyph *used, int64_t advance_mpt)
{
    int64_t off_npt = run->pen_npt - run->place_mpt * RUN_NPT_OF_MPT;
    if (is_far(run, off_npt) || !run->in_string)
        to = put_back(run, to, &off_npt);
    run->place_mpt += advance_mpt;
    run->pen_npt = off_npt + run_moved(run, used) + (run->place_mpt - advance_mpt) * RUN_NPT_OF_MPT;
    return put_code(to, run->font, used->code);
}

/* In an open string of a narrow font: glyphs that stand for a byte each, but the last of the segment, for
 * none behind it tells how much it stands for. Returns how many. */
static size_t put_bytes(struct run *run, struct buf *out, const struct text_packed *packed, size_t i,
                        size_t at)
{
    const uint32_t *words = packed->glyphs + i, *slots = run->font->entry->slots;
    const uint32_t slot_count = run->font->entry->glyph_count, word_space = run->font->word_space;
    const struct font_glyph *items = run->font->items - 1;
    const char *text = packed->text.p + at;
    const uint64_t near_npt = (uint64_t)run->near_npt, scale = (uint64_t)run->scale;
    size_t left = packed->glyph_count - 1 - i, k = 0;
    if (left > packed->text.n - at)
        left = packed->text.n - at;
    if (left > AT_ONCE)
        left = AT_ONCE;
    int64_t place_mpt = run->place_mpt, off_npt = run->pen_npt - place_mpt * RUN_NPT_OF_MPT;
    buf_reserve(out, AT_ONCE * GLYPH_MOST);
    char *to = out->p + out->n;
    for (; k < left; k++) {
        uint32_t word = words[k], id = word & ((1U << PACKED_ID_BITS) - 1);
        unsigned char byte = (unsigned char)text[k];
        if (words[k + 1] >> PACKED_STEP_SHIFT != 1 || id >= slot_count ||
            slots[id] >> FONT_SLOT_BITS != byte || !byte)
            break;
        const struct font_glyph *used = items + (slots[id] & ((1U << FONT_SLOT_BITS) - 1));
        if ((uint64_t)off_npt + near_npt > 2 * near_npt)
            to = put_back(run, to, &off_npt);
        to = put_byte(to, (unsigned char)used->code);
        int64_t advance_mpt = advance_of(word);
        off_npt +=
            (int64_t)((uint64_t)used->width_uem * scale / RUN_SCALE_ONE) - advance_mpt * RUN_NPT_OF_MPT;
        if (id == word_space)
            off_npt += run->word_npt;
        place_mpt += advance_mpt;
    }
    out->n = (size_t)(to - out->p);
    run->place_mpt = place_mpt;
    run->pen_npt = off_npt + place_mpt * RUN_NPT_OF_MPT;
    return k;
}

size_t run_put(struct run *run, struct buf *out, const struct text_packed *packed, size_t i, size_t at)
{
    const struct font_glyph *used;
    for (size_t size; i < packed->glyph_count && (used = taken(run, packed, i, at, &size)) != NULL;) {
        buf_reserve(out, GLYPH_MOST);
        out->n = (size_t)(put_glyph(run, out->p + out->n, used, advance_of(packed->glyphs[i++])) - out->p);
        at += size;
        for (size_t count = AT_ONCE; run->font->narrow && count == AT_ONCE && i < packed->glyph_count;) {
            count = put_bytes(run, out, packed, i, at);
            i += count;
            at += count;
        }
    }
    return i;
}
