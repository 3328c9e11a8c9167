/* Arena: a chain of blocks, the newest first; each new block doubles up to a limit. Arrays that have grown
 * large have blocks of their own, which are given back as they move on: no halves of them stay behind. */
#include "base/arena.h"

#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

enum { ARENA_FIRST = 16 * 1024, ARENA_LARGEST = 1024 * 1024, ARENA_SMALL = 32, ARENA_OWN = 64 * 1024 };

_Noreturn void base_out_of_memory(void)
{
    static const char text[] = "briefing: out of memory\n";
    ssize_t ignored = write(2, text, sizeof text - 1);
    (void)ignored;
    _exit(3);
}

void *base_malloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p)
        base_out_of_memory();
    return p;
}

void *base_realloc(void *p, size_t size)
{
    p = realloc(p, size ? size : 1);
    if (!p)
        base_out_of_memory();
    return p;
}

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

/* Frees a chain up to a block of it. */
static struct arena_block *free_until(struct arena_block *block, const struct arena_block *end)
{
    while (block != end) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    return block;
}

void arena_done(struct arena *arena)
{
    free_until(arena->head, NULL);
    free_until(arena->large, NULL);
    arena_init(arena);
}

struct arena_block *arena_block_new(struct arena *arena, size_t least)
{
    size_t size = arena->head ? arena->head->size * 2 : ARENA_FIRST;
    if (size > ARENA_LARGEST)
        size = ARENA_LARGEST;
    if (size < least)
        size = least;
    if (size > SIZE_MAX - sizeof(struct arena_block))
        base_out_of_memory();
    struct arena_block *block = base_malloc(sizeof *block + size);
    block->size = size;
    block->used = 0;
    block->next = arena->head;
    arena->head = block;
    return block;
}

static size_t aligned(size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (size > SIZE_MAX - align)
        base_out_of_memory();
    return (size + align - 1) & ~(align - 1);
}

void arena_reserve(struct arena *arena, size_t size)
{
    if (!arena->head || arena->head->size - arena->head->used < size)
        arena_block_new(arena, size);
}

void arena_shrink(struct arena *arena, const void *p, size_t size, size_t kept)
{
    struct arena_block *block = arena->head;
    size = aligned(size);
    kept = aligned(kept);
    if (!block || size > block->used || kept > size ||
        (const unsigned char *)p != block->data + block->used - size)
        return;
    block->used -= size - kept;
    arena->used_bytes -= size - kept;
}

static size_t large_count(const struct arena *arena)
{
    size_t count = 0;
    for (const struct arena_block *block = arena->large; block; block = block->next)
        count++;
    return count;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){arena->head, large_count(arena), arena->head ? arena->head->used : 0,
                               arena->used_bytes};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    arena->head = free_until(arena->head, mark.head);
    struct arena_block *kept = arena->large;
    for (size_t count = large_count(arena); count > mark.large; count--)
        kept = kept->next;
    arena->large = free_until(arena->large, kept);
    if (arena->head)
        arena->head->used = mark.used;
    arena->used_bytes = mark.used_bytes;
}

void arena_forget(struct arena *arena, struct arena_mark mark)
{
    if (!mark.head)
        return;
    (void)arena;
    free_until(mark.head->next, NULL);
    mark.head->next = NULL;
}

static void append(struct arena_block **chain, struct arena_block *blocks)
{
    while (*chain)
        chain = &(*chain)->next;
    *chain = blocks;
}

void arena_join(struct arena *arena, struct arena *from)
{
    append(&arena->head, from->head);
    append(&arena->large, from->large);
    arena->used_bytes += from->used_bytes;
    arena_init(from);
}

/* Room for more right behind items, which are what was handed out last. */
static bool extend(struct arena *arena, const void *items, size_t bytes, size_t wanted)
{
    struct arena_block *block = arena->head;
    bytes = aligned(bytes);
    wanted = aligned(wanted);
    if (!block || bytes > block->used || (const unsigned char *)items != block->data + block->used - bytes ||
        block->size - block->used < wanted - bytes)
        return false;
    memset(block->data + block->used, 0, wanted - bytes);
    block->used += wanted - bytes;
    arena->used_bytes += wanted - bytes;
    return true;
}

/* By a quarter; the block keeps its place among the others. */
static void *grow_large(struct arena *arena, const void *items, size_t count, size_t *cap, size_t size)
{
    size_t wanted = *cap + *cap / 4 + 1;
    if (wanted > (SIZE_MAX / 2) / size)
        base_out_of_memory();
    struct arena_block **link = &arena->large;
    while (*link && (const void *)(*link)->data != items)
        link = &(*link)->next;
    struct arena_block *block = *link;
    if (block) {
        block = *link = base_realloc(block, sizeof *block + wanted * size);
    } else {
        block = base_malloc(sizeof *block + wanted * size);
        memcpy(block->data, items, count * size);
        block->next = arena->large;
        arena->large = block;
    }
    memset(block->data + count * size, 0, (wanted - count) * size);
    block->size = block->used = wanted * size;
    arena->used_bytes += (wanted - *cap) * size;
    *cap = wanted;
    return block->data;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return items;
    if (*cap && *cap >= ARENA_OWN / size)
        return grow_large(arena, items, count, cap, size);
    size_t wanted = *cap ? *cap * 2 : size <= ARENA_SMALL ? 8 : 2;
    if (*cap && wanted <= ARENA_LARGEST / size && extend(arena, items, *cap * size, wanted * size)) {
        *cap = wanted;
        return items;
    }
    unsigned char *grown = arena_room(arena, wanted, size);
    if (count)
        memcpy(grown, items, count * size);
    memset(grown + count * size, 0, (wanted - count) * size);
    *cap = wanted;
    return grown;
}
