/* How a stack of boxes is dealt out to pages: where pages may end (flow_break.c), which ends are taken
 * (flow.c), and the drawing (flow_draw.c). Private to these files. Lengths are millipoints from the paper's
 * top. */
#ifndef BRIEFING_LAYOUT_FLOW_H
#define BRIEFING_LAYOUT_FLOW_H

#include "layout/layout.h"

/* A place in a stack; within a box of two columns also a place in each. */
struct place {
    size_t box, left, right;
};

/* The boxes of a stack that go on one page. */
struct part {
    struct place end;
    int32_t bottom; /* how far down they reach */
    bool whole;     /* they are all there is */
    bool lopsided;  /* a right column that should begin here begins on the next page */
};

/* How a page is filled. */
struct measures {
    int32_t limit; /* down to where */
    int spaces;    /* permille of the spaces between boxes that are given */
    bool tear;     /* what would rather stay together is torn where the page would else stay rather empty */
};

/* What goes on a page that begins with from at top: at least one box. */
struct part flow_measure(const struct stack *stack, struct place from, int32_t top, struct measures measures);

/* Draws the boxes between two places on a page, from y down. */
void flow_draw(struct layout *lay, uint32_t page, const struct stack *stack, struct place from,
               struct place to, int32_t y, int spaces);

/* Where the same boxes would end. */
int32_t flow_bottom(const struct stack *stack, struct place from, struct place to, int32_t y, int spaces);

#endif
