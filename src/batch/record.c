/* Outputs on their way into the ledger and to their names. */
#include "batch/record.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "batch/run.h"
#include "diag/render.h"

/* An output waits for 20 ms, or ten times as long as the last step took: steps are to cost a tenth of the
 * time. */
enum {
    MOST_WAITING = 1024,
    LEAST_WAIT_US = 20 * 1000,
    MOST_WAIT_US = 2 * 1000 * 1000,
    WAIT_FACTOR = 10,
    MOST_OPEN_MS = 100
};

void record_init(struct batch_run *run)
{
    run->record = (struct record){0};
    if (run->request->fsync)
        run->record.disk = disk_open(run->request->output);
    run->record.score_put = ARENA_ARRAY(&run->plan->arena, bool, run->plan->spec_count);
}

static void empty(struct record_batch *batch)
{
    arena_done(&batch->arena);
    *batch = (struct record_batch){0};
}

void record_done(struct batch_run *run)
{
    empty(&run->record.now);
    empty(&run->record.waiting);
    empty(&run->record.renamed);
    disk_close(run->record.disk);
}

struct arena *record_arena(struct batch_run *run)
{
    return &run->record.now.arena;
}

void record_add(struct batch_run *run, const struct record_item *item)
{
    struct record_batch *batch = &run->record.now;
    if (batch->count == 0)
        batch->since_us = run->request->clock.monotonic_us();
    *ARENA_PUSH(&batch->arena, batch) = *item;
}

int64_t record_wait_us(const struct batch_run *run)
{
    const struct record_batch *batch = &run->record.now;
    if (batch->count == 0 || run->record.stepping)
        return -1;
    int64_t wait = run->record.step_us * WAIT_FACTOR;
    wait = wait < LEAST_WAIT_US ? LEAST_WAIT_US : wait > MOST_WAIT_US ? MOST_WAIT_US : wait;
    int64_t left = batch->since_us + wait - run->request->clock.monotonic_us();
    return batch->count >= MOST_WAITING || left < 0 ? 0 : left;
}

/* A score is for the next editions to read: only a final one, and only what may be published. */
static bool put_score(struct batch_run *run, const struct record_item *item)
{
    const struct plan_group *group = &run->plan->groups[run->plan->outputs[item->output].group];
    if (group->compendium || !item->for_publication || run->request->draft || run->request->internal ||
        run->record.score_put[group->own])
        return true;
    const struct plan_spec *spec = &run->plan->specs[group->own];
    run->record.score_put[group->own] = true;
    return spec->edition.kind == EDITION_NONE ||
           ledger_score_put(run->ledger, spec->id, spec->edition, item->row.score, run->diags);
}

/* Noted before the file has its name: a copy that may be out in the world is always known. */
static bool put_copy(struct batch_run *run, const struct record_item *item)
{
    const struct ledger_output *row = &item->row;
    return row->copy.n == 0 || ledger_copy_put(run->ledger,
                                               &(struct ledger_copy){.copy = row->copy,
                                                                     .member = row->member,
                                                                     .entity = row->entity,
                                                                     .edition = row->edition,
                                                                     .tier = row->tier,
                                                                     .path = row->path,
                                                                     .digest = row->digest,
                                                                     .made_ms = run->request->clock.now_ms()},
                                               run->diags);
}

/* The last word on an output that was PENDING. */
static bool put_again(struct batch_run *run, const struct record_item *item)
{
    const struct ledger_output *row = &item->row;
    if (item->noted)
        return true;
    return item->failed ? ledger_output_put(run->ledger, row, run->diags)
                        : ledger_output_done(run->ledger, row->folder, row->path, run->diags);
}

bool record_last(struct batch_run *run)
{
    struct record_batch *batch = &run->record.renamed;
    bool ok = true;
    for (size_t i = 0; ok && i < batch->count; i++)
        ok = put_again(run, &batch->items[i]);
    return ok;
}

