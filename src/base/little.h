/* Numbers in memory, the lowest byte first on all machines, so that what comes of them is the same on each. */
#ifndef BRIEFING_BASE_LITTLE_H
#define BRIEFING_BASE_LITTLE_H

#include <stdint.h>
#include <string.h>

/* Of the four bytes at p, wherever they lie. */
static inline uint32_t little_four_at(const void *p)
{
    uint32_t four;
    memcpy(&four, p, sizeof four);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    four = __builtin_bswap32(four);
#endif
    return four;
}

/* Of the eight. */
static inline uint64_t little_eight_at(const void *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    eight = __builtin_bswap64(eight);
#endif
    return eight;
}

#endif
