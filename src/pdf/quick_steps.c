/* The place of the same four bytes that was seen last is found by a hash; a match is put off for one byte, or
 * two, if one that is longer begins there. */
#include "pdf/quick_steps.h"

#include <stdbool.h>
#include <string.h>

#include "base/bytes16.h"
#include "base/little.h"
#include "pdf/quick_bits.h"
#include "pdf/quick_book.h"

enum {
    WIDTH = 8, /* words of a vector */
    SWEEP = 8  /* blocks for which places that are too far are swept out at once */
};

/* Words, or marks of them: all bits where it is so. */
typedef int16_t words __attribute__((vector_size(2 * WIDTH)));
/* The low bits of places, which wrap around: without a sign, so that they may. */
typedef uint16_t places __attribute__((vector_size(2 * WIDTH)));
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

/* How many of sixteen bytes are alike. */
static inline unsigned alike(const char *a, const char *b)
{
#if defined __SSE2__
    return (unsigned)__builtin_ctz(bytes16_bits((bytes16)(bytes16_at(a) == bytes16_at(b))) + 1);
#else
    uint64_t low = little_eight_at(a) ^ little_eight_at(b);
    uint64_t high = little_eight_at(a + sizeof low) ^ little_eight_at(b + sizeof low);
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

/* Notes a place; returns the one that was noted before. */
static inline size_t note(struct quick_steps *steps, const char *data, size_t at)
{
    uint32_t *place = &steps->places[little_four_at(data + at) * 0x9E3779B1u >> (32 - QUICK_HASH_BITS)];
    size_t before = *place;
    *place = (uint32_t)at;
    return before;
}

/* Lengths, and the low bits of the places that they are from. Two places in one turn, for half the turns. */
static void look(struct quick_steps *steps, const char *data, size_t n, size_t from, size_t to)
{
    size_t whole = n >= QUICK_STEP_MOST ? n - QUICK_STEP_MOST + 1 : 0, most = to < whole ? to : whole,
           i = from;
    for (; i + 2 <= most; i += 2) {
        size_t first = note(steps, data, i), second = note(steps, data, i + 1);
        steps->lengths[i - from] = (uint16_t)alike(data + i, data + first);
        steps->lengths[i + 1 - from] = (uint16_t)alike(data + i + 1, data + second);
        steps->distances[i - from] = (uint16_t)first;
        steps->distances[i + 1 - from] = (uint16_t)second;
    }
    for (; i < to; i++) {
        size_t before = note(steps, data, i), left = n - i;
        steps->lengths[i - from] =
            (uint16_t)alike_of(data + i, data + before, left < QUICK_STEP_MOST ? left : QUICK_STEP_MOST);
        steps->distances[i - from] = (uint16_t)before;
    }
}

/* The steps of the eight places from `at` on, whose bytes are at `bytes`. */
static inline void choose(struct quick_steps *steps, size_t at, places place, const char *bytes)
{
    words length = words_at(&steps->lengths[at]), next = words_at(&steps->lengths[at + 1]),
          second = words_at(&steps->lengths[at + 2]);
    words literal = (length < QUICK_STEP_LEAST) | (next > length) | (second - 1 > length);
    words distance = (words)(place - (places)words_at(&steps->distances[at])) & ~literal,
          rest = (words)((places)distance - 1);
    letters letter;
    memcpy(&letter, bytes, sizeof letter);
    length = choice(literal, (words){1, 1, 1, 1, 1, 1, 1, 1}, length);
    words_put(&steps->lengths[at], length);
    words_put(&steps->symbols[at],
              choice(literal, __builtin_convertvector(letter, words), length + QUICK_END));
    words_put(&steps->distances[at], distance);
    words_put(&steps->groups[at], choice(rest < QUICK_NEAR, distance, (rest >> 7) + QUICK_NEAR + 1));
}

/* The same of all places; reads nothing behind the data's end. */
static void choose_all(struct quick_steps *steps, const char *data, size_t n, size_t from, size_t count)
{
    places place = {0, 1, 2, 3, 4, 5, 6, 7};
    place += (uint16_t)from;
    size_t i = 0, left = n - from;
    for (; i < count && left - i >= WIDTH; i += WIDTH, place += WIDTH)
        choose(steps, i, place, data + from + i);
    if (i < count) {
        char last[WIDTH] = {0};
        memcpy(last, data + from + i, left - i);
        choose(steps, i, place, last);
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
    choose_all(steps, data, n, from, to - from);
    return to;
}
