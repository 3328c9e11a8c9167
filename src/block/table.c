/* Building tables. */
#include "block/table.h"

#include "block/inline.h"

struct block *table_add(struct builder *b, struct block_list *list, size_t columns, size_t rows)
{
    struct block *table = block_add(b, list, BLOCK_TABLE, STYLE_TABLE_CELL);
    table->u.table.columns = ARENA_ARRAY(b->arena, struct table_column, columns + 1);
    table->u.table.column_count = columns;
    table->u.table.rows = ARENA_ARRAY(b->arena, struct table_cells, rows + 1);
    table->u.table.row_count = rows;
    for (size_t i = 0; i < rows; i++)
        table->u.table.rows[i].cells = ARENA_ARRAY(b->arena, struct block_inlines, columns + 1);
    return table;
}

void table_heading(struct builder *b, struct block *table, size_t column, enum word_id word, bool narrow)
{
    inline_add(b, &table->u.table.columns[column].heading, WORD_OF(b, word), 0);
    table->u.table.columns[column].narrow = narrow;
}

static bool column_is_empty(const struct block *table, size_t column)
{
    for (size_t i = 0; i < table->u.table.row_count; i++)
        if (table->u.table.rows[i].cells[column].count)
            return false;
    return true;
}

void table_drop_empty(struct block *table)
{
    size_t kept = 0;
    for (size_t column = 0; column < table->u.table.column_count; column++) {
        if (column_is_empty(table, column))
            continue;
        table->u.table.columns[kept] = table->u.table.columns[column];
        for (size_t i = 0; i < table->u.table.row_count; i++)
            table->u.table.rows[i].cells[kept] = table->u.table.rows[i].cells[column];
        kept++;
    }
    table->u.table.column_count = kept;
}
