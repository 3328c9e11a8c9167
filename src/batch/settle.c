/* Settling: which outputs are as they should be. A row of the ledger vouches for a file when its key is
 * today's, the further files are as they were, and the file is the one that was written: by its size, time
 * and inode, or, where it was moved or restored, by its digest. */
#include "batch/settle.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "batch/depends.h"
#include "batch/key.h"
#include "batch/stray.h"

enum { ROWS_AT_ONCE = 4096 };

/* A row that must be put once the ledger is no longer being read: it is DONE, and its file is this. */
struct later {
    uint32_t output;
    int64_t bytes, mtime_ns, inode;
};

struct settling {
    struct batch_run *run;
    struct ledger *from;
    struct str folder; /* as `from` knows it */
    int home;          /* the folder of outputs */
    struct arena arena;
    struct depends_memory depends;
    uint32_t *slots; /* outputs + 1 by the hash of their path; 0: free */
    size_t slot_count;
    struct later *items;
    size_t count, cap;
    size_t stood, stand; /* rows that the run before saw, and those of them that are only to be marked */
    bool untold; /* a row is as it should be that the last telling did not have */
    struct strays strays;
    struct buf path, file;
    bool ok;
};

static void index_outputs(struct settling *settling)
{
    const struct plan *plan = settling->run->plan;
    settling->slot_count = 16;
    while (settling->slot_count < 2 * (size_t)plan->output_count)
        settling->slot_count *= 2;
    settling->slots = ARENA_ARRAY(&settling->arena, uint32_t, settling->slot_count);
    for (uint32_t i = 0; i < plan->output_count; i++) {
        if (plan->outputs[i].state == PLAN_OTHER)
            continue;
        buf_clear(&settling->path);
        plan_path(plan, i, &settling->path);
        size_t slot = (size_t)hash_quick(settling->path.p, settling->path.n) & (settling->slot_count - 1);
        while (settling->slots[slot])
            slot = (slot + 1) & (settling->slot_count - 1);
        settling->slots[slot] = i + 1;
    }
}

/* The output of a path, or PLAN_NONE. */
static uint32_t output_of(struct settling *settling, struct str path)
{
    size_t slot = (size_t)hash_quick(path.p, path.n) & (settling->slot_count - 1);
    for (; settling->slots[slot]; slot = (slot + 1) & (settling->slot_count - 1)) {
        buf_clear(&settling->path);
        plan_path(settling->run->plan, settling->slots[slot] - 1, &settling->path);
        if (str_eq(buf_view(&settling->path), path))
            return settling->slots[slot] - 1;
    }
    return PLAN_NONE;
}

/* The path of the output at hand as a system call takes it, beneath settling->home. */
static const char *path_of(struct settling *settling, struct str path)
{
    buf_clear(&settling->file);
    buf_str(&settling->file, path);
    buf_char(&settling->file, 0);
    return settling->file.p;
}

/* Of a file that may lie anywhere in the folder of outputs. */
static bool has_digest(struct settling *settling, struct str file, struct str digest)
{
    struct str data;
    const char *why;
    unsigned char bytes[32];
    struct arena scratch;
    arena_init(&scratch);
    bool same = file_map(file_join(&scratch, str_from(settling->run->request->output), file), &data, &why);
    if (same) {
        struct hash hash;
        hash_init(&hash);
        hash_add(&hash, data.p, data.n);
        hash_done(&hash, bytes);
        file_unmap(data);
        same = str_eq(hash_hex(&scratch, bytes, sizeof bytes), digest);
    }
    arena_done(&scratch);
    return same;
}

/* Size, time and inode of a file; false when there is no such file. *same: they are those of the row. */
static bool look(struct settling *settling, const struct ledger_output *row, struct later *now, bool *same)
{
    struct stat info;
    *same = false;
    if (fstatat(settling->home, path_of(settling, row->path), &info, 0) != 0 || !S_ISREG(info.st_mode))
        return false;
    now->bytes = info.st_size;
    now->mtime_ns = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    now->inode = (int64_t)info.st_ino;
    *same = row->bytes == now->bytes && row->mtime_ns == now->mtime_ns && row->inode == now->inode;
    return true;
}

