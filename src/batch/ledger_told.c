/* What was last told of a folder's outputs. The table is made by the first who has something to say: a ledger
 * of an earlier program has none, and says nothing. */
#include "batch/ledger_file.h"

static const char table[] =
    "CREATE TABLE IF NOT EXISTS told (folder TEXT PRIMARY KEY, run INTEGER NOT NULL, digest TEXT NOT NULL,"
    " files TEXT NOT NULL) STRICT, WITHOUT ROWID";

static bool is_there(struct ledger *ledger, bool *there, struct diags *diags)
{
    struct query query = query_open(
        ledger, STATEMENT_ONCE, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'told'");
    bool row, ok = query_next(&query, &row, diags);
    *there = ok && row && query_column_int(&query, 0) == 1;
    query_close(&query);
    return ok;
}

bool ledger_told_find(struct ledger *ledger, struct arena *arena, struct str folder, struct ledger_told *told,
                      struct diags *diags)
{
    bool row;
    *told = (struct ledger_told){0};
    if (!is_there(ledger, &row, diags))
        return false;
    if (!row)
        return true;
    struct query query =
        query_open(ledger, STATEMENT_ONCE, "SELECT run, digest, files FROM told WHERE folder = ?");
    query_text(&query, folder);
    bool ok = query_next(&query, &row, diags);
    if (ok && row)
        *told = (struct ledger_told){.run = query_column_int(&query, 0),
                                     .digest = str_dup(arena, query_column(&query, 1)),
                                     .files = str_dup(arena, query_column(&query, 2))};
    query_close(&query);
    return ok;
}

bool ledger_told_put(struct ledger *ledger, struct str folder, const struct ledger_told *told,
                     struct diags *diags)
{
    struct query make = query_open(ledger, STATEMENT_ONCE, table);
    if (!query_run(&make, diags))
        return false;
    struct query query = query_open(ledger, STATEMENT_ONCE,
                                    "INSERT OR REPLACE INTO told (folder, run, digest, files)"
                                    " VALUES (?, ?, ?, ?)");
    query_text(&query, folder);
    query_int(&query, told->run);
    query_text(&query, told->digest);
    query_text(&query, told->files);
    return query_run(&query, diags);
}
