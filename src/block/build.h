/* What the sections of a briefing share while it is built. Private to block/. */
#ifndef BRIEFING_BLOCK_BUILD_H
#define BRIEFING_BLOCK_BUILD_H

#include "block/block.h"
#include "block/typography.h"
#include "edition/edition.h"
#include "model/words.h"
#include "prose/prose.h"

struct abbreviation_index;

struct builder {
    struct arena *arena; /* of what is being built */
    struct arena *keep;  /* of what the document is told beside its blocks */
    struct block_document *document;
    size_t begun_cap;
    const struct edition *edition;
    const struct spec *spec; /* the edition's */
    const struct house *house;
    struct words words;
    bool marked;                              /* some of them have marks around them: see passages.h */
    struct abbreviation_index *abbreviations; /* NULL: there are none */
    struct str language;        /* of the text being built: the document's or a section's */
    struct str marks_language;  /* whose marks quote_marks are; p is NULL before the first */
    struct quote_marks quote_marks;
    struct quote_state quotes;  /* of the current paragraph */
    bool in_quotation;          /* marks stand around the text being built */
    size_t *references; /* made so far, for each source */
    bool likelihood_used[LIKELIHOOD_ALMOST_CERTAIN + 1][2]; /* by step: its first and its second term */
};

/* A fixed word, and one with its {names} filled in: FILL(b, WORD_x, {"name", value}, …). */
#define WORD_OF(b, id) ((b)->words.text[id])
#define FILL(b, id, ...)                                                                                               \
    word_fill((b)->arena, (b)->words.text[id], (struct word_slot[]){__VA_ARGS__},                                      \
              sizeof((struct word_slot[]){__VA_ARGS__}) / sizeof(struct word_slot))

/* Adds an empty block. The pointer holds until the next block is added to the same list. */
struct block *block_add(struct builder *b, struct block_list *list, enum block_kind kind, enum block_style style);
/* A heading with its bookmark, for levels 2 and 3. anchor may be empty; empty text adds nothing. */
void block_heading(struct builder *b, struct block_list *list, int level, struct str text, struct str anchor,
                   struct span at);
/* A paragraph of fixed words. */
void block_line(struct builder *b, struct block_list *list, enum block_style style, struct str text);
/* A group that stands for one section of the briefing; fill its children. */
struct block *block_section(struct builder *b, struct block_list *list);
/* Prose as blocks. Paragraphs take the style; STYLE_BODY becomes STYLE_LIST in lists. NULL prose adds nothing. */
void block_prose(struct builder *b, struct block_list *list, const struct prose *prose, enum block_style style);
/* Prose whose first paragraph begins with the label, as in "Short term. …". */
void block_run_in(struct builder *b, struct block_list *list, struct str label, const struct prose *prose,
                  enum block_style style);
/* The inlines at the end of the list, for what follows its last words: those of its last block when it is a paragraph,
 * else of a new paragraph. */
struct block_inlines *block_last_inlines(struct builder *b, struct block_list *list, enum block_style style);
/* Points as a list with their references and scores; a single point is a paragraph. */
void block_points(struct builder *b, struct block_list *list, const struct point_list *points);
/* A quotation in the marks of its language, with who said it. pull: set large. */
void block_quotation(struct builder *b, struct block_list *list, const struct quote *quote, bool pull);
/* One entry of a list; its children are the item's blocks. items: the list block's children. */
struct block_list *block_item(struct builder *b, struct block_list *items);

#endif
