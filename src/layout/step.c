/* One box after the other. */
#include "layout/step.h"

void step_start(struct step *step, int32_t y, int spaces)
{
    step->spaces = spaces;
    step->y = step->overhang = step->side = y;
    step->grid = y + style_baseline(style_of(STYLE_BODY));
    step->below = step->pads = 0;
    step->begun = false;
    step->frame_count = 0;
}

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static void clear_labels(struct step *step)
{
    step->y = larger(step->y, step->overhang);
}

static void clear_all(struct step *step)
{
    step->y = larger(step->y, larger(step->overhang, step->side));
}

static void close_frame(struct step *step, const struct step_watch *watch)
{
    struct step_frame *open = &step->frames[--step->frame_count];
    clear_labels(step);
    step->y += open->frame->pad_bottom;
    step->pads -= open->frame->pad_bottom;
    step->below = open->frame->below;
    watch->close(watch->self, open, step->y);
}

static void open_frame(struct step *step, const struct frame *frame, const struct step_watch *watch)
{
    struct step_frame *open = &step->frames[step->frame_count++];
    *open = (struct step_frame){.frame = frame, .top = step->y};
    watch->open(watch->self, open);
    step->y += frame->pad_top;
    step->pads += frame->pad_bottom;
}

/* The frames of a box from the outermost in; panels nest no deeper than FRAME_DEPTH (see panel.c). */
static size_t frames_of(const struct box *box, const struct frame *frames[FRAME_DEPTH])
{
    size_t depth = 0;
    for (const struct frame *f = box->frame; f; f = f->outer)
        depth++;
    size_t at = depth;
    for (const struct frame *f = box->frame; f; f = f->outer)
        frames[--at] = f;
    return depth;
}

int32_t step_on_grid(int32_t grid, int32_t baseline)
{
    int32_t beyond = (baseline - grid) % STEP_GRID;
    return beyond > 0 ? baseline + STEP_GRID - beyond : baseline - beyond;
}

void step_to(struct step *step, const struct box *box, const struct step_watch *watch, int32_t *head_y)
{
    const struct frame *frames[FRAME_DEPTH];
    size_t depth = step->frame_count, shared = depth;
    if (box->frame != (depth ? step->frames[depth - 1].frame : NULL)) {
        depth = frames_of(box, frames);
        shared = 0;
        while (shared < depth && shared < step->frame_count && frames[shared] == step->frames[shared].frame)
            shared++;
    }
    bool closed = step->frame_count > shared, opened = depth > shared;
    while (step->frame_count > shared)
        close_frame(step, watch);
    if (box->clear == CLEAR_ALL)
        clear_all(step);
    else if (box->clear == CLEAR_LABELS || closed || opened)
        clear_labels(step);
    if (step->begun) {
        int32_t above = opened ? frames[shared]->above : box->above;
        step->y += (int32_t)((int64_t)larger(above, step->below) * step->spaces / 1000);
        if (step->spaces > 1000)
            step->y += (int32_t)((int64_t)box->grow * (step->spaces - 1000) / (STEP_WIDEST - 1000));
    }
    for (size_t i = shared; i < depth; i++)
        open_frame(step, frames[i], watch);
    if (box->grid && step->spaces >= STEP_GRID_SPACES)
        step->y = step_on_grid(step->grid, step->y + box->grid) - box->grid;
    *head_y = step->y;
    if (!step->begun && box->repeat)
        step->y += box->repeat->height;
    step->begun = true;
}

void step_past(struct step *step, const struct box *box)
{
    step->y += box->height - step_give(box, step->spaces);
    step->below = box->below;
    step->overhang = larger(step->overhang, step->y + box->overhang);
    step->side = larger(step->side, step->y + box->side_overhang);
}

void step_end(struct step *step, const struct step_watch *watch)
{
    clear_all(step);
    while (step->frame_count)
        close_frame(step, watch);
}
