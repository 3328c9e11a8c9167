/* The cover of a compendium, its running heads, and what the volume says of itself. */
#include "block/compendium.h"

#include "base/hash.h"
#include "block/compendium_build.h"
#include "block/inline.h"
#include "block/sections.h"
#include "block/wording.h"

struct str block_compendium_anchor(struct arena *arena, size_t number)
{
    return str_printf(arena, "briefing-%zu", number);
}

struct edition_id block_compendium_edition(const struct edition *const *editions, size_t count)
{
    struct edition_id common = {0};
    for (size_t i = 0; i < count; i++) {
        struct edition_id id = editions[i]->id;
        if (common.kind == EDITION_NONE)
            common = id;
        else if (id.kind != EDITION_NONE &&
                 (id.kind != common.kind || id.year != common.year || id.part != common.part))
            return (struct edition_id){0};
    }
    return common;
}

struct date block_compendium_date(const struct edition *const *editions, size_t count)
{
    struct date latest = editions[0]->date;
    for (size_t i = 1; i < count; i++) {
        struct date date = editions[i]->date;
        if (date_is_set(date) && (!date_is_set(latest) || date_compare(date, latest) > 0))
            latest = date;
    }
    return latest;
}

static struct str joined(struct builder *b, struct str first, struct str second, const char *separator)
{
    return wording_join(b, (struct str[]){first, second}, 2, separator);
}

static enum tlp strictest(const struct edition *const *editions, size_t count)
{
    enum tlp found = TLP_NONE;
    for (size_t i = 0; i < count; i++)
        if (editions[i]->spec.tlp > found)
            found = editions[i]->spec.tlp;
    return found;
}

static void fill_running(struct front *front)
{
    struct builder *b = front->b;
    const struct house *house = b->house;
    struct block_running *running = &front->document->running;
    running->head_left = joined(b, house->publisher.name.s, house->product.s, " · ");
    running->head_right = wording_edition(b, b->edition->id);
    running->foot_left = joined(b, WORD_OF(b, WORD_compendium), b->edition->tier->label.s, " · ");
    running->copy_line = WORD_OF(b, WORD_copy_line);
    running->page_format = WORD_OF(b, WORD_page_of);
    running->marking = running_marking(strictest(front->editions, front->count));
    running->stamp = running_stamp(b);
}

void front_init(struct front *front, struct arena *arena, const struct edition *const *editions, size_t count)
{
    const struct house *house = editions[0]->house;
    struct edition *common = ARENA_NEW(arena, struct edition);
    common->house = house;
    common->tier = editions[0]->tier;
    common->id = block_compendium_edition(editions, count);
    common->date = block_compendium_date(editions, count);
    common->internal = editions[0]->internal;
    common->draft = editions[0]->draft;
    common->spec.language.s = house->language.s.n ? house->language.s : editions[0]->spec.language.s;
    struct builder *b = ARENA_NEW(arena, struct builder);
    b->arena = arena;
    b->edition = common;
    b->spec = &common->spec;
    b->house = house;
    b->language = common->spec.language.s;
    words_init(&b->words, house);
    *front = (struct front){b, ARENA_NEW(arena, struct block_document), editions, count};
    front->document->language = b->language;
    front->document->accent = house->theme.accent.s;
    front->document->small_capitals = house->theme.abbreviations == ABBREVIATIONS_SMALL_CAPITALS;
    front->document->continued = WORD_OF(b, WORD_continued);
    fill_running(front);
}

/* ---- metadata */

/* A set of texts: open addressing, index + 1. */
struct text_set {
    struct str *items;
    size_t count;
    uint32_t *slots;
    size_t size;
};

static void add_once(struct text_set *set, struct str text)
{
    size_t slot = (size_t)hash_quick(text.p, text.n) & (set->size - 1);
    while (set->slots[slot] && !str_eq(set->items[set->slots[slot] - 1], text))
        slot = (slot + 1) & (set->size - 1);
    if (set->slots[slot])
        return;
    set->items[set->count++] = text;
    set->slots[slot] = (uint32_t)set->count;
}

