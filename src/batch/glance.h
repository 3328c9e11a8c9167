/* A first look at a spec's text, for its name: much faster than reading it, and never the last word. */
#ifndef BRIEFING_BATCH_GLANCE_H
#define BRIEFING_BATCH_GLANCE_H

#include "base/date.h"
#include "diag/diag.h"

struct glance {
    struct str id;             /* a slug, in the arena; empty: none was found */
    struct edition_id edition; /* its own, else the quarter of as_of, else NONE */
};

/* Finds the keys id, edition and as_of at the margin; a file that writes them in another way is parsed. What
 * is wrong with the file is left to who reads it later. Nothing but the id goes into the arena. */
struct glance glance_at(struct arena *arena, struct str text);

#endif
