/* How far down the boxes of a page reach, with any spaces. */
#include "layout/flow.h"

size_t flow_stretches(const struct stack *stack, struct place from, struct place to,
                      struct stretch stretches[FLOW_STRETCHES])
{
    const struct moving *first = from.held ? &stack->moving.items[from.held - 1] : NULL;
    const struct moving *left = to.held ? &stack->moving.items[to.held - 1] : NULL;
    size_t count = 0, at = from.box;
    if (first)
        stretches[count++] = (struct stretch){first->from, first->to};
    if (first && first->from >= from.box) {
        stretches[count++] = (struct stretch){at, first->from};
        at = first->to;
    }
    if (left && left->to <= to.box) {
        stretches[count++] = (struct stretch){at, left->from};
        at = left->to;
    }
    stretches[count++] = (struct stretch){at, to.box};
    return count;
}

/* A page that is being measured. */
struct measure {
    struct flow_stack on;
    struct place from, to;
    struct track track;
    size_t before; /* the box that was set last, as index + 1; 0: none */
};

static int32_t bottom_of(const struct flow_stack *on, struct place from, struct place to, int32_t y,
                         int spaces);

/* The bottom of a box's columns: of as much of them as lies between the places. */
static int32_t columns_bottom(const struct measure *measure, const struct box *box, size_t i)
{
    struct place from = i == measure->from.box ? measure->from : (struct place){0};
    bool cut = i == measure->to.box;
    struct place left = {.box = cut ? measure->to.left : (uint32_t)box->left->count};
    struct place right = {.box = cut ? measure->to.right : (uint32_t)box->right->count};
    struct flow_stack left_on = {box->left, box->left->paces, NULL}, right_on = {box->right, box->right->paces, NULL};
    int32_t y = measure->track.y;
    int spaces = measure->track.spaces;
    return track_lower(bottom_of(&left_on, (struct place){.box = from.left}, left, y, spaces),
                       bottom_of(&right_on, (struct place){.box = from.right}, right, y, spaces));
}

static void box_pass(struct measure *measure, size_t i)
{
    const struct box *boxes = measure->on.stack->items, *box = &boxes[i];
    size_t before = measure->before;
    struct track *track = &measure->track;
    struct pace made;
    const struct pace *pace = &made;
    if (before && before == i && measure->on.paces)
        pace = &measure->on.paces[i];
    else
        made = pace_between(before ? &boxes[before - 1] : NULL, box);
    measure->before = i + 1;
    if (!pace->apart) {
        track_go(track, pace, track_length(track, pace, box));
        return;
    }
    track_to(track, pace, box, !before);
    if (box->left)
        track->y = columns_bottom(measure, box, i);
    track_past(track, pace, box);
}

/* Boxes [i, to). */
static void boxes_pass(struct measure *measure, size_t i, size_t to)
{
    const struct flow_stack *on = &measure->on;
    while (i < to) {
        size_t end = on->runs && measure->before == i && i ? on->runs[i].end : i;
        if (end > i + 1 && track_is_clear(&measure->track)) {
            end = end < to ? end : to;
            track_run(&measure->track, on->runs, on->paces, on->stack->items, i, end);
            measure->before = i = end;
        } else {
            box_pass(measure, i++);
        }
    }
}

static int32_t bottom_of(const struct flow_stack *on, struct place from, struct place to, int32_t y,
                         int spaces)
{
    struct stretch stretches[FLOW_STRETCHES];
    size_t count = flow_stretches(on->stack, from, to, stretches);
    struct measure measure = {.on = *on, .from = from, .to = to};
    track_start(&measure.track, y, spaces);
    for (size_t s = 0; s < count; s++)
        boxes_pass(&measure, stretches[s].from, stretches[s].to);
    if (to.left || to.right)
        box_pass(&measure, to.box);
    return track_end(&measure.track);
}

int32_t flow_bottom(const struct flow_stack *on, struct place from, struct place to, int32_t y, int spaces)
{
    return bottom_of(on, from, to, y, spaces);
}
