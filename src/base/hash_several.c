/* BLAKE2b (RFC 7693) of eight messages side by side: each number of the algorithm is a vector with a lane for
 * each of them, so that eight digests take little longer than one. A lane whose message ends takes the next
 * one. */
#include "base/hash.h"

#include <stdbool.h>

#include "base/little.h"
#include "base/processor.h"

enum { LANES = 8, HALF = LANES / 2, BLOCK = 128, WORD = 8, DIGEST = 32 };

typedef uint64_t lanes __attribute__((vector_size(LANES * WORD)));
typedef uint64_t half_lanes __attribute__((vector_size(HALF * WORD)));

/* The message that is in a lane. */
struct lane {
    const unsigned char *p; /* NULL: none */
    size_t left, done, message;
    bool ends;
    unsigned char last[BLOCK]; /* block of it, filled up with zeros */
};

/* Blocks at hand: of each lane one, how many bytes there were with it, and all ones where it is the last. */
struct blocks {
    const unsigned char *p[LANES];
    lanes bytes, last;
    size_t used; /* no lane behind so many has a message */
};

/* Section 2.6. */
static const uint64_t initial[8] = {0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B,
                                    0xA54FF53A5F1D36F1, 0x510E527FADE682D1, 0x9B05688C2B3E6C1F,
                                    0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179};

/* Section 3.1, the function G; and a round, whose arguments are a row of SIGMA (section 2.7). Macros, so that
 * the indices are constants and the words stay in registers. */
#define TURN(x, n) ((x) >> (n) | (x) << (64 - (n)))
#define MIX(a, b, c, d, x, y)                                                                                \
    v[a] += v[b] + m[x];                                                                                     \
    v[d] = TURN(v[d] ^ v[a], 32);                                                                            \
    v[c] += v[d];                                                                                            \
    v[b] = TURN(v[b] ^ v[c], 24);                                                                            \
    v[a] += v[b] + m[y];                                                                                     \
    v[d] = TURN(v[d] ^ v[a], 16);                                                                            \
    v[c] += v[d];                                                                                            \
    v[b] = TURN(v[b] ^ v[c], 63)
#define ROUND(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)                          \
    MIX(0, 4, 8, 12, s0, s1);                                                                                \
    MIX(1, 5, 9, 13, s2, s3);                                                                                \
    MIX(2, 6, 10, 14, s4, s5);                                                                               \
    MIX(3, 7, 11, 15, s6, s7);                                                                               \
    MIX(0, 5, 10, 15, s8, s9);                                                                               \
    MIX(1, 6, 11, 12, s10, s11);                                                                             \
    MIX(2, 7, 8, 13, s12, s13);                                                                              \
    MIX(3, 4, 9, 14, s14, s15)
#define ROUNDS                                                                                               \
    ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);                                             \
    ROUND(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3);                                             \
    ROUND(11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4);                                             \
    ROUND(7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8);                                             \
    ROUND(9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13);                                             \
    ROUND(2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9);                                             \
    ROUND(12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11);                                             \
    ROUND(13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10);                                             \
    ROUND(6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5);                                             \
    ROUND(10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0);                                             \
    ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);                                             \
    ROUND(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)

/* Section 3.2, the function F, of four lanes. */
__attribute__((always_inline)) static inline void compress_half(lanes h[8], const struct blocks *blocks, int from)
{
    half_lanes v[16], m[16];
    const unsigned char *const *p = blocks->p + from;
    for (int i = 0; i < 16; i++)
        m[i] = (half_lanes){little_eight_at(p[0] + i * WORD), little_eight_at(p[1] + i * WORD),
                            little_eight_at(p[2] + i * WORD), little_eight_at(p[3] + i * WORD)};
    for (int i = 0; i < 8; i++) {
        v[i] = (half_lanes){h[i][from], h[i][from + 1], h[i][from + 2], h[i][from + 3]};
        v[8 + i] = (half_lanes){0} + initial[i];
    }
    for (int i = 0; i < HALF; i++) {
        v[12][i] ^= blocks->bytes[from + i];
        v[14][i] ^= blocks->last[from + i];
    }
    ROUNDS;
    for (int i = 0; i < 8; i++)
        for (int j = 0; j < HALF; j++)
            h[i][from + j] ^= v[i][j] ^ v[8 + i][j];
}

/* By four at a time. A half in which no message is left is left out. */
__attribute__((always_inline)) static inline void compress_halves(lanes h[8], const struct blocks *blocks)
{
    compress_half(h, blocks, 0);
    if (blocks->used > HALF)
        compress_half(h, blocks, HALF);
}

