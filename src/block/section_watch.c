/* What to watch: a table of what, trigger, by when and how likely. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/table.h"
#include "block/wording.h"

enum { WHAT, TRIGGER, BY, LIKELIHOOD, COLUMNS };

static void fill_row(struct builder *b, struct table_cells *row, const struct watch *watch)
{
    inline_prose(b, &row->cells[WHAT], watch->text, 0);
    inline_refs(b, &row->cells[WHAT], &watch->sources);
    inline_running(b, &row->cells[TRIGGER], watch->trigger.s, 0, watch->trigger.at);
    struct text by = {wording_date(b, watch->by.date, true), watch->by.at};
    inline_text(b, &row->cells[BY], &by, INLINE_TABULAR | INLINE_NOWRAP);
    struct str term = wording_likelihood(b, &watch->likelihood);
    if (!term.n)
        return;
    inline_add(b, &row->cells[LIKELIHOOD], term, INLINE_NOWRAP);
    inline_add(b, &row->cells[LIKELIHOOD], STR(" "), 0);
    struct str range = wording_likelihood_range(b, watch->likelihood.step);
    inline_add(b, &row->cells[LIKELIHOOD], str_printf(b->arena, "(" STR_FMT ")", STR_ARG(range)),
               INLINE_QUIET | INLINE_NOWRAP);
}

static void add_table(struct builder *b, struct block_list *list, const struct watch_list *watches)
{
    struct block *table = table_add(b, list, COLUMNS, watches->count);
    table->at = watches->items[0].span;
    table_heading(b, table, WHAT, WORD_watch_what, false);
    table_heading(b, table, TRIGGER, WORD_watch_trigger, false);
    table_heading(b, table, BY, WORD_watch_by, true);
    table_heading(b, table, LIKELIHOOD, WORD_watch_likelihood, false);
    for (size_t i = 0; i < watches->count; i++)
        fill_row(b, &table->u.table.rows[i], &watches->items[i]);
    table_drop_empty(table);
}

static bool is_plain(const struct watch_list *watches)
{
    for (size_t i = 0; i < watches->count; i++) {
        const struct watch *watch = &watches->items[i];
        if (watch->trigger.s.n || date_is_set(watch->by.date) || watch->likelihood.step != LIKELIHOOD_NONE)
            return false;
    }
    return true;
}

/* Nothing but texts: a table would have one column. */
static void add_list(struct builder *b, struct block_list *list, const struct watch_list *watches)
{
    bool single = watches->count == 1;
    enum block_style style = single ? STYLE_BODY : STYLE_LIST;
    struct block_list *items = single ? list : &block_add(b, list, BLOCK_LIST, STYLE_LIST)->children;
    for (size_t i = 0; i < watches->count; i++) {
        struct block_list *item = single ? items : block_item(b, items);
        block_prose(b, item, watches->items[i].text, style);
        if (watches->items[i].sources.count)
            inline_refs(b, block_last_inlines(b, item, style), &watches->items[i].sources);
    }
}

void section_watch(struct builder *b, struct block_list *page)
{
    const struct watch_list *watches = &b->spec->what_to_watch;
    if (!watches->count)
        return;
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_what_to_watch), STR("what-to-watch"), span_none());
    if (is_plain(watches))
        add_list(b, list, watches);
    else
        add_table(b, list, watches);
}
