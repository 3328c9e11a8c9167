/* Opening a ledger, its schema, its transactions, and what goes wrong with them. */
#include "batch/ledger.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "batch/ledger_file.h"

enum {
    LEDGER_APPLICATION = 0x42726c67, /* "Brlg" */
    LEDGER_VERSION = 1,
    LEDGER_LONGEST = 16 * 1024 * 1024 /* bytes of a row; no honest one comes near */
};

/* Outputs are asked for by path, and members' copies by member; both orders come from an index, so that
 * 50,000 of them are never sorted in memory. */
static const char schema[] =
    "CREATE TABLE runs (id INTEGER PRIMARY KEY, name TEXT NOT NULL, folder TEXT NOT NULL, edition TEXT NOT "
    "NULL,"
    " program TEXT NOT NULL, shard INTEGER NOT NULL, shards INTEGER NOT NULL, started_ms INTEGER NOT NULL,"
    " ended_ms INTEGER NOT NULL, status TEXT NOT NULL) STRICT;"
    "CREATE INDEX runs_by_folder ON runs (folder, name, shard, shards);"
    "CREATE TABLE outputs (id INTEGER PRIMARY KEY, folder TEXT NOT NULL, path TEXT NOT NULL, kind TEXT NOT "
    "NULL,"
    " entity TEXT NOT NULL, edition TEXT NOT NULL, tier TEXT NOT NULL, member TEXT NOT NULL, copy TEXT NOT "
    "NULL,"
    " inputs TEXT NOT NULL, depends TEXT NOT NULL, temporary TEXT NOT NULL, digest TEXT NOT NULL,"
    " name TEXT NOT NULL, grade TEXT NOT NULL, label TEXT NOT NULL, diagnostics TEXT NOT NULL, stamp TEXT "
    "NOT NULL,"
    " score INTEGER NOT NULL, pages INTEGER NOT NULL, bytes INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,"
    " inode INTEGER NOT NULL, state INTEGER NOT NULL, run INTEGER NOT NULL, seen INTEGER NOT NULL) STRICT;"
    "CREATE UNIQUE INDEX outputs_by_path ON outputs (folder, path);"
    "CREATE INDEX outputs_by_member ON outputs (folder, member, entity, tier, path);"
    "CREATE TABLE copies (copy TEXT PRIMARY KEY, member TEXT NOT NULL, entity TEXT NOT NULL, edition TEXT "
    "NOT NULL,"
    " tier TEXT NOT NULL, path TEXT NOT NULL, digest TEXT NOT NULL, made_ms INTEGER NOT NULL) STRICT, "
    "WITHOUT ROWID;"
    "CREATE TABLE scores (entity TEXT NOT NULL, edition TEXT NOT NULL, hundredths INTEGER NOT NULL,"
    " PRIMARY KEY (entity, edition)) STRICT, WITHOUT ROWID;";

static bool unreadable(const struct ledger *ledger, struct diags *diags, const char *why)
{
    diag_add(diags, DIAG_LEDGER_UNREADABLE, span_none(), "the ledger '%s' %s", ledger->path, why);
    return false;
}

static bool failed(const struct ledger *ledger, struct diags *diags, const char *why)
{
    diag_add(diags, DIAG_LEDGER_FAILED, span_none(), "the ledger '%s' cannot be used: %s", ledger->path, why);
    return false;
}

bool ledger_damaged(const struct ledger *ledger, struct diags *diags, const char *what)
{
    struct diag *diag = diag_add(diags, DIAG_LEDGER_UNREADABLE, span_none(), "the ledger '%s' is damaged: %s",
                                 ledger->path, what);
    diag_hint(diags, diag, "restore it from a backup, or move it away to start a new one");
    return false;
}

static bool locked(const struct ledger *ledger, struct diags *diags)
{
    struct diag *diag = diag_add(diags, DIAG_LEDGER_LOCKED, span_none(),
                                 "the ledger '%s' is held by another process", ledger->path);
    diag_hint(diags, diag, "waited %d ms for it; `fuser` names the process", ledger->wait_ms);
    return false;
}

