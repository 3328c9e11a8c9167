/* Files that an output was made from besides its spec, house and the bundled fonts: pictures, and fonts of
 * the system. The ledger keeps them as lines "size mtime_ns path", in which a path beneath a spec's folder
 * begins with the spec's id and ':' (with ':' alone beneath the house's), so that what is moved is not made
 * again. */
#ifndef BRIEFING_BATCH_DEPENDS_H
#define BRIEFING_BATCH_DEPENDS_H

#include "batch/plan.h"

/* Appends the lines for the files of a group. A file that is gone has size -1. */
void depends_write(const struct plan *plan, const struct plan_group *group, const struct compile_facts *facts,
                   struct buf *out);

/* Remembers answers: the copies of an edition ask the same. */
struct depends_memory {
    struct arena arena;
    struct idmap answers;
    size_t count;
};
void depends_init(struct depends_memory *memory);
void depends_done(struct depends_memory *memory);

/* True when every file is as it was. */
bool depends_hold(const struct plan *plan, struct depends_memory *memory, struct str depends);

#endif
