/* Building tables. Private to block/. */
#ifndef BRIEFING_BLOCK_TABLE_H
#define BRIEFING_BLOCK_TABLE_H

#include "block/build.h"

/* A table of that size, empty. Its headings and cells are filled through u.table. */
struct block *table_add(struct builder *b, struct block_list *list, size_t columns, size_t rows);
void table_heading(struct builder *b, struct block *table, size_t column, enum word_id word, bool narrow);
/* Takes out the columns in which every cell is empty. */
void table_drop_empty(struct block *table);

#endif
