/* A run, step by step: plan, lock, ledger, what is there already, work, manifest. */
#include "batch/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/heap.h"
#include "batch/finish.h"
#include "batch/key.h"
#include "batch/lock.h"
#include "batch/pool.h"
#include "batch/settle.h"
#include "batch/sweep.h"
#include "batch/tell.h"
#include "diag/render.h"

enum { LEDGER_WAIT_MS = 5000 };

unsigned char *run_fate(struct batch_run *run, uint32_t spec, uint32_t tier)
{
    return &run->fates[(size_t)spec * run->plan->tier_count + tier];
}

bool run_stopped(const struct batch_run *run)
{
    return run->request->stop && *run->request->stop;
}

/* Whether this hash is new. */
static bool remember(struct told *told, uint64_t hash)
{
    hash += hash == 0; /* 0 marks a free slot */
    if (told->count * 2 >= told->size) {
        struct told grown = {.size = told->size ? told->size * 2 : 256};
        grown.hashes = base_malloc(grown.size * sizeof *grown.hashes);
        memset(grown.hashes, 0, grown.size * sizeof *grown.hashes);
        for (size_t i = 0; i < told->size; i++)
            if (told->hashes[i])
                remember(&grown, told->hashes[i]);
        free(told->hashes);
        *told = grown;
    }
    size_t slot = (size_t)hash & (told->size - 1);
    for (; told->hashes[slot]; slot = (slot + 1) & (told->size - 1))
        if (told->hashes[slot] == hash)
            return false;
    told->hashes[slot] = hash;
    told->count++;
    return true;
}

void run_tell(struct batch_run *run, enum diag_severity severity, bool machine, struct str text)
{
    run->outcome->machine_failed = run->outcome->machine_failed || machine;
    if (!remember(&run->told, hash_quick(text.p, text.n)))
        return;
    run->outcome->warnings += severity == DIAG_WARNING;
    if (run->watch->diagnostics)
        run->watch->diagnostics(run->watch->self, text, severity == DIAG_ERROR);
}

void run_tell_all(struct batch_run *run, const struct diags *diags)
{
    for (const struct diag *diag = diags->first; diag; diag = diag->next) {
        struct diag copy = *diag;
        copy.next = NULL;
        struct diags list = {
            .arena = diags->arena, .limit = diags->limit, .first = &copy, .last = &copy.next};
        struct buf text = {0};
        diag_render_text(&text, &list, run->request->color);
        run_tell(run, diag->severity, diag->severity == DIAG_ERROR && diag_info(diag->code)->machine,
                 buf_view(&text));
        buf_done(&text);
    }
}

static struct str stamp_of(const struct batch_request *request)
{
    if (request->draft)
        return request->internal ? STR("draft internal") : STR("draft");
    return request->internal ? STR("internal") : (struct str){0};
}

void run_row(struct batch_run *run, struct arena *arena, uint32_t output, struct ledger_output *row)
{
    struct plan *plan = run->plan;
    const struct plan_group *group = &plan->groups[plan->outputs[output].group];
    const struct member *member = plan_member(plan, output);
    struct buf path = {0};
    plan_path(plan, output, &path);
    *row = (struct ledger_output){
        .folder = run->folder,
        .path = str_dup(arena, buf_view(&path)),
        .kind = plan_kind(plan, output),
        .entity = plan_entity(plan, group),
        .edition = group->edition,
        .tier = plan->tiers[group->tier],
        .member = member ? member->id.s : (struct str){0},
        .inputs = key_of(plan, arena, output),
        .diagnostics = STR("[]"),
        .stamp = stamp_of(run->request),
        .score = -1,
        .run = run->id,
        .seen = run->id,
    };
    if (member)
        row->copy = str_dup(arena, str_from(plan_copy(plan, output).text));
    buf_done(&path);
}

void run_progress(struct batch_run *run, struct str current, bool finished)
{
    struct batch_progress *progress = &run->outcome->progress;
    progress->elapsed_ms = (run->request->clock.monotonic_us() - run->started_us) / 1000;
    progress->current = current;
    progress->finished = finished;
    if (run->watch->progress)
        run->watch->progress(run->watch->self, progress);
    progress->current = (struct str){0};
}

