/* How a stack of boxes is dealt out to pages: where a page may end (flow_page.c), what the pages cost
 * (flow_cost.h), which of them are taken (flow.c), and the drawing (flow_draw.c). Private to these files.
 * Lengths are millipoints from the paper's top. */
#ifndef BRIEFING_LAYOUT_FLOW_H
#define BRIEFING_LAYOUT_FLOW_H

#include "layout/layout.h"

/* A place in a stack where a page ends and the next begins; within a box of two columns also a place in each.
 * held: a floating part that the next page begins with, as index + 1; 0: none. */
struct place {
    size_t box, left, right, held;
};

/* An end that a page may have. */
struct ending {
    struct place at;
    int32_t natural, close; /* the bottom with spaces as they are, and with the closest */
    int32_t grow;           /* see struct step */
    enum break_cost cost;
    int64_t more; /* what it costs beyond that */
    bool whole;   /* nothing is left */
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

/* What flow_endings finds, and room to find it in, for one page after the other. */
struct flow_scan {
    struct arena *arena;
    struct endings endings;
    struct endings left, right; /* of a page's columns */
};

/* All ends of a page that begins with from at top and may reach down to limit. Where no box fits, the only
 * end is after the first; where a floating part stands at the top, there may be none. */
void flow_endings(struct flow_scan *found, const struct stack *stack, struct place from, int32_t top,
                  int32_t limit);

/* Badness of so much empty paper at a page's foot. */
int64_t flow_hole_cost(int32_t hole);

/* Draws the boxes between two places on a page, from y down. spaces: permille of those between boxes. */
void flow_draw(struct layout *lay, uint32_t page, const struct stack *stack, struct place from,
               struct place to, int32_t y, int spaces);

/* Where the same boxes would end. */
int32_t flow_bottom(const struct stack *stack, struct place from, struct place to, int32_t y, int spaces);

#endif
