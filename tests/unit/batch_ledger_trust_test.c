/* Ledgers: what is no ledger, is damaged, or is not to be trusted. */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/file.h"
#include "ledger_place.h"

static void keeps_hostile_strings_as_bytes(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    static const char text[] = "'); DROP TABLE outputs; --\0\xff\xfe\"\n";
    struct ledger_output in = place_output("a'b\"%.pdf"), out;
    bool found;
    in.name = (struct str){text, sizeof text - 1};
    in.entity = in.tier = in.label = in.name;
    place_put(place, ledger, &in);
    assert_true(ledger_output_find(ledger, &place->arena, in.folder, in.path, &out, &found, &place->diags));
    assert_true(found && str_eq(out.name, in.name) && str_eq(out.entity, in.name) &&
                str_eq(out.tier, in.name));
    ledger_close(ledger);
}

static void refuses_unsafe_paths_on_the_way_in(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    static const char *const paths[] = {"",     "/etc/passwd", "../x.pdf", "a/../../x",
                                        "a//b", "./a",         "a/.",      "a/"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct ledger_output output = place_output(paths[i]);
        assert_false(ledger_path_safe(str_from(paths[i])));
        assert_false(ledger_output_put(ledger, &output, &place->diags));
    }
    assert_false(ledger_path_safe((struct str){"a\0b", 3}));
    assert_true(ledger_path_safe(STR("..a/b..pdf")));
    struct ledger_output output = place_output("x.pdf");
    output.temporary = STR("x.pdf");
    assert_false(ledger_output_put(ledger, &output, &place->diags));
    output.temporary = STR("../.x.pdf.briefing-Ab12Cd");
    assert_false(ledger_output_put(ledger, &output, &place->diags));
    ledger_close(ledger);
}

