/* Sixteen bytes of a text at a time: which of them are of a kind, as bits, the first byte's lowest. In
 * vectors of the compiler's, which SSE2 and NEON have instructions for. */
#ifndef BRIEFING_BASE_BYTES16_H
#define BRIEFING_BASE_BYTES16_H

#include <stdint.h>
#include <string.h>

#include "base/str.h"

/* Bytes, or marks of them: 0xFF where it is so, 0 where not. */
typedef unsigned char bytes16 __attribute__((vector_size(16)));

static inline bytes16 bytes16_at(const char *p)
{
    bytes16 bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

static inline bytes16 bytes16_all(unsigned char c)
{
    return (bytes16){c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c};
}

static inline bytes16 bytes16_is(bytes16 bytes, char c)
{
    return (bytes16)(bytes == bytes16_all((unsigned char)c));
}

/* from and to included. */
static inline bytes16 bytes16_between(bytes16 bytes, unsigned char from, unsigned char to)
{
    return (bytes16)(bytes - bytes16_all(from) <= bytes16_all((unsigned char)(to - from)));
}

/* ASCII letters and digits. */
static inline bytes16 bytes16_alphanumeric(bytes16 bytes)
{
    return bytes16_between(bytes | bytes16_all(0x20), 'a', 'z') | bytes16_between(bytes, '0', '9');
}

/* A bit for the top bit of each byte. */
static inline unsigned bytes16_bits(bytes16 marks)
{
#if defined __SSE2__
    typedef char chars16 __attribute__((vector_size(16)));
    return (unsigned)__builtin_ia32_pmovmskb128((chars16)marks);
#else
    unsigned bits = 0;
    for (unsigned i = 0; i < sizeof marks; i++)
        bits |= (unsigned)(marks[i] >> 7) << i;
    return bits;
#endif
}

static inline unsigned bytes16_first(unsigned bits)
{
    return (unsigned)__builtin_ctz(bits);
}

static inline unsigned bytes16_count(unsigned bits)
{
    bits -= bits >> 1 & 0x5555;
    bits = (bits & 0x3333) + (bits >> 2 & 0x3333);
    bits = (bits + (bits >> 4)) & 0x0F0F;
    return (bits + (bits >> 8)) & 0x1F;
}

/* Of two sets of bits: how many the first has in the lower sixteen bits, how many the second in the upper
 * ones. */
static inline unsigned bytes16_counts(unsigned first, unsigned second)
{
    unsigned bits = first | second << 16;
    bits -= bits >> 1 & 0x55555555;
    bits = (bits & 0x33333333) + (bits >> 2 & 0x33333333);
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F;
    return (bits + (bits >> 8)) & 0x1F001F;
}

/* The sum of the bytes, in two parts. */
typedef uint64_t bytes16_sums __attribute__((vector_size(16)));
static inline bytes16_sums bytes16_sum(bytes16 bytes)
{
#if defined __SSE2__
    typedef char chars16 __attribute__((vector_size(16)));
    return (bytes16_sums)__builtin_ia32_psadbw128((chars16)bytes, (chars16){0});
#else
    bytes16_sums sums = {0};
    for (unsigned i = 0; i < sizeof bytes; i++)
        sums[i / 8] += bytes[i];
    return sums;
#endif
}

/* The first byte from `at` on that stops marks, or the end; `at` itself, perhaps, in a text of fewer than
 * sixteen bytes. The last sixteen are looked at together: how many are left of them could not be guessed. */
static inline size_t bytes16_past(struct str text, size_t at, bytes16 (*stops)(bytes16 bytes))
{
    for (; text.n - at >= sizeof(bytes16); at += sizeof(bytes16)) {
        unsigned bits = bytes16_bits(stops(bytes16_at(text.p + at)));
        if (bits)
            return at + bytes16_first(bits);
    }
    if (text.n < sizeof(bytes16))
        return at;
    unsigned bits = bytes16_bits(stops(bytes16_at(text.p + text.n - sizeof(bytes16)))) >>
                    (sizeof(bytes16) - (text.n - at));
    return bits ? at + bytes16_first(bits) : text.n;
}

#endif
