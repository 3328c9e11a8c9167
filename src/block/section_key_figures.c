/* Key figures: a row of large numbers. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/wording.h"

void section_key_figures(struct builder *b, struct block_list *page)
{
    const struct key_figure_list *figures = &b->spec->key_figures;
    if (!figures->count)
        return;
    struct block *row = block_add(b, page, BLOCK_KEY_FIGURES, STYLE_FIGURE_VALUE);
    row->keep_together = true;
    row->at = figures->items[0].span;
    row->u.key_figures.count = figures->count;
    row->u.key_figures.cells = ARENA_ARRAY(b->arena, struct key_figure_cell, figures->count);
    for (size_t i = 0; i < figures->count; i++) {
        const struct key_figure *figure = &figures->items[i];
        struct key_figure_cell *cell = &row->u.key_figures.cells[i];
        inline_text(b, &cell->value, &figure->value, 0);
        inline_running(b, &cell->label, figure->label.s, 0, figure->label.at);
        inline_refs(b, &cell->label, &figure->sources);
        struct str date = wording_date(b, figure->as_of.date, true);
        if (date.n) {
            struct text note = {FILL(b, WORD_figure_as_of, {"date", date}), figure->as_of.at};
            inline_text(b, &cell->note, &note, INLINE_QUIET);
        }
    }
}
