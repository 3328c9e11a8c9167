/* A ruler along a unit: how wide what stands before each of its bytes is. */
#ifndef BRIEFING_TEXT_RULER_H
#define BRIEFING_TEXT_RULER_H

#include "text/unit.h"

/* Running sums inside one unit, by byte. */
struct ruler {
    int64_t *advance; /* font units before the byte */
    uint32_t *clusters;
    uint8_t *start; /* 1: a cluster starts here; 2: but the line may not simply be broken before it */
    size_t cap;
};

/* Lays it along a unit; its arrays live in scratch. To be zeroed before the first one. */
void ruler_set(struct ruler *ruler, const struct unit *unit, struct arena *scratch);

/* What stands before a byte of the unit. */
static inline int64_t ruler_width(const struct ruler *ruler, const struct item *item, uint32_t offset)
{
    return scale_mpt(ruler->advance[offset], item->face, item->size_mpt) +
           (int64_t)item->tracking_mpt * ruler->clusters[offset];
}

#endif
