/* Hashing an edition field by field, each with its length, in the order of the rows in shape.c. */
#include "edition/digest.h"

#include <string.h>

#include "base/hash.h"
#include "edition/shape.h"
#include "prose/prose.h"

/* Deeper than prose/ nests; below it only the text counts. */
enum { PROSE_DEPTH = 64 };

static void add_number(struct hash *hash, int64_t number)
{
    hash_number(hash, (uint64_t)number);
}

static void add_date(struct hash *hash, struct date date)
{
    add_number(hash, date.year);
    add_number(hash, date.month);
    add_number(hash, date.day);
}

static void add_edition(struct hash *hash, struct edition_id id)
{
    add_number(hash, id.kind);
    add_number(hash, id.year);
    add_number(hash, id.part);
}

static void add_blocks(struct hash *hash, struct arena *arena, struct prose_block *blocks, size_t count, int depth)
{
    add_number(hash, (int64_t)count);
    if (depth == PROSE_DEPTH) {
        hash_field(hash, prose_text(arena, &(struct prose){blocks, count, span_none()}));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct prose_block *block = &blocks[i];
        add_number(hash, block->kind);
        add_number(hash, block->ordered);
        add_number(hash, block->tight);
        add_number(hash, block->start);
        add_number(hash, (int64_t)block->span_count);
        for (size_t j = 0; j < block->span_count; j++) {
            hash_field(hash, block->spans[j].text);
            add_number(hash, block->spans[j].style);
            hash_field(hash, block->spans[j].url);
        }
        add_blocks(hash, arena, block->children, block->child_count, depth + 1);
    }
}

static void add_prose(struct hash *hash, struct arena *arena, const struct prose *prose)
{
    add_number(hash, prose != NULL);
    if (prose)
        add_blocks(hash, arena, prose->blocks, prose->count, 0);
}

static void add_texts(struct hash *hash, const struct text *items, size_t count)
{
    add_number(hash, (int64_t)count);
    for (size_t i = 0; i < count; i++)
        hash_field(hash, items[i].s);
}

static void add_struct(struct hash *hash, struct arena *arena, const struct shape *shape, const unsigned char *at);

static void add_list(struct hash *hash, struct arena *arena, const struct shape *shape, const unsigned char *at)
{
    struct any_list list;
    memcpy(&list, at, sizeof list);
    add_number(hash, (int64_t)list.count);
    for (size_t i = 0; i < list.count; i++)
        add_struct(hash, arena, shape, (const unsigned char *)list.items + i * shape->size);
}

_Static_assert(sizeof(enum level) == sizeof(unsigned), "enums are read as unsigned");

static void add_member(struct hash *hash, struct arena *arena, const struct member *member, const unsigned char *at)
{
    union {
        struct text text;
        struct text_list texts;
        const struct prose *prose;
        struct score score;
        struct dated dated;
        struct edition_id edition;
        struct likelihood likelihood;
        struct picture picture;
        unsigned number; /* every enum of the model */
        char byte;
    } value;
    switch (member->kind) {
    case MEMBER_TEXT:
    case MEMBER_REF:
        memcpy(&value.text, at, sizeof value.text);
        hash_field(hash, value.text.s);
        break;
    case MEMBER_TEXTS:
    case MEMBER_REFS:
        memcpy(&value.texts, at, sizeof value.texts);
        add_texts(hash, value.texts.items, value.texts.count);
        break;
    case MEMBER_PROSE:
        memcpy(&value.prose, at, sizeof value.prose); /* NOLINT(bugprone-sizeof-expression): the pointer's size */
        add_prose(hash, arena, value.prose);
        break;
    case MEMBER_SCORE:
        memcpy(&value.score, at, sizeof value.score);
        add_number(hash, value.score.hundredths);
        break;
    case MEMBER_DATE:
        memcpy(&value.dated, at, sizeof value.dated);
        add_date(hash, value.dated.date);
        break;
    case MEMBER_EDITION:
        memcpy(&value.edition, at, sizeof value.edition);
        add_edition(hash, value.edition);
        break;
    case MEMBER_LIKELIHOOD:
        memcpy(&value.likelihood, at, sizeof value.likelihood);
        add_number(hash, value.likelihood.step);
        hash_field(hash, value.likelihood.term);
        break;
    case MEMBER_ENUM:
        memcpy(&value.number, at, sizeof value.number);
        add_number(hash, value.number);
        break;
    case MEMBER_CHAR:
        memcpy(&value.byte, at, sizeof value.byte);
        add_number(hash, value.byte);
        break;
    case MEMBER_PICTURE:
        memcpy(&value.picture, at, sizeof value.picture);
        hash_field(hash, value.picture.file.s);
        hash_field(hash, value.picture.alt.s);
        break;
    case MEMBER_ONE:
        add_struct(hash, arena, member->shape, at);
        break;
    case MEMBER_LIST:
        add_list(hash, arena, member->shape, at);
        break;
    case MEMBER_SPAN:
    case MEMBER_OMITTED:
        break;
    }
}

