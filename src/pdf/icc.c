/* A small sRGB profile: matrix and parametric curve (IEC 61966-2-1 adapted to D50, ICC.1:2004-10). Without a date, so
 * that it is the same in every file. */
#include "pdf/metadata.h"

/* Numbers are big-endian; s15Fixed16 where they are no counts. */
static const unsigned char profile[] = {
    0, 0, 1, 0xE0, 0, 0, 0, 0, 4, 0x20, 0, 0, 'm', 'n', 't', 'r',
    'R', 'G', 'B', ' ', 'X', 'Y', 'Z', ' ', 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 'a', 'c', 's', 'p', 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D, /* D50 */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    /* tags: count, then signature, offset, size */
    0, 0, 0, 10,
    'd', 'e', 's', 'c', 0, 0, 0, 0xFC, 0, 0, 0, 0x24,
    'c', 'p', 'r', 't', 0, 0, 1, 0x20, 0, 0, 0, 0x22,
    'w', 't', 'p', 't', 0, 0, 1, 0x44, 0, 0, 0, 0x14,
    'c', 'h', 'a', 'd', 0, 0, 1, 0x58, 0, 0, 0, 0x2C,
    'r', 'X', 'Y', 'Z', 0, 0, 1, 0x84, 0, 0, 0, 0x14,
    'g', 'X', 'Y', 'Z', 0, 0, 1, 0x98, 0, 0, 0, 0x14,
    'b', 'X', 'Y', 'Z', 0, 0, 1, 0xAC, 0, 0, 0, 0x14,
    'r', 'T', 'R', 'C', 0, 0, 1, 0xC0, 0, 0, 0, 0x20,
    'g', 'T', 'R', 'C', 0, 0, 1, 0xC0, 0, 0, 0, 0x20,
    'b', 'T', 'R', 'C', 0, 0, 1, 0xC0, 0, 0, 0, 0x20,
    /* desc: "sRGB" */
    'm', 'l', 'u', 'c', 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 12, 'e', 'n', 'U', 'S', 0, 0, 0, 8, 0, 0, 0, 28,
    0, 's', 0, 'R', 0, 'G', 0, 'B',
    /* cprt: "CC0" */
    'm', 'l', 'u', 'c', 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 12, 'e', 'n', 'U', 'S', 0, 0, 0, 6, 0, 0, 0, 28,
    0, 'C', 0, 'C', 0, '0', 0, 0,
    /* wtpt: D50 */
    'X', 'Y', 'Z', ' ', 0, 0, 0, 0, 0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D,
    /* chad: D65 to D50 by Bradford's matrix */
    's', 'f', '3', '2', 0, 0, 0, 0,
    0, 1, 0x0C, 0x42, 0, 0, 0x05, 0xDE, 0xFF, 0xFF, 0xF3, 0x25,
    0, 0, 0x07, 0x93, 0, 0, 0xFD, 0x90, 0xFF, 0xFF, 0xFB, 0xA1,
    0xFF, 0xFF, 0xFD, 0xA2, 0, 0, 0x03, 0xDC, 0, 0, 0xC0, 0x6E,
    /* the primaries */
    'X', 'Y', 'Z', ' ', 0, 0, 0, 0, 0, 0, 0x6F, 0xA2, 0, 0, 0x38, 0xF5, 0, 0, 0x03, 0x90,
    'X', 'Y', 'Z', ' ', 0, 0, 0, 0, 0, 0, 0x62, 0x99, 0, 0, 0xB7, 0x85, 0, 0, 0x18, 0xDA,
    'X', 'Y', 'Z', ' ', 0, 0, 0, 0, 0, 0, 0x24, 0xA0, 0, 0, 0x0F, 0x84, 0, 0, 0xB6, 0xCF,
    /* their curve: exponent 2.4 with its straight beginning */
    'p', 'a', 'r', 'a', 0, 0, 0, 0, 0, 3, 0, 0,
    0, 2, 0x66, 0x66, 0, 0, 0xF2, 0xA7, 0, 0, 0x0D, 0x59, 0, 0, 0x13, 0xD0, 0, 0, 0x0A, 0x5B,
};
_Static_assert(sizeof profile == 0x1E0, "the length in the header");

struct str icc_srgb(void)
{
    return (struct str){(const char *)profile, sizeof profile};
}
