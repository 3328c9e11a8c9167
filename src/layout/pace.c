/* What lies between two boxes, as sums. */
#include "layout/pace.h"

/* What frames ask for between two boxes: those of before that box is not in close, those of box that before
 * is not in open. */
struct passage {
    const struct frame *closed, *opened; /* the outermost of each, NULL: none */
    int32_t pads_closed, tops_opened, pads_opened;
};

static const struct frame *close_frame(struct passage *passage, const struct frame *frame)
{
    passage->closed = frame;
    passage->pads_closed += frame->pad_bottom;
    return frame->outer;
}

static const struct frame *open_frame(struct passage *passage, const struct frame *frame)
{
    passage->opened = frame;
    passage->tops_opened += frame->pad_top;
    passage->pads_opened += frame->pad_bottom;
    return frame->outer;
}

static struct passage passage_between(const struct frame *before, const struct frame *frame)
{
    struct passage passage = {0};
    int from = frame_depth(before), to = frame_depth(frame);
    for (; before && from > to; from--)
        before = close_frame(&passage, before);
    for (; frame && to > from; to--)
        frame = open_frame(&passage, frame);
    while (before && frame && before != frame) {
        before = close_frame(&passage, before);
        frame = open_frame(&passage, frame);
    }
    return passage;
}

static int32_t closest(int32_t space)
{
    return (int32_t)((int64_t)space * STEP_CLOSEST / 1000);
}

struct pace pace_between(const struct box *before, const struct box *box)
{
    struct pace pace = {.overhang = box->overhang,
                        .side = box->side_overhang,
                        .clear = (uint8_t)box->clear,
                        .cost = (uint8_t)box->cost,
                        .in_word = box->in_word,
                        .apart = box->grid || box->left};
    int32_t above = box->above, below = before ? before->below : 0, rest = box->height;
    if (box->frame != (before ? before->frame : NULL)) {
        struct passage passage = passage_between(before ? before->frame : NULL, box->frame);
        if (passage.opened)
            above = passage.opened->above;
        if (passage.closed)
            below = passage.closed->below;
        pace.closed = passage.pads_closed;
        pace.pads = passage.pads_opened - passage.pads_closed;
        rest += passage.tops_opened;
        if (pace.clear == CLEAR_NONE)
            pace.clear = CLEAR_LABELS;
    }
    if (before) {
        pace.space = above > below ? above : below;
        pace.grow = box->grow;
    } else if (box->repeat) {
        rest += box->repeat->height;
    }
    pace.natural = pace.space + rest;
    pace.close = closest(pace.space) + rest - box->give;
    return pace;
}

/* What a run's sums may come to. */
enum { RUN_MOST = 1 << 28 };

void pace_runs(struct pace_run *runs, const struct pace *paces, const struct box *boxes, size_t count)
{
    struct pace_run next = {.end = (uint32_t)count, .spaced = (uint32_t)count};
    for (size_t i = count; i-- > 0;) {
        const struct pace *pace = &paces[i];
        bool even = !pace->apart && !pace->closed && !pace->pads && pace->overhang <= 0 && pace->side <= 0 &&
                    pace->natural >= 0 && pace->close >= 0 && pace->close <= pace->natural &&
                    pace->natural < RUN_MOST && pace->grow >= 0 && pace->grow < RUN_MOST;
        if (!even || next.natural > RUN_MOST || next.grow > RUN_MOST)
            next = (struct pace_run){.end = (uint32_t)i + even, .spaced = (uint32_t)i + even};
        if (even) {
            next.natural += pace->natural;
            next.close += pace->close;
            next.grow += pace->grow;
            if (pace->space || pace->grow || boxes[i].give)
                next.spaced = (uint32_t)i;
        }
        runs[i] = next;
    }
}

void track_start(struct track *track, int32_t y, int spaces)
{
    *track = (struct track){
        .y = y, .overhang = y, .side = y, .grid = y + style_baseline(style_of(STYLE_BODY)), .spaces = spaces};
}

int32_t track_stretched(const struct track *track, const struct pace *pace, const struct box *box)
{
    int32_t space = (int32_t)((int64_t)pace->space * track->spaces / 1000);
    if (track->spaces > 1000)
        space += (int32_t)((int64_t)pace->grow * (track->spaces - 1000) / (STEP_WIDEST - 1000));
    return pace->natural - pace->space + space - step_give(box, track->spaces);
}

void track_to(struct track *track, const struct pace *pace, const struct box *box, bool first)
{
    int32_t head = first && box->repeat ? box->repeat->height : 0;
    int32_t height = box->height - step_give(box, track->spaces);
    int32_t top = track_clear(track, pace) + track_length(track, pace, box) - height - head;
    if (box->grid && track->spaces >= STEP_GRID_SPACES)
        top = step_on_grid(track->grid, top + box->grid) - box->grid;
    track->y = top + head;
    track->pads += pace->pads;
    track->grow += pace->grow;
}

void track_past(struct track *track, const struct pace *pace, const struct box *box)
{
    track_reach(track, pace, track->y + box->height - step_give(box, track->spaces));
}

void track_run(struct track *track, const struct pace_run *runs, const struct pace *paces, const struct box *boxes,
               size_t i, size_t to)
{
    const struct pace_run *run = &runs[i];
    bool all = to == run->end;
    int32_t length = run->natural - (all ? 0 : runs[to].natural);
    for (size_t k = run->spaced; track->spaces != 1000 && k < to; k = k + 1 < to ? runs[k + 1].spaced : to)
        length += track_length(track, &paces[k], &boxes[k]) - paces[k].natural;
    track_pass(track, length, run->grow - (all ? 0 : runs[to].grow));
}

enum { TALLEST = 1 << 30 }; /* far above any page, and far below what an int32_t holds */

/* Most boxes: what lies between it and the one before it is a space, and nothing reaches below either. */
static bool follows_plainly(const struct track *track, const struct box *box)
{
    return box->frame == box[-1].frame && !box->grid && !box->left && box->overhang <= 0 && box->side_overhang <= 0 &&
           box->above >= 0 && box->height >= 0 && track_is_clear(track);
}

int32_t stack_height(const struct stack *stack, size_t from, size_t to)
{
    struct track track;
    track_start(&track, 0, 1000);
    for (size_t i = from; i < to && track.y < TALLEST; i++) {
        const struct box *box = &stack->items[i];
        if (i > from && follows_plainly(&track, box)) {
            track_pass(&track, track_lower(box->above, box[-1].below) + box->height, 0);
            continue;
        }
        struct pace pace = pace_between(i > from ? box - 1 : NULL, box);
        if (!pace.apart) {
            track_go(&track, &pace, pace.natural);
            continue;
        }
        track_to(&track, &pace, box, i == from);
        if (box->left)
            track.y += track_lower(stack_height(box->left, 0, box->left->count),
                                   stack_height(box->right, 0, box->right->count));
        track_past(&track, &pace, box);
    }
    return track_end(&track);
}
