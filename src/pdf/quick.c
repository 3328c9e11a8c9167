/* Places of four bytes that were seen last are found by a hash; a match goes on as far as it can, and is
 * taken. */
#include "pdf/quick.h"

#include <libdeflate.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum {
    HASH_BITS = 12,
    WINDOW = 32768,
    LONGEST = 258, /* match; the shortest is of four */
    END = 256,     /* of the block */
    CODE_MOST = 15,
    HEAD_MOST = 300,            /* bytes of what says the codes: 316 lengths of at most seven bits each */
    HELD_MOST = 63 - CODE_MOST, /* bits that are held before a literal: 64 could not be shifted out at once */
    PARTS = 16,                 /* of the data, of which the deflated may have some */
    HEADER_BYTES = 2,
    CHECK_BYTES = 4
};

/* A code, and how many bits it has. In the order of the stream: its first bit is the lowest. */
struct code {
    uint32_t bits;
    uint32_t n;
};

/* The codes of one kind. */
struct book {
    bool ready;
    struct code literals[END + 1];
    struct code matches[LONGEST + 1]; /* of a match by its length, with what says the rest of it */
    struct code distances[QUICK_DISTANCES];
    unsigned char head[HEAD_MOST + sizeof(uint64_t)]; /* what says the codes */
    size_t head_bits;
};

struct quick {
    /* Of each hash the last, and above it the one before; 0: none, which is too far from any. */
    uint64_t places[1 << HASH_BITS];
    uint32_t next; /* the place of the next stream's first byte */
    struct book books[QUICK_KINDS];
};

struct quick *quick_open(void)
{
    struct quick *quick = calloc(1, sizeof *quick);
    if (!quick)
        base_out_of_memory();
    return quick;
}

void quick_close(struct quick *quick)
{
    free(quick);
}

/* Bits that do not make a word yet. */
struct bits {
    unsigned char *to;
    uint64_t held;
    unsigned count; /* below 8 after bits_flush */
};

static inline void bits_put(struct bits *bits, struct code code)
{
    bits->held |= (uint64_t)code.bits << bits->count;
    bits->count += code.n;
}

/* To be called before more than 64 bits are held; writes up to eight bytes. */
static inline void bits_flush(struct bits *bits)
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
static void make_matches(struct code *matches, const struct code *literals)
{
    size_t length = 3, symbol = END + 1;
    for (; symbol < QUICK_LITERALS - 1; symbol++) {
        size_t group = symbol - END - 1;
        unsigned more = group < 8 ? 0 : (unsigned)(group / 4 - 1);
        for (uint32_t rest = 0; rest < 1u << more && length < LONGEST; rest++, length++) {
            const struct code *code = &literals[symbol];
            matches[length] = (struct code){code->bits | rest << code->n, code->n + more};
        }
    }
    matches[LONGEST] = literals[symbol];
}

/* What says the codes (3.2.7). */
static void make_head(struct book *book, const struct quick_code *code)
{
    static const unsigned char order[QUICK_LENGTHS] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                       11, 4,  12, 3, 13, 2, 14, 1, 15};
    enum { AGAIN = 16, AGAIN_LEAST = 3, AGAIN_MOST = 6, COUNT = QUICK_LITERALS + QUICK_DISTANCES };
    struct code lengths[QUICK_LENGTHS];
    char all[COUNT];
    memcpy(all, code->literals, QUICK_LITERALS);
    memcpy(all + QUICK_LITERALS, code->distances, QUICK_DISTANCES);
    make_codes(lengths, code->lengths, QUICK_LENGTHS);
    struct bits bits = {.to = book->head};
    const struct code starts[] = {{1, 1}, /* the last block */
                                  {2, 2}, /* of codes of its own */
                                  {QUICK_LITERALS - END - 1, 5},
                                  {QUICK_DISTANCES - 1, 5},
                                  {QUICK_LENGTHS - 4, 4}};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        bits_put(&bits, starts[i]);
    for (size_t i = 0; i < QUICK_LENGTHS; i++) {
        bits_flush(&bits);
        bits_put(&bits, (struct code){length_at(code->lengths, order[i]), 3});
    }
    for (size_t i = 0, again; i < COUNT; i += again) {
        for (again = 1; i + again < COUNT && all[i + again] == all[i] && again <= AGAIN_MOST;)
            again++;
        bits_flush(&bits);
        bits_put(&bits, lengths[length_at(all, i)]);
        if (again > AGAIN_LEAST) {
            bits_put(&bits, lengths[AGAIN]);
            bits_put(&bits, (struct code){(uint32_t)(again - 1 - AGAIN_LEAST), 2});
        } else {
            again = 1;
        }
    }
    unsigned char *end = bits.to;
    unsigned count = bits.count;
    bits_flush(&bits);
    book->head_bits = (size_t)(end - book->head) * 8 + count;
}