/* All that the step has to say, in a transaction that is open. */
static bool put_rows(struct batch_run *run)
{
    struct record *record = &run->record;
    bool ok = record_last(run);
    for (size_t i = 0; ok && i < record->waiting.count; i++) {
        struct record_item *item = &record->waiting.items[i];
        item->row.state = item->failed ? LEDGER_FAILED : LEDGER_PENDING;
        item->noted = item->failed;
        ok = ledger_output_put(run->ledger, &item->row, run->diags);
        if (ok && !item->failed)
            ok = put_copy(run, item) && put_score(run, item);
    }
    return ok;
}

static bool commit(struct batch_run *run)
{
    return ledger_begin(run->ledger, run->diags) && put_rows(run) && ledger_commit(run->ledger, run->diags);
}

/* A file that cannot take its name (a folder stands there, say) is an output that failed. */
static void refuse(struct batch_run *run, struct record_item *item, const char *path, const char *why)
{
    struct diags diags;
    struct arena *arena = &run->record.waiting.arena;
    diags_init(&diags, arena);
    diag_add(&diags, DIAG_CANNOT_WRITE, span_none(), "cannot write %s: %s", path, why);
    struct buf json = {0};
    diag_render_json_tight(&json, &diags);
    item->row.diagnostics = str_dup(arena, buf_view(&json));
    buf_done(&json);
    run_tell_all(run, &diags);
    item->failed = true;
    item->row.digest = (struct str){0};
    run->plan->outputs[item->output].state = PLAN_FAILED;
    run->outcome->progress.made--;
    run->outcome->progress.failed++;
    run->record.rehearsed = false;
}

static void take_name(struct batch_run *run, struct record_item *item)
{
    struct arena *arena = &run->record.waiting.arena;
    struct str folder = str_from(run->request->output);
    const char *path = file_join(arena, folder, item->row.path),
               *from = file_join(arena, folder, item->row.temporary);
    if (rename(from, path) == 0)
        return;
    const char *why = file_reason(errno);
    unlink(from);
    refuse(run, item, path, why);
}

static void take_names(struct batch_run *run)
{
    struct record_batch *batch = &run->record.waiting;
    for (size_t i = 0; i < batch->count; i++) {
        struct record_item *item = &batch->items[i];
        if (!item->failed)
            take_name(run, item);
        item->row.temporary = (struct str){0};
        item->row.state = item->failed ? LEDGER_FAILED : LEDGER_DONE;
        batch_log_output(run->log, run->request->clock.now_ms(), item->failed ? "failed" : "made", &item->row,
                         item->took_us);
    }
}

/* Where the disk failed, each file is asked for by itself: one that it does not have is an output that
 * failed. */
static void ask_for_each(struct batch_run *run)
{
    struct record_batch *batch = &run->record.waiting;
    for (size_t i = 0; i < batch->count; i++) {
        struct record_item *item = &batch->items[i];
        struct str folder = str_from(run->request->output);
        const char *why, *path = file_join(&batch->arena, folder, item->row.temporary);
        if (item->failed || file_sync(path, &why))
            continue;
        unlink(path);
        refuse(run, item, file_join(&batch->arena, folder, item->row.path), why);
    }
}

static void begin_step(struct batch_run *run)
{
    struct record *record = &run->record;
    record->begun_us = run->request->clock.monotonic_us();
    record->stepping = true;
    record->safe = true;
    record->waiting = record->now;
    record->now = (struct record_batch){0};
    if (record->disk)
        disk_begin(record->disk);
}

static void wait_for_disk(struct batch_run *run)
{
    struct record *record = &run->record;
    record->safe = (record->disk ? disk_end(record->disk) : !run->request->fsync) && record->safe;
}

/* What came in meanwhile joins the step at hand, for which the disk is waited for once more: one step less.
 */
static void join_step(struct batch_run *run)
{
    struct record *record = &run->record;
    for (size_t i = 0; i < record->now.count; i++)
        *ARENA_PUSH(&record->waiting.arena, &record->waiting) = record->now.items[i];
    arena_join(&record->waiting.arena, &record->now.arena);
    record->now = (struct record_batch){0};
    wait_for_disk(run);
    if (record->disk)
        disk_begin(record->disk);
}

