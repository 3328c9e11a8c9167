/* The fixed words of the page: English from words.def, unless the house has its own. */
#ifndef BRIEFING_MODEL_WORDS_H
#define BRIEFING_MODEL_WORDS_H

#include "model/house.h"

enum word_id {
#define WORD(key, text) WORD_##key,
#include "model/words.def"
#undef WORD
    WORD_COUNT
};

struct words {
    struct str text[WORD_COUNT];
    bool replaced[WORD_COUNT]; /* by the house */
};

/* Fills the table: English first, then what the house replaces (the last of equal keys; others are passed
 * over). */
void words_init(struct words *words, const struct house *house);

/* The key of a word, as written under `words`, and its English text. */
const char *word_key(enum word_id id);
struct str word_english(enum word_id id);
/* The word of that key, or WORD_COUNT. */
enum word_id word_find(struct str key);

/* One value for one {name} of a word. */
struct word_slot {
    const char *name;
    struct str value;
};

/* A score as people read it, with the house's decimal mark: "0.82". */
struct str word_score(struct arena *arena, const struct words *words, int hundredths);

/* The text with each {name} that is among the slots replaced; any other brace stays as it is. */
struct str word_fill(struct arena *arena, struct str text, const struct word_slot *slots, size_t count);

#endif
