/* At a glance: the entity's card, with the confidence meter. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/wording.h"

struct fact { struct block_inlines term, value; };
struct facts { struct fact *items; size_t count, cap; };

/* Adds a row and gives its value to fill. A row whose value stays empty is left out at the end. */
static struct block_inlines *add_row(struct builder *b, struct facts *facts, struct str term)
{
    struct fact *fact = ARENA_PUSH(b->arena, facts);
    inline_add(b, &fact->term, term, 0);
    return &fact->value;
}

static void add_text(struct builder *b, struct facts *facts, enum word_id term, const struct text *value)
{
    inline_running(b, add_row(b, facts, WORD_OF(b, term)), value->s, 0, value->at);
}

static void add_words(struct builder *b, struct facts *facts, enum word_id term, struct str value)
{
    inline_add(b, add_row(b, facts, WORD_OF(b, term)), value, 0);
}

static void add_texts(struct builder *b, struct facts *facts, enum word_id term, const struct text_list *list)
{
    struct block_inlines *value = add_row(b, facts, WORD_OF(b, term));
    for (size_t i = 0; i < list->count; i++) {
        inline_separate(b, value, ", ", 0);
        inline_running(b, value, list->items[i].s, 0, list->items[i].at);
    }
}

static void add_roles(struct builder *b, struct facts *facts)
{
    const struct role_list *roles = &b->spec->entity.roles;
    struct block_inlines *value = add_row(b, facts, WORD_OF(b, roles->count == 1 ? WORD_role : WORD_roles));
    for (size_t i = 0; i < roles->count; i++) {
        const struct role *role = &roles->items[i];
        struct str text = role->title.s;
        if (text.n && role->at.s.n)
            text = FILL(b, WORD_role_at, {"role", text}, {"organisation", role->at.s});
        else if (role->at.s.n)
            text = role->at.s;
        struct str period = wording_period(b, role->from.date, role->to.date);
        if (period.n)
            text = text.n ? FILL(b, WORD_with_note, {"text", text}, {"note", period}) : period;
        if (text.n)
            inline_separate(b, value, "\u2028", 0);
        inline_running(b, value, text, 0, role->span);
    }
}

static void add_type(struct builder *b, struct facts *facts)
{
    const struct entity *entity = &b->spec->entity;
    if (entity->type.s.n)
        add_text(b, facts, WORD_type, &entity->type);
    else
        add_words(b, facts, WORD_type, wording_kind(b, entity->kind));
}

static void add_identifiers(struct builder *b, struct facts *facts)
{
    const struct identifier_list *list = &b->spec->entity.identifiers;
    for (size_t i = 0; i < list->count; i++) {
        struct fact *fact = ARENA_PUSH(b->arena, facts);
        inline_running(b, &fact->term, list->items[i].scheme.s, 0, list->items[i].scheme.at);
        inline_text(b, &fact->value, &list->items[i].value, INLINE_TABULAR);
    }
}

/* A number and the word behind it stay on one line: the space between them is one that does not break. */
static struct str numbers_bound(struct builder *b, struct str text)
{
    char *bound = ARENA_ARRAY(b->arena, char, 2 * text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        bool after_number = i && text.p[i - 1] >= '0' && text.p[i - 1] <= '9';
        if (after_number && text.p[i] == ' ')
            bound[n++] = '\xC2'; /* U+00A0 */
        bound[n++] = after_number && text.p[i] == ' ' ? '\xA0' : text.p[i];
    }
    return (struct str){bound, n};
}

static void add_sources(struct builder *b, struct facts *facts)
{
    size_t count = b->spec->sources.count, independent = b->edition->independent_sources;
    if (!count)
        return;
    enum word_id word = count == 1 ? WORD_sources_one : count == 2 ? WORD_sources_two
                      : count <= 5 ? WORD_sources_several : WORD_sources_many;
    struct str text = WORD_OF(b, word);
    if (count > 1)
        text = FILL(b, independent == count ? WORD_sources_all_independent : WORD_sources_counts, {"words", text},
                    {"count", wording_number(b, count)}, {"independent", wording_number(b, independent)});
    struct block_inline *value =
        inline_add(b, add_row(b, facts, WORD_OF(b, WORD_sources_row)), numbers_bound(b, text), 0);
    if (value)
        value->target = STR("sources");
}

static void add_reading_time(struct builder *b, struct facts *facts)
{
    size_t minutes = b->edition->reading_minutes;
    enum word_id word = minutes == 1 ? WORD_reading_minutes_one : WORD_reading_minutes_many;
    add_words(b, facts, WORD_reading_time, FILL(b, word, {"count", wording_number(b, minutes)}));
}

static void add_web(struct builder *b, struct facts *facts)
{
    const struct text *url = &b->spec->entity.url;
    inline_link(b, add_row(b, facts, WORD_OF(b, WORD_web)), wording_url(url->s), url->s, 0, url->at);
}

static void add_facts(struct builder *b, struct block_list *list, const struct facts *facts)
{
    struct block *block = block_add(b, list, BLOCK_FACTS, STYLE_VALUE);
    block->u.facts.terms = ARENA_ARRAY(b->arena, struct block_inlines, facts->count + 1);
    block->u.facts.values = ARENA_ARRAY(b->arena, struct block_inlines, facts->count + 1);
    for (size_t i = 0; i < facts->count; i++) {
        if (!facts->items[i].value.count)
            continue;
        block->u.facts.terms[block->u.facts.count] = facts->items[i].term;
        block->u.facts.values[block->u.facts.count++] = facts->items[i].value;
    }
}

void section_at_glance(struct builder *b, struct block_list *page)
{
    const struct spec *spec = b->spec;
    struct block *panel = block_add(b, page, BLOCK_PANEL, STYLE_PANEL_TITLE);
    panel->u.panel.panel = PANEL_GLANCE;
    panel->level = 2;
    panel->anchor = STR("at-a-glance");
    panel->outline = WORD_OF(b, WORD_at_a_glance);
    inline_add(b, &panel->inlines, WORD_OF(b, WORD_at_a_glance), 0);
    meter_add(b, &panel->children);
    struct facts facts = {0};
    add_text(b, &facts, WORD_name, &spec->entity.name);
    add_type(b, &facts);
    add_text(b, &facts, WORD_base, &spec->entity.base);
    add_text(b, &facts, WORD_profile_focus, &spec->entity.focus);
    add_words(b, &facts, WORD_impact, wording_level(b, spec->impact));
    add_words(b, &facts, WORD_operational_criticality, wording_level(b, spec->criticality));
    add_words(b, &facts, WORD_time_horizon, wording_horizon(b, spec->horizon));
    add_sources(b, &facts);
    add_reading_time(b, &facts);
    add_words(b, &facts, WORD_edition, wording_edition(b, b->edition->id));
    add_words(b, &facts, WORD_as_of, wording_date(b, spec->as_of.date, false));
    add_texts(b, &facts, WORD_also_known_as, &spec->entity.also_known_as);
    add_roles(b, &facts);
    add_identifiers(b, &facts);
    add_web(b, &facts);
    add_texts(b, &facts, WORD_tags, &spec->tags);
    add_facts(b, &panel->children, &facts);
}
