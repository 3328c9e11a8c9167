/* The cache of shaped words: an open table, emptied as a whole when full. */
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_FIRST = 1024 };

struct word {
    struct word_key key;
    size_t length;
    const char *text;
    struct shaped *shaped;
    struct word_hyphens hyphens;
};

/* The hash stands here too: most slots that are passed by are told by it, without a look at a word far away. */
struct slot {
    uint64_t hash;
    struct word *word; /* NULL: free */
};

struct words {
    struct arena arena;
    struct slot *table; /* size is a power of two, at most half full */
    size_t size, count;
    size_t bytes_most;
};

struct words *words_open(size_t bytes_most)
{
    struct words *words = base_malloc(sizeof *words);
    *words = (struct words){.size = TABLE_FIRST, .bytes_most = bytes_most};
    arena_init(&words->arena);
    words->table = base_malloc(words->size * sizeof(struct slot));
    memset(words->table, 0, words->size * sizeof(struct slot));
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

static uint64_t eight_bytes(const char *p)
{
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

static uint64_t four_bytes(const char *p)
{
    uint32_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

uint64_t words_seed(const struct word_key *key)
{
    uint64_t hash = mix(mix(0, (uintptr_t)key->face), (uintptr_t)key->language);
    return mix(hash, (uint64_t)key->script << 32 | key->features);
}

/* Bytes are read by eights and fours, which overlap at the end. */
static inline uint64_t hash_text(uint64_t hash, struct str text)
{
    const char *p = text.p;
    hash ^= text.n;
    if (text.n >= 8) {
        for (size_t i = 0; i + 8 < text.n; i += 8)
            hash = mix(hash, eight_bytes(p + i));
        return mix(hash, eight_bytes(p + text.n - 8));
    }
    if (text.n >= 4)
        return mix(hash, four_bytes(p) << 32 | four_bytes(p + text.n - 4));
    uint64_t rest = 0;
    for (size_t i = 0; i < text.n; i++)
        rest = rest << 8 | (unsigned char)p[i];
    return mix(hash, rest);
}

/* Likewise. */
static inline bool is_text(const char *p, const char *q, size_t n)
{
    if (n >= 8) {
        for (size_t i = 0; i + 8 < n; i += 8)
            if (eight_bytes(p + i) != eight_bytes(q + i))
                return false;
        return eight_bytes(p + n - 8) == eight_bytes(q + n - 8);
    }
    if (n >= 4)
        return four_bytes(p) == four_bytes(q) && four_bytes(p + n - 4) == four_bytes(q + n - 4);
    for (size_t i = 0; i < n; i++)
        if (p[i] != q[i])
            return false;
    return true;
}

static inline bool is_key(const struct word *word, const struct word_key *key, struct str text)
{
    return word->key.face == key->face && word->key.language == key->language &&
           word->key.script == key->script && word->key.features == key->features && word->length == text.n &&
           is_text(word->text, text.p, text.n);
}

const struct shaped *words_find(const struct words *words, const struct word_key *key, uint64_t seed,
                                struct str text, uint64_t *hash)
{
    const struct slot *table = words->table;
    const uint64_t wanted = *hash = hash_text(seed, text);
    for (size_t i = wanted & (words->size - 1); table[i].word; i = (i + 1) & (words->size - 1))
        if (table[i].hash == wanted && is_key(table[i].word, key, text))
            return table[i].word->shaped;
    return NULL;
}

static void insert(struct slot *table, size_t size, struct slot slot)
{
    size_t i = slot.hash & (size - 1);
    while (table[i].word)
        i = (i + 1) & (size - 1);
    table[i] = slot;
}

static void grow(struct words *words)
{
    size_t size = words->size * 2;
    struct slot *table = base_malloc(size * sizeof(struct slot));
    memset(table, 0, size * sizeof(struct slot));
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
    insert(words->table, words->size, (struct slot){hash, word});
    words->count++;
    return word->shaped;
}

void words_trim(struct words *words)
{
    if (words->arena.used_bytes <= words->bytes_most)
        return;
    arena_done(&words->arena);
    memset(words->table, 0, words->size * sizeof(struct slot));
    words->count = 0;
}