/* As if nothing had been put into the transaction at hand. */
static bool take_back(struct batch_run *run)
{
    struct record *record = &run->record;
    for (size_t i = 0; i < record->waiting.count; i++) {
        const struct plan_group *group =
            &run->plan->groups[run->plan->outputs[record->waiting.items[i].output].group];
        if (!group->compendium)
            record->score_put[group->own] = false;
    }
    record->open = false;
    return ledger_rollback(run->ledger, run->diags);
}

static bool end_step(struct batch_run *run)
{
    struct record *record = &run->record;
    wait_for_disk(run);
    record->stepping = false;
    bool ok = true;
    if (!record->safe) {
        ok = !record->open || take_back(run);
        ask_for_each(run);
    }
    if (record->open)
        ok = ledger_back(run->ledger, run->diags) && ledger_commit(run->ledger, run->diags);
    else
        ok = ok && commit(run);
    record->open = false;
    if (!ok)
        return false;
    empty(&record->renamed);
    take_names(run);
    record->renamed = record->waiting;
    record->waiting = (struct record_batch){0};
    record->step_us = run->request->clock.monotonic_us() - record->begun_us;
    return true;
}

int record_news(const struct batch_run *run)
{
    return run->record.stepping && run->record.disk ? disk_news(run->record.disk) : -1;
}

static bool disk_is_done(const struct batch_run *run, int wait_ms)
{
    struct pollfd poll_it = {record_news(run), POLLIN, 0};
    return poll_it.fd < 0 || poll(&poll_it, 1, wait_ms) > 0; /* a signal is no news of the disk */
}

/* Or so many wait for the next step that the run must wait, too: what they are told by stays in memory. */
static bool is_over(const struct batch_run *run)
{
    if (run->record.now.count >= MOST_WAITING)
        return true;
    return disk_is_done(run, 0);
}

bool record_flush(struct batch_run *run)
{
    if (!run->record.stepping && record_wait_us(run) == 0)
        begin_step(run);
    return !run->record.stepping || !is_over(run) || end_step(run);
}

/* The thread that waits for the disk stands behind this one on a processor: it is let go first, to give the
 * disk its work. */
static void let_it_begin(const struct record *record)
{
    if (record->disk)
        sched_yield();
}

void record_begin_last(struct batch_run *run)
{
    struct record *record = &run->record;
    if (!record->now.count)
        return;
    if (record->stepping)
        join_step(run);
    else
        begin_step(run);
    let_it_begin(record);
}

bool record_rehearse(struct batch_run *run)
{
    struct record *record = &run->record;
    record_begin_last(run);
    if (!record->stepping || !record->disk)
        return true;
    bool ok = ledger_begin(run->ledger, run->diags);
    record->open = ok;
    ok = ok && put_rows(run) && ledger_mark(run->ledger, run->diags);
    for (size_t i = 0; ok && i < record->waiting.count; i++) {
        const struct ledger_output *row = &record->waiting.items[i].row;
        ok = ledger_output_done(run->ledger, row->folder, row->path, run->diags);
    }
    record->rehearsed = ok;
    return ok;
}

bool record_names(struct batch_run *run)
{
    struct record *record = &run->record;
    record_begin_last(run);
    /* Nobody else can write to the ledger meanwhile: not for long, and a disk may take long. */
    if (record->open && !disk_is_done(run, MOST_OPEN_MS) && !take_back(run))
        return false;
    return !record->stepping || end_step(run);
}

void record_disk_begin(struct batch_run *run)
{
    if (run->record.disk)
        disk_begin(run->record.disk);
    let_it_begin(&run->record);
}

bool record_disk_end(struct batch_run *run)
{
    return run->record.disk ? disk_end(run->record.disk) : !run->request->fsync;
}

bool record_all(struct batch_run *run)
{
    if (!record_names(run))
        return false;
    if (run->record.renamed.count == 0)
        return true;
    record_disk_begin(run);
    (void)record_disk_end(run); /* names that it has not are looked for by the next run */
    return ledger_begin(run->ledger, run->diags) && record_last(run) &&
           ledger_commit(run->ledger, run->diags);
}
