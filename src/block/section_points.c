/* What it does, and why it matters with its criticality and horizon. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/wording.h"

void section_what_it_does(struct builder *b, struct block_list *page)
{
    if (!b->spec->what_it_does.count)
        return;
    bool person = b->spec->entity.kind == ENTITY_PERSON;
    if (b->words.replaced[WORD_what_it_does] && !b->words.replaced[WORD_what_it_does_person])
        person = false;
    struct block_list *list = &block_section(b, page)->children;
    enum word_id heading = person ? WORD_what_it_does_person : WORD_what_it_does;
    block_heading(b, list, 2, WORD_OF(b, heading), STR("what-it-does"), span_none());
    block_points(b, list, &b->spec->what_it_does);
}

static void add_label(struct builder *b, struct block_list *list, enum word_id label, struct str value)
{
    if (!value.n)
        return;
    struct block *line = block_add(b, list, BLOCK_TEXT, STYLE_SMALL);
    inline_add(b, &line->inlines, FILL(b, WORD_label_value, {"label", WORD_OF(b, label)}, {"value", value}), 0);
}

void section_why_it_matters(struct builder *b, struct block_list *page)
{
    if (!b->spec->why_it_matters.count)
        return;
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_why_it_matters), STR("why-it-matters"), span_none());
    block_points(b, list, &b->spec->why_it_matters);
    add_label(b, list, WORD_operational_criticality, wording_level(b, b->spec->criticality));
    add_label(b, list, WORD_time_horizon, wording_horizon(b, b->spec->horizon));
}
