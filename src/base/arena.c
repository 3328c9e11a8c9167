/* Arena: a chain of blocks, the newest first; each new block doubles up to a limit. */
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct arena_block {
    struct arena_block *next;
    size_t size, used;
    _Alignas(max_align_t) unsigned char data[];
};

enum { ARENA_FIRST = 16 * 1024, ARENA_LARGEST = 1024 * 1024, ARENA_SMALL = 32 };

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

void arena_done(struct arena *arena)
{
    struct arena_block *block = arena->head;
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena_init(arena);
}

static struct arena_block *block_new(struct arena *arena, size_t least)
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

void *arena_alloc(struct arena *arena, size_t size)
{
    size = aligned(size);
    struct arena_block *block = arena->head;
    if (!block || block->size - block->used < size)
        block = block_new(arena, size);
    void *p = block->data + block->used;
    block->used += size;
    arena->used_bytes += size;
    return size ? memset(p, 0, size) : p;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        base_out_of_memory();
    return arena_alloc(arena, count * size);
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

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){arena->head, arena->head ? arena->head->used : 0, arena->used_bytes};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    while (arena->head != mark.head) {
        struct arena_block *next = arena->head->next;
        free(arena->head);
        arena->head = next;
    }
    if (arena->head)
        arena->head->used = mark.used;
    arena->used_bytes = mark.used_bytes;
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

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return items;
    size_t wanted = *cap ? *cap * 2 : size <= ARENA_SMALL ? 8 : 2;
    if (*cap && wanted <= ARENA_LARGEST / size && extend(arena, items, *cap * size, wanted * size)) {
        *cap = wanted;
        return items;
    }
    void *grown = arena_array(arena, wanted, size);
    if (count)
        memcpy(grown, items, count * size);
    *cap = wanted;
    return grown;
}
