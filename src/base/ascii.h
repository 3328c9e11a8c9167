/* Sets of bytes, to tell quickly where a stretch of a text ends that needs no closer look. */
#ifndef BRIEFING_BASE_ASCII_H
#define BRIEFING_BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"

/* One place for each byte: what stands in a table is told by one look. */
struct ascii_set {
    bool has[256];
};

#define ASCII_1(bits, c) ((bits) >> (c)&1)
#define ASCII_4(bits, c)                                                                                     \
    ASCII_1(bits, c), ASCII_1(bits, (c) + 1), ASCII_1(bits, (c) + 2), ASCII_1(bits, (c) + 3)
#define ASCII_16(bits, c)                                                                                    \
    ASCII_4(bits, c), ASCII_4(bits, (c) + 4), ASCII_4(bits, (c) + 8), ASCII_4(bits, (c) + 12)
#define ASCII_64(bits) ASCII_16(bits, 0), ASCII_16(bits, 16), ASCII_16(bits, 32), ASCII_16(bits, 48)

/* Bit c of low, or bit c - 64 of high, stands for character c; of what is no ASCII, none or all is in the
 * set. */
#define ASCII_SET(low, high)                                                                                 \
    {                                                                                                        \
        {                                                                                                    \
            ASCII_64(low), ASCII_64(high)                                                                    \
        }                                                                                                    \
    }
#define ASCII_SET_AND_BEYOND(low, high)                                                                      \
    {                                                                                                        \
        {                                                                                                    \
            ASCII_64(low), ASCII_64(high), ASCII_64(~(uint64_t)0), ASCII_64(~(uint64_t)0)                    \
        }                                                                                                    \
    }

#define ASCII_BIT(c) ((uint64_t)1 << ((c)&63))
#define ASCII_DIGITS ((uint64_t)0x3FF << 48)         /* of low */
#define ASCII_LETTERS ((uint64_t)0x07FFFFFE07FFFFFE) /* of high */
#define ASCII_PRINTED_LOW (~(uint64_t)0xFFFFFFFF)    /* from the blank on */
#define ASCII_PRINTED_HIGH (~(uint64_t)0 >> 1)       /* without U+007F */

static inline bool ascii_has(const struct ascii_set *set, char c)
{
    return set->has[(unsigned char)c];
}

/* The first byte from `at` on that is not in the set, or the end. */
static inline size_t ascii_past(const struct ascii_set *set, struct str text, size_t at)
{
    for (; text.n - at >= 4; at += 4) {
        if (!ascii_has(set, text.p[at]))
            return at;
        if (!ascii_has(set, text.p[at + 1]))
            return at + 1;
        if (!ascii_has(set, text.p[at + 2]))
            return at + 2;
        if (!ascii_has(set, text.p[at + 3]))
            return at + 3;
    }
    while (at < text.n && ascii_has(set, text.p[at]))
        at++;
    return at;
}

/* Whether the eight bytes at p are all of U+0020 to U+007E. */
static inline bool ascii_eight_printed(const char *p)
{
    const uint64_t ones = 0x0101010101010101;
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return !((bytes | (bytes - ones * 0x20) | (bytes + ones)) & (ones * 0x80));
}

#endif
