/* A hash table with open addressing. */
#include "spec/idmap.h"

#include "base/hash.h"

void idmap_init(struct idmap *map, struct arena *arena, size_t count)
{
    map->size = 8;
    while (map->size / 2 <= count)
        map->size *= 2;
    map->slots = ARENA_ARRAY(arena, struct idmap_slot, map->size);
}

/* The key's slot, or the free one where it belongs. */
static struct idmap_slot *slot_of(const struct idmap *map, struct str key, uint64_t hash)
{
    size_t i = (size_t)hash & (map->size - 1);
    while (map->slots[i].key.p && (map->slots[i].hash != hash || !str_eq(map->slots[i].key, key)))
        i = (i + 1) & (map->size - 1);
    return &map->slots[i];
}

size_t idmap_add(struct idmap *map, struct str key, size_t value)
{
    uint64_t hash = hash_quick(key.p, key.n);
    struct idmap_slot *slot = slot_of(map, key, hash);
    if (!slot->key.p)
        *slot = (struct idmap_slot){{key.p ? key.p : "", key.n}, hash, value};
    return slot->value;
}

size_t idmap_find(const struct idmap *map, struct str key)
{
    const struct idmap_slot *slot = slot_of(map, key, hash_quick(key.p, key.n));
    return slot->key.p ? slot->value : SIZE_MAX;
}
