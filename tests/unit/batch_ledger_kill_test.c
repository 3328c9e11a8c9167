/* Ledgers: held by another process, or their writer killed. */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "ledger_place.h"

/* A child that holds the ledger as SQL says until it is told to stop. Returns its process id. */
static pid_t hold(const char *path, const char *sql, int *let_go)
{
    int ready[2], go[2];
    char byte = 0;
    assert_int_equal(pipe(ready) | pipe(go), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        sqlite3 *db;
        close(go[1]);
        if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
            _exit(1);
        if (write(ready[1], "r", 1) != 1)
            _exit(1);
        (void)!read(go[0], &byte, 1);
        _exit(0);
    }
    close(ready[1]);
    close(go[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    *let_go = go[1];
    return child;
}

static void release(pid_t child, int let_go)
{
    int status;
    close(let_go);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void names_a_lock_by_another_process(void **state)
{
    struct place *place = *state;
    int let_go;
    struct ledger *ledger = place_ledger(place);
    pid_t child = hold(place->path, "BEGIN IMMEDIATE", &let_go);
    assert_false(ledger_begin(ledger, &place->diags));
    assert_true(place_has(place, DIAG_LEDGER_LOCKED, "held by another process"));
    assert_true(place->diags.machine_failed);
    /* A reader goes on beside a writer. */
    struct ledger *reader = ledger_open(place->path, true, 0, &place->diags);
    assert_non_null(reader);
    place_expect_part(place, reader, LEDGER_ALL, 0, "");
    ledger_close(reader);
    release(child, let_go);
    assert_true(ledger_begin(ledger, &place->diags));
    assert_true(ledger_commit(ledger, &place->diags));
    ledger_close(ledger);
    diags_init(&place->diags, &place->arena);
    child = hold(place->path, "BEGIN EXCLUSIVE", &let_go);
    assert_null(ledger_open(place->path, false, 0, &place->diags));
    assert_true(place_has(place, DIAG_LEDGER_LOCKED, "held by another process"));
    release(child, let_go);
}

static void a_rollback_forgets(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    struct ledger_output output = place_output("x.pdf");
    assert_true(ledger_rollback(ledger, &place->diags));
    assert_true(ledger_begin(ledger, &place->diags));
    place_put(place, ledger, &output);
    assert_true(ledger_rollback(ledger, &place->diags));
    place_expect_part(place, ledger, LEDGER_ALL, 0, "");
    ledger_close(ledger);
    assert_int_equal(place->diags.errors, 0);
}

enum { ROUNDS = 25, A_TRANSACTION = 7 };

/* Tells how many outputs there are after each commit. Ends only when something is wrong. */
static void write_until_killed(struct place *place, int first, int tell)
{
    struct ledger *ledger = ledger_open(place->path, false, 5000, &place->diags);
    bool ok = ledger != NULL;
    for (int next = first; ok;) {
        ok = ledger_begin(ledger, &place->diags);
        for (int end = next + A_TRANSACTION; ok && next < end; next++) {
            char path[32];
            snprintf(path, sizeof path, "%08d.pdf", next);
            struct ledger_output output = place_output(path);
            ok = ledger_output_put(ledger, &output, &place->diags);
        }
        ok = ok && ledger_commit(ledger, &place->diags) && write(tell, &next, sizeof next) == sizeof next;
    }
    _exit(1);
}

/* Killed at any moment, a writer has lost nothing that it was told is committed, and left nothing half-done.
 */
static void a_killed_writer_loses_nothing(void **state)
{
    struct place *place = *state;
    int total = 0;
    unsigned seed = 20261122;
    ledger_close(place_ledger(place));
    for (int round = 0; round < ROUNDS; round++) {
        int told[2];
        assert_int_equal(pipe(told), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            write_until_killed(place, total, told[1]);
        close(told[1]);
        int committed = total, next;
        seed = seed * 1103515245u + 12345u;
        for (unsigned wait = seed >> 16 & 15; wait; wait--) {
            assert_int_equal(read(told[0], &next, sizeof next), sizeof next);
            committed = next;
        }
        struct timespec moment = {0, (long)(seed >> 20 & 0x3ff) * 2000};
        nanosleep(&moment, NULL);
        kill(child, SIGKILL);
        while (read(told[0], &next, sizeof next) == sizeof next)
            committed = next;
        close(told[0]);
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        /* A reader sees whole transactions, at least those that were told. */
        struct ledger *reader = ledger_open(place->path, true, 5000, &place->diags);
        struct ledger_totals totals;
        assert_non_null(reader);
        assert_true(ledger_output_totals(reader, STR("2026-q4"), 0, &totals, &place->diags));
        ledger_close(reader);
        assert_true(totals.outputs >= committed && totals.outputs <= committed + A_TRANSACTION);
        assert_int_equal(totals.outputs % A_TRANSACTION, 0);
        total = (int)totals.outputs;
    }
    assert_true(total > ROUNDS);
    sqlite3 *db;
    sqlite3_stmt *check;
    assert_int_equal(sqlite3_open(place->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &check, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(check), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(check, 0), "ok");
    sqlite3_finalize(check);
    sqlite3_close(db);
    /* What the last one left beside the ledger is gone when the next writer has written. */
    struct ledger *ledger = place_ledger(place);
    struct ledger_output output = place_output("last.pdf");
    place_put(place, ledger, &output);
    ledger_close(ledger);
    char litter[128];
    snprintf(litter, sizeof litter, "%s-journal", place->path);
    assert_int_not_equal(access(litter, F_OK), 0);
    assert_int_equal(place->diags.errors, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_a_lock_by_another_process, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(a_rollback_forgets, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(a_killed_writer_loses_nothing, place_enter, place_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
