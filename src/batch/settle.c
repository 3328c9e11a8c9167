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

enum { ROWS_AT_ONCE = 4096 };

/* What must be written once the ledger is no longer being read. */
struct later {
    uint32_t output;
    struct ledger_output *row; /* is put; NULL: the output is only marked as seen */
};

struct settling {
    struct batch_run *run;
    struct ledger *from;
    struct arena arena; /* of what is for later */
    struct depends_memory depends;
    uint32_t *slots; /* outputs + 1 by the hash of their path; 0: free */
    size_t slot_count;
    struct later *items;
    size_t count, cap;
    struct buf path;
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

static bool has_digest(const char *path, struct str digest)
{
    struct str data;
    const char *why;
    unsigned char bytes[32];
    if (!file_map(path, &data, &why))
        return false;
    struct hash hash;
    hash_init(&hash);
    hash_add(&hash, data.p, data.n);
    hash_done(&hash, bytes);
    file_unmap(data);
    struct arena scratch;
    arena_init(&scratch);
    bool same = str_eq(hash_hex(&scratch, bytes, sizeof bytes), digest);
    arena_done(&scratch);
    return same;
}

/* Size, time and inode of a file into the row; false when there is no such file. *same: they were so before.
 */
static bool look(const char *path, struct ledger_output *row, bool *same)
{
    struct stat info;
    *same = false;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    int64_t mtime_ns = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    *same = row->bytes == info.st_size && row->mtime_ns == mtime_ns && row->inode == (int64_t)info.st_ino;
    row->bytes = info.st_size;
    row->mtime_ns = mtime_ns;
    row->inode = (int64_t)info.st_ino;
    return true;
}

static void put_off(struct settling *settling, uint32_t output, const struct ledger_output *row, bool whole)
{
    struct arena *arena = &settling->arena;
    struct later *later = ARENA_PUSH(arena, settling);
    *later = (struct later){.output = output};
    if (!whole)
        return;
    later->row = ARENA_NEW(arena, struct ledger_output);
    *later->row = *row;
    ledger_output_keep(later->row, arena);
}

/* A PENDING row: the file may or may not have its name yet. true when it has it now. */
static bool finish(struct settling *settling, const char *path, const struct ledger_output *row)
{
    if (has_digest(path, row->digest))
        return true;
    struct arena scratch;
    arena_init(&scratch);
    const char *temporary = file_join(&scratch, str_from(settling->run->request->output), row->temporary);
    bool there = row->temporary.n && has_digest(temporary, row->digest);
    if (there && !settling->run->request->dry_run)
        there = rename(temporary, path) == 0;
    arena_done(&scratch);
    return there;
}

static bool is_current(struct settling *settling, uint32_t output, const struct ledger_output *row)
{
    struct arena scratch;
    arena_init(&scratch);
    bool current = str_eq(key_of(settling->run->plan, &scratch, output), row->inputs) &&
                   depends_hold(settling->run->plan, &settling->depends, row->depends);
    arena_done(&scratch);
    return current;
}

static void judge(struct settling *settling, uint32_t output, const struct ledger_output *row)
{
    struct batch_run *run = settling->run;
    struct plan_output *planned = &run->plan->outputs[output];
    struct arena scratch;
    arena_init(&scratch);
    const char *path = file_join(&scratch, str_from(run->request->output), row->path);
    struct ledger_output now = *row;
    bool whole = settling->from != run->ledger, same = false, good;
    if (row->state == LEDGER_PENDING) {
        good = finish(settling, path, row) && (run->request->dry_run || look(path, &now, &same));
        now.temporary = (struct str){0};
        now.state = LEDGER_DONE;
        whole = true;
    } else {
        good =
            row->state == LEDGER_DONE && look(path, &now, &same) && (same || has_digest(path, row->digest));
        whole = whole || !same;
    }
    if (planned->state == PLAN_UNASKED) {
        if (good || row->state == LEDGER_FAILED)
            put_off(settling, output, &now, whole && good);
    } else if (good && is_current(settling, output, row)) {
        planned->state = PLAN_KEPT;
        run->outcome->progress.kept++;
        run->outcome->progress.bytes += (uint64_t)now.bytes;
        batch_log_output(run->log, run->request->clock.now_ms(), "kept", &now, 0);
        put_off(settling, output, &now, whole);
    } else if (good && row->state == LEDGER_PENDING) {
        put_off(settling, output, &now, true);
    }
    arena_done(&scratch);
}

static bool visit(void *self, const struct ledger_output *row)
{
    struct settling *settling = self;
    uint32_t output = output_of(settling, row->path);
    if (output != PLAN_NONE) {
        uint8_t state = settling->run->plan->outputs[output].state;
        /* What was not asked for is only marked, and in the run's own ledger only. */
        if (state == PLAN_MAKE || (state == PLAN_UNASKED && settling->from == settling->run->ledger))
            judge(settling, output, row);
    }
    return !run_stopped(settling->run);
}

/* In pieces: what a transaction changes stays in memory until its end. A run that is killed between two of
 * them finds the rest as it was. */
static bool write_down(struct settling *settling)
{
    struct batch_run *run = settling->run;
    bool ok = ledger_begin(run->ledger, run->diags);
    for (size_t i = 0; ok && i < settling->count; i++) {
        struct later *later = &settling->items[i];
        if (i && i % ROWS_AT_ONCE == 0)
            ok = ledger_commit(run->ledger, run->diags) && ledger_begin(run->ledger, run->diags);
        if (!ok)
            break;
        if (later->row) {
            later->row->folder = run->folder;
            later->row->seen = run->id;
            ok = ledger_output_put(run->ledger, later->row, run->diags);
            continue;
        }
        buf_clear(&settling->path);
        plan_path(run->plan, later->output, &settling->path);
        ok = ledger_output_seen(run->ledger, run->folder, buf_view(&settling->path), run->id, run->diags);
    }
    return ok && ledger_commit(run->ledger, run->diags);
}

bool settle_outputs(struct batch_run *run, struct ledger *from, struct str folder)
{
    struct settling settling = {.run = run, .from = from};
    arena_init(&settling.arena);
    depends_init(&settling.depends);
    index_outputs(&settling);
    bool ok = ledger_output_each(from, folder, 0, visit, &settling, run->diags);
    if (ok && !run->request->dry_run)
        ok = write_down(&settling);
    depends_done(&settling.depends);
    buf_done(&settling.path);
    arena_done(&settling.arena);
    return ok;
}
