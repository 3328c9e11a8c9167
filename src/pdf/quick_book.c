/* Codes from the lengths of all of them, and the few bytes that say these lengths. */
#include "pdf/quick_book.h"

#include <string.h>

#include "pdf/quick_bits.h"

enum { CODE_MOST = 15 };

/* A code, and how many bits it has. In the order of the stream: its first bit is the lowest. */
struct code {
    uint32_t bits;
    uint32_t n;
};

static unsigned length_at(const char *lengths, size_t i)
{
    char c = lengths[i];
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* The code of each symbol from the lengths of all (RFC 1951, 3.2.2). */
static void make_codes(struct code *codes, const char *lengths, size_t count)
{
    uint32_t counts[CODE_MOST + 1] = {0}, next[CODE_MOST + 1] = {0};
    for (size_t i = 0; i < count; i++)
        counts[length_at(lengths, i)]++;
    counts[0] = 0;
    for (unsigned n = 1; n <= CODE_MOST; n++)
        next[n] = (next[n - 1] + counts[n - 1]) << 1;
    for (size_t i = 0; i < count; i++) {
        unsigned n = length_at(lengths, i);
        uint32_t code = n ? next[n]++ : 0, turned = 0;
        for (unsigned bit = 0; bit < n; bit++)
            turned |= (code >> bit & 1) << (n - 1 - bit);
        codes[i] = (struct code){turned, n};
    }
}

/* The table of 3.2.5: lengths from 3 on in groups, of which those of e further bits are four. */
static void make_symbols(uint32_t *symbols, const struct code *codes)
{
    size_t length = 3, symbol = 0;
    for (; symbol <= QUICK_END; symbol++)
        symbols[symbol] = codes[symbol].bits | codes[symbol].n << QUICK_SYMBOL_BITS;
    for (; symbol < QUICK_LITERALS; symbol++) {
        size_t group = symbol - QUICK_END - 1;
        unsigned more = group < 8 || symbol == QUICK_LITERALS - 1 ? 0 : (unsigned)(group / 4 - 1);
        const struct code *code = &codes[symbol];
        if (symbol == QUICK_LITERALS - 1)
            length = QUICK_LONGEST;
        for (uint32_t rest = 0; rest < 1u << more; rest++, length++)
            symbols[QUICK_END + length] =
                code->bits | rest << code->n | (code->n + more) << QUICK_SYMBOL_BITS;
    }
}

/* The other table of 3.2.5: distances in groups, of which those of e further bits are two. */
unsigned quick_book_far(uint32_t distance)
{
    uint32_t rest = distance - 1;
    unsigned more = (unsigned)(30 - __builtin_clz(rest | 2)); /* further bits, behind the first two */
    return 1 + 2 * more + (rest >> more);
}

static void make_far(struct quick_far *far, const struct code *codes)
{
    far[0] = (struct quick_far){0, 0, 0};
    for (unsigned i = 0; i < QUICK_DISTANCES; i++) {
        unsigned more = i < 4 ? 0 : i / 2 - 1;
        uint32_t first = (i < 4 ? i : (2 + i % 2) << more) + 1;
        far[1 + i] = (struct quick_far){codes[i].bits - (first << codes[i].n), (unsigned char)codes[i].n,
                                        (unsigned char)(codes[i].n + more)};
    }
}

static void put(struct quick_bits *bits, struct code code)
{
    quick_bits_put(bits, code.bits, code.n);
}

/* What says the codes (3.2.7). */
static void make_head(struct quick_book *book, const struct quick_code *code)
{
    static const unsigned char order[QUICK_LENGTHS] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                       11, 4,  12, 3, 13, 2, 14, 1, 15};
    enum { AGAIN = 16, AGAIN_LEAST = 3, AGAIN_MOST = 6, COUNT = QUICK_LITERALS + QUICK_DISTANCES };
    struct code lengths[QUICK_LENGTHS];
    char all[COUNT];
    memcpy(all, code->literals, QUICK_LITERALS);
    memcpy(all + QUICK_LITERALS, code->distances, QUICK_DISTANCES);
    make_codes(lengths, code->lengths, QUICK_LENGTHS);
    struct quick_bits bits = {.to = book->head};
    const struct code starts[] = {{1, 1}, /* the last block */
                                  {2, 2}, /* of codes of its own */
                                  {QUICK_LITERALS - QUICK_END - 1, 5},
                                  {QUICK_DISTANCES - 1, 5},
                                  {QUICK_LENGTHS - 4, 4}};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        put(&bits, starts[i]);
    for (size_t i = 0; i < QUICK_LENGTHS; i++) {
        quick_bits_flush(&bits);
        put(&bits, (struct code){length_at(code->lengths, order[i]), 3});
    }
    for (size_t i = 0, again; i < COUNT; i += again) {
        for (again = 1; i + again < COUNT && all[i + again] == all[i] && again <= AGAIN_MOST;)
            again++;
        quick_bits_flush(&bits);
        put(&bits, lengths[length_at(all, i)]);
        if (again > AGAIN_LEAST) {
            put(&bits, lengths[AGAIN]);
            put(&bits, (struct code){(uint32_t)(again - 1 - AGAIN_LEAST), 2});
        } else {
            again = 1;
        }
    }
    unsigned char *end = bits.to;
    unsigned count = bits.count;
    quick_bits_flush(&bits);
    book->head_bits = (size_t)(end - book->head) * 8 + count;
}

void quick_book_make(struct quick_book *book, const struct quick_code *code)
{
    struct code literals[QUICK_LITERALS], distances[QUICK_DISTANCES];
    make_codes(literals, code->literals, QUICK_LITERALS);
    make_codes(distances, code->distances, QUICK_DISTANCES);
    make_symbols(book->symbols, literals);
    make_far(book->far, distances);
    make_head(book, code);
    book->ready = true;
}
