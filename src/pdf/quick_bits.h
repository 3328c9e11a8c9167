/* Bits as deflate has them (RFC 1951, 3.1.1): the first is the lowest of a byte. */
#ifndef BRIEFING_PDF_QUICK_BITS_H
#define BRIEFING_PDF_QUICK_BITS_H

#include <stdint.h>
#include <string.h>

#include "base/little.h"

/* What is not written yet. */
struct quick_bits {
    unsigned char *to;
    uint64_t held;
    unsigned count; /* below 8 after quick_bits_flush */
};

/* So that no more than 64 are held. */
static inline void quick_bits_put(struct quick_bits *bits, uint64_t value, unsigned count)
{
    bits->held |= value << bits->count;
    bits->count += count;
}

/* Writes eight bytes, of which those count that are whole. To be called while fewer than 64 bits are held. */
static inline void quick_bits_flush(struct quick_bits *bits)
{
    uint64_t held = bits->held;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    held = __builtin_bswap64(held);
#endif
    memcpy(bits->to, &held, sizeof held);
    bits->to += bits->count / 8;
    bits->held >>= bits->count & ~7u;
    bits->count %= 8;
}

#endif
