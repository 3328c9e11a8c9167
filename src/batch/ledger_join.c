/* Joining ledgers: all that one says becomes part of another. */
#include "batch/ledger_file.h"

#include <stdlib.h>

#include "base/file.h"

struct join {
    struct ledger *into, *from;
    struct diags *diags;
    struct arena arena;
    struct join_run {
        int64_t from_id, into_id;
    } * items; /* ascending, as the runs come */
    size_t count, cap;
    struct str folder; /* of the outputs under way, as `into` knows it */
    bool ok;
};

/* A folder as `into` knows it. */
static struct str folder_in(struct join *join, struct str folder)
{
    struct str home = file_folder(str_from(join->from->file));
    const char *path = file_join(&join->arena, home, folder);
    return ledger_folder(&join->arena, join->into->file, path);
}

static bool join_run(void *self, int64_t id, const struct ledger_run *theirs)
{
    struct join *join = self;
    struct ledger_run run = *theirs;
    int64_t known;
    run.folder = folder_in(join, theirs->folder);
    join->ok = ledger_run_same(join->into, &run, &known, join->diags) &&
               ledger_run_put(join->into, &run, &known, join->diags);
    *ARENA_PUSH(&join->arena, join) = (struct join_run){id, known};
    return join->ok;
}

static int by_from(const void *key, const void *item)
{
    int64_t id = *(const int64_t *)key, other = ((const struct join_run *)item)->from_id;
    return id < other ? -1 : id > other;
}

/* 0 for a run that the other ledger does not know either. */
static int64_t run_in(const struct join *join, int64_t id)
{
    const struct join_run *run =
        join->count ? bsearch(&id, join->items, join->count, sizeof *join->items, by_from) : NULL;
    return run ? run->into_id : 0;
}

static bool join_output(void *self, const struct ledger_output *theirs)
{
    struct join *join = self;
    struct ledger_output output = *theirs;
    output.folder = join->folder;
    output.run = run_in(join, theirs->run);
    output.seen = run_in(join, theirs->seen);
    join->ok = ledger_output_put(join->into, &output, join->diags);
    return join->ok;
}

static bool join_outputs(struct join *join)
{
    struct query query =
        query_open(join->from, STATEMENT_ONCE, "SELECT DISTINCT folder FROM outputs ORDER BY folder");
    bool row = true, ok = true;
    while (ok && (ok = query_next(&query, &row, join->diags)) && row) {
        struct str folder = query_column(&query, 0);
        join->folder = folder_in(join, folder);
        ok = ledger_output_each(join->from, folder, 0, join_output, join, join->diags) && join->ok;
    }
    query_close(&query);
    return ok;
}

static bool join_copy(void *self, const struct ledger_copy *copy)
{
    struct join *join = self;
    join->ok = ledger_copy_put(join->into, copy, join->diags);
    return join->ok;
}

static bool join_score(void *self, struct str entity, const struct ledger_score *score)
{
    struct join *join = self;
    join->ok = ledger_score_put(join->into, entity, score->edition, score->hundredths, join->diags);
    return join->ok;
}

bool ledger_join(struct ledger *into, struct ledger *from, struct diags *diags)
{
    struct join join = {.into = into, .from = from, .diags = diags, .ok = true};
    arena_init(&join.arena);
    bool ok = ledger_run_each(from, join_run, &join, diags) && join.ok && join_outputs(&join) &&
              ledger_copy_each(from, join_copy, &join, diags) && join.ok &&
              ledger_score_each(from, join_score, &join, diags) && join.ok;
    arena_done(&join.arena);
    return ok;
}
