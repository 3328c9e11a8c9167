/* Legend: what the grades, kinds and terms mean, those only that the edition uses. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/wording.h"

struct legend { struct str parts[16]; size_t count; };

static void add_line(struct builder *b, struct block_list *list, enum word_id label, const struct legend *legend)
{
    if (!legend->count)
        return;
    struct str text = wording_join(b, legend->parts, legend->count, "; ");
    struct block *line = block_add(b, list, BLOCK_TEXT, STYLE_SMALL);
    inline_add(b, &line->inlines, FILL(b, WORD_label_value, {"label", WORD_OF(b, label)}, {"value", STR("")}),
               INLINE_STRONG);
    inline_add(b, &line->inlines, FILL(b, WORD_run_in, {"label", text}), 0);
}

/* The Admiralty system (NATO AJP-2.1): a letter for the source, a figure for what it says. */
static void add_grades(struct builder *b, struct block_list *list, bool reliability)
{
    bool used[7] = {false};
    char first = reliability ? 'A' : '1';
    for (size_t i = 0; i < b->spec->sources.count; i++) {
        char grade = reliability ? b->spec->sources.items[i].reliability : b->spec->sources.items[i].credibility;
        if (grade >= first && grade < first + 6)
            used[grade - first] = true;
    }
    struct legend legend = {0};
    for (int i = 0; i < 6; i++)
        if (used[i]) {
            struct str meaning = WORD_OF(b, (reliability ? WORD_reliability_a : WORD_credibility_1) + i);
            struct str grade = str_printf(b->arena, "%c", first + i);
            legend.parts[legend.count++] = FILL(b, WORD_with_note, {"text", grade}, {"note", meaning});
        }
    add_line(b, list, reliability ? WORD_legend_reliability : WORD_legend_credibility, &legend);
}

static void add_kinds(struct builder *b, struct block_list *list)
{
    bool used[SOURCE_OTHER + 1] = {false};
    for (size_t i = 0; i < b->spec->sources.count; i++)
        used[b->spec->sources.items[i].kind] = true;
    struct legend legend = {0};
    for (int kind = SOURCE_PRIMARY; kind < SOURCE_OTHER; kind++)
        if (used[kind])
            legend.parts[legend.count++] =
                FILL(b, WORD_with_note, {"text", wording_source_kind(b, (enum source_kind)kind, false)},
                     {"note", wording_source_kind(b, (enum source_kind)kind, true)});
    add_line(b, list, WORD_legend_kinds, &legend);
}

static void add_likelihoods(struct builder *b, struct block_list *list)
{
    struct legend legend = {0};
    for (int step = LIKELIHOOD_REMOTE; step <= LIKELIHOOD_ALMOST_CERTAIN; step++)
        for (int second = 0; second < 2; second++)
            if (b->likelihood_used[step][second])
                legend.parts[legend.count++] =
                    FILL(b, WORD_likelihood_with_range,
                         {"term", wording_likelihood_term(b, (enum likelihood_step)step, second)},
                         {"range", wording_likelihood_range(b, (enum likelihood_step)step)});
    add_line(b, list, WORD_legend_likelihood, &legend);
}

void legend_add(struct builder *b, struct block_list *page)
{
    struct block_list lines = {0};
    add_grades(b, &lines, true);
    add_grades(b, &lines, false);
    add_kinds(b, &lines);
    add_likelihoods(b, &lines);
    if (!lines.count)
        return;
    struct block *legend = block_add(b, page, BLOCK_GROUP, STYLE_BODY);
    legend->keep_together = true;
    block_heading(b, &legend->children, 3, WORD_OF(b, WORD_legend), STR("legend"), span_none());
    for (size_t i = 0; i < lines.count; i++)
        *ARENA_PUSH(b->arena, &legend->children) = lines.items[i];
}