bool ledger_fail(struct ledger *ledger, int result, struct diags *diags)
{
    ledger->failed = true;
    switch (result & 0xff) {
    case SQLITE_NOMEM:
        base_out_of_memory();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return locked(ledger, diags);
    case SQLITE_NOTADB:
        return unreadable(ledger, diags, "is no ledger");
    case SQLITE_FULL:
        return failed(ledger, diags, file_reason(ENOSPC));
    case SQLITE_READONLY:
        return failed(ledger, diags,
                      result == SQLITE_READONLY_ROLLBACK
                          ? "a killed run left it half-way, and only who may write to it can undo that"
                          : "it may not be written to");
    case SQLITE_IOERR:
        if (result == SQLITE_IOERR_LOCK || result == SQLITE_IOERR_RDLOCK || result == SQLITE_IOERR_UNLOCK ||
            result == SQLITE_IOERR_CHECKRESERVEDLOCK)
            return failed(ledger, diags, "its file system has no locks");
        /* fall through */
    case SQLITE_CANTOPEN: {
        int error = sqlite3_system_errno(ledger->db);
        return failed(ledger, diags, error ? file_reason(error) : "it cannot be opened");
    }
    default: /* corrupt, a table or column that is not there, a value too big */
        return ledger_damaged(ledger, diags, sqlite3_errmsg(ledger->db));
    }
}

/* ---- statements */

struct query query_open(struct ledger *ledger, enum ledger_statement which, const char *sql)
{
    const bool once = which == STATEMENT_ONCE;
    struct query query = {.ledger = ledger, .once = once};
    if (!once)
        query.statement = ledger->kept[which];
    if (!query.statement)
        query.error = sqlite3_prepare_v3(ledger->db, sql, -1, once ? 0 : SQLITE_PREPARE_PERSISTENT,
                                         &query.statement, NULL);
    if (!once)
        ledger->kept[which] = query.statement;
    return query;
}

static void note(struct query *query, int result)
{
    if (query->error == SQLITE_OK)
        query->error = result;
}

void query_text(struct query *query, struct str text)
{
    if (query->statement)
        note(query, sqlite3_bind_text64(query->statement, ++query->bound, text.p ? text.p : "", text.n,
                                        SQLITE_STATIC, SQLITE_UTF8));
}

void query_int(struct query *query, int64_t value)
{
    if (query->statement)
        note(query, sqlite3_bind_int64(query->statement, ++query->bound, value));
}

bool query_next(struct query *query, bool *row, struct diags *diags)
{
    *row = false;
    if (query->error != SQLITE_OK)
        return ledger_fail(query->ledger, query->error, diags);
    int result = sqlite3_step(query->statement);
    *row = result == SQLITE_ROW;
    return *row || result == SQLITE_DONE || ledger_fail(query->ledger, result, diags);
}

void query_close(struct query *query)
{
    if (query->once) {
        sqlite3_finalize(query->statement);
    } else if (query->statement) {
        sqlite3_reset(query->statement);
        sqlite3_clear_bindings(query->statement);
    }
    query->statement = NULL;
}

bool query_run(struct query *query, struct diags *diags)
{
    bool row = true, ok = true;
    while (ok && row)
        ok = query_next(query, &row, diags);
    query_close(query);
    return ok;
}

struct str query_column(const struct query *query, int column)
{
    const unsigned char *text = sqlite3_column_text(query->statement, column);
    int n = sqlite3_column_bytes(query->statement, column);
    return text ? (struct str){(const char *)text, (size_t)n} : (struct str){0};
}

