/* The place of the same four bytes that was seen last is found by a hash; a match is put off for one byte, or
 * two, if one that is longer begins there. */
#include "pdf/quick_steps.h"

#include <stdbool.h>
#include <string.h>

#include "base/bytes16.h"
#include "pdf/quick_bits.h"
#include "pdf/quick_book.h"

enum {
    WIDTH = 8, /* words of a vector */
    SWEEP = 8  /* blocks for which places that are too far are swept out at once */
};

/* Words, or marks of them: all bits where it is so. */
typedef int16_t words __attribute__((vector_size(2 * WIDTH)));
typedef unsigned char letters __attribute__((vector_size(WIDTH)));

static inline words words_at(const void *p)
{
    words at;
    memcpy(&at, p, sizeof at);
    return at;
}

static inline void words_put(uint16_t *to, words from)
{
    memcpy(to, &from, sizeof from);
}

static inline words choice(words marks, words yes, words no)
{
    return (yes & marks) | (no & ~marks);
}

void quick_steps_begin(struct quick_steps *steps)
{
    memset(steps->places, 0, sizeof steps->places);
}

static inline uint32_t *place_of(struct quick_steps *steps, const char *four)
{
    return &steps->places[quick_four_at(four) * 0x9E3779B1u >> (32 - QUICK_HASH_BITS)];
}

/* How many of sixteen bytes are alike. */
static inline unsigned alike(const char *a, const char *b)
{
#if defined __SSE2__
    return (unsigned)__builtin_ctz(bytes16_bits((bytes16)(bytes16_at(a) == bytes16_at(b))) + 1);
#else
    uint64_t low = quick_eight_at(a) ^ quick_eight_at(b);
    uint64_t high = quick_eight_at(a + sizeof low) ^ quick_eight_at(b + sizeof low);
    unsigned more = high ? (unsigned)__builtin_ctzll(high) / 8 : sizeof high;
    return low ? (unsigned)__builtin_ctzll(low) / 8 : sizeof low + more;
#endif
}

static unsigned alike_of(const char *a, const char *b, size_t most)
{
    unsigned n = 0;
    while (n < most && a[n] == b[n])
        n++;
    return n;
}

/* What is too far from places before `to` becomes what is not. Whether it is alike is looked at anyhow. */
static void sweep(struct quick_steps *steps, size_t to)
{
    uint32_t least = (uint32_t)(to - QUICK_WINDOW);
    for (size_t i = 0; i < 1 << QUICK_HASH_BITS; i++)
        steps->places[i] = steps->places[i] > least ? steps->places[i] : least;
}

/* Lengths, and the low bits of the places that they are from. */
static void look(struct quick_steps *steps, const char *data, size_t n, size_t from, size_t to)
{
    size_t whole = n >= QUICK_STEP_MOST ? n - QUICK_STEP_MOST + 1 : 0, i = from;
    for (size_t most = to < whole ? to : whole; i < most; i++) {
        uint32_t *place = place_of(steps, data + i);
        size_t before = *place;
        *place = (uint32_t)i;
        steps->lengths[i - from] = (uint16_t)alike(data + i, data + before);
        steps->distances[i - from] = (uint16_t)before;
    }
    for (; i < to; i++) {
        uint32_t *place = place_of(steps, data + i);
        size_t before = *place;
        *place = (uint32_t)i;
        steps->lengths[i - from] = (uint16_t)alike_of(data + i, data + before, n - i);
        steps->distances[i - from] = (uint16_t)before;
    }
}

static inline words letters_at(const char *p, size_t left)
{
    letters at = {0};
    if (left >= sizeof at)
        memcpy(&at, p, sizeof at);
    else
        memcpy(&at, p, left);
    return __builtin_convertvector(at, words);
}

static void choose(struct quick_steps *steps, const char *data, size_t n, size_t from, size_t count)
{
    words place = {0, 1, 2, 3, 4, 5, 6, 7};
    place += (int16_t)from;
    for (size_t i = 0; i < count; i += WIDTH, place += WIDTH) {
        words length = words_at(&steps->lengths[i]), next = words_at(&steps->lengths[i + 1]),
              second = words_at(&steps->lengths[i + 2]);
        words literal = (length < QUICK_STEP_LEAST) | (next > length) | (second - 1 > length);
        words distance = (place - words_at(&steps->distances[i])) & ~literal, rest = distance - 1;
        length = choice(literal, (words){1, 1, 1, 1, 1, 1, 1, 1}, length);
        words_put(&steps->lengths[i], length);
        words_put(&steps->symbols[i],
                  choice(literal, letters_at(data + from + i, n - from - i), length + QUICK_END));
        words_put(&steps->distances[i], distance);
        words_put(&steps->groups[i], choice(rest < QUICK_NEAR, distance, (rest >> 7) + QUICK_NEAR + 1));
    }
}

size_t quick_steps_find(struct quick_steps *steps, const char *data, size_t n, size_t from)
{
    size_t last = n - QUICK_STEP_LEAST + 1, to = last - from < QUICK_STEPS ? last : from + QUICK_STEPS;
    if (from / QUICK_STEPS % SWEEP == 0 && from + SWEEP * QUICK_STEPS > QUICK_WINDOW)
        sweep(steps, from + SWEEP * QUICK_STEPS);
    look(steps, data, n, from, to);
    /* What is behind them is not known yet. */
    memset(&steps->lengths[to - from], 0, 2 * sizeof *steps->lengths);
    choose(steps, data, n, from, to - from);
    return to;
}
