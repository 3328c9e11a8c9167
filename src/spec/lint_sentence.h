/* Sentences as lint reads them: where each ends, and what tells it from others, in one pass over the text. */
#ifndef BRIEFING_SPEC_LINT_SENTENCE_H
#define BRIEFING_SPEC_LINT_SENTENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Offsets in a text. */
struct lint_places {
    size_t *items;
    size_t count, cap;
};

/* Its plain form is in lower case (of ASCII), with one space between words, without apostrophes, and with a
 * space at each end. */
struct lint_sentence {
    size_t
        end; /* behind . ! ? before a blank, behind a full stop of Chinese and Japanese, or the text's end */
    size_t words, plain_bytes;
    uint64_t shape;           /* of the plain form: a hash of its words, bytes and their sum */
    bool may_tell_confidence; /* a word of the plain form may begin with "confiden" */
};

/* The sentence that begins at `from`, which is before the end. Adds the places of its words "a" and "an", and
 * of some others that begin with an a. */
struct lint_sentence lint_sentence_next(struct arena *arena, struct str text, size_t from,
                                        struct lint_places *articles);

/* The plain form of a sentence, and its hash. */
struct str lint_sentence_plain(struct arena *arena, struct str sentence);
uint64_t lint_sentence_hash(struct arena *arena, struct str sentence);

#endif