int64_t query_column_int(const struct query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

/* ---- opening */

static bool run(struct ledger *ledger, const char *sql, struct diags *diags)
{
    int result = sqlite3_exec(ledger->db, sql, NULL, NULL, NULL);
    return result == SQLITE_OK || ledger_fail(ledger, sqlite3_extended_errcode(ledger->db), diags);
}

static bool ask(struct ledger *ledger, const char *sql, int64_t *value, struct diags *diags)
{
    struct query query = query_open(ledger, STATEMENT_ONCE, sql);
    bool row, ok = query_next(&query, &row, diags);
    *value = ok && row ? query_column_int(&query, 0) : 0;
    query_close(&query);
    return ok;
}

/* Whose file it is. *empty: nobody's yet. */
static bool identify(struct ledger *ledger, bool *empty, struct diags *diags)
{
    int64_t application, version, entries, strange;
    if (!ask(ledger, "PRAGMA application_id", &application, diags) ||
        !ask(ledger, "PRAGMA user_version", &version, diags) ||
        !ask(ledger, "SELECT count(*) FROM sqlite_schema", &entries, diags) ||
        !ask(ledger,
             "SELECT count(*) FROM sqlite_schema"
             " WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'",
             &strange, diags))
        return false;
    *empty = application == 0 && version == 0 && entries == 0;
    if (*empty)
        return true;
    if (application != LEDGER_APPLICATION)
        return unreadable(ledger, diags, "is the SQLite file of another program");
    if (version > LEDGER_VERSION)
        return unreadable(ledger, diags, "was written by a later version of the program");
    if (version != LEDGER_VERSION)
        return ledger_damaged(ledger, diags, "its version is no number that we ever gave");
    if (strange)
        return ledger_damaged(ledger, diags,
                              "it has a trigger, a view or a virtual table, which no ledger has");
    return true;
}

/* One transaction: a ledger is there whole or not at all. Somebody else may have been quicker. It is left
 * open, begun: the first thing that is put goes with it. */
static bool make_schema(struct ledger *ledger, struct diags *diags)
{
    char numbers[96];
    bool empty;
    snprintf(numbers, sizeof numbers, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             LEDGER_APPLICATION, LEDGER_VERSION);
    if (!run(ledger, "BEGIN IMMEDIATE", diags))
        return false;
    bool ok = identify(ledger, &empty, diags);
    if (ok && empty)
        ok = run(ledger, schema, diags) && run(ledger, numbers, diags);
    ledger->begun = ok;
    if (ok)
        return true;
    sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

/* Nothing that the file holds is run as a program, whoever wrote it. cell_size_check finds damage sooner. */
static bool arm(struct ledger *ledger, bool read_only, struct diags *diags)
{
    sqlite3 *db = ledger->db;
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, ledger->wait_ms);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, LEDGER_LONGEST);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    return run(ledger,
               read_only
                   ? "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA query_only = ON"
                   : "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4096;"
                     /* No reader waits before the commit, however much a transaction holds. */
                     "PRAGMA cache_spill = OFF",
               diags);
}

/* A rollback journal, not a write-ahead log: see src/README.md. It stays, empty by its first bytes, from one
 * commit to the next, and goes when the ledger is closed: a file that is made and removed each time costs
 * more than all else of a commit. EXTRA also syncs the folder when it goes, so that what was committed is
 * still so after a power cut. */
static const char journal[] = "PRAGMA journal_mode = PERSIST; PRAGMA synchronous = EXTRA",
                  hurried[] = "PRAGMA journal_mode = PERSIST; PRAGMA synchronous = OFF",
                  no_journal[] = "PRAGMA journal_mode = DELETE";

enum opening { OPEN_TO_READ, OPEN_TO_WRITE, OPEN_FOR_RUN, OPEN_HURRIED };

