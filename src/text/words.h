/* The cache of shaped words: most words of a briefing, and of the next one, have been seen before. */
#ifndef BRIEFING_TEXT_WORDS_H
#define BRIEFING_TEXT_WORDS_H

#include "text/shape.h"

enum { WORD_LONGEST = 120 }; /* bytes: with most addresses */

struct words;

/* Keeps so many bytes, or a little more. */
struct words *words_open(size_t bytes_most);
void words_close(struct words *words);

/* What a hash of words of one key begins with. */
uint64_t words_seed(const struct word_key *key);

/* The word's glyphs, or NULL; and its hash, for words_add. */
const struct shaped *words_find(const struct words *words, const struct word_key *key, uint64_t seed,
                                struct str text, uint64_t *hash);
/* Room for a word of count glyphs, which the caller fills; NULL when the cache is full. */
struct shaped *words_add(struct words *words, const struct word_key *key, struct str text, uint64_t hash,
                         size_t count);

/* Empties the cache if it is full. What it gave is gone then. */
void words_trim(struct words *words);

#endif