static const struct book *book_of(struct quick *quick, enum quick_kind kind)
{
    struct book *book = &quick->books[kind];
    if (book->ready)
        return book;
    struct code literals[QUICK_LITERALS];
    make_codes(literals, quick_codes[kind].literals, QUICK_LITERALS);
    make_codes(book->distances, quick_codes[kind].distances, QUICK_DISTANCES);
    memcpy(book->literals, literals, sizeof book->literals);
    make_matches(book->matches, literals);
    make_head(book, &quick_codes[kind]);
    book->ready = true;
    return book;
}

void quick_ready(struct quick *quick)
{
    for (enum quick_kind kind = 0; kind < QUICK_KINDS; kind++)
        book_of(quick, kind);
    memset(quick->places, 0, sizeof quick->places);
    quick->next = 0;
}

/* Every byte as two, and what goes around them. */
size_t quick_bound(size_t n)
{
    return HEADER_BYTES + HEAD_MOST + 2 * n + CHECK_BYTES + 2 * sizeof(uint64_t);
}

/* The first byte is the lowest. */
static inline uint64_t eight_at(const char *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    eight = __builtin_bswap64(eight);
#endif
    return eight;
}

static inline size_t hash_of(uint64_t eight)
{
    return (uint32_t)eight * 0x9E3779B1u >> (32 - HASH_BITS);
}

/* How many bytes are alike at two places, of which the first eight are. */
static size_t alike(const char *a, const char *b, size_t most)
{
    size_t n = sizeof(uint64_t);
    for (; n + sizeof(uint64_t) <= most; n += sizeof(uint64_t)) {
        uint64_t differ = eight_at(a + n) ^ eight_at(b + n);
        if (differ)
            return n + (size_t)__builtin_ctzll(differ) / 8;
    }
    while (n < most && a[n] == b[n])
        n++;
    return n;
}

/* The same where differ is what tells the first eight apart. */
static inline size_t match_length(const char *p, uint32_t back, uint64_t differ, const char *end)
{
    if (differ)
        return (size_t)__builtin_ctzll(differ) / 8;
    return alike(p, p - back, (size_t)(end - p) < LONGEST ? (size_t)(end - p) : LONGEST);
}

static inline void put_match(struct bits *bits, const struct book *book, size_t length, uint32_t distance)
{
    bits_put(bits, book->matches[length]);
    uint32_t rest = distance - 1;
    if (rest < 4) {
        bits_put(bits, book->distances[rest]);
        return;
    }
    unsigned more = (unsigned)(30 - __builtin_clz(rest)); /* further bits, behind the first two */
    bits_put(bits, book->distances[2 * more + (rest >> more)]);
    bits_put(bits, (struct code){rest & ((1u << more) - 1), more});
}

/* Notes a place; returns the two that were noted before, the last one lowest. */
static inline uint64_t note(uint64_t *places, uint64_t eight, uint32_t place)
{
    uint64_t *both = &places[hash_of(eight)], before = *both;
    *both = before << 32 | place;
    return before;
}

