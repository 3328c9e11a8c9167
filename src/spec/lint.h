/* Lint: warnings about a spec that can be read and is yet perhaps not what was meant. */
#ifndef BRIEFING_SPEC_LINT_H
#define BRIEFING_SPEC_LINT_H

#include "spec/spec_read.h"

struct lint {
    struct arena *arena;
    const struct spec *spec;
    const struct house *house;
    struct diags *diags;
    bool whole; /* nothing of the spec was left out for its errors */
};

/* All of them. A spec that is not whole is not told that something is missing. */
void lint_spec(struct arena *arena, const struct spec *spec, const struct house *house, struct diags *diags,
               bool whole);

/* The entity: a name that reads like a headline, a person typed as an institution (lint_entity.c). */
void lint_entity(struct lint *lint);

/* Sources, claims and dates (lint_claims.c). */
void lint_claims(struct lint *lint);

/* What is written: repeated sentences, articles, confidence beside likelihood (lint_text.c). */
void lint_texts(struct lint *lint);

/* 'a' or 'an' by sound, for the text after an article. 0: either may be right, or nobody knows.
 * (lint_article.c) */
enum lint_sound { LINT_UNSURE, LINT_VOWEL, LINT_CONSONANT };
enum lint_sound lint_sound_of(struct str word);

/* Lower-case ASCII comparison of whole words: does the word stand in the list? */
bool lint_word_in(struct str word, const char *const *list);

#endif
