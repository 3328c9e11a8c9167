/* Runs in a ledger. */
#include "batch/ledger_file.h"

#define COLUMNS "name, folder, edition, program, shard, shards, started_ms, ended_ms, status"

bool ledger_run_put(struct ledger *ledger, const struct ledger_run *run, int64_t *id, struct diags *diags)
{
    struct query query = query_open(ledger, STATEMENT_RUN_PUT,
                                    "INSERT OR REPLACE INTO runs (" COLUMNS ", id)"
                                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0))");
    query_text(&query, run->name);
    query_text(&query, run->folder);
    query_text(&query, run->edition);
    query_text(&query, run->program);
    query_int(&query, run->shard);
    query_int(&query, run->shards);
    query_int(&query, run->started_ms);
    query_int(&query, run->ended_ms);
    query_text(&query, run->status);
    query_int(&query, *id);
    bool ok = query_run(&query, diags);
    if (*id == 0)
        *id = sqlite3_last_insert_rowid(ledger->db);
    return ok;
}

/* The number of a run's last record; *unfinished: it was killed, or runs. */
static bool last_of(struct ledger *ledger, const struct ledger_run *run, int64_t *id, bool *unfinished,
                    struct diags *diags)
{
    struct query query =
        query_open(ledger, STATEMENT_ONCE,
                   "SELECT id, ended_ms = 0 FROM runs WHERE folder = ? AND name = ? AND shard = ?"
                   " AND shards = ? ORDER BY id DESC LIMIT 1");
    query_text(&query, run->folder);
    query_text(&query, run->name);
    query_int(&query, run->shard);
    query_int(&query, run->shards);
    bool row, ok = query_next(&query, &row, diags);
    *id = row ? query_column_int(&query, 0) : 0;
    *unfinished = row && query_column_int(&query, 1);
    query_close(&query);
    return ok;
}

static bool update(struct ledger *ledger, int64_t id, const struct ledger_run *run, struct diags *diags)
{
    struct query query = query_open(ledger, STATEMENT_ONCE,
                                    "UPDATE runs SET edition = ?, program = ?, status = ? WHERE id = ?");
    query_text(&query, run->edition);
    query_text(&query, run->program);
    query_text(&query, run->status);
    query_int(&query, id);
    return query_run(&query, diags);
}

static bool mark_killed(struct ledger *ledger, const struct ledger_run *run, struct diags *diags)
{
    struct query query =
        query_open(ledger, STATEMENT_ONCE,
                   "UPDATE runs SET status = 'killed' WHERE folder = ? AND name = ? AND shard = ?"
                   " AND shards = ? AND ended_ms = 0");
    query_text(&query, run->folder);
    query_text(&query, run->name);
    query_int(&query, run->shard);
    query_int(&query, run->shards);
    return query_run(&query, diags);
}

bool ledger_run_begin(struct ledger *ledger, const struct ledger_run *run, bool resume, int64_t *id,
                      struct diags *diags)
{
    bool unfinished = false;
    if (!ledger_begin(ledger, diags) || (resume && !last_of(ledger, run, id, &unfinished, diags)))
        return false;
    if (unfinished)
        return update(ledger, *id, run, diags) && ledger_commit(ledger, diags);
    *id = 0;
    return mark_killed(ledger, run, diags) && ledger_run_put(ledger, run, id, diags) &&
           ledger_commit(ledger, diags);
}

bool ledger_run_end(struct ledger *ledger, int64_t id, int64_t ended_ms, struct str status,
                    struct diags *diags)
{
    struct query query =
        query_open(ledger, STATEMENT_ONCE, "UPDATE runs SET ended_ms = ?, status = ? WHERE id = ?");
    query_int(&query, ended_ms);
    query_text(&query, status);
    query_int(&query, id);
    return query_run(&query, diags);
}

static bool read_run(const struct query *query, struct ledger_run *run)
{
    int64_t shard = query_column_int(query, 4), shards = query_column_int(query, 5);
    *run = (struct ledger_run){.name = query_column(query, 0),
                               .folder = query_column(query, 1),
                               .edition = query_column(query, 2),
                               .program = query_column(query, 3),
                               .shard = (unsigned)shard,
                               .shards = (unsigned)shards,
                               .started_ms = query_column_int(query, 6),
                               .ended_ms = query_column_int(query, 7),
                               .status = query_column(query, 8)};
    return shard >= 0 && shard <= shards && shards <= 1000000;
}

bool ledger_run_same(struct ledger *ledger, const struct ledger_run *run, int64_t *id, struct diags *diags)
{
    struct query query =
        query_open(ledger, STATEMENT_ONCE,
                   "SELECT id FROM runs WHERE folder = ? AND name = ? AND shard = ? AND shards = ?"
                   " AND started_ms = ? ORDER BY id LIMIT 1");
    query_text(&query, run->folder);
    query_text(&query, run->name);
    query_int(&query, run->shard);
    query_int(&query, run->shards);
    query_int(&query, run->started_ms);
    bool row, ok = query_next(&query, &row, diags);
    *id = ok && row ? query_column_int(&query, 0) : 0;
    query_close(&query);
    return ok;
}

bool ledger_run_last(struct ledger *ledger, struct arena *arena, struct str folder, unsigned shard,
                     unsigned shards, struct ledger_run *run, int64_t *id, struct diags *diags)
{
    struct query query =
        query_open(ledger, STATEMENT_RUN_LAST,
                   "SELECT " COLUMNS ", id FROM runs WHERE folder = ? AND shard = ? AND shards = ?"
                   " ORDER BY id DESC LIMIT 1");
    query_text(&query, folder);
    query_int(&query, shard);
    query_int(&query, shards);
    bool row, ok = query_next(&query, &row, diags);
    *id = 0;
    if (row) {
        ok = read_run(&query, run) || ledger_damaged(ledger, diags, "a run has a number that cannot be");
        *id = query_column_int(&query, 9);
        run->name = str_dup(arena, run->name);
        run->folder = str_dup(arena, run->folder);
        run->edition = str_dup(arena, run->edition);
        run->program = str_dup(arena, run->program);
        run->status = str_dup(arena, run->status);
    }
    query_close(&query);
    return ok;
}

bool ledger_run_each(struct ledger *ledger,
                     bool (*visit)(void *self, int64_t id, const struct ledger_run *run), void *self,
                     struct diags *diags)
{
    struct query query = query_open(ledger, STATEMENT_ONCE, "SELECT " COLUMNS ", id FROM runs ORDER BY id");
    bool row = true, ok = true;
    while (ok && (ok = query_next(&query, &row, diags)) && row) {
        struct ledger_run run;
        ok = read_run(&query, &run) || ledger_damaged(ledger, diags, "a run has a number that cannot be");
        if (ok && !visit(self, query_column_int(&query, 9), &run))
            break;
    }
    query_close(&query);
    return ok;
}
