/* Sets of ASCII characters, to tell quickly where a stretch of a text ends that needs no closer look. */
#ifndef BRIEFING_BASE_ASCII_H
#define BRIEFING_BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Bit c of the first, or bit c - 64 of the second, stands for character c; the others are of bytes that are
 * no ASCII. */
struct ascii_set {
    uint64_t bits[4];
};

#define ASCII_BIT(c) ((uint64_t)1 << ((c)&63))
#define ASCII_DIGITS ((uint64_t)0x3FF << 48)         /* of the first */
#define ASCII_LETTERS ((uint64_t)0x07FFFFFE07FFFFFE) /* of the second */
#define ASCII_PRINTED_LOW (~(uint64_t)0xFFFFFFFF)    /* from the blank on */
#define ASCII_PRINTED_HIGH (~(uint64_t)0 >> 1)       /* without U+007F */

/* False of every byte that is no ASCII. */
static inline bool ascii_has(const struct ascii_set *set, char c)
{
    unsigned char byte = (unsigned char)c;
    return set->bits[byte >> 6] >> (byte & 63) & 1;
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
