/* Hyphenation by patterns: F. M. Liang, Word Hy-phen-a-tion by Com-put-er (1983). The tables are made at
 * build time by hyphen_compile.c from the files that hunspell's hyphen packages install. */
#ifndef BRIEFING_TEXT_HYPHEN_H
#define BRIEFING_TEXT_HYPHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HYPHEN_WORD_MOST = 64, HYPHEN_LEVELS = 2 };

/* One language. Patterns form an automaton: a state is a stretch of edges, the last of which is marked. Each
 * edge is letter (7 bits), last (1 bit), state that it leads to (24 bits, 0: none), and the values of the
 * pattern that ends with it: an offset into values, where a count, a place and so many digits stand; 0: none.
 */
struct hyphen_table {
    const char *name;
    uint8_t left, right;      /* least letters before and after a hyphen */
    const uint16_t *alphabet; /* code points in order; a letter is its index + 1 */
    size_t alphabet_count;
    const uint32_t *edges;
    const uint16_t *edge_values;
    const uint8_t *values;
    uint32_t roots[HYPHEN_LEVELS]; /* 0: none. Level 0 cuts compounds into words, level 1 these */
};

extern const struct hyphen_table hyphen_tables[];
extern const size_t hyphen_table_count;

/* The table for a language (BCP 47), or NULL. */
const struct hyphen_table *hyphen_find(const char *language);

/* Where a word of count lower-case letters may be broken: points[i] is set when it may before letter i. At
 * most HYPHEN_WORD_MOST letters; longer words are left whole. */
void hyphen_word(const struct hyphen_table *table, const uint32_t *letters, size_t count, bool *points);

/* Lower case of the letters that the languages of the tables have (Basic Latin to Latin Extended-A). */
uint32_t hyphen_lower(uint32_t c);

struct setting;

/* Opens places in the words of a paragraph whose language has a table, or that are exceptions. True when there was
 * any. */
bool hyphens_open(struct setting *setting);

#endif
