/* Thumbnails of first pages, by poppler's pdftoppm: each in a process of its own, with limits, as it reads
 * files that somebody may have put in the place of ours. */
#include "batch/manifest.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/file.h"

enum {
    LIMIT_SECONDS = 20,
    LIMIT_MEMORY = 1024, /* MiB */
    LIMIT_FILE = 8,      /* MiB */
    DIGEST = 64,         /* hex digits */
    MOST_JOBS = 64
};

struct thumbnail {
    struct str digest, path;
};

struct work {
    struct arena *arena;
    const char *output, *folder;
    struct thumbnail *items; /* sorted by digest */
    size_t count, cap;
};

/* ---- what should be there */

static bool add(void *self, const struct ledger_output *output)
{
    struct work *work = self;
    if (output->state == LEDGER_DONE && output->digest.n == DIGEST)
        *ARENA_PUSH(work->arena, work) =
            (struct thumbnail){str_dup(work->arena, output->digest), str_dup(work->arena, output->path)};
    return true;
}

static int by_digest(const void *a, const void *b)
{
    return str_cmp(((const struct thumbnail *)a)->digest, ((const struct thumbnail *)b)->digest);
}

static bool gather(struct work *work, struct ledger *ledger, struct str folder, int64_t run,
                   struct diags *diags)
{
    if (!ledger_output_part(ledger, LEDGER_EDITIONS, folder, run, add, work, diags) ||
        !ledger_output_part(ledger, LEDGER_COMPENDIA, folder, run, add, work, diags))
        return false;
    if (work->count)
        qsort(work->items, work->count, sizeof *work->items, by_digest);
    return true;
}

static bool is_wanted(const struct work *work, struct str digest)
{
    struct thumbnail key = {.digest = digest};
    return work->count && bsearch(&key, work->items, work->count, sizeof *work->items, by_digest);
}

static bool is_digest_jpeg(struct str name)
{
    return name.n == DIGEST + 4 && str_ends(name, STR(".jpg")) &&
           strspn(name.p, "0123456789abcdef") == DIGEST;
}

/* Removes what no PDF has any more and what a killed run left. Nothing that is not named as ours. */
static void sweep(const struct work *work)
{
    DIR *dir = opendir(work->folder);
    if (!dir)
        return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        struct str name = str_from(entry->d_name), target = file_temporary_target(name);
        bool stale = is_digest_jpeg(name) && !is_wanted(work, str_slice(name, 0, DIGEST));
        bool left = target.n == DIGEST + 4 && str_ends(target, STR(".jpg"));
        if (stale || left)
            unlinkat(dirfd(dir), entry->d_name, 0);
    }
    closedir(dir);
}

/* ---- making them */

/* Under a temporary name first, so that a killed run leaves no half of a picture. */
static void keep(const char *path, struct str jpeg)
{
    struct file_temporary made;
    struct arena scratch;
    const char *why;
    arena_init(&scratch);
    if (file_write_temporary(path, jpeg, false, &made, &why)) {
        const char *temporary = file_join(&scratch, file_folder(str_from(path)), str_from(made.name));
        if (rename(temporary, path) != 0)
            unlink(temporary);
    }
    arena_done(&scratch);
}

/* false when there is no pdftoppm. */
static bool make(const struct work *work, const struct thumbnail *thumbnail)
{
    static const struct child_limits limits = {LIMIT_SECONDS, (size_t)LIMIT_MEMORY << 20,
                                               (size_t)LIMIT_FILE << 20};
    struct arena scratch;
    arena_init(&scratch);
    struct str name = str_printf(&scratch, STR_FMT ".jpg", STR_ARG(thumbnail->digest));
    const char *path = file_join(&scratch, str_from(work->folder), name);
    const char *pdf = file_join(&scratch, str_from(work->output), thumbnail->path);
    /* So that no folder's name reads as an option. */
    if (*pdf == '-')
        pdf = str_printf(&scratch, "./%s", pdf).p;
    const char *const arguments[] = {"pdftoppm",    "-jpeg", "-f",          "1",   "-l", "1", "-singlefile",
                                     "-scale-to-x", "-1",    "-scale-to-y", "320", pdf,  NULL};
    struct buf jpeg = {0};
    enum child_end end = CHILD_DONE;
    if (access(path, F_OK) != 0) {
        end = child_run(NULL, arguments, (struct str){0}, &limits, &jpeg, NULL);
        if (end == CHILD_DONE && jpeg.n)
            keep(path, buf_view(&jpeg));
    }
    buf_done(&jpeg);
    arena_done(&scratch);
    return end != CHILD_MISSING;
}

/* Each process takes every so-manieth. */
static void make_share(const struct work *work, size_t first, size_t step)
{
    for (size_t i = first; i < work->count; i += step) {
        bool again = i && str_eq(work->items[i].digest, work->items[i - 1].digest);
        if (!again && !make(work, &work->items[i]))
            return;
    }
}

static void make_all(const struct work *work, unsigned jobs)
{
    pid_t helpers[MOST_JOBS];
    size_t step = jobs == 0 ? 1 : jobs > MOST_JOBS ? MOST_JOBS : jobs;
    for (size_t i = 1; i < step; i++) {
        helpers[i] = fork();
        if (helpers[i] == 0) {
            make_share(work, i, step);
            _exit(0);
        }
        if (helpers[i] < 0)
            make_share(work, i, step);
    }
    make_share(work, 0, step);
    for (size_t i = 1; i < step; i++) {
        while (helpers[i] > 0 && waitpid(helpers[i], NULL, 0) < 0 && errno == EINTR)
            ;
    }
}

void thumbnails_make(struct ledger *ledger, struct str folder, int64_t run, const char *output, unsigned jobs,
                     struct diags *diags)
{
    struct arena arena;
    arena_init(&arena);
    const char *why;
    struct work work = {
        .arena = &arena, .output = output, .folder = file_join(&arena, str_from(output), STR("thumbnails"))};
    if (gather(&work, ledger, folder, run, diags)) {
        if (work.count && file_make_folders(work.folder, &why))
            make_all(&work, jobs);
        sweep(&work);
        rmdir(work.folder); /* stays unless it is empty */
    }
    arena_done(&arena);
}
