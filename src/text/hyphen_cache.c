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
    struct known *words; /* PLACES, made by the thread that asks first; NULL: nobody did */
};

struct hyphen_cache *hyphen_cache_open(void)
{
    struct hyphen_cache *cache = base_malloc(sizeof *cache);
    *cache = (struct hyphen_cache){NULL};
    return cache;
}

void hyphen_cache_close(struct hyphen_cache *cache)
{
    if (!cache)
        return;
    free(cache->words);
    free(cache);
}

static struct known *make_words(void)
{
    struct known *words = calloc(PLACES, sizeof *words);
    if (!words)
        base_out_of_memory();
    return words;
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
    if (!cache->words)
        cache->words = make_words();
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
