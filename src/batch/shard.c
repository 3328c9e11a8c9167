/* Shards: the same division of a plan on every machine, balanced by what its tasks are likely to cost. */
#include <stdlib.h>

#include "batch/plan.h"

/* Microseconds, roughly, on the machine that was measured. What counts is how they compare. */
enum { COST_LAYOUT = 2500, BYTES_A_MICROSECOND = 10, COST_COPY = 400, COST_COMPENDIUM = 5000 };

struct weighed {
    uint32_t task;
    uint64_t cost;
};

static uint64_t cost_of(const struct plan *plan, const struct plan_task *task)
{
    const struct plan_group *group = &plan->groups[task->group];
    uint64_t cost = group->compendium ? COST_COMPENDIUM : 0;
    for (uint32_t i = 0; i < group->spec_count; i++)
        cost += COST_LAYOUT + plan->specs[group->specs[i]].bytes / BYTES_A_MICROSECOND;
    return cost + (uint64_t)task->count * COST_COPY * (group->compendium ? group->spec_count : 1);
}

static int compare_costs(const void *left, const void *right)
{
    const struct weighed *a = left, *b = right;
    if (a->cost != b->cost)
        return a->cost > b->cost ? -1 : 1;
    return a->task < b->task ? -1 : 1;
}

void plan_shards(struct plan *plan, unsigned count)
{
    struct weighed *tasks = ARENA_ARRAY(&plan->arena, struct weighed, plan->task_count);
    uint64_t *loads = ARENA_ARRAY(&plan->arena, uint64_t, count);
    for (uint32_t i = 0; i < plan->task_count; i++)
        tasks[i] = (struct weighed){i, cost_of(plan, &plan->tasks[i])};
    qsort(tasks, plan->task_count, sizeof *tasks, compare_costs);
    for (uint32_t i = 0; i < plan->task_count; i++) {
        unsigned least = 0;
        for (unsigned s = 1; s < count; s++)
            if (loads[s] < loads[least])
                least = s;
        loads[least] += tasks[i].cost;
        plan->tasks[tasks[i].task].shard = least + 1;
    }
    for (uint32_t t = 0; t < plan->task_count; t++) {
        const struct plan_task *task = &plan->tasks[t];
        for (uint32_t i = task->first;
             task->shard != plan->request->shard.index && i < task->first + task->count; i++)
            plan->outputs[i].state = PLAN_OTHER;
    }
}
