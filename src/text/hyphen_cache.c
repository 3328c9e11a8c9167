/* The cache of hyphenated words: a table without chains, each word in the one place that its letters tell. */
#include "text/hyphen_cache.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { PLACES = 1024, LETTERS_MOST = 20 /* of a word that is kept */ };

struct known {
    const struct hyphen_table *table; /* NULL: nothing is kept here */
    uint32_t count;
    uint32_t points; /* a bit for each letter */
    uint16_t letters[LETTERS_MOST];
};

struct hyphen_cache {
    struct known words[PLACES];
};

struct hyphen_cache *hyphen_cache_open(void)
{
    struct hyphen_cache *cache = calloc(1, sizeof *cache);
    if (!cache)
        base_out_of_memory();
    return cache;
}

void hyphen_cache_close(struct hyphen_cache *cache)
{
    free(cache);
}

static bool is_word(const struct known *known, const struct hyphen_table *table, const uint32_t *letters,
                    size_t count)
{
    if (known->table != table || known->count != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (known->letters[i] != letters[i])
            return false;
    return true;
}

void hyphen_cache_word(struct hyphen_cache *cache, const struct hyphen_table *table, const uint32_t *letters,
                       size_t count, bool *points)
{
    uint32_t hash = 2166136261u, beyond = 0;
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ letters[i]) * 16777619u;
        beyond |= letters[i] >> 16;
    }
    if (count > LETTERS_MOST || beyond) {
        hyphen_word(table, letters, count, points);
        return;
    }
    struct known *known = &cache->words[(hash ^ hash >> 16) % PLACES];
    if (is_word(known, table, letters, count)) {
        for (size_t i = 0; i < count; i++)
            points[i] = known->points >> i & 1;
        return;
    }
    hyphen_word(table, letters, count, points);
    *known = (struct known){.table = table, .count = (uint32_t)count};
    for (size_t i = 0; i < count; i++) {
        known->letters[i] = (uint16_t)letters[i];
        known->points |= (uint32_t)points[i] << i;
    }
}
