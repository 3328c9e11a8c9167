/* Relationships: the drawn map, and its table. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/table.h"
#include "block/wording.h"

enum { NAME, RELATION, DIRECTION, STRENGTH, PERIOD, COLUMNS };

/* Where the house publishes its briefings, another entity's is found under its id. */
static struct str briefing_url(struct builder *b, const struct relationship *relationship)
{
    struct str base = b->house->base_url.s;
    if (!base.n || !relationship->id.s.n)
        return (struct str){0};
    const char *slash = base.p[base.n - 1] == '/' ? "" : "/";
    return str_printf(b->arena, STR_FMT "%s" STR_FMT, STR_ARG(base), slash, STR_ARG(relationship->id.s));
}

static void fill_row(struct builder *b, struct table_cells *row, const struct relationship *relationship)
{
    row->head = true;
    inline_link(b, &row->cells[NAME], relationship->name.s, briefing_url(b, relationship), 0, relationship->name.at);
    inline_running(b, &row->cells[RELATION], relationship->relation.s, 0, relationship->relation.at);
    struct block_inlines *last = relationship->relation.s.n ? &row->cells[RELATION] : &row->cells[NAME];
    inline_refs(b, last, &relationship->sources);
    inline_add(b, &row->cells[DIRECTION], wording_direction(b, relationship->direction), 0);
    if (relationship->strength.hundredths >= 0)
        inline_add(b, &row->cells[STRENGTH], wording_score(b, relationship->strength.hundredths), INLINE_TABULAR);
    inline_add(b, &row->cells[PERIOD], wording_period(b, relationship->since.date, relationship->until.date), 0);
}

void section_relationships(struct builder *b, struct block_list *page)
{
    const struct relationship_list *all = &b->spec->relationships;
    if (!all->count)
        return;
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_relationships), STR("relationships"), span_none());
    relationship_map_add(b, list);
    struct block *table = table_add(b, list, COLUMNS, all->count);
    table->at = all->items[0].span;
    table->u.table.title = WORD_OF(b, WORD_relationships);
    table->u.table.follows = true;
    table_heading(b, table, NAME, WORD_relation_name, false);
    table_heading(b, table, RELATION, WORD_relation_relation, false);
    table_heading(b, table, DIRECTION, WORD_relation_direction, true);
    table_heading(b, table, STRENGTH, WORD_relation_strength, true);
    table_heading(b, table, PERIOD, WORD_relation_period, true);
    table->u.table.columns[STRENGTH].align = CELL_RIGHT;
    for (size_t i = 0; i < all->count; i++)
        fill_row(b, &table->u.table.rows[i], &all->items[i]);
    table_drop_empty(table);
}
