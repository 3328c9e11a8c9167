/* The copy: every field by its row in shape.c, every list through one filter. */
#include "edition/filter.h"

#include <stdint.h>
#include <string.h>

#include "edition/shape.h"

/* The tier and all that it includes. Each tier is visited once, whatever circles or repetitions there are. */
static void close_readable(struct filter *filter)
{
    const struct tier_list *tiers = &filter->house->tiers;
    struct id_index all = {0};
    for (size_t i = 0; i < tiers->count; i++)
        id_index_add(filter->arena, &all, tiers->items[i].id.s);
    id_index_sort(&all);
    bool *seen = ARENA_ARRAY(filter->arena, bool, tiers->count + 1);
    size_t *waiting = ARENA_ARRAY(filter->arena, size_t, tiers->count + 1);
    size_t count = 0;
    size_t own = id_index_find(&all, filter->tier->id.s);
    if (own == SIZE_MAX)
        return;
    seen[own] = true;
    waiting[count++] = own;
    while (count) {
        const struct tier *tier = &tiers->items[waiting[--count]];
        id_index_add(filter->arena, &filter->readable, tier->id.s);
        for (size_t i = 0; i < tier->includes.count; i++) {
            size_t found = id_index_find(&all, tier->includes.items[i].s);
            if (found == SIZE_MAX || seen[found])
                continue;
            seen[found] = true;
            waiting[count++] = found;
        }
    }
    id_index_sort(&filter->readable);
}

void filter_init(struct filter *filter, struct arena *arena, const struct spec *spec, const struct house *house,
                 const struct tier *tier, bool internal)
{
    *filter = (struct filter){.arena = arena, .house = house, .tier = tier, .internal = internal};
    close_readable(filter);
    filter->reads_default = id_index_find(&filter->readable, house->default_tier.s) != SIZE_MAX;
    for (size_t i = 0; i < spec->sources.count; i++)
        if (filter_reads(filter, &spec->sources.items[i].audience))
            id_index_add(arena, &filter->sources, spec->sources.items[i].id.s);
    id_index_sort(&filter->sources);
    filter->withheld = ARENA_ARRAY(arena, struct withheld_claims, house->scale.bands.count + 1);
    for (size_t i = 0; i < house->scale.bands.count; i++)
        filter->withheld[i].band = &house->scale.bands.items[i];
}

bool filter_reads(const struct filter *filter, const struct audience *audience)
{
    if (audience->count == 0)
        return filter->reads_default;
    for (size_t i = 0; i < audience->count; i++)
        if (id_index_find(&filter->readable, audience->items[i].s) != SIZE_MAX)
            return true;
    return false;
}

static bool audience_allows(const struct filter *filter, const struct shape *shape, const unsigned char *item)
{
    if (shape->audience_rule == AUDIENCE_NONE)
        return true;
    struct audience audience;
    memcpy(&audience, item + shape->audience, sizeof audience);
    if (shape->audience_rule == AUDIENCE_OWNER && audience.count == 0)
        return true;
    return filter_reads(filter, &audience);
}

/* Asked only of what the audience allows, so that nothing else is counted. */
static bool gate_allows(struct filter *filter, const struct shape *shape, const unsigned char *item)
{
    if (shape->gate_rule == GATE_NONE || (shape->gate_rule == GATE_CLAIM && filter->internal))
        return true;
    struct score score;
    memcpy(&score, item + shape->gate, sizeof score);
    const struct band *band = score.hundredths < 0 ? NULL : house_band(filter->house, score.hundredths);
    if (!band || band->publish)
        return true;
    if (shape->gate_rule == GATE_CLAIM)
        filter->withheld[band - filter->house->scale.bands.items].count++;
    return false;
}

static void copy_refs(const struct filter *filter, unsigned char *to, const unsigned char *from)
{
    struct refs refs, kept = {0};
    memcpy(&refs, from, sizeof refs);
    for (size_t i = 0; i < refs.count; i++)
        if (id_index_find(&filter->sources, refs.items[i].s) != SIZE_MAX)
            *ARENA_PUSH(filter->arena, &kept) = refs.items[i];
    memcpy(to, &kept, sizeof kept);
}

