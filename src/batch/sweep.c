/* Sweeping temporary files: only what carries our mark and the name of an output that is ours to make. */
#include "batch/sweep.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "batch/manifest.h"

enum { NAME_SHOWN = 200 /* bytes of a name that a temporary one repeats */, OWN_FILES = 3 };

static struct str shortened(struct str path)
{
    size_t folder = file_folder(path).n;
    return str_slice(path, 0, folder + NAME_SHOWN);
}

/* folder: relative, with its '/', or empty. */
static void sweep_folder(const struct plan *plan, struct arena *scratch, struct str folder,
                         const struct idmap *ours)
{
    const char *path = file_join(scratch, str_from(plan->request->output), folder);
    DIR *dir = opendir(*path ? path : ".");
    if (!dir)
        return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        struct str target = file_temporary_target(str_from(entry->d_name));
        if (target.n == 0)
            continue;
        struct str output = str_printf(scratch, STR_FMT STR_FMT, STR_ARG(folder), STR_ARG(target));
        if (idmap_find(ours, output) != SIZE_MAX)
            unlinkat(dirfd(dir), entry->d_name, 0);
    }
    closedir(dir);
}

/* What the run itself writes beside its outputs. */
static void add_own_files(const struct plan *plan, struct arena *arena, struct idmap *ours)
{
    struct batch_shard shard = plan->request->shard;
    struct str manifest = str_from(manifest_path(arena, "", shard.index, shard.count));
    struct str files[OWN_FILES] = {manifest, str_printf(arena, STR_FMT ".sig", STR_ARG(manifest)),
                                   STR("index.html")};
    for (size_t i = 0; i < OWN_FILES; i++)
        idmap_add(ours, files[i], 0);
}

void sweep_all(const struct plan *plan)
{
    struct arena arena;
    arena_init(&arena);
    struct idmap ours, folders;
    idmap_init(&ours, &arena, plan->output_count + OWN_FILES);
    idmap_init(&folders, &arena, plan->output_count + 1);
    struct buf path = {0};
    add_own_files(plan, &arena, &ours);
    for (uint32_t t = 0; t < plan->task_count; t++) {
        const struct plan_task *task = &plan->tasks[t];
        if (task->shard != plan->request->shard.index)
            continue;
        for (uint32_t i = task->first; i < task->first + task->count; i++) {
            buf_clear(&path);
            plan_path(plan, i, &path);
            idmap_add(&ours, str_dup(&arena, shortened(buf_view(&path))), i);
        }
    }
    for (size_t i = 0; i < ours.size; i++) {
        struct str folder = file_folder(ours.slots[i].key);
        if (ours.slots[i].key.n && idmap_find(&folders, folder) == SIZE_MAX) {
            idmap_add(&folders, folder, 0);
            sweep_folder(plan, &arena, folder, &ours);
        }
    }
    buf_done(&path);
    arena_done(&arena);
}

void sweep_one(const struct plan *plan, uint32_t output)
{
    struct arena arena;
    arena_init(&arena);
    struct buf path = {0};
    struct idmap ours;
    plan_path(plan, output, &path);
    idmap_init(&ours, &arena, 1);
    idmap_add(&ours, shortened(buf_view(&path)), 0);
    sweep_folder(plan, &arena, file_folder(buf_view(&path)), &ours);
    buf_done(&path);
    arena_done(&arena);
}
