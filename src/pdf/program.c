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

static uint64_t hash_of(const struct program_key *key)
{
    uint64_t hash = (uintptr_t)key->face ^ key->glyph_count;
    for (size_t i = 0; i < key->word_count; i++) {
        hash = (hash ^ key->words[i]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return hash;
}

static bool same_key(const struct program_key *a, const struct program_key *b)
{
    return a->face == b->face && a->glyph_count == b->glyph_count && a->word_count == b->word_count &&
           memcmp(a->words, b->words, a->word_count * sizeof *a->words) == 0;
}

static size_t bytes_of(const struct program *program)
{
    return sizeof(struct program_kept) + program->key.word_count * sizeof *program->key.words +
           program->key.glyph_count * (sizeof *program->gids + sizeof *program->widths_uem) +
           program->deflated.n + program->name.n + program->widths.n + program->descriptor.n +
           program->map.n + program->map_deflated.n;
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

size_t program_glyph(const struct program_key *key, uint32_t id)
{
    size_t i = 0;
    while (i + 1 < key->glyph_count && key->words[i] != id)
        i++;
    return i;
}

struct program *program_find(struct program_cache *cache, const struct program_key *key)
{
    uint64_t hash = hash_of(key);
    for (struct program_kept **link = &cache->first; *link; link = &(*link)->next) {
        struct program_kept *kept = *link;
        if (kept->hash != hash || !same_key(&kept->program.key, key))
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
    const struct program_key *key = &program->key;
    *kept = (struct program_kept){*program, cache->first, hash_of(key), false};
    kept->program.key.words = copy(key->words, key->word_count * sizeof *key->words);
    kept->program.gids = copy(program->gids, key->glyph_count * sizeof *program->gids);
    kept->program.widths_uem = copy(program->widths_uem, key->glyph_count * sizeof *program->widths_uem);
    kept->program.name = copy_str(program->name);
    kept->program.widths = copy_str(program->widths);
    kept->program.descriptor = copy_str(program->descriptor);
    kept->program.deflated = kept->program.map = kept->program.map_deflated = (struct str){0};
    cache->first = kept;
    cache->bytes += bytes_of(&kept->program);
    cache->uncounted++;
    return &kept->program;
}

void program_keep_map(struct program_cache *cache, struct program *program, struct str plain,
                      struct str deflated)
{
    cache->bytes -= program->map.n + program->map_deflated.n;
    free_str(program->map);
    free_str(program->map_deflated);
    program->map = copy_str(plain);
    program->map_deflated = copy_str(deflated);
    cache->bytes += program->map.n + program->map_deflated.n;
}

/* Frees all from a link on. */
static void cut(struct program_cache *cache, struct program_kept **link)
{
    struct program_kept *kept = *link;
    *link = NULL;
    while (kept) {
        struct program_kept *next = kept->next;
        cache->bytes -= bytes_of(&kept->program);
        free((void *)kept->program.key.words);
        free(kept->program.gids);
        free(kept->program.widths_uem);
        free_str(kept->program.deflated);
        free_str(kept->program.name);
        free_str(kept->program.widths);
        free_str(kept->program.descriptor);
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
