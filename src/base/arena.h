/* Arena: memory that is freed as a whole. One for each document, one scratch arena a phase. */
#ifndef BRIEFING_BASE_ARENA_H
#define BRIEFING_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t size, used;
    _Alignas(max_align_t) unsigned char data[];
};

struct arena {
    struct arena_block *head;
    struct arena_block *large; /* arrays that have grown large, each in a block of its own */
    size_t used_bytes; /* handed out so far, for tests and statistics */
};

void arena_init(struct arena *arena);
void arena_done(struct arena *arena);

/* Sees to it that so many bytes come from one block, without touching them. */
void arena_reserve(struct arena *arena, size_t size);

/* Ends the process with exit status 3 after one line on standard error. */
_Noreturn void base_out_of_memory(void);

/* A new block of at least so many bytes becomes the head. Private to what follows. */
struct arena_block *arena_block_new(struct arena *arena, size_t least);

/* As arena_array, without zeroes, for what is written at once. In line, as are the next two: they are called some thousand
 * times for a document. */
static inline void *arena_room(struct arena *arena, size_t count, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (size && count > (SIZE_MAX - align) / size)
        base_out_of_memory();
    size_t bytes = (count * size + align - 1) & ~(align - 1);
    struct arena_block *block = arena->head;
    if (!block || block->size - block->used < bytes)
        block = arena_block_new(arena, bytes);
    void *p = block->data + block->used;
    block->used += bytes;
    arena->used_bytes += bytes;
    return p;
}

/* Returns zeroed memory aligned for any type. Never NULL: out of memory ends the process. */
static inline void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(arena_room(arena, 1, size), 0, size);
}

/* As arena_alloc for count * size, with the product checked. */
static inline void *arena_array(struct arena *arena, size_t count, size_t size)
{
    return memset(arena_room(arena, count, size), 0, count * size);
}

/* Makes an array of *cap elements longer so that one more fits, or starts one, small where elements are large. It grows in
 * its place where it was what the arena handed out last. Else it moves: pointers into the old one must not be used. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *cap, size_t size);

/* Gives back the end of what was handed out last: of size bytes at p the first kept stay. Where something else was handed
 * out since, nothing happens. */
void arena_shrink(struct arena *arena, const void *p, size_t size, size_t kept);

/* A point to go back to: what was handed out since is given back, and must not be used again. */
struct arena_mark {
    struct arena_block *head;
    size_t large; /* their count */
    size_t used, used_bytes;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);
/* The other way round: gives back what was handed out before the mark, as far as it does not share memory with what came
 * after it. Marks from before it must not be used again. */
void arena_forget(struct arena *arena, struct arena_mark mark);

/* Hands over all that `from` has, which is empty then: it is freed with `arena`. Marks of `arena` from before it must not be
 * used again. */
void arena_join(struct arena *arena, struct arena *from);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))
#define ARENA_ROOM(arena, type, count) ((type *)arena_room((arena), (count), sizeof(type)))

/* For a struct with members items, count, cap: makes room for one more and returns a pointer to it (zeroed).
 */
#define ARENA_PUSH(arena, list)                                                                              \
    ((list)->count < (list)->cap ? (void)0                                                                   \
                                 : (void)((list)->items = arena_grow((arena), (list)->items, (list)->count,  \
                                                                     &(list)->cap, sizeof *(list)->items)),  \
     &(list)->items[(list)->count++])

/* malloc and realloc that never return NULL, for buffers that outlive or outgrow an arena. */
void *base_malloc(size_t size);
void *base_realloc(void *p, size_t size);

#endif