/* A PENDING row: the file may or may not have its name yet. true when it has it now. */
static bool finish(struct settling *settling, const struct ledger_output *row)
{
    if (has_digest(settling, row->path, row->digest))
        return true;
    bool there = row->temporary.n && has_digest(settling, row->temporary, row->digest);
    if (!there || settling->run->request->dry_run)
        return there;
    struct arena scratch;
    arena_init(&scratch);
    const char *temporary = str_z(&scratch, row->temporary);
    there = renameat(settling->home, temporary, settling->home, path_of(settling, row->path)) == 0;
    arena_done(&scratch);
    return there;
}

static bool is_current(struct settling *settling, uint32_t output, const struct ledger_output *row)
{
    return key_is(settling->run->plan, output, row->inputs) &&
           depends_hold(settling->run->plan, &settling->depends, row->depends);
}

/* What becomes of a row whose file is as it should be. whole: it must be put, and is not only marked. */
static void note(struct settling *settling, const struct ledger_output *row, const struct later *now,
                 bool whole)
{
    if (whole)
        *ARENA_PUSH(&settling->arena, settling) = *now;
    else
        settling->run->plan->outputs[now->output].stands = true;
    settling->stand += !whole && row->seen == settling->run->told_before.run;
    settling->untold = settling->untold || row->seen != settling->run->told_before.run;
}

static void keep(struct settling *settling, const struct ledger_output *row, const struct later *now)
{
    struct batch_run *run = settling->run;
    run->plan->outputs[now->output].state = PLAN_KEPT;
    run->outcome->progress.kept++;
    run->outcome->progress.bytes += (uint64_t)now->bytes;
    if (!run->log)
        return;
    struct ledger_output kept = *row;
    kept.bytes = now->bytes;
    kept.state = LEDGER_DONE;
    batch_log_output(run->log, run->request->clock.now_ms(), "kept", &kept, 0);
}

static void judge(struct settling *settling, uint32_t output, const struct ledger_output *row)
{
    struct batch_run *run = settling->run;
    bool asked = run->plan->outputs[output].state == PLAN_MAKE, same = false, good;
    bool pending = row->state == LEDGER_PENDING, dry = run->request->dry_run;
    struct later now = {output, row->bytes, row->mtime_ns, row->inode};
    if (pending)
        good = finish(settling, row) && (look(settling, row, &now, &same) || dry);
    else
        good = row->state == LEDGER_DONE && look(settling, row, &now, &same) &&
               (same || has_digest(settling, row->path, row->digest));
    bool whole = pending || !same || settling->from != run->ledger;
    bool current = good && asked && is_current(settling, output, row);
    if (current)
        keep(settling, row, &now);
    if (current || (good && (!asked || pending)))
        note(settling, row, &now, whole);
    else if (!asked && row->state == LEDGER_FAILED)
        note(settling, row, &now, false);
}

/* Of a row that no output of the plan has. What was still under its temporary name stays so for ever. */
static void look_at_stray(struct settling *settling, const struct ledger_output *row)
{
    struct later ignored = {0};
    bool same = false;
    if (row->state == LEDGER_PENDING && row->temporary.n && !settling->run->request->dry_run)
        unlinkat(settling->home, path_of(settling, row->temporary), 0);
    if (row->state == LEDGER_FAILED || !look(settling, row, &ignored, &same))
        return;
    if (same || has_digest(settling, row->path, row->digest))
        settling->ok = strays_take(&settling->strays, row);
}

static bool visit(void *self, const struct ledger_output *row)
{
    struct settling *settling = self;
    uint32_t output = output_of(settling, row->path);
    settling->stood += row->seen == settling->run->told_before.run;
    if (output != PLAN_NONE) {
        uint8_t state = settling->run->plan->outputs[output].state;
        /* What was not asked for is only marked, and in the run's own ledger only. */
        if (state == PLAN_MAKE || (state == PLAN_UNASKED && settling->from == settling->run->ledger))
            judge(settling, output, row);
    } else if (strays_are_looked_for(settling->run)) {
        look_at_stray(settling, row);
    }
    return settling->ok && !run_stopped(settling->run);
}