static void copy_ref(const struct filter *filter, unsigned char *to, const unsigned char *from)
{
    struct text ref;
    memcpy(&ref, from, sizeof ref);
    if (ref.s.n && id_index_find(&filter->sources, ref.s) != SIZE_MAX)
        memcpy(to, &ref, sizeof ref);
}

static void copy_texts(const struct filter *filter, unsigned char *to, const unsigned char *from)
{
    struct text_list list, copy = {0};
    memcpy(&list, from, sizeof list);
    if (list.count) {
        copy.items = ARENA_ARRAY(filter->arena, struct text, list.count);
        memcpy(copy.items, list.items, list.count * sizeof *list.items);
        copy.count = copy.cap = list.count;
    }
    memcpy(to, &copy, sizeof copy);
}

static void copy_struct(struct filter *filter, const struct shape *shape, unsigned char *to, const unsigned char *from);

/* Readers that may read few of many things need no room for the rest, hence two passes. */
static void copy_list(struct filter *filter, const struct shape *shape, unsigned char *to, const unsigned char *from)
{
    struct any_list list, copy = {0};
    memcpy(&list, from, sizeof list);
    const unsigned char *items = list.items;
    bool *kept = ARENA_ARRAY(filter->arena, bool, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        const unsigned char *item = items + i * shape->size;
        kept[i] = audience_allows(filter, shape, item) && gate_allows(filter, shape, item);
        copy.count += kept[i];
    }
    if (copy.count) {
        unsigned char *next = arena_array(filter->arena, copy.count, shape->size);
        copy.items = next;
        copy.cap = copy.count;
        for (size_t i = 0; i < list.count; i++) {
            if (!kept[i])
                continue;
            copy_struct(filter, shape, next, items + i * shape->size);
            next += shape->size;
        }
    }
    memcpy(to, &copy, sizeof copy);
}

static void copy_one(struct filter *filter, const struct member *member, unsigned char *to, const unsigned char *from)
{
    const unsigned char *one = from + member->offset;
    if (member->flag != NO_OFFSET) {
        bool there;
        memcpy(&there, from + member->flag, sizeof there);
        if (!there)
            return;
    }
    if (!audience_allows(filter, member->shape, one) || !gate_allows(filter, member->shape, one))
        return;
    copy_struct(filter, member->shape, to + member->offset, one);
    if (member->flag != NO_OFFSET)
        memcpy(to + member->flag, &(bool){true}, sizeof(bool));
}

/* `to` is zeroed. The depth is that of the tables in shape.c, whatever the input. */
static void copy_struct(struct filter *filter, const struct shape *shape, unsigned char *to, const unsigned char *from)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct member *member = &shape->members[i];
        unsigned char *there = to + member->offset;
        const unsigned char *here = from + member->offset;
        switch (member->kind) {
        case MEMBER_TEXT:
        case MEMBER_PROSE:
        case MEMBER_SCORE:
        case MEMBER_DATE:
        case MEMBER_EDITION:
        case MEMBER_LIKELIHOOD:
        case MEMBER_ENUM:
        case MEMBER_CHAR:
        case MEMBER_PICTURE:
        case MEMBER_SPAN:
            memcpy(there, here, member->size);
            break;
        case MEMBER_TEXTS:
            copy_texts(filter, there, here);
            break;
        case MEMBER_REFS:
            copy_refs(filter, there, here);
            break;
        case MEMBER_REF:
            copy_ref(filter, there, here);
            break;
        case MEMBER_ONE:
            copy_one(filter, member, to, from);
            break;
        case MEMBER_LIST:
            copy_list(filter, member->shape, there, here);
            break;
        case MEMBER_OMITTED:
            break;
        }
    }
}

void filter_spec(struct filter *filter, struct spec *copy, const struct spec *spec)
{
    memset(copy, 0, sizeof *copy);
    copy_struct(filter, &shape_spec, (unsigned char *)copy, (const unsigned char *)spec);
}
