/* The map of relationships: the strongest ones around the entity, and the same in words. */
#include "block/inline.h"
#include "block/sections.h"
#include "block/wording.h"

#include <stdlib.h>

enum { MOST_NODES = 60 }; /* more would not be legible on one page */

struct ranked { int strength; size_t position; };

static int by_strength(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->strength != b->strength)
        return b->strength - a->strength;
    return (a->position > b->position) - (a->position < b->position);
}

static int by_position(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    return (a->position > b->position) - (a->position < b->position);
}

/* Positions of the strongest, in the spec's order. */
static struct ranked *choose(struct builder *b, const struct relationship_list *all, size_t *count)
{
    struct ranked *ranked = ARENA_ARRAY(b->arena, struct ranked, all->count);
    for (size_t i = 0; i < all->count; i++)
        ranked[i] = (struct ranked){all->items[i].strength.hundredths, i};
    qsort(ranked, all->count, sizeof *ranked, by_strength);
    *count = all->count < MOST_NODES ? all->count : MOST_NODES;
    qsort(ranked, *count, sizeof *ranked, by_position);
    return ranked;
}

/* What the line to a node shows, in words: "landlord, inward, 0.80". */
static struct str line_words(struct builder *b, const struct relationship *relationship)
{
    struct str parts[] = {relationship->relation.s, wording_direction(b, relationship->direction),
                          relationship->strength.hundredths < 0
                              ? (struct str){0}
                              : wording_score(b, relationship->strength.hundredths)};
    return wording_join(b, parts, 3, ", ");
}

static struct str map_alt(struct builder *b, const struct block *map, const struct ranked *chosen)
{
    struct str parts[MOST_NODES];
    size_t count = 0;
    for (; count < map->u.map.count; count++) {
        const struct relationship *relationship = &b->spec->relationships.items[chosen[count].position];
        struct str line = line_words(b, relationship);
        parts[count] = line.n ? FILL(b, WORD_map_alt_node, {"name", relationship->name.s}, {"relation", line})
                              : relationship->name.s;
    }
    return FILL(b, WORD_map_alt, {"name", map->u.map.centre}, {"nodes", wording_join(b, parts, count, "; ")});
}

void relationship_map_add(struct builder *b, struct block_list *page)
{
    const struct relationship_list *all = &b->spec->relationships;
    size_t count;
    struct ranked *chosen = choose(b, all, &count);
    struct block *map = block_add(b, page, BLOCK_MAP, STYLE_DRAWING);
    map->keep_together = true;
    map->at = all->items[0].span;
    map->u.map.centre = b->spec->entity.name.s;
    map->u.map.nodes = ARENA_ARRAY(b->arena, struct map_node, count);
    map->u.map.count = count;
    for (size_t i = 0; i < count; i++) {
        const struct relationship *relationship = &all->items[chosen[i].position];
        enum direction direction = relationship->direction;
        map->u.map.nodes[i] = (struct map_node){
            .name = relationship->name.s,
            .relation = relationship->relation.s,
            .strength = relationship->strength.hundredths,
            .to = direction == DIRECTION_TO || direction == DIRECTION_BOTH,
            .from = direction == DIRECTION_FROM || direction == DIRECTION_BOTH,
            .at = relationship->span,
        };
    }
    if (count < all->count)
        inline_add(b, &map->inlines, FILL(b, WORD_map_caption_some, {"count", wording_number(b, count)},
                                          {"total", wording_number(b, all->count)}, {"name", map->u.map.centre}), 0);
    map->u.map.alt = map_alt(b, map, chosen);
}
