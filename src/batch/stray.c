/* Finding strays and removing them. */
#include "batch/stray.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

enum { MOST_NAMED = 5 };

bool strays_are_looked_for(const struct batch_run *run)
{
    const struct batch_request *request = run->request;
    return request->strays && request->shard.count == 0;
}

static bool add_run(void *self, int64_t id, const struct ledger_run *run)
{
    struct strays *strays = self;
    if (!str_eq(run->folder, strays->folder) || !str_eq(run->name, strays->run->request->name))
        return true;
    strays->ids =
        arena_grow(&strays->arena, strays->ids, strays->id_count, &strays->id_cap, sizeof *strays->ids);
    strays->ids[strays->id_count++] = id;
    return true;
}

static int compare_ids(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static bool is_of_run(const struct strays *strays, int64_t seen)
{
    return strays->id_count &&
           bsearch(&seen, strays->ids, strays->id_count, sizeof *strays->ids, compare_ids);
}

/* Whether the run is about that edition of the entity; of one that it no longer has, about that edition at
 * all. */
static bool is_of_edition(struct strays *strays, const struct ledger_output *row)
{
    const struct plan *plan = strays->run->plan;
    struct edition_id edition = plan->request->edition;
    size_t spec = idmap_find(&plan->spec_ids, row->entity);
    if (spec != SIZE_MAX)
        edition = plan->specs[spec].edition;
    else if (str_is(row->kind, "compendium"))
        return str_eq(row->edition, plan->edition);
    return (spec != SIZE_MAX || edition.kind != EDITION_NONE) &&
           str_eq(row->edition, edition_format(&strays->arena, edition));
}

bool strays_take(struct strays *strays, const struct ledger_output *row)
{
    struct batch_run *run = strays->run;
    if (!strays->ids_known && !ledger_run_each(strays->ledger, add_run, strays, run->diags))
        return false;
    strays->ids_known = true;
    if (is_of_run(strays, row->seen) && is_of_edition(strays, row))
        *ARENA_PUSH(&strays->arena, strays) = str_dup(&strays->arena, row->path);
    return true;
}

static void tell(const struct strays *strays)
{
    struct batch_run *run = strays->run;
    struct buf names = {0};
    size_t named = strays->count <= MOST_NAMED + 1 ? strays->count : MOST_NAMED;
    for (size_t i = 0; i < named; i++)
        buf_printf(&names, "%s" STR_FMT, i ? ", " : "", STR_ARG(strays->items[i]));
    if (named < strays->count)
        buf_printf(&names, " and %zu more", strays->count - named);
    struct diag *diag = diag_add(
        run->diags, DIAG_STRAY_OUTPUT, span_none(), "%zu PDF%s in %s no longer part of the run: " STR_FMT,
        strays->count, strays->count == 1 ? "" : "s", run->request->output, STR_ARG(buf_view(&names)));
    diag_hint(run->diags, diag, "--prune removes what an earlier plan of the run left");
    buf_done(&names);
}

/* The file, and the member's folder if nothing else is in it. */
static bool remove_file(struct strays *strays, int home, struct str path)
{
    const char *file = str_z(&strays->arena, path);
    struct str folder = file_folder(path);
    if (unlinkat(home, file, 0) != 0)
        return false;
    if (folder.n)
        unlinkat(home, str_z(&strays->arena, str_slice(folder, 0, folder.n - 1)), AT_REMOVEDIR);
    return true;
}

/* Files first: whoever is killed in between leaves rows without a file, which are no strays. */
static bool prune(struct strays *strays, int home)
{
    struct batch_run *run = strays->run;
    bool ok = ledger_begin(strays->ledger, run->diags);
    for (size_t i = 0; ok && i < strays->count; i++) {
        struct str path = strays->items[i];
        if (!remove_file(strays, home, path)) {
            diag_add(run->diags, DIAG_CANNOT_WRITE, span_none(), "cannot remove %s/" STR_FMT ": %s",
                     run->request->output, STR_ARG(path), file_reason(errno));
            continue;
        }
        run->outcome->removed++;
        ok = ledger_output_forget(strays->ledger, strays->folder, path, run->diags);
    }
    return ok && ledger_commit(strays->ledger, run->diags);
}

bool strays_settle(struct strays *strays, int home)
{
    if (strays->count == 0)
        return true;
    if (strays->run->request->prune && !strays->run->request->dry_run)
        return prune(strays, home);
    tell(strays);
    return true;
}

void strays_done(struct strays *strays)
{
    arena_done(&strays->arena);
}
