/* What deflating may do at each place of a stream: put its byte, or a match that was found for it. Found for
 * all places, also those in the midst of a match, for then nothing depends on what was found before: a
 * processor does several at a time and guesses no branch, which costs less than to be wrong at each match. */
#ifndef BRIEFING_PDF_QUICK_STEPS_H
#define BRIEFING_PDF_QUICK_STEPS_H

#include <stddef.h>
#include <stdint.h>

enum {
    QUICK_STEPS = 1024,   /* that are found at once */
    QUICK_STEP_LEAST = 4, /* bytes of a match */
    QUICK_STEP_MOST = 16, /* bytes that are compared: so long a match may be longer */
    QUICK_HASH_BITS = 12,
    QUICK_NEAR = 256, /* distances that are groups of their own */
    QUICK_GROUPS = 1 + QUICK_NEAR + 256,
    QUICK_STEPS_SPARE = 16
};

struct quick_steps {
    uint32_t places[1 << QUICK_HASH_BITS]; /* of each hash of four bytes the last; at first that of 0 */
    /* By place, from that of the first on: */
    uint16_t lengths[QUICK_STEPS + QUICK_STEPS_SPARE];   /* 1: a literal */
    uint16_t symbols[QUICK_STEPS + QUICK_STEPS_SPARE];   /* of a quick_book */
    uint16_t distances[QUICK_STEPS + QUICK_STEPS_SPARE]; /* 0: a literal */
    uint16_t groups[QUICK_STEPS + QUICK_STEPS_SPARE];    /* of the distances: below QUICK_GROUPS */
};

/* The group of a distance up to QUICK_WINDOW; 0: of none. */
static inline size_t quick_steps_group(size_t distance)
{
    return distance <= QUICK_NEAR ? distance : QUICK_NEAR + 1 + (distance - 1) / 128;
}

/* Forgets the stream that was before. */
void quick_steps_begin(struct quick_steps *steps);

/* Finds the steps of up to QUICK_STEPS places of a stream of n bytes, from 1 on each once and in turns, of
 * which the last has QUICK_STEP_LEAST bytes. Returns the place behind them. */
size_t quick_steps_find(struct quick_steps *steps, const char *data, size_t n, size_t from);

#endif
