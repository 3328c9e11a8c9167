/* Glyphs of plain words as pages keep them, four at a time where the processor can. */
#ifndef BRIEFING_TEXT_PLAIN_PUT_H
#define BRIEFING_TEXT_PLAIN_PUT_H

#include <string.h>
#if defined __SSE2__
#include <emmintrin.h>
#endif

#include "text/packed.h"
#include "text/plain.h"

/* How font units become lengths: (units * size + half) * inverse >> shift, as scale_mpt has it, times what is
 * drawn wider or narrower. */
struct plain_scale {
    uint32_t size, half, inverse, shift, times;
};

static inline struct plain_scale plain_scale_of(const struct item *item, int16_t wider_pcm)
{
    const struct divisor *em = &item->face->em;
    return (struct plain_scale){(uint32_t)item->size_mpt, (uint32_t)em->em / 2, (uint32_t)em->inverse,
                                em->shift, (uint32_t)(PCM + wider_pcm)};
}

/* One pen. */
static inline uint32_t plain_pen(uint32_t units, const struct plain_scale *scale, bool wide)
{
    uint64_t pen = ((uint64_t)units * scale->size + scale->half) * scale->inverse >> scale->shift;
    return (uint32_t)(wide ? pen * scale->times / PCM : pen);
}

/* The last glyph of a word that is to be so wide. false: it has no room. */
static inline bool plain_put_last(uint32_t *last, const struct shaped *shaped, int32_t width,
                                  const struct plain_scale *scale, bool wide)
{
    const struct plain_glyph *glyph = &shaped->plain_glyphs[shaped->count - 1];
    uint32_t advance = (uint32_t)width - (shaped->count > 1 ? plain_pen(glyph[-1].end, scale, wide) : 0);
    const uint32_t step = *last >> PACKED_STEP_SHIFT;
    *last = glyph->packed | advance << PACKED_ID_BITS;
    *last = (*last & ((1U << PACKED_STEP_SHIFT) - 1)) | step << PACKED_STEP_SHIFT;
    return !(advance >> PACKED_ADVANCE_BITS);
}

#if defined __SSE2__

/* All advances, which have no room in a word if they are too large. */
struct plain_beyond {
    __m128i any;
};

static inline uint32_t plain_is_beyond(const struct plain_beyond *beyond)
{
    uint32_t all[4];
    memcpy(all, &beyond->any, sizeof all);
    return (all[0] | all[1] | all[2] | all[3]) >> PACKED_ADVANCE_BITS;
}

/* What is wider is divided by 32 and by 3125, the latter for 31 bits as in face.h. */
static const uint64_t PLAIN_BY_3125 = ((1ULL << 43) + 3124) / 3125;

/* Pens behind two glyphs. */
static inline __m128i plain_pens(__m128i two, const struct plain_scale *scale, const bool wide)
{
    __m128i pens = _mm_mul_epu32(_mm_srli_epi64(two, 32), _mm_set1_epi64x(scale->size));
    pens = _mm_mul_epu32(_mm_add_epi64(pens, _mm_set1_epi64x(scale->half)), _mm_set1_epi64x(scale->inverse));
    pens = _mm_srl_epi64(pens, _mm_cvtsi32_si128((int)scale->shift));
    if (!wide)
        return pens;
    pens = _mm_srli_epi64(_mm_mul_epu32(pens, _mm_set1_epi64x(scale->times)), 5);
    return _mm_srli_epi64(_mm_mul_epu32(pens, _mm_set1_epi64x((long long)PLAIN_BY_3125)), 43);
}

/* The first of each pair of a and of b. */
static inline __m128i plain_firsts(__m128i a, __m128i b)
{
    return _mm_castps_si128(
        _mm_shuffle_ps(_mm_castsi128_ps(a), _mm_castsi128_ps(b), _MM_SHUFFLE(2, 0, 2, 0)));
}

/* Writes a word's glyphs, and up to PLAIN_STEP - 1 words of 0 behind them; lead: what the first one has
 * besides. The pen is rounded, not each advance, so that the sum is the word's width. */
static inline void plain_put(uint32_t *out, const struct shaped *shaped, uint32_t lead,
                             const struct plain_scale *scale, const bool wide, struct plain_beyond *beyond)
{
    const struct plain_glyph *glyph = shaped->plain_glyphs, *end = glyph + shaped->count;
    __m128i before = _mm_setzero_si128(), first = _mm_cvtsi32_si128((int)lead); /* before: the last pen */
    for (; glyph < end; glyph += PLAIN_STEP, out += PLAIN_STEP) {
        const __m128i a = _mm_loadu_si128((const __m128i *)(const void *)glyph),
                      b = _mm_loadu_si128((const __m128i *)(const void *)(glyph + 2));
        const __m128i pens = plain_firsts(plain_pens(a, scale, wide), plain_pens(b, scale, wide));
        const __m128i advances = _mm_sub_epi32(pens, _mm_or_si128(_mm_slli_si128(pens, 4), before));
        before = _mm_srli_si128(pens, 12);
        beyond->any = _mm_or_si128(beyond->any, advances);
        const __m128i words = _mm_or_si128(plain_firsts(a, b), _mm_slli_epi32(advances, PACKED_ID_BITS));
        _mm_storeu_si128((__m128i *)(void *)out, _mm_or_si128(words, first));
        first = _mm_setzero_si128();
    }
}

#else

struct plain_beyond {
    uint32_t any;
};

static inline uint32_t plain_is_beyond(const struct plain_beyond *beyond)
{
    return beyond->any >> PACKED_ADVANCE_BITS;
}

static inline void plain_put(uint32_t *out, const struct shaped *shaped, uint32_t lead,
                             const struct plain_scale *scale, const bool wide, struct plain_beyond *beyond)
{
    uint32_t before = 0;
    for (uint32_t i = 0; i < shaped->count; i++) {
        const struct plain_glyph *glyph = &shaped->plain_glyphs[i];
        uint32_t pen = plain_pen(glyph->end, scale, wide);
        beyond->any |= pen - before;
        out[i] = glyph->packed | (pen - before) << PACKED_ID_BITS | lead;
        before = pen;
        lead = 0;
    }
}

#endif

#endif
