/* The cache of shaped words: an open table, emptied as a whole when full. */
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_FIRST = 1024 };

struct words *words_open(size_t bytes_most)
{
    struct words *words = base_malloc(sizeof *words);
    *words = (struct words){.size = TABLE_FIRST, .bytes_most = bytes_most};
    arena_init(&words->arena);
    words->table = base_malloc(words->size * sizeof(struct word_slot));
    memset(words->table, 0, words->size * sizeof(struct word_slot));
    return words;
}

void words_close(struct words *words)
{
    if (!words)
        return;
    arena_done(&words->arena);
    free(words->table);
    free(words);
}

uint64_t words_seed(const struct word_key *key)
{
    uint64_t hash = words_mix(words_mix(0, (uintptr_t)key->face), (uintptr_t)key->language);
    return words_mix(hash, (uint64_t)key->script << 32 | key->features);
}

static void insert(struct word_slot *table, size_t size, struct word_slot slot)
{
    size_t i = slot.hash & (size - 1);
    while (table[i].word)
        i = (i + 1) & (size - 1);
    table[i] = slot;
}

static void grow(struct words *words)
{
    size_t size = words->size * 2;
    struct word_slot *table = base_malloc(size * sizeof(struct word_slot));
    memset(table, 0, size * sizeof(struct word_slot));
    for (size_t i = 0; i < words->size; i++)
        if (words->table[i].word)
            insert(table, size, words->table[i]);
    free(words->table);
    words->table = table;
    words->size = size;
}

struct shaped *words_add(struct words *words, const struct word_key *key, struct str text, uint64_t hash,
                         size_t count)
{
    if (words->arena.used_bytes > words->bytes_most)
        return NULL;
    if (words->count * 2 >= words->size)
        grow(words);
    struct word *word = ARENA_NEW(&words->arena, struct word);
    *word = (struct word){.key = *key, .length = text.n, .text = str_dup(&words->arena, text).p};
    word->shaped = arena_alloc(&words->arena, sizeof *word->shaped + count * sizeof word->shaped->glyphs[0]);
    word->shaped->hyphens = &word->hyphens;
    insert(words->table, words->size, (struct word_slot){hash, word});
    words->count++;
    return word->shaped;
}

void words_trim(struct words *words)
{
    if (words->arena.used_bytes <= words->bytes_most)
        return;
    arena_done(&words->arena);
    memset(words->table, 0, words->size * sizeof(struct word_slot));
    words->count = 0;
}