static bool put(struct settling *settling, const struct later *later)
{
    struct batch_run *run = settling->run;
    struct arena scratch;
    struct ledger_output row;
    bool found;
    arena_init(&scratch);
    bool ok = ledger_output_find(settling->from, &scratch, settling->folder, buf_view(&settling->path), &row,
                                 &found, run->diags);
    if (ok && found) {
        row.folder = run->folder;
        row.seen = run->id;
        row.state = LEDGER_DONE;
        row.temporary = (struct str){0};
        row.bytes = later->bytes;
        row.mtime_ns = later->mtime_ns;
        row.inode = later->inode;
        ok = ledger_output_put(run->ledger, &row, run->diags);
    }
    arena_done(&scratch);
    return ok;
}

/* In pieces: what a transaction changes stays in memory until its end. A run that is killed between two of
 * them finds the rest as it was. */
static bool next_piece(struct settling *settling, size_t *done)
{
    struct batch_run *run = settling->run;
    if (++*done % ROWS_AT_ONCE != 0)
        return true;
    return ledger_commit(run->ledger, run->diags) && ledger_begin(run->ledger, run->diags);
}

static bool write_down(struct settling *settling)
{
    struct batch_run *run = settling->run;
    struct plan *plan = run->plan;
    size_t done = 0;
    bool ok = ledger_begin(run->ledger, run->diags);
    for (size_t i = 0; ok && i < settling->count; i++) {
        buf_clear(&settling->path);
        plan_path(plan, settling->items[i].output, &settling->path);
        ok = put(settling, &settling->items[i]) && next_piece(settling, &done);
    }
    for (uint32_t i = 0; ok && settling->from == run->ledger && i < plan->output_count; i++) {
        if (!plan->outputs[i].stands)
            continue;
        buf_clear(&settling->path);
        plan_path(plan, i, &settling->path);
        ok = ledger_output_seen(run->ledger, run->folder, buf_view(&settling->path), run->id, run->diags) &&
             next_piece(settling, &done);
    }
    return ok && ledger_commit(run->ledger, run->diags);
}

/* Whether the outputs that the run before told of are all there are, and are as they were. A shard's rows
 * bear the number of its last run, by which they are joined. */
static bool is_unchanged(const struct settling *settling)
{
    const struct batch_run *run = settling->run;
    bool unchanged = run->request->shard.count == 0 && run->told_before.run != 0 && settling->count == 0 &&
                     settling->stood == settling->stand && !settling->untold;
    for (uint32_t i = 0; unchanged && i < run->plan->output_count; i++)
        unchanged = run->plan->outputs[i].state != PLAN_MAKE;
    return unchanged;
}

bool settle_outputs(struct batch_run *run, struct ledger *from, struct str folder)
{
    struct settling settling = {.run = run,
                                .from = from,
                                .folder = folder,
                                .strays = {.run = run, .ledger = from, .folder = folder},
                                .ok = true};
    settling.home = file_disk_open(run->request->output);
    if (settling.home < 0) /* no outputs either */
        return true;
    arena_init(&settling.arena);
    depends_init(&settling.depends);
    index_outputs(&settling);
    bool ok = ledger_output_scan(from, folder, run->log != NULL, visit, &settling, run->diags) && settling.ok;
    if (from == run->ledger)
        run->unchanged = ok && !run_stopped(run) && is_unchanged(&settling);
    if (ok && !run->request->dry_run && !run->unchanged)
        ok = write_down(&settling);
    ok = ok && strays_settle(&settling.strays, settling.home);
    strays_done(&settling.strays);
    close(settling.home);
    depends_done(&settling.depends);
    buf_done(&settling.path);
    buf_done(&settling.file);
    arena_done(&settling.arena);
    return ok;
}
