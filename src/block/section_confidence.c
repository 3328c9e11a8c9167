/* Confidence table: the whole scale, the entity's own row marked in words, its basis, and claims withheld. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/table.h"
#include "block/wording.h"

enum { RANGE, GRADE, LABEL, MEANING, COLUMNS };

static void fill_row(struct builder *b, struct table_cells *row, const struct band *band)
{
    struct str range = FILL(b, WORD_range, {"from", wording_score(b, band->from.hundredths)},
                            {"to", wording_score(b, band->to.hundredths)});
    inline_add(b, &row->cells[RANGE], range, INLINE_TABULAR | INLINE_NOWRAP);
    inline_text(b, &row->cells[GRADE], &band->grade, INLINE_NOWRAP);
    inline_text(b, &row->cells[LABEL], &band->label, 0);
    inline_text(b, &row->cells[MEANING], &band->meaning, 0);
    if (!band->publish && !band->meaning.s.n)
        inline_add(b, &row->cells[MEANING], WORD_OF(b, WORD_not_published), 0);
    if (band != b->edition->band)
        return;
    row->marked = true;
    struct str own = FILL(b, WORD_this_profile, {"score", wording_score(b, b->spec->confidence.score.hundredths)});
    inline_separate(b, &row->cells[LABEL], "\u2028", 0);
    inline_add(b, &row->cells[LABEL], own, INLINE_STRONG);
}

static void add_table(struct builder *b, struct block_list *list)
{
    const struct scale *scale = &b->house->scale;
    struct block *table = table_add(b, list, COLUMNS, scale->bands.count);
    table->keep_together = true;
    table->at = scale->span;
    table_heading(b, table, RANGE, WORD_scale_range, true);
    table_heading(b, table, GRADE, WORD_scale_grade, true);
    table_heading(b, table, LABEL, WORD_scale_label, false);
    table_heading(b, table, MEANING, WORD_scale_meaning, false);
    for (size_t i = 0; i < scale->bands.count; i++)
        fill_row(b, &table->u.table.rows[i], &scale->bands.items[i]);
    table_drop_empty(table);
}

static void add_basis(struct builder *b, struct block_list *list)
{
    const struct confidence *confidence = &b->spec->confidence;
    struct block_inlines line = {0};
    if (confidence->basis.s.n) {
        struct str label = FILL(b, WORD_run_in, {"label", WORD_OF(b, WORD_basis)});
        inline_add(b, &line, label, INLINE_STRONG);
        inline_separate(b, &line, " ", 0);
        inline_running(b, &line, confidence->basis.s, 0, confidence->basis.at);
    }
    struct str date = wording_date(b, confidence->as_of.date, false);
    if (date.n) {
        inline_end_sentence(b, &line);
        inline_separate(b, &line, " ", 0);
        inline_add(b, &line, FILL(b, WORD_assessed_on, {"date", date}), INLINE_QUIET);
    }
    if (!line.count)
        return;
    struct block *block = block_add(b, list, BLOCK_TEXT, STYLE_BODY);
    block->inlines = line;
    block->keep_with_next = true;
}

/* "Internal monitoring" goes on inside a sentence as "internal monitoring"; "IP watch" and German nouns stay. */
static struct str inside_sentence(struct builder *b, struct str label)
{
    bool capital = label.n > 1 && label.p[0] >= 'A' && label.p[0] <= 'Z';
    bool acronym = capital && !(label.p[1] >= 'a' && label.p[1] <= 'z');
    if (!capital || acronym || str_starts(b->house->language.s, STR("de")))
        return label;
    return str_printf(b->arena, "%c" STR_FMT, label.p[0] + ('a' - 'A'), STR_ARG(str_slice(label, 1, label.n)));
}

static void add_withheld(struct builder *b, struct block_list *list)
{
    for (size_t i = 0; i < b->edition->withheld_band_count; i++) {
        const struct withheld_claims *withheld = &b->edition->withheld[i];
        enum word_id word = withheld->count == 1 ? WORD_claim_withheld_one : WORD_claim_withheld_many;
        block_line(b, list, STYLE_SMALL, FILL(b, word, {"count", wording_number(b, withheld->count)},
                                              {"label", inside_sentence(b, withheld->band->label.s)}));
    }
}

void section_confidence(struct builder *b, struct block_list *page)
{
    const struct scale *scale = &b->house->scale;
    if (!b->edition->band)
        return;
    struct block_list *list = &block_section(b, page)->children;
    struct str title = scale->title.s.n ? scale->title.s : WORD_OF(b, WORD_scale_title);
    block_heading(b, list, 2, title, STR("confidence"), scale->title.at);
    add_basis(b, list);
    add_table(b, list);
    add_withheld(b, list);
}