/* The tags of all editions, each once, in order. */
static struct str keywords(struct front *front)
{
    struct arena *arena = front->b->arena;
    size_t most = 0;
    for (size_t i = 0; i < front->count; i++)
        most += front->editions[i]->spec.tags.count;
    struct text_set set = {.items = ARENA_ARRAY(arena, struct str, most + 1), .size = 16};
    while (set.size < 2 * most)
        set.size *= 2;
    set.slots = ARENA_ARRAY(arena, uint32_t, set.size);
    for (size_t i = 0; i < front->count; i++)
        for (size_t j = 0; j < front->editions[i]->spec.tags.count; j++)
            add_once(&set, front->editions[i]->spec.tags.items[j].s);
    return wording_join(front->b, set.items, set.count, ", ");
}

static void fill_metadata(struct front *front)
{
    struct builder *b = front->b;
    struct block_document *document = front->document;
    struct str title = WORD_OF(b, WORD_compendium);
    if (b->house->product.s.n)
        title = FILL(b, WORD_compendium_title, {"product", b->house->product.s}, {"compendium", title});
    document->title = joined(b, title, wording_edition(b, b->edition->id), ", ");
    document->author = b->house->publisher.name.s;
    enum word_id briefings = front->count == 1 ? WORD_briefings_one : WORD_briefings_many;
    document->subject = joined(b, FILL(b, briefings, {"count", wording_number(b, front->count)}),
                               b->edition->tier->label.s, " · ");
    document->keywords = keywords(front);
    document->creator = STR("briefing");
}

/* ---- the cover */

static void add_fact(struct builder *b, struct block *facts, enum word_id term, struct str value)
{
    size_t at = facts->u.facts.count;
    if (!value.n)
        return;
    inline_add(b, &facts->u.facts.terms[at], WORD_OF(b, term), 0);
    inline_add(b, &facts->u.facts.values[at], value, 0);
    facts->u.facts.count++;
}

static void add_facts(struct front *front, struct block_list *list)
{
    enum { MOST_FACTS = 3 };
    struct builder *b = front->b;
    struct block *facts = block_add(b, list, BLOCK_FACTS, STYLE_VALUE);
    facts->u.facts.terms = ARENA_ARRAY(b->arena, struct block_inlines, MOST_FACTS);
    facts->u.facts.values = ARENA_ARRAY(b->arena, struct block_inlines, MOST_FACTS);
    add_fact(b, facts, WORD_compendium_tier, b->edition->tier->label.s);
    add_fact(b, facts, WORD_compendium_date, wording_date(b, b->edition->date, false));
    add_fact(b, facts, WORD_compendium_briefings, wording_number(b, front->count));
}

static void add_title(struct builder *b, struct block_list *list)
{
    struct block *title = block_add(b, list, BLOCK_HEADING, STYLE_TITLE);
    title->level = 1;
    title->anchor = STR("title");
    title->outline = WORD_OF(b, WORD_compendium);
    inline_add(b, &title->inlines, WORD_OF(b, WORD_compendium), 0);
}

struct block_document *block_compendium_cover(struct arena *arena, const struct edition *const *editions,
                                              size_t count)
{
    struct front front;
    front_init(&front, arena, editions, count);
    struct builder *b = front.b;
    const struct publisher *publisher = &b->house->publisher;
    struct block *cover = block_add(b, &front.document->blocks, BLOCK_COVER, STYLE_MASTHEAD);
    cover->at = publisher->name.at;
    cover->u.masthead.publisher = publisher->name.s;
    cover->u.masthead.logo_path = publisher->logo.path;
    cover->u.masthead.logo_alt = publisher->logo.alt.s;
    block_line(b, &cover->children, STYLE_KICKER, b->house->product.s);
    add_title(b, &cover->children);
    block_line(b, &cover->children, STYLE_HEADLINE, wording_edition(b, b->edition->id));
    block_add(b, &cover->children, BLOCK_RULE, STYLE_BODY);
    add_facts(&front, &cover->children);
    fill_metadata(&front);
    return front.document;
}
