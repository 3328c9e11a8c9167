/* Further files of outputs: written down, and looked at again. */
#include "batch/depends.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"

enum { MOST_REMEMBERED = 4096 };

static struct str folder_of_spec(const struct plan *plan, const struct plan_spec *spec)
{
    return plan->request->base ? str_from(plan->request->base) : file_folder(str_from(spec->path));
}

/* path without folder and '/'; p NULL when it does not begin so. */
static struct str behind(struct str path, struct str folder)
{
    if (!str_starts(path, folder))
        return (struct str){0};
    path = str_slice(path, folder.n, path.n);
    if (folder.n && folder.p[folder.n - 1] != '/') {
        if (path.n == 0 || path.p[0] != '/')
            return (struct str){0};
        path = str_slice(path, 1, path.n);
    }
    return path.n && path.p[0] != '/' ? path : (struct str){0};
}

static void write_path(const struct plan *plan, const struct plan_group *group, struct str path,
                       struct buf *out)
{
    for (uint32_t i = 0; i < group->spec_count; i++) {
        const struct plan_spec *spec = &plan->specs[group->specs[i]];
        struct str rest = behind(path, folder_of_spec(plan, spec));
        if (rest.p) {
            buf_printf(out, STR_FMT ":" STR_FMT, STR_ARG(spec->id), STR_ARG(rest));
            return;
        }
    }
    struct str rest = {0};
    if (plan->request->house_folder)
        rest = behind(path, str_from(plan->request->house_folder));
    buf_printf(out, "%s" STR_FMT, rest.p ? ":" : "", STR_ARG(rest.p ? rest : path));
}

static void state_of(const char *path, int64_t *size, int64_t *mtime_ns)
{
    struct stat info;
    *size = -1;
    *mtime_ns = 0;
    if (stat(path, &info) != 0)
        return;
    *size = info.st_size;
    *mtime_ns = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
}

void depends_write(const struct plan *plan, const struct plan_group *group, const struct compile_facts *facts,
                   struct buf *out)
{
    struct arena scratch;
    arena_init(&scratch);
    for (size_t i = 0; i < facts->file_count; i++) {
        struct str path = facts->files[i];
        if (plan->request->fonts_folder && behind(path, str_from(plan->request->fonts_folder)).p)
            continue; /* these are in the key */
        if (path.n == 0 || memchr(path.p, '\n', path.n))
            continue;
        int64_t size, mtime_ns;
        state_of(str_z(&scratch, path), &size, &mtime_ns);
        buf_printf(out, "%" PRId64 " %" PRId64 " ", size, mtime_ns);
        write_path(plan, group, path, out);
        buf_char(out, '\n');
    }
    arena_done(&scratch);
}

/* Where a path of the ledger is now; NULL when its spec is no more. */
static const char *locate(const struct plan *plan, struct arena *arena, struct str path)
{
    const char *colon = memchr(path.p, ':', path.n);
    if (!colon || path.p[0] == '/')
        return str_z(arena, path);
    struct str whose = str_slice(path, 0, (size_t)(colon - path.p)),
               rest = str_slice(path, whose.n + 1, path.n);
    if (whose.n == 0)
        return plan->request->house_folder ? file_join(arena, str_from(plan->request->house_folder), rest)
                                           : NULL;
    size_t spec = idmap_find(&plan->spec_ids, whose);
    return spec == SIZE_MAX ? NULL : file_join(arena, folder_of_spec(plan, &plan->specs[spec]), rest);
}

static bool line_holds(const struct plan *plan, struct str line)
{
    struct arena scratch;
    arena_init(&scratch);
    const char *text = str_z(&scratch, line);
    char *end;
    int64_t size, mtime_ns, old_size = strtoll(text, &end, 10), old_mtime = strtoll(end, &end, 10);
    const char *path = *end == ' ' ? locate(plan, &scratch, str_from(end + 1)) : NULL;
    bool holds = path != NULL;
    if (holds) {
        state_of(path, &size, &mtime_ns);
        holds = size == old_size && mtime_ns == old_mtime;
    }
    arena_done(&scratch);
    return holds;
}

void depends_init(struct depends_memory *memory)
{
    *memory = (struct depends_memory){0};
    arena_init(&memory->arena);
    idmap_init(&memory->answers, &memory->arena, MOST_REMEMBERED);
}

void depends_done(struct depends_memory *memory)
{
    arena_done(&memory->arena);
}

bool depends_hold(const struct plan *plan, struct depends_memory *memory, struct str depends)
{
    if (depends.n == 0)
        return true;
    size_t known = idmap_find(&memory->answers, depends);
    if (known != SIZE_MAX)
        return known == 1;
    bool hold = true;
    for (size_t at = 0; hold && at < depends.n;) {
        const char *end = memchr(depends.p + at, '\n', depends.n - at);
        size_t to = end ? (size_t)(end - depends.p) : depends.n;
        hold = line_holds(plan, str_slice(depends, at, to));
        at = to + 1;
    }
    if (memory->count < MOST_REMEMBERED) {
        memory->count++;
        idmap_add(&memory->answers, str_dup(&memory->arena, depends), hold);
    }
    return hold;
}
