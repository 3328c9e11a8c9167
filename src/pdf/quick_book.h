/* The codes of one kind of data, as quick.c puts them: a literal or a match in one go. */
#ifndef BRIEFING_PDF_QUICK_BOOK_H
#define BRIEFING_PDF_QUICK_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pdf/quick.h"

enum {
    QUICK_END = 256,        /* of the block: the symbol behind all literals */
    QUICK_LONGEST = 258,    /* match */
    QUICK_SYMBOL_BITS = 24, /* above them a symbol has how many bits it takes: 20 at most */
    QUICK_HEAD_MOST = 300,  /* bytes of what says the codes: 316 lengths of at most seven bits each */
    QUICK_WINDOW = 32768    /* the furthest that there is a code for */
};

/* A group of distances, of which each is put as (distance << shift) + add, in so many bits: its code, then
 * what tells it from the group's others. */
struct quick_far {
    uint32_t add; /* modulo 2^32 */
    unsigned char shift, bits;
};

struct quick_book {
    bool ready;
    /* In the order of the stream: the first bit is the lowest. Of literals; of the end; of matches by their
     * length behind it, with what tells the length from others of its group. */
    uint32_t symbols[QUICK_END + QUICK_LONGEST + 1];
    /* The first is no distance, and takes no bits. */
    struct quick_far far[1 + QUICK_DISTANCES];
    unsigned char head[QUICK_HEAD_MOST + sizeof(uint64_t)]; /* what says the codes */
    size_t head_bits;
};

/* Fills a book from the lengths of its codes, which must be whole (RFC 1951, 3.2.2). */
void quick_book_make(struct quick_book *book, const struct quick_code *code);

/* Which of a book's far a distance from 1 to QUICK_WINDOW is in. */
unsigned quick_book_far(uint32_t distance);

#endif
