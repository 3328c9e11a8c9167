/* Ids → where they first stand, in constant time however many there are. */
#ifndef BRIEFING_SPEC_IDMAP_H
#define BRIEFING_SPEC_IDMAP_H

#include <stdint.h>

#include "base/str.h"

struct idmap {
    struct idmap_slot {
        struct str key;
        uint64_t hash;
        size_t value;
    } * slots;
    size_t size; /* a power of two, above twice the number of keys */
};

/* Makes room for at most count keys. */
void idmap_init(struct idmap *map, struct arena *arena, size_t count);

/* Adds key with its value, unless it is there; returns the value that the key has now. Keys are borrowed. */
size_t idmap_add(struct idmap *map, struct str key, size_t value);

/* The key's value, or SIZE_MAX. */
size_t idmap_find(const struct idmap *map, struct str key);

#endif
