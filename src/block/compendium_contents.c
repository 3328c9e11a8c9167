/* Contents and summary table of a compendium. */
#include "block/compendium_build.h"
#include "block/inline.h"
#include "block/table.h"
#include "block/wording.h"

/* ---- contents */

static void fill_note(struct builder *b, struct block_inlines *note, const struct entity *entity)
{
    struct text type = entity->type;
    if (!type.s.n)
        type = (struct text){wording_kind(b, entity->kind), entity->kind_at};
    inline_text(b, note, &type, 0);
    if (entity->base.s.n)
        inline_separate(b, note, " · ", 0);
    inline_text(b, note, &entity->base, 0);
}

static void fill_entry(struct builder *b, struct contents_entry *entry, const struct edition *edition,
                       size_t number, size_t page)
{
    const struct entity *entity = &edition->spec.entity;
    inline_text(b, &entry->name, &entity->name, 0);
    fill_note(b, &entry->note, entity);
    entry->page = wording_number(b, page);
    entry->target = block_compendium_anchor(b->arena, number);
    entry->link_text = FILL(b, WORD_contents_link, {"name", entity->name.s}, {"page", entry->page});
    entry->language = wording_language(b, edition->spec.language.s);
}

static void add_contents(struct front *front, const size_t *first_pages)
{
    struct builder *b = front->b;
    struct block_list *list = &block_section(b, &front->document->blocks)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_contents), STR("contents"), span_none());
    struct block *contents = block_add(b, list, BLOCK_CONTENTS, STYLE_BODY);
    contents->u.contents.entries = ARENA_ARRAY(b->arena, struct contents_entry, front->count);
    contents->u.contents.count = front->count;
    for (size_t i = 0; i < front->count; i++)
        fill_entry(b, &contents->u.contents.entries[i], front->editions[i], i + 1, first_pages[i]);
}

/* ---- summary */

enum { NAME, EDITION, SCORE, GRADE, LABEL, OUTLOOK, CHANGE, COLUMNS };

/* "+0.04", "unchanged", or "new" where there was no edition before; empty without a score to compare. */
static struct str change_of(struct builder *b, const struct edition *edition)
{
    int score = edition->spec.confidence.score.hundredths, before = edition->previous_hundredths;
    if (!edition->has_change)
        return WORD_OF(b, WORD_summary_new);
    if (score < 0 || before < 0)
        return (struct str){0};
    if (score == before)
        return WORD_OF(b, WORD_summary_unchanged);
    return FILL(b, score > before ? WORD_summary_up : WORD_summary_down,
                {"difference", wording_score(b, score > before ? score - before : before - score)});
}

static void fill_row(struct builder *b, struct table_cells *row, const struct edition *edition, size_t number)
{
    const struct confidence *confidence = &edition->spec.confidence;
    struct block_inline *name = inline_text(b, &row->cells[NAME], &edition->spec.entity.name, 0);
    row->head = true;
    if (name) {
        name->target = block_compendium_anchor(b->arena, number);
        name->language = wording_language(b, edition->spec.language.s);
    }
    if (b->edition->id.kind == EDITION_NONE)
        inline_add(b, &row->cells[EDITION], wording_edition(b, edition->id), INLINE_NOWRAP);
    if (confidence->score.hundredths >= 0)
        inline_add(b, &row->cells[SCORE], wording_score(b, confidence->score.hundredths), INLINE_TABULAR);
    if (edition->band) {
        inline_text(b, &row->cells[GRADE], &edition->band->grade, INLINE_NOWRAP);
        inline_text(b, &row->cells[LABEL], &edition->band->label, 0);
    }
    inline_add(b, &row->cells[OUTLOOK], wording_outlook(b, confidence->outlook), 0);
    inline_add(b, &row->cells[CHANGE], change_of(b, edition), INLINE_TABULAR | INLINE_NOWRAP);
}

static void add_summary(struct front *front)
{
    struct builder *b = front->b;
    struct block_list *list = &block_section(b, &front->document->blocks)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_compendium_summary), STR("summary"), span_none());
    block_line(b, list, STYLE_BYLINE, WORD_OF(b, WORD_summary_note));
    struct block *table = table_add(b, list, COLUMNS, front->count);
    table_heading(b, table, NAME, WORD_name, false);
    table_heading(b, table, EDITION, WORD_edition, true);
    table_heading(b, table, SCORE, WORD_summary_score, true);
    table_heading(b, table, GRADE, WORD_scale_grade, true);
    table_heading(b, table, LABEL, WORD_scale_label, false);
    table_heading(b, table, OUTLOOK, WORD_outlook, true);
    table_heading(b, table, CHANGE, WORD_summary_change, true);
    for (size_t i = 0; i < front->count; i++)
        fill_row(b, &table->u.table.rows[i], front->editions[i], i + 1);
    table_drop_empty(table);
}

struct block_document *block_compendium_contents(struct arena *arena, const struct edition *const *editions,
                                                 size_t count, const size_t *first_pages, bool with_summary)
{
    struct front front;
    front_init(&front, arena, editions, count);
    add_contents(&front, first_pages);
    if (with_summary)
        add_summary(&front);
    return front.document;
}

struct block_document *block_compendium_summary(struct arena *arena, const struct edition *const *editions,
                                                size_t count)
{
    struct front front;
    front_init(&front, arena, editions, count);
    add_summary(&front);
    return front.document;
}
