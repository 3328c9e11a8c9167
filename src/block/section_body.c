/* Body: the sections of the spec in order, member sections under their tier's mark, locked panels in between. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/table.h"
#include "block/wording.h"

static void add_figure(struct builder *b, struct block_list *list, const struct figure *figure)
{
    if (!figure->picture.path.n)
        return;
    struct block *block = block_add(b, list, BLOCK_FIGURE, STYLE_CAPTION);
    block->u.figure.path = figure->picture.path;
    block->u.figure.alt = figure->picture.alt.s;
    block->keep_together = true;
    block->at = figure->picture.file.at;
    inline_running(b, &block->inlines, figure->caption.s, 0, figure->caption.at);
    if (!figure->credit.s.n)
        return;
    inline_end_sentence(b, &block->inlines);
    inline_separate(b, &block->inlines, " ", 0);
    struct text credit = {FILL(b, WORD_figure_credit, {"credit", figure->credit.s}), figure->credit.at};
    inline_text(b, &block->inlines, &credit, INLINE_QUIET);
}

static size_t column_count(const struct table *table)
{
    if (table->columns.count || !table->rows.count)
        return table->columns.count;
    return table->rows.items[0].count;
}

static void add_table(struct builder *b, struct block_list *list, const struct table *from)
{
    size_t columns = column_count(from);
    if (!columns || !from->rows.count)
        return;
    struct block *table = table_add(b, list, columns, from->rows.count);
    table->at = from->span;
    inline_running(b, &table->inlines, from->caption.s, 0, from->caption.at);
    for (size_t i = 0; i < columns; i++) {
        struct table_column *column = &table->u.table.columns[i];
        if (i < from->columns.count)
            inline_running(b, &column->heading, from->columns.items[i].s, 0, from->columns.items[i].at);
        enum column_align align = i < from->align.count ? from->align.items[i].align : ALIGN_LEFT;
        column->align = align == ALIGN_RIGHT ? CELL_RIGHT : align == ALIGN_CENTRE ? CELL_CENTRE : CELL_LEFT;
        column->narrow = align != ALIGN_LEFT;
    }
    for (size_t i = 0; i < from->rows.count; i++) {
        const struct table_row *row = &from->rows.items[i];
        for (size_t j = 0; j < row->count && j < columns; j++) {
            unsigned style = table->u.table.columns[j].align == CELL_LEFT ? 0 : INLINE_TABULAR;
            inline_running(b, &table->u.table.rows[i].cells[j], row->items[j].s, style, row->items[j].at);
        }
    }
}

/* The pull quote stands after the first paragraph, where it catches the eye, unless that paragraph is all. */
static void add_text(struct builder *b, struct block_list *list, const struct section *section)
{
    const struct prose *text = section->text;
    if (!section->has_quote || !text || text->count < 2) {
        block_prose(b, list, text, STYLE_BODY);
        if (section->has_quote)
            block_quotation(b, list, &section->quote, true);
        return;
    }
    struct prose first = {text->blocks, 1, text->at}, rest = {text->blocks + 1, text->count - 1, text->at};
    block_prose(b, list, &first, STYLE_BODY);
    block_quotation(b, list, &section->quote, true);
    block_prose(b, list, &rest, STYLE_BODY);
}

static void add_section(struct builder *b, struct block_list *page, const struct section *section,
                        const struct tier *mark, size_t number)
{
    b->language = section->language.s.n ? section->language.s : b->spec->language.s;
    struct block *group = block_section(b, page);
    group->language = wording_language(b, b->language);
    group->at = section->span;
    struct block_list *list = &group->children;
    if (mark) {
        const struct text *label = mark->label.s.n ? &mark->label : &mark->id;
        struct block *line = block_add(b, list, BLOCK_TEXT, STYLE_TIER_MARK);
        line->keep_with_next = true;
        inline_add(b, &line->inlines, FILL(b, WORD_tier_mark, {"tier", label->s}), 0);
    }
    block_heading(b, list, 2, section->heading.s, str_printf(b->arena, "section-%zu", number), section->heading.at);
    add_text(b, list, section);
    if (section->has_figure)
        add_figure(b, list, &section->figure);
    if (section->has_table)
        add_table(b, list, &section->table);
    b->language = b->spec->language.s;
}

void section_body(struct builder *b, struct block_list *page)
{
    const struct edition *edition = b->edition;
    size_t panel = 0;
    for (size_t i = 0; i <= b->spec->sections.count; i++) {
        for (; panel < edition->panel_count && edition->panels[panel].before_section == i; panel++)
            locked_panel_add(b, page, &edition->panels[panel]);
        if (i < b->spec->sections.count)
            add_section(b, page, &b->spec->sections.items[i], edition->section_tiers[i], i + 1);
    }
}