static void compress_plain(lanes h[8], const struct blocks *blocks)
{
    compress_halves(h, blocks);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void compress_avx2(lanes h[8], const struct blocks *blocks)
{
    compress_halves(h, blocks);
}

/* Its words are turned in one step, and it has registers for all of v and m: eight lanes take as long as four. */
__attribute__((target("avx512vl"))) static void compress_avx512(lanes h[8], const struct blocks *blocks)
{
    lanes v[16], m[16];
    const unsigned char *const *p = blocks->p;
    for (int i = 0; i < 16; i++)
        m[i] = (lanes){little_eight_at(p[0] + i * WORD), little_eight_at(p[1] + i * WORD),
                       little_eight_at(p[2] + i * WORD), little_eight_at(p[3] + i * WORD),
                       little_eight_at(p[4] + i * WORD), little_eight_at(p[5] + i * WORD),
                       little_eight_at(p[6] + i * WORD), little_eight_at(p[7] + i * WORD)};
    for (int i = 0; i < 8; i++) {
        v[i] = h[i];
        v[8 + i] = (lanes){0} + initial[i];
    }
    v[12] ^= blocks->bytes;
    v[14] ^= blocks->last;
    ROUNDS;
    for (int i = 0; i < 8; i++)
        h[i] ^= v[i] ^ v[8 + i];
}
#endif

typedef void (*compressor)(lanes h[8], const struct blocks *blocks);

/* Of this processor. */
static compressor fastest(void)
{
#if defined(__x86_64__)
    if (PROCESSOR_HAS_AVX512VL)
        return compress_avx512;
    if (PROCESSOR_HAS_AVX2)
        return compress_avx2;
#endif
    return compress_plain;
}

static void begin(struct lane *lane, lanes h[8], size_t at, const struct str *messages, size_t message)
{
    static const unsigned char nothing[1];
    const char *p = messages[message].p;
    lane->p = p ? (const unsigned char *)p : nothing;
    lane->left = messages[message].n;
    lane->done = 0;
    lane->message = message;
    lane->ends = false;
    for (size_t i = 0; i < 8; i++)
        h[i][at] = initial[i];
    h[0][at] ^= 0x01010000 ^ DIGEST; /* section 2.5: no key */
}

/* A lane without a message goes through its last block again, for nobody. */
static void next_block(struct lane *lane, struct blocks *blocks, size_t at)
{
    blocks->p[at] = lane->last;
    if (!lane->p)
        return;
    lane->ends = lane->left <= BLOCK;
    size_t n = lane->ends ? lane->left : BLOCK;
    if (lane->ends) {
        memset(lane->last, 0, BLOCK);
        memcpy(lane->last, lane->p, n);
    } else {
        blocks->p[at] = lane->p;
    }
    lane->p += n;
    lane->left -= n;
    lane->done += n;
    blocks->bytes[at] = lane->done;
    blocks->last[at] = lane->ends ? UINT64_MAX : 0;
}

static void take_digest(const lanes h[8], size_t at, unsigned char out[DIGEST])
{
    for (size_t i = 0; i < DIGEST; i++)
        out[i] = (unsigned char)(h[i / WORD][at] >> 8 * (i % WORD));
}

static void digest_all(compressor way, const struct str *messages, size_t count,
                       unsigned char (*digests)[DIGEST])
{
    struct lane at[LANES] = {0};
    struct blocks blocks = {0};
    lanes h[8] = {0};
    size_t begun = 0, done = 0;
    for (size_t i = 0; i < LANES && begun < count; i++)
        begin(&at[i], h, i, messages, begun++);
    blocks.used = begun;
    while (done < count) {
        for (size_t i = 0; i < LANES; i++)
            next_block(&at[i], &blocks, i);
        way(h, &blocks);
        for (size_t i = 0; i < LANES; i++) {
            if (!at[i].ends)
                continue;
            take_digest(h, i, digests[at[i].message]);
            done++;
            at[i].ends = false;
            at[i].p = NULL;
            if (begun < count)
                begin(&at[i], h, i, messages, begun++);
        }
    }
}

void hash_several(const struct str *messages, size_t count, unsigned char (*digests)[32])
{
    if (count > 1) {
        digest_all(fastest(), messages, count, digests);
    } else if (count) { /* nothing is gained */
        struct hash hash;
        hash_init(&hash);
        hash_add(&hash, messages->p, messages->n);
        hash_done(&hash, *digests);
    }
}

void hash_several_plain(const struct str *messages, size_t count, unsigned char (*digests)[32])
{
    digest_all(compress_plain, messages, count, digests);
}

void hash_parts(struct str text, unsigned char out[DIGEST])
{
    struct str parts[LANES];
    unsigned char digests[LANES][DIGEST];
    size_t part = (text.n + LANES - 1) / LANES, at = 0;
    for (size_t i = 0; i < LANES; i++) {
        size_t n = text.n - at < part ? text.n - at : part;
        parts[i] = str_slice(text, at, at + n);
        at += n;
    }
    hash_several(parts, LANES, digests);
    struct hash hash;
    hash_init(&hash);
    hash_add(&hash, digests, sizeof digests);
    hash_number(&hash, text.n);
    hash_done(&hash, out);
}
