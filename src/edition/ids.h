/* Ids looked up by name: sorted once, found by halves, so that no number of ids is slow. */
#ifndef BRIEFING_EDITION_IDS_H
#define BRIEFING_EDITION_IDS_H

#include "base/str.h"

struct id_entry {
    struct str id;
    size_t position; /* in the order of adding */
};

struct id_index {
    struct id_entry *items;
    size_t count, cap;
};

void id_index_add(struct arena *arena, struct id_index *index, struct str id);
/* After the last add, before the first find. */
void id_index_sort(struct id_index *index);
/* Position of the first of that id, or SIZE_MAX. */
size_t id_index_find(const struct id_index *index, struct str id);

#endif
