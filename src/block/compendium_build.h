/* What the files of a compendium's front matter share. Private to block/. */
#ifndef BRIEFING_BLOCK_COMPENDIUM_BUILD_H
#define BRIEFING_BLOCK_COMPENDIUM_BUILD_H

#include "block/build.h"
#include "block/compendium.h"

/* Front matter in the making. Its builder speaks for no single edition: its spec holds the language and
 * nothing else. */
struct front {
    struct builder *b;
    struct block_document *document; /* with running heads, language and accent */
    const struct edition *const *editions;
    size_t count;
};

void front_init(struct front *front, struct arena *arena, const struct edition *const *editions,
                size_t count);

#endif