/* A password in the roster asks for a lock that an archive has not. */
static void warn_unsealed(struct batch_run *run)
{
    const struct batch_request *request = run->request;
    size_t count = 0;
    for (size_t i = 0; request->roster && !request->sealed && i < request->roster->members.count; i++) {
        const struct member *member = &request->roster->members.items[i];
        count += member->password.s.n && member->personal_copy && !date_is_set(member->unsubscribed.date);
    }
    if (!count)
        return;
    struct diag *diag = diag_add(run->diags, DIAG_PASSWORD_UNUSED, span_none(),
                                 "%zu member%s a password in the roster, and the copies are not sealed",
                                 count, count == 1 ? " has" : "s have");
    diag_hint(run->diags, diag, "make them with --profile sealed, or 'profile: sealed' in the run");
}

/* Of the run, or of its shard. */
static const char *own_ledger(const struct batch_request *request, struct arena *arena)
{
    return request->shard.count
               ? ledger_shard_path(arena, request->output, request->shard.index, request->shard.count)
               : request->ledger;
}

static bool is_missing(const char *path)
{
    return access(path, F_OK) != 0 && errno == ENOENT;
}

/* Then nothing is made already, and no earlier edition has a score. */
static bool has_no_ledger(const struct batch_request *request)
{
    struct arena scratch;
    arena_init(&scratch);
    bool none = is_missing(request->ledger) && is_missing(own_ledger(request, &scratch));
    arena_done(&scratch);
    return none;
}

static bool make_plan(struct batch_run *run)
{
    const struct batch_request *request = run->request;
    struct plan *plan = run->plan;
    if (!plan_init(plan, request, has_no_ledger(request), run->diags))
        return false;
    if (request->shard.count)
        plan_shards(plan, request->shard.count);
    for (uint32_t i = 0; i < plan->output_count; i++) {
        uint8_t state = plan->outputs[i].state;
        run->outcome->progress.planned += state == PLAN_MAKE;
        if (state == PLAN_MAKE && plan->outputs[i].member == PLAN_NONE && request->sealed &&
            !request->password_user) {
            struct diag *diag =
                diag_add(run->diags, DIAG_USAGE, span_none(), "sealed editions need a password");
            diag_hint(run->diags, diag, "add --password-file FILE");
            return false;
        }
    }
    warn_unsealed(run);
    key_passwords(plan);
    run->fates = ARENA_ARRAY(&plan->arena, unsigned char, (size_t)plan->spec_count * plan->tier_count);
    return true;
}

/* Reads what whole runs left. That there is nothing is no fault. */
static bool read_main(struct batch_run *run, bool scores, bool outputs)
{
    const struct batch_request *request = run->request;
    size_t errors = run->diags->errors;
    struct ledger *ledger = ledger_open(request->ledger, true, LEDGER_WAIT_MS, run->diags);
    if (!ledger)
        return run->diags->errors == errors;
    bool ok = !scores || plan_scores(run->plan, ledger, run->diags);
    if (ok && outputs)
        ok = settle_outputs(run, ledger, ledger_folder(&run->plan->arena, request->ledger, request->output));
    ledger_close(ledger);
    return ok;
}

/* The same of what this shard left, for a dry run. */
static bool read_shard(struct batch_run *run)
{
    const struct batch_request *request = run->request;
    struct arena *arena = &run->plan->arena;
    size_t errors = run->diags->errors;
    if (!request->shard.count)
        return true;
    const char *path = ledger_shard_path(arena, request->output, request->shard.index, request->shard.count);
    struct ledger *ledger = ledger_open(path, true, LEDGER_WAIT_MS, run->diags);
    if (!ledger)
        return run->diags->errors == errors;
    bool ok = settle_outputs(run, ledger, ledger_folder(arena, path, request->output));
    ledger_close(ledger);
    return ok;
}

