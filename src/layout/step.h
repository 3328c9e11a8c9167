/* Where boxes come to stand when set one after the other: spaces, frames, overhangs and repeated heads. For drawing;
 * measuring takes the same steps as sums (pace.h). Lengths are millipoints. */
#ifndef BRIEFING_LAYOUT_STEP_H
#define BRIEFING_LAYOUT_STEP_H

#include "layout/layout.h"

/* Permille of the spaces: at the closest, what headings and paragraphs need to stand apart; at the widest, where a page
 * would else end short. LaTeX's article lets the space above a section grow by about as much. */
enum { STEP_CLOSEST = 650, STEP_WIDEST = 1250 };

/* Two columns stand on a grid of half lines of running text, counted from a first line at their top: there a line of
 * either column stands level with one of the other, or half-way between two. A page with closer spaces than these has
 * none: it needs the room. */
enum { STEP_GRID = 7 * PT, STEP_GRID_SPACES = 850 };

/* A frame that is open, and where its part on this page began. */
struct step_frame { const struct frame *frame; int32_t top; size_t item; };

struct step {
    int32_t y;         /* bottom of what has been set */
    int32_t grid;      /* a line of the grid */
    int32_t below;     /* space that the last box asks for */
    int32_t overhang;  /* bottom of the lowest label beside the text */
    int32_t side;      /* bottom of the heading in the side column */
    bool begun;
    int spaces;        /* permille of the spaces between boxes that are given */
    struct step_frame frames[FRAME_DEPTH];
    size_t frame_count;
    int32_t pads;      /* bottom padding of the open frames */
};

/* Told of frames as they open and close. close: frame->top to bottom is its part here. */
struct step_watch {
    void *self;
    void (*open)(void *self, struct step_frame *frame);
    void (*close)(void *self, const struct step_frame *frame, int32_t bottom);
};

void step_start(struct step *step, int32_t y, int spaces);

/* Moves to the top of box: frames close and open, space is added. Then step->y is the box's top, the repeated head
 * (its top in *head_y) standing above it where the page begins with this box. */
void step_to(struct step *step, const struct box *box, const struct step_watch *watch, int32_t *head_y);

/* How much of a box's height goes with such spaces. */
static inline int32_t step_give(const struct box *box, int spaces)
{
    return box->give && spaces < 1000 ? (int32_t)((int64_t)box->give * (1000 - spaces) / (1000 - STEP_CLOSEST)) : 0;
}

/* The first line of the grid at or below a baseline. grid: any line of it. */
int32_t step_on_grid(int32_t grid, int32_t baseline);

/* Past the box, whose top is at step->y. */
void step_past(struct step *step, const struct box *box);

/* Closes every frame: the end of a page or stack. */
void step_end(struct step *step, const struct step_watch *watch);

#endif
