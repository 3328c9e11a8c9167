/* The SQLite file beneath a ledger: its statements, and what its errors mean. For the ledger's own files
 * only. */
#ifndef BRIEFING_BATCH_LEDGER_FILE_H
#define BRIEFING_BATCH_LEDGER_FILE_H

#include <sqlite3.h>

#include "batch/ledger.h"

/* Statements that are kept, prepared once. */
enum ledger_statement {
    STATEMENT_BEGIN,
    STATEMENT_COMMIT,
    STATEMENT_RUN_PUT,
    STATEMENT_RUN_LAST,
    STATEMENT_OUTPUT_PUT,
    STATEMENT_OUTPUT_DONE,
    STATEMENT_OUTPUT_FIND,
    STATEMENT_OUTPUT_SEEN,
    STATEMENT_COPY_PUT,
    STATEMENT_COPY_FIND,
    STATEMENT_SCORE_PUT,
    STATEMENT_COUNT,
    STATEMENT_ONCE = STATEMENT_COUNT /* not kept: may run inside another of its kind */
};

struct ledger {
    sqlite3 *db;
    char *file;       /* for SQLite */
    const char *path; /* for people: as it was given */
    int wait_ms;
    bool begun;  /* a new one: its schema stands in a transaction that is open, for the first one to go on */
    bool writes; /* and may have left a journal */
    bool failed; /* at least once: the journal may be of use to who comes next */
    sqlite3_stmt *kept[STATEMENT_COUNT];
};

/* A statement at work: opened, its parameters bound in their order, then run or stepped, then closed. An
 * error on the way is remembered, and told by query_run or query_next. */
struct query {
    struct ledger *ledger;
    sqlite3_stmt *statement;
    int bound, error;
    bool once;
};

struct query query_open(struct ledger *ledger, enum ledger_statement which, const char *sql);
/* The text is borrowed until query_close. */
void query_text(struct query *query, struct str text);
void query_int(struct query *query, int64_t value);
/* Runs a statement that gives no rows, and closes it. */
bool query_run(struct query *query, struct diags *diags);
/* The next row, if *row. false with a diagnostic on failure. */
bool query_next(struct query *query, bool *row, struct diags *diags);
void query_close(struct query *query);

/* Columns of the present row, from 0; texts live until the next query_next or query_close. */
struct str query_column(const struct query *query, int column);
int64_t query_column_int(const struct query *query, int column);

/* Says in a diagnostic what SQLite's result means for this ledger. Always false. */
bool ledger_fail(struct ledger *ledger, int result, struct diags *diags);
/* The ledger holds what no ledger should: what, as in "an output has an unsafe path". Always false. */
bool ledger_damaged(const struct ledger *ledger, struct diags *diags, const char *what);

/* What is wrong with an output or a copy (a path that leads out of its folder, a digest that is none), or
 * NULL. Asked of what goes in and of what comes out: whoever can write the file must not get us to write or
 * delete elsewhere. */
const char *ledger_output_fault(const struct ledger_output *output);
const char *ledger_output_unsafe(const struct ledger_output *output); /* of its paths and state alone */
const char *ledger_copy_fault(const struct ledger_copy *copy);

/* Writes a whole record over the run *id; *id 0: a new one, and *id is set. */
bool ledger_run_put(struct ledger *ledger, const struct ledger_run *run, int64_t *id, struct diags *diags);
/* The record that an earlier joining made of the same run; *id 0: there is none. */
bool ledger_run_same(struct ledger *ledger, const struct ledger_run *run, int64_t *id, struct diags *diags);
/* Every score, by entity; stops early, still true, when visit returns false. */
bool ledger_score_each(struct ledger *ledger,
                       bool (*visit)(void *self, struct str entity, const struct ledger_score *score),
                       void *self, struct diags *diags);

#endif
