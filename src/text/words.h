/* The cache of shaped words: most words of a briefing, and of the next one, have been seen before. Looking
 * for one is all that most words cost, and so it stands here, to be done in line. */
#ifndef BRIEFING_TEXT_WORDS_H
#define BRIEFING_TEXT_WORDS_H

#include <string.h>

#include "text/shape.h"

enum { WORD_LONGEST = 120 }; /* bytes: with most addresses */

/* The first bytes of a word, sixteen at most, and zeroes. */
struct word_begin {
    uint64_t eight, next;
};

/* What is shaped of it stands behind it, and its letters before it, if they are more than sixteen: what is
 * looked at most often lies close together. */
struct word {
    const struct word_key *key; /* of the words' own */
    struct word_begin begin;
    struct word_hyphens hyphens;
    uint32_t length;
};

static inline const struct shaped *words_shaped(const struct word *word)
{
    return (const struct shaped *)(const void *)(word + 1);
}

/* Bytes that its letters take. */
static inline size_t words_letters(size_t length)
{
    return length > sizeof(struct word_begin) ? (length + 7) / 8 * 8 : 0;
}

/* The hyphens of a word, NULL: it is not kept. */
static inline struct word_hyphens *words_hyphens(const struct shaped *shaped)
{
    return shaped->kept ? &((struct word *)(void *)shaped - 1)->hyphens : NULL;
}

/* The hash stands here too: most slots that are passed by are told by it, without a look at a word far away.
 */
struct word_slot {
    uint64_t hash;
    struct word *word; /* NULL: free */
};

/* A key that words have, in a chain of those whose hashes have the same place. */
struct word_key_known {
    struct word_key key; /* first */
    struct word_key_known *next;
};
enum { KEY_PLACES = 64 };

struct words {
    struct arena arena;
    struct word_slot *table; /* size is a power of two, at most half full */
    size_t size, count;
    size_t bytes_most;
    struct word_key_known *keys[KEY_PLACES];
};

/* Keeps so many bytes, or a little more. */
struct words *words_open(size_t bytes_most);
void words_close(struct words *words);

/* What a hash of words of one key begins with. *key becomes the one that they have, good until words_trim: by
 * any other no word is found. */
uint64_t words_seed(struct words *words, struct word_key **key);

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

/* Behind the word's end there may be nothing to read. */
static inline struct word_begin words_begin(const char *p, size_t n)
{
    struct word_begin begin = {0, 0};
    memcpy(&begin, p, n < sizeof begin ? n : sizeof begin);
    return begin;
}

/* The same where there are sixteen bytes to read in any case, without a jump. */
static inline struct word_begin words_begin_near(const char *p, size_t n)
{
    static const unsigned char masks[2 * sizeof(struct word_begin)] = {
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    struct word_begin begin, mask;
    memcpy(&begin, p, sizeof begin);
    memcpy(&mask, masks + sizeof mask - (n < sizeof mask ? n : sizeof mask), sizeof mask);
    return (struct word_begin){begin.eight & mask.eight, begin.next & mask.next};
}

/* Bytes behind the first sixteen are read by eights, which overlap at the end. */
static inline uint64_t words_hash(uint64_t seed, const struct word_begin *begin, const char *p, size_t n)
{
    uint64_t hash = words_mix(seed ^ n, begin->eight) ^ words_mix(0, begin->next);
    for (size_t i = sizeof *begin; i < n; i += 8)
        hash = words_mix(hash, words_eight(p + (i + 8 < n ? i : n - 8)));
    return hash;
}

/* Of bytes behind the first sixteen. */
static inline bool words_end_alike(const char *p, const char *q, size_t n)
{
    for (size_t i = sizeof(struct word_begin); i < n; i += 8)
        if (words_eight(p + (i + 8 < n ? i : n - 8)) != words_eight(q + (i + 8 < n ? i : n - 8)))
            return false;
    return true;
}

/* The word's glyphs, or NULL; and its hash, for words_add. begin: words_begin of it. */
static inline const struct shaped *words_find(const struct words *words, const struct word_key *key,
                                              uint64_t seed, const struct word_begin *begin, struct str text,
                                              uint64_t *hash)
{
    const struct word_slot *table = words->table;
    const size_t last = words->size - 1;
    const uint64_t wanted = *hash = words_hash(seed, begin, text.p, text.n);
    for (size_t i = wanted & last; table[i].word; i = (i + 1) & last) {
        const struct word *word = table[i].word;
        if (table[i].hash == wanted && word->length == text.n && word->key == key &&
            word->begin.eight == begin->eight && word->begin.next == begin->next &&
            words_end_alike((const char *)word - words_letters(text.n), text.p, text.n))
            return words_shaped(word);
    }
    return NULL;
}

/* So many bytes for what is shaped of a word, which the caller fills, with kept set; NULL when the cache is
 * full.
 */
struct shaped *words_add(struct words *words, const struct word_key *key, struct str text, uint64_t hash,
                         size_t size);

/* Empties the cache if it is full. What it gave is gone then. */
void words_trim(struct words *words);

#endif
