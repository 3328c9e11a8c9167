/* The cache of shaped words: an open table, emptied as a whole when full. */
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_FIRST = 1024, BYTES_MOST = 8 * 1024 * 1024 };

struct word {
    struct word_key key;
    uint64_t hash;
    size_t length;
    const char *text;
    struct shaped *shaped;
};

struct words {
    struct arena arena;
    struct word **table; /* size is a power of two, at most half full */
    size_t size, count;
};

struct words *words_open(void)
{
    struct words *words = base_malloc(sizeof *words);
    *words = (struct words){.size = TABLE_FIRST};
    arena_init(&words->arena);
    words->table = base_malloc(words->size * sizeof(struct word *));
    memset(words->table, 0, words->size * sizeof(struct word *));
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

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

uint64_t words_hash(const struct word_key *key, struct str text)
{
    uint64_t hash = mix(mix(text.n, (uintptr_t)key->face), (uintptr_t)key->language);
    hash = mix(hash, (uint64_t)key->script << 32 | key->features);
    size_t i = 0;
    for (; i + 8 <= text.n; i += 8) {
        uint64_t part;
        memcpy(&part, text.p + i, 8);
        hash = mix(hash, part);
    }
    uint64_t rest = 0;
    memcpy(&rest, text.p + i, text.n - i);
    return mix(hash, rest);
}

static bool is_key(const struct word *word, const struct word_key *key, struct str text, uint64_t hash)
{
    return word->hash == hash && word->key.face == key->face && word->key.language == key->language &&
           word->key.script == key->script && word->key.features == key->features && word->length == text.n &&
           memcmp(word->text, text.p, text.n) == 0;
}

const struct shaped *words_find(const struct words *words, const struct word_key *key, struct str text,
                                uint64_t hash)
{
    for (size_t i = hash & (words->size - 1); words->table[i]; i = (i + 1) & (words->size - 1))
        if (is_key(words->table[i], key, text, hash))
            return words->table[i]->shaped;
    return NULL;
}

static void insert(struct word **table, size_t size, struct word *word)
{
    size_t i = word->hash & (size - 1);
    while (table[i])
        i = (i + 1) & (size - 1);
    table[i] = word;
}

static void grow(struct words *words)
{
    size_t size = words->size * 2;
    struct word **table = base_malloc(size * sizeof(struct word *));
    memset(table, 0, size * sizeof(struct word *));
    for (size_t i = 0; i < words->size; i++)
        if (words->table[i])
            insert(table, size, words->table[i]);
    free(words->table);
    words->table = table;
    words->size = size;
}

struct shaped *words_add(struct words *words, const struct word_key *key, struct str text, uint64_t hash,
                         size_t count)
{
    if (words->arena.used_bytes > BYTES_MOST)
        return NULL;
    if (words->count * 2 >= words->size)
        grow(words);
    struct word *word = ARENA_NEW(&words->arena, struct word);
    *word = (struct word){*key, hash, text.n, str_dup(&words->arena, text).p, NULL};
    word->shaped = arena_alloc(&words->arena, sizeof *word->shaped + count * sizeof word->shaped->glyphs[0]);
    insert(words->table, words->size, word);
    words->count++;
    return word->shaped;
}

void words_trim(struct words *words)
{
    if (words->arena.used_bytes <= BYTES_MOST)
        return;
    arena_done(&words->arena);
    memset(words->table, 0, words->size * sizeof(struct word *));
    words->count = 0;
}
