/* What it does, and why it matters with its criticality and horizon. */
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

static struct str labelled(struct builder *b, enum word_id label, struct str value)
{
    return value.n ? FILL(b, WORD_label_value, {"label", WORD_OF(b, label)}, {"value", value}) : value;
}

/* One line that stays with the points that it qualifies. */
static void add_weight(struct builder *b, struct block_list *list)
{
    struct str parts[] = {
        labelled(b, WORD_operational_criticality, wording_level(b, b->spec->criticality)),
        labelled(b, WORD_time_horizon, wording_horizon(b, b->spec->horizon)),
    };
    struct str line = wording_join(b, parts, 2, " · ");
    if (!line.n || !list->count)
        return;
    list->items[list->count - 1].keep_with_next = true;
    block_line(b, list, STYLE_SMALL, line);
}

void section_why_it_matters(struct builder *b, struct block_list *page)
{
    if (!b->spec->why_it_matters.count)
        return;
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_why_it_matters), STR("why-it-matters"), span_none());
    block_points(b, list, &b->spec->why_it_matters);
    add_weight(b, list);
}
