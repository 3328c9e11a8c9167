/* The cache of shaped words: most words of a briefing, and of the next one, have been seen before. Looking
 * for one is all that most words cost, and so it stands here, to be done in line. */
#ifndef BRIEFING_TEXT_WORDS_H
#define BRIEFING_TEXT_WORDS_H

#include <string.h>

#include "text/shape.h"

enum { WORD_LONGEST = 120 }; /* bytes: with most addresses */

struct word {
    struct word_key key;
    size_t length;
    const char *text;
    struct shaped *shaped;
    struct word_hyphens hyphens;
};

/* The hash stands here too: most slots that are passed by are told by it, without a look at a word far away.
 */
struct word_slot {
    uint64_t hash;
    struct word *word; /* NULL: free */
};

struct words {
    struct arena arena;
    struct word_slot *table; /* size is a power of two, at most half full */
    size_t size, count;
    size_t bytes_most;
};

/* Keeps so many bytes, or a little more. */
struct words *words_open(size_t bytes_most);
void words_close(struct words *words);

/* What a hash of words of one key begins with. */
uint64_t words_seed(const struct word_key *key);

static inline uint64_t words_mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static inline uint64_t words_eight(const char *p)
{
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

static inline uint64_t words_four(const char *p)
{
    uint32_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

/* Of three bytes at most; with their number it tells them all. */
static inline uint64_t words_three(const char *p, size_t n)
{
    return n ? (uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[n / 2] << 8 |
                   (unsigned char)p[n - 1]
             : 0;
}

/* Bytes are read by eights and fours, which overlap at the end. */
static inline uint64_t words_hash(uint64_t seed, const char *p, size_t n)
{
    uint64_t hash = seed ^ n;
    if (n >= 8) {
        for (size_t i = 0; i + 8 < n; i += 8)
            hash = words_mix(hash, words_eight(p + i));
        return words_mix(hash, words_eight(p + n - 8));
    }
    if (n >= 4)
        return words_mix(hash, words_four(p) << 32 | words_four(p + n - 4));
    return words_mix(hash, words_three(p, n));
}

/* Likewise. */
static inline bool words_are_alike(const char *p, const char *q, size_t n)
{
    if (n >= 8) {
        for (size_t i = 0; i + 8 < n; i += 8)
            if (words_eight(p + i) != words_eight(q + i))
                return false;
        return words_eight(p + n - 8) == words_eight(q + n - 8);
    }
    if (n >= 4)
        return words_four(p) == words_four(q) && words_four(p + n - 4) == words_four(q + n - 4);
    return words_three(p, n) == words_three(q, n);
}

/* The word's glyphs, or NULL; and its hash, for words_add. */
static inline const struct shaped *words_find(const struct words *words, const struct word_key *key,
                                              uint64_t seed, struct str text, uint64_t *hash)
{
    const struct word_slot *table = words->table;
    const size_t last = words->size - 1;
    const uint64_t wanted = *hash = words_hash(seed, text.p, text.n);
    for (size_t i = wanted & last; table[i].word; i = (i + 1) & last) {
        const struct word *word = table[i].word;
        if (table[i].hash == wanted && word->length == text.n && word->key.face == key->face &&
            word->key.language == key->language && word->key.script == key->script &&
            word->key.features == key->features && words_are_alike(word->text, text.p, text.n))
            return word->shaped;
    }
    return NULL;
}

/* Room for a word of count glyphs, which the caller fills; NULL when the cache is full. */
struct shaped *words_add(struct words *words, const struct word_key *key, struct str text, uint64_t hash,
                         size_t count);

/* Empties the cache if it is full. What it gave is gone then. */
void words_trim(struct words *words);

#endif
