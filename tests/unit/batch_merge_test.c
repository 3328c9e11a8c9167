/* Merging shards: the same manifest and page as of one whole run; what is missing or does not fit is told. */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "batch/batch.h"
#include "batch/lock.h"
#include "batch/manifest.h"
#include "ledger_place.h"

enum { OUTPUTS = 12 };

static const struct manifest_tier tiers[] = {{{"open", 4}, {"Open", 4}}, {{"circle", 6}, {"Circle", 6}}};

static struct manifest_head head_for(unsigned shard, unsigned shards)
{
    return (struct manifest_head){.name = STR("2026-q4"),
                                  .edition = STR("2026-Q4"),
                                  .product = STR("Watch & Wait"),
                                  .publisher = STR("Harbour Desk"),
                                  .language = STR("en"),
                                  .program = STR("briefing 0.1.0"),
                                  .accent = STR("#123456"),
                                  .tiers = tiers,
                                  .tier_count = 2,
                                  .shard = shard,
                                  .shards = shards};
}

static struct copy_key a_key(void)
{
    struct copy_key key;
    memset(key.bytes, 7, sizeof key.bytes);
    return key;
}

/* What a run with these outputs leaves: those that are shard's, or all for 0 of 0. */
static void leave_run(struct place *place, const char *ledger_path, const char *output, unsigned shard,
                      unsigned shards, bool ended)
{
    struct copy_key key = a_key();
    struct ledger *ledger = ledger_open(ledger_path, false, 0, &place->diags);
    assert_non_null(ledger);
    struct ledger_run run = place_run(shard, shards);
    int64_t id;
    run.folder = ledger_folder(&place->arena, ledger_path, output);
    run.started_ms = 1000 + shard;
    assert_true(ledger_run_begin(ledger, &run, false, &id, &place->diags));
    for (unsigned i = 0; i < OUTPUTS; i++) {
        if (shards && i % shards != shard - 1)
            continue;
        struct ledger_output row = place_output(str_printf(&place->arena, "m/%02u.pdf", i).p);
        row.folder = run.folder;
        row.entity = str_printf(&place->arena, "entity-%u", i / 3);
        row.member = i % 3 ? str_printf(&place->arena, "M-%u", i % 3) : (struct str){0};
        row.kind = i % 3 ? STR("copy") : STR("edition");
        row.run = row.seen = id;
        if (i == 4) {
            row.state = LEDGER_FAILED;
            row.diagnostics = STR("[{\"severity\": \"error\", \"code\": \"syntax\", \"message\": \"<b>\"}]");
        }
        place_put(place, ledger, &row);
    }
    struct manifest_head head = head_for(shard, shards);
    assert_true(manifest_write(ledger, run.folder, id, &head,
                               manifest_path(&place->arena, output, shard, shards), &key, NULL,
                               &place->diags));
    if (shards == 0)
        assert_true(index_write(ledger, run.folder, id, &head, output, NULL, &place->diags));
    if (ended)
        assert_true(ledger_run_end(ledger, id, 5000 + shard, STR("done"), &place->diags));
    ledger_close(ledger);
}

static void leave_shards(struct place *place, const char *output, unsigned shards)
{
    for (unsigned i = 1; i <= shards; i++)
        leave_run(place, ledger_shard_path(&place->arena, output, i, shards), output, i, shards, true);
}

static const char *folder_of(struct place *place, const char *name)
{
    const char *path = file_join(&place->arena, str_from(place->folder), str_from(name));
    assert_int_equal(mkdir(path, 0777), 0);
    return path;
}

static bool merge(struct place *place, const char *output, struct batch_outcome *outcome)
{
    struct copy_key key = a_key();
    struct batch_merge request = {.output = output, .ledger = place->path, .key = &key};
    diags_init(&place->diags, &place->arena);
    return batch_merge(&place->arena, &request, outcome, &place->diags);
}

static struct str content(struct place *place, const char *folder, const char *name)
{
    struct str text;
    const char *why;
    assert_true(file_read(&place->arena, file_join(&place->arena, str_from(folder), str_from(name)), 1 << 24,
                          &text, &why, NULL));
    return text;
}

static void expect_refused(struct place *place, const char *output, enum diag_code code, const char *words)
{
    struct batch_outcome outcome;
    assert_false(merge(place, output, &outcome));
    assert_true(place_has(place, code, words));
}