/* *missing: there is none yet, and nobody asked to make one. */
static bool ready(struct ledger *ledger, enum opening how, bool *missing, struct diags *diags)
{
    const bool read_only = how == OPEN_TO_READ;
    /* A reader, too, opens for writing where it may: only so it can undo what a killed writer left half-way.
     */
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (read_only ? 0 : SQLITE_OPEN_CREATE);
    /* Its locks are for threads, of which one alone comes here; later calls change nothing. */
    (void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    int result = sqlite3_open_v2(ledger->file, &ledger->db, flags, NULL);
    if (!ledger->db)
        base_out_of_memory();
    if (result != SQLITE_OK)
        return ledger_fail(ledger, sqlite3_extended_errcode(ledger->db), diags);
    bool empty;
    if (!arm(ledger, read_only, diags) || !identify(ledger, &empty, diags))
        return false;
    *missing = empty && read_only;
    if (read_only)
        return true;
    if (sqlite3_db_readonly(ledger->db, "main") == 1)
        return ledger_fail(ledger, SQLITE_READONLY, diags);
    ledger->writes = run(ledger, how == OPEN_HURRIED ? hurried : journal, diags);
    return ledger->writes && (!empty || make_schema(ledger, diags));
}

/* SQLite takes "file:…" and ":memory:" for more than names. */
static char *plain_path(const char *path)
{
    struct buf plain = {0};
    buf_text(&plain, *path == '/' ? "" : "./");
    buf_text(&plain, path);
    buf_char(&plain, 0);
    return plain.p;
}

static struct ledger *open_as(const char *path, enum opening how, int wait_ms, struct diags *diags)
{
    const bool read_only = how == OPEN_TO_READ;
    if (read_only && access(path, F_OK) != 0 && errno == ENOENT)
        return NULL;
    struct ledger *ledger = base_malloc(sizeof *ledger);
    *ledger = (struct ledger){.file = plain_path(path), .wait_ms = wait_ms};
    ledger->path = ledger->file + (strlen(ledger->file) - strlen(path));
    struct str folder = file_folder(str_from(ledger->file));
    const char *why = NULL;
    bool ok = true, missing = false;
    if (!read_only) {
        char *parent = base_malloc(folder.n + 1);
        memcpy(parent, folder.p, folder.n);
        parent[folder.n] = 0;
        ok = file_make_folders(parent, &why) || failed(ledger, diags, why);
        free(parent);
    }
    ok = ok && ready(ledger, how, &missing, diags);
    if (ok && ledger->begun && how == OPEN_TO_WRITE)
        ok = ledger_begin(ledger, diags) && ledger_commit(ledger, diags);
    if (ok && !missing)
        return ledger;
    ledger_close(ledger);
    return NULL;
}

struct ledger *ledger_open(const char *path, bool read_only, int wait_ms, struct diags *diags)
{
    return open_as(path, read_only ? OPEN_TO_READ : OPEN_TO_WRITE, wait_ms, diags);
}

struct ledger *ledger_open_for_run(const char *path, bool sync, int wait_ms, struct diags *diags)
{
    return open_as(path, sync ? OPEN_FOR_RUN : OPEN_HURRIED, wait_ms, diags);
}

void ledger_close(struct ledger *ledger)
{
    if (!ledger)
        return;
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(ledger->kept[i]);
    /* Where somebody else is at work, that one takes the journal away. Never while it is of use. */
    if (ledger->writes && !ledger->failed && sqlite3_get_autocommit(ledger->db))
        sqlite3_exec(ledger->db, no_journal, NULL, NULL, NULL);
    sqlite3_close(ledger->db);
    free(ledger->file);
    free(ledger);
}

/* IMMEDIATE: who must wait for another writer waits here, and not half-way. */
bool ledger_begin(struct ledger *ledger, struct diags *diags)
{
    if (ledger->begun) {
        ledger->begun = false;
        return true;
    }
    struct query query = query_open(ledger, STATEMENT_BEGIN, "BEGIN IMMEDIATE");
    return query_run(&query, diags);
}

bool ledger_commit(struct ledger *ledger, struct diags *diags)
{
    struct query query = query_open(ledger, STATEMENT_COMMIT, "COMMIT");
    return query_run(&query, diags);
}

bool ledger_rollback(struct ledger *ledger, struct diags *diags)
{
    return sqlite3_get_autocommit(ledger->db) || run(ledger, "ROLLBACK", diags);
}

bool ledger_mark(struct ledger *ledger, struct diags *diags)
{
    return run(ledger, "SAVEPOINT mark", diags);
}

bool ledger_back(struct ledger *ledger, struct diags *diags)
{
    return run(ledger, "ROLLBACK TO mark; RELEASE mark", diags);
}
