/* A list of programs, the one used last in front. A worker makes briefings of a few faces: the list stays
 * short. */
#include "pdf/program.h"

#include <stdlib.h>
#include <string.h>

enum { CACHE_BYTES = 512 * 1024 };

struct program_kept {
    struct program program; /* first: a program that was given out is a program_kept */
    struct program_kept *next;
    uint64_t hash;
    bool counted; /* with what was deflated */
};

static uint64_t hash_of(const struct text_face *face, const uint32_t *ids, size_t count)
{
    uint64_t hash = (uintptr_t)face;
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ ids[i]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return hash;
}

static size_t bytes_of(const struct program *program)
{
    return sizeof(struct program_kept) + program->count * (sizeof *program->ids + sizeof *program->cids) +
           program->deflated.n + program->map.n + program->map_deflated.n;
}

static void *copy(const void *data, size_t n)
{
    void *to = base_malloc(n);
    if (n)
        memcpy(to, data, n);
    return to;
}

static struct str copy_str(struct str s)
{
    return (struct str){copy(s.p, s.n), s.n};
}

static void free_str(struct str s)
{
    free((void *)s.p);
}

struct program *program_find(struct program_cache *cache, const struct text_face *face, const uint32_t *ids,
                             size_t count)
{
    uint64_t hash = hash_of(face, ids, count);
    for (struct program_kept **link = &cache->first; *link; link = &(*link)->next) {
        struct program_kept *kept = *link;
        if (kept->hash != hash || kept->program.face != face || kept->program.count != count ||
            memcmp(kept->program.ids, ids, count * sizeof *ids) != 0)
            continue;
        *link = kept->next;
        kept->next = cache->first;
        cache->first = kept;
        return &kept->program;
    }
    return NULL;
}

struct program *program_keep(struct program_cache *cache, const struct program *program)
{
    struct program_kept *kept = base_malloc(sizeof *kept);
    *kept = (struct program_kept){*program, cache->first,
                                  hash_of(program->face, program->ids, program->count), false};
    kept->program.ids = copy(program->ids, program->count * sizeof *program->ids);
    kept->program.cids = copy(program->cids, program->count * sizeof *program->cids);
    kept->program.deflated = kept->program.map = kept->program.map_deflated = (struct str){0};
    cache->first = kept;
    cache->bytes += bytes_of(&kept->program);
    cache->uncounted++;
    return &kept->program;
}

void program_keep_map(struct program_cache *cache, struct program *program, struct str plain,
                      struct str deflated)
{
    cache->bytes -= bytes_of(program);
    free_str(program->map);
    free_str(program->map_deflated);
    program->map = copy_str(plain);
    program->map_deflated = copy_str(deflated);
    cache->bytes += bytes_of(program);
}

/* Frees all from a link on. */
static void cut(struct program_cache *cache, struct program_kept **link)
{
    struct program_kept *kept = *link;
    *link = NULL;
    while (kept) {
        struct program_kept *next = kept->next;
        cache->bytes -= bytes_of(&kept->program);
        free(kept->program.ids);
        free(kept->program.cids);
        free_str(kept->program.deflated);
        free_str(kept->program.map);
        free_str(kept->program.map_deflated);
        free(kept);
        kept = next;
    }
}

/* What the last document has made stands in front. */
static void count_made(struct program_cache *cache)
{
    for (struct program_kept *kept = cache->first; kept && cache->uncounted; kept = kept->next) {
        if (kept->counted)
            continue;
        kept->counted = true;
        cache->bytes += kept->program.deflated.n;
        cache->uncounted--;
    }
}

void program_cache_trim(struct program_cache *cache)
{
    count_made(cache);
    if (cache->bytes <= CACHE_BYTES)
        return;
    size_t bytes = 0;
    struct program_kept **link = &cache->first;
    while (*link && (bytes += bytes_of(&(*link)->program)) <= CACHE_BYTES)
        link = &(*link)->next;
    cut(cache, link);
}

void program_cache_done(struct program_cache *cache)
{
    count_made(cache);
    cut(cache, &cache->first);
}
