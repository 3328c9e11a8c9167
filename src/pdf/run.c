/* Most glyphs of a briefing go this way, straight from how pages keep them: some twenty instructions each,
 * and no jump that a processor cannot foresee but one for an adjustment. */
#include "pdf/run.h"

#include <string.h>

#include "pdf/token.h"

enum {
    ROUND_TO = 5, /* thousandths of an em, to which adjustments are rounded where that is near */
    CLOSE_UP =
        200, /* thousandths of an em by which full-width signs at least are set closer than they are wide */
    PRIVATE_USE = 0xEE,         /* the first byte of its characters in UTF-8, and of few others */
    AT_ONCE = 128,              /* glyphs that are placed at once */
    STEP = 16,                  /* of them, looked at and copied at once */
    LEAST_NPT = RUN_NPT_OF_MPT, /* an em's thousandth, in letters of a point */
    FAR = 1000,                 /* thousandths of an em */
    SLACK = 4,  /* parts, to which all is rounded: what is just so far is as if it were counted in npt */
    FINER = 24, /* bits by which what a millipoint is in parts (FONT_PARTS) is finer than those */
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

static inline int64_t advance_of(uint32_t word)
{
    return word >> PACKED_ID_BITS & ((1U << PACKED_ADVANCE_BITS) - 1);
}

/* What a known glyph is shown by; NULL where run_takes it not. Private use needs ActualText; signs that close
 * up are left to those who see the next one. */
static inline const struct font_glyph *taken(const struct run *run, uint32_t word)
{
    const uint32_t id = word & ((1U << PACKED_ID_BITS) - 1);
    const struct font_glyph *used = &run->font->items[run->font->entry->slots[id].number - 1];
    if (used->text.n == 1)
        return used;
    return (unsigned char)*used->text.p < PRIVATE_USE &&
                   advance_of(word) * RUN_NPT_OF_MPT >= run_moved(run, used) - CLOSE_UP * run->thousandth_npt
               ? used
               : NULL;
}

bool run_takes(const struct run *run, const struct text_packed *packed, size_t i, size_t known)
{
    return i < known && taken(run, packed->glyphs[i]);
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

/* Glyphs of a narrow font, from left to right. */
struct placed {
    /* How far behind its place each would be drawn, in parts, if the first stood in its own and nothing were
     * adjusted; behind the last glyph: the place behind it. */
    int32_t off[AT_ONCE + STEP + 1];
    char codes[AT_ONCE + STEP];
    size_t count;
    int64_t moved_mpt; /* from the first one's place to that behind the last */
};

/* As many of count glyphs as have codes that can be copied, and none that is kerned so much that it might
 * close up. */
static void place(struct placed *placed, const struct run *run, const uint32_t *words, size_t count)
{
    const struct font_slot *slots = run->font->entry->slots;
    const uint32_t most = CLOSE_UP * FONT_PARTS;
    const int64_t per_mpt = ((int64_t)FONT_PARTS * RUN_NPT_OF_MPT << FINER) / run->thousandth_npt;
    const int64_t half = (int64_t)1 << (FINER - 1);
    int64_t place_mpt = 0, parts = half, width = 0;
    int32_t off = 0;
    size_t i = 0;
    for (; i < count; i++) {
        const struct font_slot slot = slots[words[i] & ((1U << PACKED_ID_BITS) - 1)];
        const int64_t advance_mpt = advance_of(words[i]);
        parts += advance_mpt * per_mpt;
        width += slot.width;
        const int32_t next = (int32_t)(width - (parts >> FINER));
        placed->off[i] = off;
        placed->codes[i] = (char)slot.code;
        if (!slot.code || (uint32_t)next - (uint32_t)off + most > 2 * most)
            break;
        place_mpt += advance_mpt;
        off = next;
    }
    placed->count = i;
    placed->moved_mpt = place_mpt;
    placed->off[i] = off;
    memset(placed->off + i + 1, 0, STEP * sizeof *placed->off);
}

/* Bits of STEP places: those whose numbers, less those of another row, are below or above these. */
#if defined __SSE2__
typedef int ints4 __attribute__((vector_size(16)));

static inline ints4 ints4_at(const int32_t *numbers)
{
    ints4 four;
    memcpy(&four, numbers, sizeof four);
    return four;
}

static inline ints4 ints4_beyond(ints4 four, int32_t least, int32_t most)
{
    const ints4 low = {least, least, least, least}, high = {most, most, most, most};
    return (four < low) | (four > high);
}

static inline unsigned ints4_bits(ints4 a, ints4 b, ints4 c, ints4 d)
{
    return (unsigned)__builtin_ia32_pmovmskb128(
        __builtin_ia32_packsswb128(__builtin_ia32_packssdw128(a, b), __builtin_ia32_packssdw128(c, d)));
}

static inline unsigned beyond(const int32_t *p, int32_t least, int32_t most)
{
    return ints4_bits(ints4_beyond(ints4_at(p), least, most), ints4_beyond(ints4_at(p + 4), least, most),
                      ints4_beyond(ints4_at(p + 8), least, most),
                      ints4_beyond(ints4_at(p + 12), least, most));
}

static inline unsigned moved_beyond(const int32_t *p, int32_t most)
{
    return ints4_bits(ints4_beyond(ints4_at(p + 1) - ints4_at(p), -most, most),
                      ints4_beyond(ints4_at(p + 5) - ints4_at(p + 4), -most, most),
                      ints4_beyond(ints4_at(p + 9) - ints4_at(p + 8), -most, most),
                      ints4_beyond(ints4_at(p + 13) - ints4_at(p + 12), -most, most));
}
#else
static inline unsigned beyond(const int32_t *p, int32_t least, int32_t most)
{
    unsigned bits = 0;
    for (unsigned i = 0; i < STEP; i++)
        bits |= (unsigned)(p[i] < least || p[i] > most) << i;
    return bits;
}

static inline unsigned moved_beyond(const int32_t *p, int32_t most)
{
    unsigned bits = 0;
    for (unsigned i = 0; i < STEP; i++)
        bits |= (unsigned)(p[i + 1] - p[i] < -most || p[i + 1] - p[i] > most) << i;
    return bits;
}
#endif

/* Adjustments between two strings. */
struct between {
    char text[7];
    unsigned char n;
};
enum { BETWEEN_MOST = 100 };
#define ONE(number)                                                                                          \
    {                                                                                                        \
        ")" number "(", sizeof number + 1                                                                    \
    }
#define TEN(tens)                                                                                            \
    ONE(tens "0"), ONE(tens "1"), ONE(tens "2"), ONE(tens "3"), ONE(tens "4"), ONE(tens "5"), ONE(tens "6"), \
        ONE(tens "7"), ONE(tens "8"), ONE(tens "9")
#define HUNDRED(sign)                                                                                        \
    TEN(sign), TEN(sign "1"), TEN(sign "2"), TEN(sign "3"), TEN(sign "4"), TEN(sign "5"), TEN(sign "6"),     \
        TEN(sign "7"), TEN(sign "8"), TEN(sign "9")
static const struct between betweens[2][BETWEEN_MOST] = {{HUNDRED("")}, {HUNDRED("-")}};

static inline bool is_within(int32_t off, int32_t near)
{
    return (uint32_t)off + (uint32_t)near <= 2 * (uint32_t)near;
}

/* As run_adjustment, without a jump: neither the sign nor whether a round number is near enough could be
 * guessed. */
static inline int32_t adjustment(int32_t off, int32_t near)
{
    const int32_t half = FONT_PARTS / 2 + SLACK, half_below = FONT_PARTS / 2 - SLACK - 1;
    const int32_t exact = (off + half + (-(off < 0) & (half_below - half))) >> 16;
    const int32_t round = (exact + ROUND_TO / 2 - (-(exact < 0) & (ROUND_TO / 2 * 2))) / ROUND_TO * ROUND_TO;
    const int32_t chosen = -(int32_t)is_within(off - round * FONT_PARTS, near);
    return (round & chosen) | (exact & ~chosen);
}

/* The same between two strings. There is room for eight bytes, which are written. */
static inline char *put_between(char *to, int32_t back)
{
    const unsigned magnitude = (unsigned)(back < 0 ? -back : back);
    if (magnitude >= BETWEEN_MOST) {
        *to++ = ')';
        to = token_int_at(to, back);
        *to++ = '(';
        return to;
    }
    const struct between *between = &betweens[back < 0][magnitude];
    memcpy(to, between, sizeof *between);
    return to + (back ? between->n : 0);
}

/* Placed glyphs on their way into an open string. */
struct putting {
    const struct placed *placed;
    int32_t from,
        near; /* how far behind its place the first one stood, less what was adjusted since; near_npt */
    char *to;
};

static inline size_t put_adjusted(struct putting *putting, size_t i)
{
    const int32_t back = adjustment(putting->placed->off[i] + putting->from, putting->near);
    putting->from -= back * FONT_PARTS;
    putting->to = put_between(putting->to, back);
    *putting->to++ = putting->placed->codes[i];
    return i + 1;
}

/* Glyphs from one on to another of which none, as a rule, needs an adjustment. Copies STEP codes at once,
 * also where there is none: more or fewer could not be guessed. */
static inline void put_still(struct putting *putting, size_t i, size_t end)
{
    const struct placed *placed = putting->placed;
    do {
        const size_t count = end - i < STEP ? end - i : STEP;
        const unsigned far =
            beyond(placed->off + i, -putting->near - putting->from, putting->near - putting->from) &
            ((1U << count) - 1);
        memcpy(putting->to, placed->codes + i, STEP);
        if (far) {
            putting->to += __builtin_ctz(far);
            i = put_adjusted(putting, i + (size_t)__builtin_ctz(far));
            continue;
        }
        putting->to += count;
        i += count;
    } while (i < end);
}

/* All of them. Those that are kerned are known beforehand, so that one need not be written before the next is
 * found. */
static void put_all(struct putting *putting)
{
    enum { BITS = 64 };
    const struct placed *placed = putting->placed;
    const size_t count = placed->count;
    uint64_t kerned[AT_ONCE / BITS + 1] = {0};
    for (size_t i = 0; i < count; i += STEP)
        kerned[i / BITS] |= (uint64_t)moved_beyond(placed->off + i, putting->near) << i % BITS;
    size_t i = 0;
    for (size_t first = 0; first < count; first += BITS) {
        for (uint64_t left = kerned[first / BITS]; left; left &= left - 1) {
            const size_t next = first + (size_t)__builtin_ctzll(left) + 1;
            if (next >= count)
                break;
            put_still(putting, i, next);
            i = next;
            if (!is_within(placed->off[i] + putting->from, putting->near))
                i = put_adjusted(putting, i);
        }
    }
    put_still(putting, i, count);
}

/* In an open string: as many of count glyphs from one on as place takes. Returns how many. */
static size_t put_placed(struct run *run, struct buf *out, const uint32_t *words, size_t count)
{
    struct placed placed;
    const int64_t from_npt = run->pen_npt - run->place_mpt * RUN_NPT_OF_MPT;
    if (from_npt > FAR * run->thousandth_npt || from_npt < -FAR * run->thousandth_npt)
        return 0;
    place(&placed, run, words, count < AT_ONCE ? count : AT_ONCE);
    buf_reserve(out, AT_ONCE * GLYPH_MOST);
    struct putting putting = {.placed = &placed,
                              .from = (int32_t)(from_npt * FONT_PARTS / run->thousandth_npt),
                              .near = (int32_t)(run->near_npt * FONT_PARTS / run->thousandth_npt) + SLACK,
                              .to = out->p + out->n};
    put_all(&putting);
    out->n = (size_t)(putting.to - out->p);
    run->place_mpt += placed.moved_mpt;
    run->pen_npt = run->place_mpt * RUN_NPT_OF_MPT +
                   ((int64_t)placed.off[placed.count] + putting.from) * run->thousandth_npt / FONT_PARTS;
    return placed.count;
}

size_t run_put(struct run *run, struct buf *out, const struct text_packed *packed, size_t i, size_t known)
{
    const int64_t far_npt = FAR * run->thousandth_npt;
    const bool places = run->font->narrow && run->thousandth_npt >= LEAST_NPT && run->word_npt <= far_npt &&
                        run->word_npt >= -far_npt;
    struct font_slot *space = &run->font->entry->slots[run->font->word_space];
    const struct font_slot own = *space;
    if (places && run->font->word_space) /* meanwhile the space is as wide as it is drawn */
        space->width += (int32_t)(run->word_npt * FONT_PARTS / run->thousandth_npt);
    for (const struct font_glyph *used; i < known && (used = taken(run, packed->glyphs[i])) != NULL;) {
        buf_reserve(out, GLYPH_MOST);
        char *end = put_glyph(run, out->p + out->n, used, advance_of(packed->glyphs[i++]));
        out->n = (size_t)(end - out->p);
        if (places && i < known)
            i += put_placed(run, out, packed->glyphs + i, known - i);
    }
    *space = own;
    return i;
}
