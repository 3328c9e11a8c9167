/* A stretch of running text as one plain string that still knows where each byte was written. */
#ifndef BRIEFING_SPEC_PASSAGE_H
#define BRIEFING_SPEC_PASSAGE_H

#include "model/value.h"
#include "prose/prose.h"

struct passage {
    struct str text;
    const struct prose_span
        *spans; /* whose texts it is made of, one behind the other; NULL: it is one text */
    size_t count;
    struct span at;
};

struct passage passage_of_text(const struct text *text);

/* Calls visit for each paragraph of a prose, lists and block quotes from the inside; code blocks are left
 * out. */
typedef void passage_visit(void *context, const struct passage *passage);
void passage_each(struct arena *arena, const struct prose *prose, passage_visit *visit, void *context);

/* Where bytes [from, to) were written; as near as can be told where the source is escaped. */
struct span passage_span(const struct passage *passage, size_t from, size_t to);

#endif
