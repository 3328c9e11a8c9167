/* A text engine of fixed-width metrics for tests of layout: characters are half an em wide, lines break at spaces. */
#ifndef BRIEFING_TESTS_LAYOUT_FAKE_H
#define BRIEFING_TESTS_LAYOUT_FAKE_H

#include "block/block.h"
#include "layout/page.h"

struct text_engine layout_fake_engine(void);

/* Blocks to build documents from. Pointers hold until the next block is added to the same list. */
struct block *fake_block(struct arena *arena, struct block_list *list, enum block_kind kind, enum block_style style);
struct block *fake_text(struct arena *arena, struct block_list *list, enum block_style style, struct str text);
struct block *fake_heading(struct arena *arena, struct block_list *list, const char *text);
struct block_inline *fake_inline(struct arena *arena, struct block_inlines *inlines, struct str text);
/* count words, the first of them numbered, as "w7 word word". */
struct str fake_words(struct arena *arena, size_t number, size_t count);
struct block *fake_table(struct arena *arena, struct block_list *list, size_t columns, size_t rows, size_t words);

/* For tests: a document with its arena. */
/* Ink of a line with letters of Tibetan; of any other, 9000 and 3000. */
enum { FAKE_TALL_ASCENT = 14000, FAKE_TALL_DESCENT = 12000 };

struct fake_fixture { struct arena arena; struct diags diags; struct block_document document; };
int fake_set_up(void **state);
int fake_tear_down(void **state);

/* Text that is no running head or foot and no repeated head of a table. */
bool fake_is_body(const struct page_item *item);
/* Fails where something reaches off the paper or into its margins at head and foot. */
void fake_check_on_paper(const struct pages *pages);
/* Fails where two pieces of text on a page share a spot. */
void fake_check_no_overlap(const struct pages *pages);

/* The document on A4. */
struct pages *fake_layout(struct arena *arena, const struct block_document *document, struct diags *diags);

#endif
