/* Data that is compressed once although parts of it change: these are stored between compressed stretches, in
 * zlib form (RFC 1950, 1951) like the rest, and can be overwritten in place. */
#ifndef BRIEFING_PDF_HOLES_H
#define BRIEFING_PDF_HOLES_H

#include <stdint.h>

#include "base/str.h"

struct hole {
    size_t from, to; /* bytes of the data, at most 65,535 of them */
    size_t at;       /* set: where they stand in the result */
};

/* Deflates data around its holes, which are in order, with a byte or more before each. The result lives in
 * the arena; its last four bytes are the Adler-32 of data as it is, most significant byte first. Empty when
 * zlib fails. */
struct str holes_deflate(struct arena *arena, struct str data, struct hole *holes, size_t count);

/* An Adler-32 in two sums, which can be kept right while bytes change. */
struct adler {
    uint32_t a, b;
};
struct adler adler_of(struct str data);
/* What an Adler-32 gains when old gives way to new at offset `at` of data of n bytes; as many bytes. */
struct adler adler_gain(size_t n, size_t at, const char *old, const char *new, size_t count);
struct adler adler_add(struct adler sum, struct adler gain);
void adler_put(struct adler sum, unsigned char out[4]);

#endif