static void add_struct(struct hash *hash, struct arena *arena, const struct shape *shape, const unsigned char *at)
{
    for (size_t i = 0; i < shape->count; i++)
        add_member(hash, arena, &shape->members[i], at + shape->members[i].offset);
}

static void add_tier(struct hash *hash, const struct tier *tier)
{
    hash_field(hash, tier->id.s);
    hash_field(hash, tier->label.s);
    hash_field(hash, tier->eligibility.s);
    hash_field(hash, tier->invitation.text.s);
    hash_field(hash, tier->invitation.url.s);
}

/* What every reader of the publisher may see. Tiers are digested where the edition prints them, not here. */
static void add_house(struct hash *hash, struct arena *arena, const struct house *house)
{
    const struct publisher *publisher = &house->publisher;
    hash_field(hash, publisher->name.s);
    hash_field(hash, publisher->legal_name.s);
    hash_field(hash, publisher->url.s);
    hash_field(hash, publisher->email.s);
    hash_field(hash, publisher->phone.s);
    hash_field(hash, publisher->address.s);
    hash_field(hash, publisher->logo.file.s);
    hash_field(hash, publisher->logo.alt.s);
    hash_field(hash, house->product.s);
    hash_field(hash, house->language.s);
    hash_field(hash, house->scale.title.s);
    add_number(hash, (int64_t)house->scale.bands.count);
    for (size_t i = 0; i < house->scale.bands.count; i++) {
        const struct band *band = &house->scale.bands.items[i];
        add_number(hash, band->from.hundredths);
        add_number(hash, band->to.hundredths);
        hash_field(hash, band->grade.s);
        hash_field(hash, band->label.s);
        hash_field(hash, band->meaning.s);
        add_number(hash, band->publish);
    }
    hash_field(hash, house->theme.accent.s);
    hash_field(hash, house->theme.body.s);
    hash_field(hash, house->theme.heading.s);
    hash_field(hash, house->theme.mono.s);
    add_number(hash, (int64_t)house->words.count);
    for (size_t i = 0; i < house->words.count; i++) {
        hash_field(hash, house->words.items[i].key.s);
        hash_field(hash, house->words.items[i].value.s);
    }
    add_number(hash, (int64_t)house->hyphenation.count);
    for (size_t i = 0; i < house->hyphenation.count; i++) {
        hash_field(hash, house->hyphenation.items[i].language.s);
        add_texts(hash, house->hyphenation.items[i].words.items, house->hyphenation.items[i].words.count);
    }
    hash_field(hash, house->base_url.s);
    add_prose(hash, arena, house->legal);
    hash_field(hash, house->copyright.s);
}

struct str edition_digest(struct arena *arena, const struct edition *edition)
{
    struct hash hash;
    hash_init(&hash);
    hash_field(&hash, STR("briefing edition 1")); /* another order of fields takes another number */
    add_tier(&hash, edition->tier);
    add_edition(&hash, edition->id);
    add_date(&hash, edition->date);
    add_number(&hash, edition->internal);
    add_number(&hash, edition->draft);
    add_struct(&hash, arena, &shape_spec, (const unsigned char *)&edition->spec);
    for (size_t i = 0; i < edition->spec.sections.count; i++) {
        const struct tier *tier = edition->section_tiers[i];
        hash_field(&hash, tier ? tier->id.s : (struct str){0});
        hash_field(&hash, tier ? tier->label.s : (struct str){0});
    }
    add_number(&hash, (int64_t)edition->panel_count);
    for (size_t i = 0; i < edition->panel_count; i++) {
        const struct locked_panel *panel = &edition->panels[i];
        add_tier(&hash, panel->tier);
        add_texts(&hash, panel->teasers, panel->teaser_count);
        add_number(&hash, (int64_t)panel->before_section);
    }
    add_number(&hash, (int64_t)edition->withheld_band_count);
    for (size_t i = 0; i < edition->withheld_band_count; i++) {
        hash_field(&hash, edition->withheld[i].band->label.s);
        add_number(&hash, (int64_t)edition->withheld[i].count);
    }
    add_house(&hash, arena, edition->house);
    unsigned char bytes[32];
    hash_done(&hash, bytes);
    return hash_hex(arena, bytes, sizeof bytes);
}

void edition_digest_look(struct arena *arena, struct edition *edition, const char *paper,
                         const unsigned char *const *pictures, size_t count)
{
    struct hash hash;
    hash_init(&hash);
    hash_field(&hash, STR("briefing look 1"));
    hash_field(&hash, edition->digest);
    hash_field(&hash, str_from(paper));
    add_number(&hash, (int64_t)count);
    for (size_t i = 0; i < count; i++)
        hash_add(&hash, pictures[i], EDITION_PICTURE_DIGEST);
    unsigned char bytes[32];
    hash_done(&hash, bytes);
    edition->digest = hash_hex(arena, bytes, sizeof bytes);
}
