/* The order of tasks. It does not change what is made, only how fast. */
#include "batch/queue.h"

/* The first output to make of a task, from one on; PLAN_NONE when there is none. */
static uint32_t first_left(const struct plan *plan, const struct plan_task *task, uint32_t from)
{
    for (uint32_t i = from; i < task->first + task->count; i++)
        if (plan->outputs[i].state == PLAN_MAKE)
            return i;
    return PLAN_NONE;
}

void queue_init(struct queue *queue, struct plan *plan)
{
    *queue = (struct queue){0};
    queue->items = ARENA_ARRAY(&plan->arena, struct queue_task, plan->task_count);
    queue->again = ARENA_ARRAY(&plan->arena, uint32_t, plan->task_count);
    for (uint32_t t = 0; t < plan->task_count; t++) {
        uint32_t from = first_left(plan, &plan->tasks[t], plan->tasks[t].first);
        if (from == PLAN_NONE)
            continue;
        queue->specs += !plan->groups[plan->tasks[t].group].compendium;
        queue->items[queue->count++] = (struct queue_task){t, from, false};
    }
    queue->open_specs = queue->specs;
}

static uint32_t spec_of(const struct queue *queue, const struct plan *plan, uint32_t index)
{
    return plan->groups[plan->tasks[queue->items[index].task].group].own;
}

static uint32_t choose(struct queue *queue, const struct plan *plan, uint32_t last)
{
    if (queue->again_count)
        return queue->again[--queue->again_count];
    if (last != PLAN_NONE && last + 1 < queue->specs && !queue->items[last + 1].taken &&
        spec_of(queue, plan, last) == spec_of(queue, plan, last + 1))
        return last + 1;
    for (; queue->fresh < queue->specs; queue->fresh++)
        if (!queue->items[queue->fresh].taken &&
            (queue->fresh == 0 ||
             spec_of(queue, plan, queue->fresh) != spec_of(queue, plan, queue->fresh - 1)))
            return queue->fresh;
    for (; queue->any < queue->count; queue->any++)
        if (!queue->items[queue->any].taken)
            return queue->any < queue->specs || queue->open_specs == 0 ? queue->any : PLAN_NONE;
    return PLAN_NONE;
}

uint32_t queue_take(struct queue *queue, const struct plan *plan, uint32_t last)
{
    uint32_t index = choose(queue, plan, last);
    if (index != PLAN_NONE)
        queue->items[index].taken = true;
    return index;
}

void queue_finish(struct queue *queue, uint32_t index)
{
    queue->open_specs -= index < queue->specs;
}

void queue_return(struct queue *queue, const struct plan *plan, uint32_t index, uint32_t from)
{
    struct queue_task *item = &queue->items[index];
    item->from = first_left(plan, &plan->tasks[item->task], from);
    if (item->from == PLAN_NONE)
        queue_finish(queue, index);
    else
        queue->again[queue->again_count++] = index;
}
