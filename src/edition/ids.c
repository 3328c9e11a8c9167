/* A sorted array of ids. */
#include "edition/ids.h"

#include <stdint.h>
#include <stdlib.h>

void id_index_add(struct arena *arena, struct id_index *index, struct str id)
{
    size_t position = index->count;
    *ARENA_PUSH(arena, index) = (struct id_entry){id, position};
}

static int compare(const void *left, const void *right)
{
    const struct id_entry *a = left, *b = right;
    int order = str_cmp(a->id, b->id);
    return order ? order : (a->position > b->position) - (a->position < b->position);
}

void id_index_sort(struct id_index *index)
{
    if (index->count > 1)
        qsort(index->items, index->count, sizeof *index->items, compare);
}

size_t id_index_find(const struct id_index *index, struct str id)
{
    size_t low = 0, high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(index->items[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < index->count && str_eq(index->items[low].id, id) ? index->items[low].position : SIZE_MAX;
}