static bool begin(struct batch_run *run)
{
    const struct batch_request *request = run->request;
    struct arena *arena = &run->plan->arena;
    const char *path = own_ledger(request, arena);
    run->ledger = ledger_open_for_run(path, request->fsync, LEDGER_WAIT_MS, run->diags);
    if (!run->ledger)
        return false;
    run->folder = ledger_folder(arena, path, request->output);
    struct ledger_run record = {.name = request->name,
                                .folder = run->folder,
                                .edition = run->plan->edition,
                                .program = STR("briefing " BRIEFING_VERSION),
                                .shard = request->shard.index,
                                .shards = request->shard.count,
                                .started_ms = request->clock.now_ms(),
                                .status = STR("running")};
    if (!ledger_run_begin(run->ledger, &record, request->resume, &run->id, run->diags) ||
        !ledger_told_find(run->ledger, arena, run->folder, &run->told_before, run->diags))
        return false;
    if (request->log && !(run->log = batch_log_open(request->log, run->diags)))
        return false;
    struct manifest_head head = tell_head(run);
    batch_log_run(run->log, request->clock.now_ms(), &head, run->outcome->progress.planned, request->jobs);
    return true;
}

/* Where there is no ledger, workers need not wait for one to be made, nor for keys. */
static struct pool *begin_early(struct batch_run *run, bool unclean)
{
    if (!has_no_ledger(run->request))
        return NULL;
    if (unclean)
        sweep_all(run->plan);
    struct pool *pool = pool_open(run);
    pool_begin(pool);
    return pool;
}

/* Under the lock. early: who is at work on all outputs already, or NULL. */
static bool make_all(struct batch_run *run, struct pool *early, bool unclean)
{
    record_init(run);
    bool ok = early || settle_outputs(run, run->ledger, run->folder);
    if (ok && !early && run->request->shard.count)
        ok = read_main(run, false, true);
    if (ok && !early && unclean)
        sweep_all(run->plan);
    run_progress(run, (struct str){0}, false);
    struct pool *pool = early ? early : pool_open(run);
    ok = ok && pool_run(pool);
    /* What workers have finished is kept, whatever made the run stop; unless it was the ledger. */
    bool ledger_works = !run->diags->per_code[DIAG_LEDGER_FAILED] &&
                        !run->diags->per_code[DIAG_LEDGER_LOCKED] &&
                        !run->diags->per_code[DIAG_LEDGER_UNREADABLE];
    if (ok)
        ok = finish_run(run);
    else if (ledger_works)
        (void)record_all(run);
    record_done(run);
    pool_close(pool);
    return ok;
}

static bool make_under_lock(struct batch_run *run, bool unclean)
{
    struct pool *early = begin_early(run, unclean);
    if ((early || read_main(run, true, false)) && begin(run))
        return make_all(run, early, unclean);
    if (early) { /* nobody heard what was made */
        pool_close(early);
        sweep_all(run->plan);
    }
    return false;
}

static void tell_plan(struct batch_run *run)
{
    struct buf path = {0};
    for (uint32_t i = 0; run->watch->plan && i < run->plan->output_count; i++) {
        uint8_t state = run->plan->outputs[i].state;
        if (state != PLAN_MAKE && state != PLAN_KEPT)
            continue;
        buf_clear(&path);
        plan_path(run->plan, i, &path);
        run->watch->plan(run->watch->self, buf_view(&path), state == PLAN_KEPT);
    }
    buf_done(&path);
}

static bool do_locked(struct batch_run *run)
{
    struct batch_lock lock;
    bool ok = lock_take(&lock, &run->plan->arena, run->request->output, run->request->shard, run->diags) &&
              make_under_lock(run, lock.unclean);
    if (run->log)
        batch_log_close(run->log);
    if (run->ledger)
        ledger_close(run->ledger);
    lock_give(&lock, ok);
    return ok;
}

bool batch_run(const struct batch_request *request, const struct batch_watch *watch,
               struct batch_outcome *outcome, struct diags *diags)
{
    struct plan plan;
    struct batch_run run = {
        .plan = &plan, .request = request, .watch = watch, .outcome = outcome, .diags = diags};
    *outcome = (struct batch_outcome){0};
    run.started_us = request->clock.monotonic_us();
    heap_share(); /* workers have limits */
    bool ok = make_plan(&run) && request->identify(request, &plan.arena, &plan.identity, diags);
    if (ok && request->dry_run) {
        ok = read_main(&run, true, false) && read_shard(&run) && read_main(&run, false, true);
        tell_plan(&run);
    } else if (ok) {
        ok = do_locked(&run);
    }
    run_progress(&run, (struct str){0}, true);
    free(run.told.hashes);
    plan_done(&plan);
    return ok;
}