/* What somebody else did to the file. */
static void tamper(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void trusts_nothing_that_it_reads(void **state)
{
    struct place *place = *state;
    static const char *const changes[] = {
        "UPDATE outputs SET path = '../../x.pdf'",
        "UPDATE outputs SET path = '/etc/x.pdf'",
        "UPDATE outputs SET temporary = '../x'",
        "UPDATE outputs SET digest = '../../x'",
        "UPDATE outputs SET state = 9",
        "UPDATE outputs SET score = 5000000000",
        "UPDATE outputs SET kind = 'letter'",
        "UPDATE outputs SET pages = -1",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct listing listing = {0};
        struct ledger_output output = place_output("x.pdf");
        unlink(place->path);
        diags_init(&place->diags, &place->arena);
        struct ledger *ledger = place_ledger(place);
        place_put(place, ledger, &output);
        ledger_close(ledger);
        tamper(place->path, changes[i]);
        ledger = place_ledger(place);
        assert_false(ledger_output_each(ledger, STR("2026-q4"), 0, listing_add, &listing, &place->diags));
        assert_int_equal(listing.text.n, 0);
        assert_true(place_has(place, DIAG_LEDGER_UNREADABLE, "is damaged: an output"));
        ledger_close(ledger);
    }
}

/* Tries to open what stands at place->path, for writing and for reading; the file must not change. */
static void expect_refused(struct place *place, enum diag_code code, const char *words)
{
    struct str before, after;
    const char *why;
    assert_true(file_read(&place->arena, place->path, 1 << 24, &before, &why, NULL));
    for (int read_only = 0; read_only < 2; read_only++) {
        diags_init(&place->diags, &place->arena);
        assert_null(ledger_open(place->path, read_only, 0, &place->diags));
        assert_true(place_has(place, code, words));
        assert_true(place->diags.machine_failed);
    }
    assert_true(file_read(&place->arena, place->path, 1 << 24, &after, &why, NULL));
    assert_true(str_eq(before, after));
}

static void refuses_what_is_no_ledger(void **state)
{
    struct place *place = *state;
    const char *why;
    assert_true(file_write(place->path, STR("member,email\nM-1,a@example.org\n"), false, &why));
    expect_refused(place, DIAG_LEDGER_UNREADABLE, "is no ledger");
    unlink(place->path);
    tamper(place->path, "CREATE TABLE outputs (a)");
    expect_refused(place, DIAG_LEDGER_UNREADABLE, "of another program");
    unlink(place->path);
    ledger_close(place_ledger(place));
    tamper(place->path, "PRAGMA user_version = 2");
    expect_refused(place, DIAG_LEDGER_UNREADABLE, "later version");
    tamper(place->path,
           "PRAGMA user_version = 1; CREATE TRIGGER t AFTER INSERT ON outputs BEGIN DELETE FROM copies; END");
    expect_refused(place, DIAG_LEDGER_UNREADABLE, "a trigger");
    unlink(place->path);
    assert_int_equal(mkdir(place->path, 0777), 0);
    diags_init(&place->diags, &place->arena);
    assert_null(ledger_open(place->path, false, 0, &place->diags));
    assert_true(place->diags.machine_failed);
    assert_int_equal(rmdir(place->path), 0);
}

static void tells_of_damage(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    assert_true(ledger_begin(ledger, &place->diags));
    for (int i = 0; i < 500; i++) {
        char path[32];
        snprintf(path, sizeof path, "%03d.pdf", i);
        struct ledger_output output = place_output(path);
        place_put(place, ledger, &output);
    }
    assert_true(ledger_commit(ledger, &place->diags));
    ledger_close(ledger);
    /* All but the first page, which holds the schema, becomes rubbish. */
    int fd = open(place->path, O_RDWR);
    struct stat info;
    char page[4096];
    memset(page, 0xA5, sizeof page);
    assert_int_equal(fstat(fd, &info), 0);
    for (off_t at = sizeof page; at < info.st_size; at += (off_t)sizeof page)
        assert_int_equal(pwrite(fd, page, sizeof page, at), sizeof page);
    close(fd);
    struct listing listing = {0};
    ledger = place_ledger(place);
    assert_false(ledger_output_each(ledger, STR("2026-q4"), 0, listing_add, &listing, &place->diags));
    assert_true(place_has(place, DIAG_LEDGER_UNREADABLE, "is damaged"));
    buf_done(&listing.text);
    ledger_close(ledger);
    /* Cut short within the schema's own page. */
    diags_init(&place->diags, &place->arena);
    assert_int_equal(truncate(place->path, 1000), 0);
    ledger = ledger_open(place->path, true, 0, &place->diags);
    assert_null(ledger);
    assert_true(place->diags.machine_failed);
}

static void a_reader_makes_nothing(void **state)
{
    struct place *place = *state;
    const char *why;
    assert_null(ledger_open(place->path, true, 0, &place->diags));
    assert_int_equal(place->diags.errors, 0);
    assert_int_not_equal(access(place->path, F_OK), 0);
    assert_true(file_write(place->path, STR(""), false, &why));
    assert_null(ledger_open(place->path, true, 0, &place->diags));
    assert_int_equal(place->diags.errors, 0);
    ledger_close(place_ledger(place));
    struct ledger *reader = ledger_open(place->path, true, 0, &place->diags);
    struct ledger_output output = place_output("x.pdf");
    assert_non_null(reader);
    assert_false(ledger_output_put(reader, &output, &place->diags));
    assert_true(place_has(place, DIAG_LEDGER_FAILED, "may not be written"));
    ledger_close(reader);
}

static void makes_folders_and_says_when_it_cannot(void **state)
{
    struct place *place = *state;
    char path[160];
    snprintf(path, sizeof path, "%s/a/b/run.db", place->folder);
    struct ledger *ledger = ledger_open(path, false, 0, &place->diags);
    assert_non_null(ledger);
    ledger_close(ledger);
    snprintf(path, sizeof path, "%s/a/b/run.db/c/run.db", place->folder);
    assert_null(ledger_open(path, false, 0, &place->diags));
    assert_true(place_has(place, DIAG_LEDGER_FAILED, "no folder") ||
                place_has(place, DIAG_LEDGER_FAILED, "cannot be used"));
    assert_null(ledger_open("/proc/1/no/run.db", false, 0, &place->diags));
    assert_true(place->diags.machine_failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keeps_hostile_strings_as_bytes, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(refuses_unsafe_paths_on_the_way_in, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(trusts_nothing_that_it_reads, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_ledger, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(tells_of_damage, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(a_reader_makes_nothing, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(makes_folders_and_says_when_it_cannot, place_enter, place_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
