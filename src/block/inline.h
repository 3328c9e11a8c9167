/* Stretches of text: plain ones, prose, references to sources, scores. Private to block/. */
#ifndef BRIEFING_BLOCK_INLINE_H
#define BRIEFING_BLOCK_INLINE_H

#include "block/build.h"

/* Adds text as it is; empty text adds nothing and gives NULL. The pointer holds until the next is added. */
struct block_inline *inline_add(struct builder *b, struct block_inlines *list, struct str text, unsigned style);
struct block_inline *inline_text(struct builder *b, struct block_inlines *list, const struct text *text,
                                 unsigned style);
/* Running text: its quotation marks become those of its language, and abbreviations in it get their long form. */
void inline_running(struct builder *b, struct block_inlines *list, struct str text, unsigned style, struct span at);
/* Text that links to url, or plain where url is empty. */
void inline_link(struct builder *b, struct block_inlines *list, struct str text, struct str url, unsigned style,
                 struct span at);
/* A text that stands for itself, such as a heading, with typographic quotation marks. */
struct str inline_typographic(struct builder *b, struct str text);
/* The spans of one paragraph. */
void inline_spans(struct builder *b, struct block_inlines *list, const struct prose_block *paragraph, unsigned style);
/* A whole prose in one run of inlines, its paragraphs and items on lines of their own: for cells of tables. */
void inline_prose(struct builder *b, struct block_inlines *list, const struct prose *prose, unsigned style);
/* "[1][3]" by number, each linked to its source and anchor of the way back. */
void inline_refs(struct builder *b, struct block_inlines *list, const struct refs *refs);
/* " (0.82 · A/B Strong; likely, 55–80%)", or nothing. */
void inline_claim(struct builder *b, struct block_inlines *list, const struct score *score,
                  const struct likelihood *likelihood);
/* Adds a separator unless the list is empty. */
void inline_separate(struct builder *b, struct block_inlines *list, const char *separator, unsigned style);
/* Adds the full stop that was left out before another sentence; nothing after any other end of a sentence. */
void inline_end_sentence(struct builder *b, struct block_inlines *list);

/* An index of the spec's abbreviations, or NULL when it has none. */
struct abbreviation_index *abbreviation_index_make(struct arena *arena, const struct abbreviation_list *list);
/* Begins a paragraph: each abbreviation is found once in it. index may be NULL. */
void abbreviation_paragraph(struct abbreviation_index *index);
/* The next abbreviation in text from *at on: its bytes [*at, *end) and its long form; false when there is none. */
bool abbreviation_next(struct abbreviation_index *index, struct str text, size_t *at, size_t *end,
                       struct str *long_form);

#endif