static void is_byte_for_byte_what_one_run_makes(void **state)
{
    struct place *place = *state;
    const char *whole = folder_of(place, "whole"), *parts = folder_of(place, "parts");
    static const char *const files[] = {"manifest.json", "manifest.json.sig", "index.html"};
    struct batch_outcome outcome;
    leave_run(place, file_join(&place->arena, str_from(whole), STR("l.db")), whole, 0, 0, true);
    leave_shards(place, parts, 5);
    for (int again = 0; again < 3; again++) {
        assert_true(merge(place, parts, &outcome));
        assert_int_equal(place->diags.errors, 0);
        assert_int_equal(outcome.progress.made, OUTPUTS - 1);
        assert_int_equal(outcome.progress.failed, 1);
        for (size_t i = 0; i < sizeof files / sizeof *files; i++)
            assert_true(str_eq(content(place, whole, files[i]), content(place, parts, files[i])));
    }
    struct ledger *ledger = place_ledger(place);
    struct ledger_run run;
    int64_t id;
    struct ledger_totals totals;
    assert_true(ledger_run_last(ledger, &place->arena, STR("parts"), 0, 0, &run, &id, &place->diags));
    assert_true(id && run.started_ms == 1001 && run.ended_ms == 5005);
    assert_true(ledger_output_totals(ledger, STR("parts"), 0, &totals, &place->diags));
    assert_int_equal(totals.outputs, OUTPUTS);
    ledger_close(ledger);
}

static void says_which_shard_is_missing(void **state)
{
    struct place *place = *state;
    const char *output = folder_of(place, "out");
    expect_refused(place, output, DIAG_MERGE_INCOMPLETE, "no ledger of a shard");
    expect_refused(place, "/nowhere/at/all", DIAG_CANNOT_READ, "/nowhere/at/all");
    leave_shards(place, output, 3);
    unlink(ledger_shard_path(&place->arena, output, 2, 3));
    expect_refused(place, output, DIAG_MERGE_INCOMPLETE, "shard 2 of 3");
    leave_run(place, ledger_shard_path(&place->arena, output, 2, 3), output, 2, 3, false);
    expect_refused(place, output, DIAG_MERGE_INCOMPLETE, "did not end");
    unlink(ledger_shard_path(&place->arena, output, 2, 3));
    leave_run(place, ledger_shard_path(&place->arena, output, 2, 3), output, 2, 3, true);
    unlink(manifest_path(&place->arena, output, 3, 3));
    expect_refused(place, output, DIAG_MERGE_INCOMPLETE, "shard 3 of 3");
    const char *why;
    assert_true(file_write(manifest_path(&place->arena, output, 3, 3), STR("{}"), false, &why));
    expect_refused(place, output, DIAG_MERGE_INCOMPLETE, "none of ours");
    assert_int_not_equal(access(place->path, F_OK), 0);
}

static void does_not_mix_runs(void **state)
{
    struct place *place = *state;
    const char *output = folder_of(place, "out"), *other = folder_of(place, "other");
    leave_shards(place, output, 3);
    leave_run(place, ledger_shard_path(&place->arena, output, 2, 5), output, 2, 5, true);
    expect_refused(place, output, DIAG_MERGE_MISMATCH, "some are of");
    leave_shards(place, other, 2);
    const char *path = ledger_shard_path(&place->arena, other, 2, 2);
    static const struct {
        struct ledger_run run;
        const char *words;
    } cases[] = {
        {{.name = {"2026-q3", 7}, .edition = {"2026-Q4", 7}, .program = {"cafe", 4}}, "names"},
        {{.name = {"2026-q4", 7}, .edition = {"2026-Q3", 7}, .program = {"cafe", 4}}, "editions"},
        {{.name = {"2026-q4", 7}, .edition = {"2026-Q4", 7}, .program = {"beef", 4}}, "versions"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ledger *ledger = ledger_open(path, false, 0, &place->diags);
        struct ledger_run run = cases[i].run;
        int64_t id;
        assert_non_null(ledger);
        run.folder = STR(".");
        run.shard = run.shards = 2;
        run.status = STR("running");
        assert_true(ledger_run_begin(ledger, &run, false, &id, &place->diags));
        assert_true(ledger_run_end(ledger, id, 6000, STR("done"), &place->diags));
        ledger_close(ledger);
        expect_refused(place, other, DIAG_MERGE_MISMATCH, cases[i].words);
    }
}

static void waits_for_no_shard_that_runs(void **state)
{
    struct place *place = *state;
    const char *output = folder_of(place, "out");
    leave_shards(place, output, 2);
    int ready[2], go[2];
    char byte = 0;
    assert_int_equal(pipe(ready) | pipe(go), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct batch_lock lock;
        close(go[1]);
        if (!lock_take(&lock, &place->arena, output, (struct batch_shard){1, 2}, &place->diags) ||
            write(ready[1], "r", 1) != 1)
            _exit(1);
        (void)!read(go[0], &byte, 1);
        _exit(0);
    }
    close(ready[1]);
    close(go[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    expect_refused(place, output, DIAG_RUN_LOCKED, "another run");
    close(ready[0]);
    close(go[1]);
    int status;
    struct batch_outcome outcome;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_true(merge(place, output, &outcome));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(is_byte_for_byte_what_one_run_makes, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(says_which_shard_is_missing, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(does_not_mix_runs, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(waits_for_no_shard_that_runs, place_enter, place_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
