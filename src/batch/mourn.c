/* Dead workers and compendia that cannot be whole. */
#include "batch/mourn.h"

#include <signal.h>
#include <sys/wait.h>

#include "batch/account.h"
#include "batch/incomplete.h"
#include "batch/probe.h"
#include "batch/sweep.h"
#include "batch/worker.h"
#include "diag/render.h"
#include "spec/spec_read.h"
#include "yaml/yaml_tree.h"

static const char *signal_name(int number)
{
    static const struct {
        int number;
        const char *name;
    } names[] = {{SIGSEGV, "SIGSEGV"}, {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"},
                 {SIGILL, "SIGILL"},   {SIGFPE, "SIGFPE"},   {SIGKILL, "SIGKILL"},
                 {SIGTERM, "SIGTERM"}, {SIGXCPU, "SIGXCPU"}, {SIGHUP, "SIGHUP"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].number == number)
            return names[i].name;
    return "a signal";
}

/* "took longer than 60 s", with a hint where one can be given. */
static struct str cause(struct batch_run *run, const struct mourning *mourning, struct arena *arena,
                        const char **hint)
{
    const struct plan_group *group = &run->plan->groups[run->plan->tasks[mourning->task].group];
    *hint = NULL;
    if (mourning->overdue) {
        *hint = "--time-limit SECONDS gives documents more time";
        return str_printf(arena, "took longer than %lld s",
                          (long long)worker_limit_us(run->plan, group) / 1000000);
    }
    if (WIFEXITED(mourning->status) && WEXITSTATUS(mourning->status) == WORKER_OUT_OF_MEMORY) {
        *hint = "--memory-limit MIB gives documents more memory";
        uint64_t limit = worker_limit_bytes(run->plan, group) / (1024 * 1024);
        return limit ? str_printf(arena, "took more than %llu MiB of memory", (unsigned long long)limit)
                     : STR("ran out of memory");
    }
    if (WIFEXITED(mourning->status) && WEXITSTATUS(mourning->status) == WORKER_LACKING) {
        *hint = "it is named above: install it, or, where it is installed, give documents more memory "
                "(--memory-limit MIB)";
        return STR("could not open a library that is a part of the program");
    }
    if (WIFSIGNALED(mourning->status)) {
        int number = WTERMSIG(mourning->status);
        bool from_outside = number == SIGKILL || number == SIGTERM || number == SIGHUP;
        return str_printf(arena, "%s (%s, %d)", from_outside ? "was killed" : "crashed", signal_name(number),
                          number);
    }
    return str_printf(arena, "ended by itself (exit status %d)", WEXITSTATUS(mourning->status));
}

/* The beginning of the spec, or, for a compendium, nowhere. */
static struct span place_of(struct batch_run *run, const struct plan_group *group, struct arena *arena)
{
    if (group->compendium)
        return span_none();
    struct diags ignored;
    diags_init(&ignored, arena);
    const char *path = run->plan->specs[group->own].path;
    struct diag_source *source = spec_open(arena, path, YAML_MAX_BYTES, &ignored);
    if (!source)
        source = diag_source_new(arena, str_from(path), (struct str){"", 0});
    return span_at(source, 0, 0);
}

/* Tells diags, and fails all outputs to make in [from, end) for that reason. Gives the reason as JSON. */
static struct str fail(struct batch_run *run, const struct diags *diags, uint32_t from, uint32_t end)
{
    struct buf json = {0};
    diag_render_json_tight(&json, diags);
    run_tell_all(run, diags);
    for (uint32_t i = from; i < end; i++)
        if (run->plan->outputs[i].state == PLAN_MAKE)
            account_failure(run, i, buf_view(&json));
    struct str kept = str_dup(&run->plan->arena, buf_view(&json));
    buf_done(&json);
    return kept;
}

static uint32_t first_unfinished(const struct batch_run *run, const struct plan_task *task, uint32_t from)
{
    while (from < task->first + task->count && run->plan->outputs[from].state != PLAN_MAKE)
        from++;
    return from;
}

/* A shard, or a run for some entities only, does not make all briefings, and cannot name all that fail: the
 * worker that binds them finds that out (task.c), unless it would die of it. */
static bool makes_all(const struct batch_run *run)
{
    const struct batch_request *request = run->request;
    return !(request->shard.count || request->only_count || request->member_count);
}

static bool is_deadly(struct batch_run *run, const struct plan_group *group)
{
    bool deadly = false;
    for (uint32_t i = 0; i < group->spec_count; i++)
        deadly = deadly || *run_fate(run, group->specs[i], group->tier) == FATE_DEADLY;
    return deadly;
}

/* Fails the rest of a compendium's task when one of its briefings failed. */
static bool fail_incomplete(struct batch_run *run, const struct plan_group *group, uint32_t from,
                            uint32_t end)
{
    struct incomplete incomplete = {0};
    struct arena arena;
    struct diags diags;
    arena_init(&arena);
    diags_init(&diags, &arena);
    for (uint32_t i = 0; i < group->spec_count; i++)
        if (*run_fate(run, group->specs[i], group->tier) >= FATE_FAILED)
            incomplete_add(&incomplete, run->plan, group->specs[i]);
    bool failed = incomplete_tell(&incomplete, run->plan, from, &diags);
    if (failed)
        fail(run, &diags, from, end);
    arena_done(&arena);
    return failed;
}

/* A worker died over a compendium whose briefings others make: as where they are made here, it is told by the
 * briefings of which one cannot be bound. */
static bool blame_briefings(struct batch_run *run, const struct mourning *mourning, uint32_t victim,
                            uint32_t end)
{
    const struct plan_group *group = &run->plan->groups[run->plan->tasks[mourning->task].group];
    if (mourning->laid_out || !group->compendium || makes_all(run))
        return false;
    probe_briefings(run, group);
    return fail_incomplete(run, group, victim, end);
}

uint32_t mourn(struct batch_run *run, const struct mourning *mourning)
{
    struct plan *plan = run->plan;
    const struct plan_task *task = &plan->tasks[mourning->task];
    struct plan_group *group = &plan->groups[task->group];
    uint32_t end = task->first + task->count, victim = first_unfinished(run, task, mourning->from);
    if (victim == end)
        return end; /* all was done but the last word */
    mourn_sweep(run, mourning->task, victim);
    if (blame_briefings(run, mourning, victim, end))
        return end;
    struct arena arena;
    arena_init(&arena);
    struct diags diags;
    struct buf path = {0};
    const char *hint;
    diags_init(&diags, &arena);
    plan_path(plan, victim, &path);
    struct str why = cause(run, mourning, &arena, &hint);
    struct diag *diag =
        mourning->laid_out
            ? diag_add(&diags, DIAG_WORKER_DIED, place_of(run, group, &arena),
                       "the worker that made " STR_FMT " " STR_FMT, STR_ARG(buf_view(&path)), STR_ARG(why))
            : diag_add(&diags, DIAG_WORKER_DIED, place_of(run, group, &arena),
                       "the worker that laid out '" STR_FMT "' for '" STR_FMT "' " STR_FMT,
                       STR_ARG(plan_entity(plan, group)), STR_ARG(plan->tiers[group->tier]), STR_ARG(why));
    if (hint)
        diag_hint(&diags, diag, "%s", hint);
    batch_log_worker(run->log, run->request->clock.now_ms(), mourning->pid, why.p, buf_view(&path));
    struct str json = fail(run, &diags, victim, mourning->laid_out ? victim + 1 : end);
    if (!mourning->laid_out)
        group->broken = json;
    buf_done(&path);
    arena_done(&arena);
    return mourning->laid_out ? victim + 1 : end;
}

void mourn_sweep(struct batch_run *run, uint32_t task, uint32_t from)
{
    const struct plan_task *its = &run->plan->tasks[task];
    uint32_t output = first_unfinished(run, its, from);
    if (output < its->first + its->count)
        sweep_one(run->plan, output);
}

bool mourn_if_hopeless(struct batch_run *run, uint32_t task, uint32_t from)
{
    const struct plan_task *its = &run->plan->tasks[task];
    const struct plan_group *group = &run->plan->groups[its->group];
    uint32_t end = its->first + its->count;
    if (group->broken.n) {
        for (uint32_t i = from; i < end; i++)
            if (run->plan->outputs[i].state == PLAN_MAKE)
                account_failure(run, i, group->broken);
        return true;
    }
    if (!group->compendium || (!makes_all(run) && !is_deadly(run, group)))
        return false;
    if (!makes_all(run))
        probe_briefings(run, group);
    return fail_incomplete(run, group, from, end);
}
