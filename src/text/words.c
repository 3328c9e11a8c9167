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

static bool is_same_key(const struct word_key *a, const struct word_key *b)
{
    return a->face == b->face && a->language == b->language && a->script == b->script &&
           a->features == b->features;
}

uint64_t words_seed(struct words *words, struct word_key **key)
{
    const struct word_key *wanted = *key;
    uint64_t hash = words_mix(words_mix(0, (uintptr_t)wanted->face), (uintptr_t)wanted->language);
    hash = words_mix(hash, (uint64_t)wanted->script << 32 | wanted->features);
    struct word_key_known **first = &words->keys[hash % KEY_PLACES], *known = *first;
    while (known && !is_same_key(&known->key, wanted))
        known = known->next;
    if (!known) {
        struct word_key_known *added = ARENA_ROOM(&words->arena, struct word_key_known, 1);
        *added = (struct word_key_known){*wanted, *first};
        *first = known = added;
    }
    *key = &known->key;
    return hash;
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
                         size_t size)
{
    if (words->arena.used_bytes > words->bytes_most)
        return NULL;
    if (words->count * 2 >= words->size)
        grow(words);
    const size_t letters = words_letters(text.n);
    char *room = arena_room(&words->arena, 1, letters + sizeof(struct word) + size);
    struct word *word = (struct word *)(void *)(room + letters);
    struct shaped *shaped = (struct shaped *)(void *)(word + 1);
    if (letters)
        memcpy(room, text.p, text.n);
    *word = (struct word){.key = key, .begin = words_begin(text.p, text.n), .length = (uint32_t)text.n};
    shaped->kept = true;
    insert(words->table, words->size, (struct word_slot){hash, word});
    words->count++;
    return shaped;
}

void words_trim(struct words *words)
{
    if (words->arena.used_bytes <= words->bytes_most)
        return;
    arena_done(&words->arena);
    memset(words->table, 0, words->size * sizeof(struct word_slot));
    memset(words->keys, 0, sizeof words->keys);
    words->count = 0;
}
