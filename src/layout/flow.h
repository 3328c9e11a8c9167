/* How a stack of boxes is dealt out to pages: where a page may end (flow_page.c), what the pages cost
 * (flow_cost.h), which of them are taken (flow_search.c), how far down they reach (flow_measure.c), and the
 * drawing (flow.c, flow_draw.c). Private to these files. Lengths are millipoints from the paper's top. */
#ifndef BRIEFING_LAYOUT_FLOW_H
#define BRIEFING_LAYOUT_FLOW_H

#include "layout/layout.h"
#include "layout/pace.h"

/* A place in a stack where a page ends and the next begins; within a box of two columns also a place in each.
 * held: a floating part that the next page begins with, as index + 1; 0: none. */
struct place {
    uint32_t box, left, right, held;
};

/* An end that a page may have. */
struct ending {
    struct place at;
    int32_t natural, close; /* the bottom with spaces as they are, and with the closest */
    int32_t grow;           /* see struct track */
    enum break_cost cost;
    bool whole;   /* nothing is left */
    int64_t more; /* what it costs beyond that */
};

struct endings {
    struct ending *items;
    size_t count, cap;
};

/* The boxes of a page in the order in which they are set: up to four stretches of the stack. */
struct stretch {
    size_t from, to;
};
enum { FLOW_STRETCHES = 4 };

size_t flow_stretches(const struct stack *stack, struct place from, struct place to,
                      struct stretch stretches[FLOW_STRETCHES]);

/* A stack with the paces between its boxes. */
struct flow_stack {
    const struct stack *stack;
    const struct pace *paces; /* to each box from the one before it */
    const struct pace_run *runs; /* NULL: none are known, as of a column */
};

/* What flow_endings finds, and room to find it in, for one page after the other. */
struct flow_scan {
    struct arena *arena;
    struct flow_stack on;
    struct endings endings;
    struct endings left, right; /* of a page's columns */
};

/* A page: where it begins, its top, and how far down it may reach. An end above least need not be told of, if the
 * widest spaces do not bring it there. */
struct flow_room {
    struct place from;
    int32_t top, limit, least;
};

/* All ends of a page that are to be told of. Where no box fits, the only end is after the first; where a
 * floating part stands at the top, there may be none. */
void flow_endings(struct flow_scan *found, const struct flow_room *room);

/* Badness of so much empty paper at a page's foot. */
int64_t flow_hole_cost(int32_t hole);

/* By how much an end comes lower with the widest spaces. */
int32_t flow_wider(const struct ending *ending);

/* What a page costs (flow_cost.h); the cheaper of the limits that it may have. */
int64_t flow_page_cost(const struct geometry *geometry, struct place begin, const struct ending *ending,
                       int32_t *limit);

/* The pages that cost least together, in order, in the arena. Returns how many: none for an empty stack. */
struct sheet {
    struct place begin, end;
    int32_t limit; /* how far down it may reach */
    int spaces;    /* permille of the spaces between boxes: 1000, until they are chosen */
};
size_t flow_search(const struct geometry *geometry, const struct flow_stack *on, struct arena *arena,
                   struct sheet **sheets);
int32_t flow_top(const struct geometry *geometry, struct place begin);
/* Whether that page is page 1 under a masthead. */
bool flow_is_front(const struct geometry *geometry, struct place begin);

/* Draws the boxes between two places on a page, from y down. spaces: permille of those between boxes. */
void flow_draw(struct layout *lay, uint32_t page, const struct stack *stack, struct place from,
               struct place to, int32_t y, int spaces);

/* Where the same boxes end. */
int32_t flow_bottom(const struct flow_stack *on, struct place from, struct place to, int32_t y, int spaces);

#endif