static void put_all(struct quick *quick, const struct book *book, const char *data, size_t n, struct bits *to)
{
    const char *p = data, *end = data + n, *last = end - sizeof(uint64_t);
    uint64_t *places = quick->places;
    uint32_t place = quick->next;
    struct bits bits = *to;
    while (p <= last) {
        uint64_t here = eight_at(p), before = note(places, here, place), differ;
        uint32_t back = place - (uint32_t)before, further = place - (uint32_t)(before >> 32);
        size_t length;
        if (back <= WINDOW && !(uint32_t)(differ = here ^ eight_at(p - back))) {
            length = match_length(p, back, differ, end);
            if (further <= WINDOW && length < LONGEST && p + length < end &&
                p[length] == *(p + length - further) && !(uint32_t)(differ = here ^ eight_at(p - further))) {
                size_t longer = match_length(p, further, differ, end);
                back = longer > length ? further : back;
                length = longer > length ? longer : length;
            }
        } else if (further <= WINDOW && !(uint32_t)(differ = here ^ eight_at(p - further))) {
            length = match_length(p, further, differ, end);
            back = further;
        } else {
            if (bits.count > HELD_MOST)
                bits_flush(&bits);
            bits_put(&bits, book->literals[(unsigned char)*p++]);
            place++;
            continue;
        }
        bits_flush(&bits);
        put_match(&bits, book, length, back);
        p += length;
        place += (uint32_t)length;
        if (p <= last) {
            note(places, eight_at(p - 2), place - 2);
            note(places, eight_at(p - 1), place - 1);
        }
    }
    for (; p < end; p++) {
        bits_flush(&bits);
        bits_put(&bits, book->literals[(unsigned char)*p]);
    }
    *to = bits;
    bits_flush(to);
    bits_put(to, book->literals[END]);
    bits_flush(to);
}

/* Places of earlier streams are left where they are, each too far away. */
static void begin(struct quick *quick, size_t n)
{
    if (quick->next > UINT32_MAX - 2 * WINDOW - n) {
        memset(quick->places, 0, sizeof quick->places);
        quick->next = 0;
    }
    quick->next += WINDOW + 1;
}

size_t quick_deflate(struct quick *quick, enum quick_kind kind, const char *data, size_t n, char *out)
{
    if (n < sizeof(uint64_t) || n > UINT32_MAX / 4)
        return 0;
    static const size_t parts[QUICK_KINDS] = {
        [QUICK_CONTENTS] = PARTS / 2, [QUICK_OBJECTS] = PARTS / 2, [QUICK_TEXT] = PARTS / 2,
        [QUICK_METADATA] = PARTS / 2, [QUICK_PROGRAM] = PARTS - 1, [QUICK_SMALL] = PARTS - 1,
        [QUICK_XREF] = PARTS / 2};
    const struct book *book = book_of(quick, kind);
    unsigned char *to = (unsigned char *)out;
    *to++ = 0x78; /* deflate with a window of 32 KiB; RFC 1950, 2.2 */
    *to++ = 0x01; /* in the fastest way, and so that the two are a multiple of 31 */
    memcpy(to, book->head, book->head_bits / 8);
    struct bits bits = {.to = to + book->head_bits / 8, .count = book->head_bits % 8};
    bits.held = book->head[book->head_bits / 8];
    begin(quick, n);
    put_all(quick, book, data, n, &bits);
    quick->next += (uint32_t)n;
    to = bits.to + (bits.count > 0);
    uint32_t sum = libdeflate_adler32(1, data, n);
    for (unsigned shift = 32; shift;)
        *to++ = (unsigned char)(sum >> (shift -= 8));
    size_t size = (size_t)((char *)to - out);
    return size <= n / PARTS * parts[kind] ? size : 0;
}
