/* From one box to the next: what lies between them is the same on every page that has both, so it is worked
 * out once, and measuring a page is adding up. Drawing takes the single steps (step.h); both come to the same
 * millipoint. Lengths are millipoints. */
#ifndef BRIEFING_LAYOUT_PACE_H
#define BRIEFING_LAYOUT_PACE_H

#include "layout/layout.h"
#include "layout/step.h"

struct pace {
    int32_t natural, close; /* space, padding of frames that open, and the box; with the closest spaces */
    int32_t space;          /* of natural: what grows and shrinks */
    int32_t closed;         /* padding at the bottom of the frames that close */
    int32_t pads;           /* what the padding at the bottom of the open frames grows by */
    int32_t grow;           /* see struct box; none at a page's beginning */
    int32_t overhang, side; /* how far labels and a heading reach below the box */
    uint8_t
        clear;    /* which of those of earlier boxes it must begin below; frames begin and end below labels */
    uint8_t cost; /* of a break before it */
    bool in_word;
    bool apart; /* on the grid, or with columns in it: see track_to */
};

/* before: the box above it, NULL: it begins the page. */
struct pace pace_between(const struct box *before, const struct box *box);

/* Boxes that nothing but space parts: no frame begins or ends between them, nothing reaches below its box, none stands
 * apart. Where nothing from above reaches down to them either, many are passed at once (track_run). */
struct pace_run {
    uint32_t end;    /* boxes from this one up to there are such; the box itself: it is none */
    uint32_t spaced; /* of these the first with a pace that other spaces change, or the end */
    int32_t natural, close, grow; /* of the paces from this one up to the end, together */
};

/* Those of each box; paces: to each from the one before it. */
void pace_runs(struct pace_run *runs, const struct pace *paces, const struct box *boxes, size_t count);

/* How far down boxes have been set, with spaces of so many permille. */
struct track {
    int32_t y, overhang, side, pads;
    int32_t grow; /* by how much it all grows where spaces are the widest, beyond the spaces themselves */
    int32_t grid; /* a line of the grid */
    int spaces;
};

void track_start(struct track *track, int32_t y, int spaces);

/* What a pace and its box take with the track's spaces. */
int32_t track_stretched(const struct track *track, const struct pace *pace, const struct box *box);
static inline int32_t track_length(const struct track *track, const struct pace *pace, const struct box *box)
{
    return track->spaces == 1000           ? pace->natural
           : track->spaces == STEP_CLOSEST ? pace->close
                                           : track_stretched(track, pace, box);
}

/* To the top of a box that stands apart. first: it begins the page. */
void track_to(struct track *track, const struct pace *pace, const struct box *box, bool first);
/* Past it: from where its columns end, else from its top. */
void track_past(struct track *track, const struct pace *pace, const struct box *box);

static inline int32_t track_lower(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static inline int32_t track_clear(const struct track *track, const struct pace *pace)
{
    int32_t y = track->y;
    if (pace->clear == CLEAR_NONE)
        return y;
    y = track_lower(y, track->overhang) + pace->closed;
    return pace->clear == CLEAR_ALL ? track_lower(y, track_lower(track->overhang, track->side)) : y;
}

static inline void track_reach(struct track *track, const struct pace *pace, int32_t y)
{
    track->y = y;
    track->overhang = track_lower(track->overhang, y + pace->overhang);
    track->side = track_lower(track->side, y + pace->side);
}

/* To a box and past it; length: that of the pace. Not where it stands apart. */
static inline void track_go(struct track *track, const struct pace *pace, int32_t length)
{
    int32_t y = track_clear(track, pace) + length;
    track->pads += pace->pads;
    track->grow += pace->grow;
    track_reach(track, pace, y);
}

/* Whether nothing reaches below what has been set. */
static inline bool track_is_clear(const struct track *track)
{
    return track->overhang <= track->y && track->side <= track->y;
}

/* Past boxes of a run that take length and grow by so much; the track is clear. */
static inline void track_pass(struct track *track, int32_t length, int32_t grow)
{
    track->y += length;
    track->grow += grow;
    track->overhang = track->side = track->y;
}

/* Past boxes [i, to) of a run. */
void track_run(struct track *track, const struct pace_run *runs, const struct pace *paces, const struct box *boxes,
               size_t i, size_t to);

/* How far down the page is taken, frames closed. */
static inline int32_t track_bottom(const struct track *track)
{
    return track_lower(track_lower(track->y, track->overhang) + track->pads, track->side);
}

/* The end of a page or column. */
static inline int32_t track_end(const struct track *track)
{
    return track_lower(track_lower(track->y, track->overhang), track->side) + track->pads;
}

#endif
