/* Steps through a stream (quick_steps.h), each of which is put with no branch of its own: whether it is a
 * literal or a match could not be guessed. */
#include "pdf/quick.h"

#include <libdeflate.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/little.h"
#include "pdf/quick_bits.h"
#include "pdf/quick_book.h"
#include "pdf/quick_steps.h"

enum {
    PARTS = 16, /* of the data, of which the deflated may have some */
    HEADER_BYTES = 2,
    CHECK_BYTES = 4
};

struct quick {
    struct quick_steps steps;
    unsigned char far[QUICK_GROUPS]; /* of a book, by the group of a distance */
    struct quick_book books[QUICK_KINDS];
};

struct quick *quick_open(void)
{
    struct quick *quick = base_malloc(sizeof *quick);
    memset(quick, 0, sizeof *quick);
    for (uint32_t distance = 1; distance <= QUICK_WINDOW; distance += distance < QUICK_NEAR ? 1 : 128)
        quick->far[quick_steps_group(distance)] = (unsigned char)quick_book_far(distance);
    return quick;
}

void quick_close(struct quick *quick)
{
    free(quick);
}

static const struct quick_book *book_of(struct quick *quick, enum quick_kind kind)
{
    struct quick_book *book = &quick->books[kind];
    if (!book->ready)
        quick_book_make(book, &quick_codes[kind]);
    return book;
}

void quick_ready(struct quick *quick)
{
    for (enum quick_kind kind = 0; kind < QUICK_KINDS; kind++)
        book_of(quick, kind);
    memset(&quick->steps, 0, sizeof quick->steps);
}

/* Every byte as two, and what goes around them. */
size_t quick_bound(size_t n)
{
    return HEADER_BYTES + QUICK_HEAD_MOST + 2 * n + CHECK_BYTES + 2 * sizeof(uint64_t);
}

/* How many bytes are alike at two places, of which the first sixteen are. */
static size_t alike(const char *a, const char *b, size_t most)
{
    size_t n = QUICK_STEP_MOST;
    for (; n + sizeof(uint64_t) <= most; n += sizeof(uint64_t)) {
        uint64_t differ = little_eight_at(a + n) ^ little_eight_at(b + n);
        if (differ)
            return n + (size_t)__builtin_ctzll(differ) / 8;
    }
    while (n < most && a[n] == b[n])
        n++;
    return n;
}

/* At most 20 bits, and 28 of a distance. */
static inline void put(struct quick_bits *bits, const struct quick_book *book, size_t symbol,
                       uint32_t distance, size_t far)
{
    enum { MASK = (1 << QUICK_SYMBOL_BITS) - 1 };
    uint32_t code = book->symbols[symbol], n = code >> QUICK_SYMBOL_BITS;
    const struct quick_far *group = &book->far[far];
    uint64_t rest = (distance << group->shift) + group->add;
    quick_bits_put(bits, (code & MASK) | rest << n, n + group->bits);
    quick_bits_flush(bits);
}

/* Puts the steps of `count` places from data on, of which `left` bytes are left, beginning with that of `at`.
 * Returns at which place they end. */
static size_t put_steps(const struct quick *quick, const struct quick_book *book, const char *data,
                        size_t left, size_t at, size_t count, struct quick_bits *to)
{
    const struct quick_steps *steps = &quick->steps;
    struct quick_bits bits = *to;
    while (at < count) {
        size_t length = steps->lengths[at], symbol = steps->symbols[at];
        uint32_t distance = steps->distances[at];
        if (length == QUICK_STEP_MOST) {
            length =
                alike(data + at, data + at - distance, left - at < QUICK_LONGEST ? left - at : QUICK_LONGEST);
            symbol = QUICK_END + length;
        }
        put(&bits, book, symbol, distance, quick->far[steps->groups[at]]);
        at += length;
    }
    *to = bits;
    return at;
}

static void put_all(struct quick *quick, const struct quick_book *book, const char *data, size_t n,
                    struct quick_bits *bits)
{
    put(bits, book, (unsigned char)data[0], 0, 0);
    quick_steps_begin(&quick->steps);
    size_t at = 1;
    for (size_t from = 1, to; from + QUICK_STEP_LEAST <= n; from = to) {
        to = quick_steps_find(&quick->steps, data, n, from);
        at = from + put_steps(quick, book, data + from, n - from, at - from, to - from, bits);
    }
    for (; at < n; at++)
        put(bits, book, (unsigned char)data[at], 0, 0);
    put(bits, book, QUICK_END, 0, 0);
}

size_t quick_deflate(struct quick *quick, enum quick_kind kind, const char *data, size_t n, char *out)
{
    if (n < sizeof(uint64_t) || n > UINT32_MAX / 4)
        return 0;
    static const size_t parts[QUICK_KINDS] = {
        [QUICK_CONTENTS] = PARTS / 2, [QUICK_OBJECTS] = PARTS / 2, [QUICK_TEXT] = PARTS / 2,
        [QUICK_METADATA] = PARTS / 2, [QUICK_PROGRAM] = PARTS - 1, [QUICK_SMALL] = PARTS - 1,
        [QUICK_XREF] = PARTS / 2};
    const struct quick_book *book = book_of(quick, kind);
    unsigned char *to = (unsigned char *)out;
    *to++ = 0x78; /* deflate with a window of 32 KiB; RFC 1950, 2.2 */
    *to++ = 0x01; /* in the fastest way, and so that the two are a multiple of 31 */
    memcpy(to, book->head, book->head_bits / 8);
    struct quick_bits bits = {.to = to + book->head_bits / 8, .count = book->head_bits % 8};
    bits.held = book->head[book->head_bits / 8];
    put_all(quick, book, data, n, &bits);
    to = bits.to + (bits.count > 0);
    uint32_t sum = libdeflate_adler32(1, data, n);
    for (unsigned shift = 32; shift;)
        *to++ = (unsigned char)(sum >> (shift -= 8));
    size_t size = (size_t)((char *)to - out);
    return size <= n / PARTS * parts[kind] ? size : 0;
}
