/* Decoded pictures, kept by what their files hold. They go, the one used longest ago first, when no set is
 * open that may show them. */
#include "image/cache.h"

#include <stdlib.h>
#include <string.h>

enum { KEPT_MOST = 4 * 1024 * 1024 };

struct kept {
    struct kept *next;
    struct arena arena;
    struct image image;
};

struct image_cache {
    struct kept *first; /* the one used last */
    size_t sets;        /* that are open */
};

struct image_cache *image_cache_open(void)
{
    struct image_cache *cache = base_malloc(sizeof *cache);
    *cache = (struct image_cache){0};
    return cache;
}

static size_t bytes_of(const struct kept *kept)
{
    return sizeof *kept + kept->image.data.n + kept->image.alpha.n;
}

static void drop(struct kept **link)
{
    struct kept *kept = *link;
    *link = kept->next;
    arena_done(&kept->arena);
    free(kept);
}

void image_cache_close(struct image_cache *cache)
{
    if (!cache)
        return;
    while (cache->first)
        drop(&cache->first);
    free(cache);
}

static void trim(struct image_cache *cache)
{
    size_t bytes = 0;
    for (struct kept **link = &cache->first; *link;) {
        size_t more = bytes_of(*link);
        if (more > KEPT_MOST - bytes) {
            drop(link);
            continue;
        }
        bytes += more;
        link = &(*link)->next;
    }
}

void image_set_init(struct image_set *set, struct image_cache *cache)
{
    *set = (struct image_set){.cache = cache};
    if (cache)
        cache->sets++;
}

void image_set_done(struct image_set *set)
{
    if (set->cache && --set->cache->sets == 0)
        trim(set->cache);
    *set = (struct image_set){0};
}

const struct image *image_cache_find(struct image_cache *cache, const unsigned char digest[32])
{
    struct kept **link = &cache->first;
    while (*link && memcmp((*link)->image.digest, digest, sizeof(*link)->image.digest) != 0)
        link = &(*link)->next;
    struct kept *kept = *link;
    if (!kept)
        return NULL;
    *link = kept->next;
    kept->next = cache->first;
    cache->first = kept;
    return &kept->image;
}

const struct image *image_cache_add(struct image_cache *cache, struct str file,
                                    const unsigned char digest[32], struct image_fault *fault)
{
    struct kept *kept = base_malloc(sizeof *kept);
    *kept = (struct kept){.next = cache->first};
    arena_init(&kept->arena);
    memcpy(kept->image.digest, digest, sizeof kept->image.digest);
    if (!image_decode(&kept->arena, file, &kept->image, fault)) {
        arena_done(&kept->arena);
        free(kept);
        return NULL;
    }
    cache->first = kept;
    return &kept->image;
}
