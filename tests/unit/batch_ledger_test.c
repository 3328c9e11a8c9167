/* Ledgers: what goes in comes out, in the orders that were asked for. */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger_place.h"

static void gives_back_what_was_put(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    struct ledger_output in = place_output("a/b.pdf"), out;
    in.state = LEDGER_PENDING;
    in.temporary = STR(".b.pdf.briefing-Ab12Cd");
    in.member = STR("M-1");
    in.copy = STR("7KQM-2F9X-AB3D-9TZC");
    bool found = false;
    place_put(place, ledger, &in);
    ledger_close(ledger);
    ledger = place_ledger(place);
    assert_true(ledger_output_find(ledger, &place->arena, in.folder, in.path, &out, &found, &place->diags));
    assert_true(found);
    assert_true(str_eq(out.folder, in.folder) && str_eq(out.path, in.path) && str_eq(out.kind, in.kind));
    assert_true(str_eq(out.entity, in.entity) && str_eq(out.edition, in.edition) &&
                str_eq(out.tier, in.tier));
    assert_true(str_eq(out.member, in.member) && str_eq(out.copy, in.copy) && str_eq(out.inputs, in.inputs));
    assert_true(str_eq(out.depends, in.depends) && str_eq(out.temporary, in.temporary));
    assert_true(str_eq(out.digest, in.digest) && str_eq(out.name, in.name) && str_eq(out.grade, in.grade));
    assert_true(str_eq(out.label, in.label) && str_eq(out.diagnostics, in.diagnostics));
    assert_int_equal(out.score, 82);
    assert_int_equal(out.pages, 12);
    assert_int_equal(out.bytes, 4096);
    assert_true(out.mtime_ns == in.mtime_ns && out.inode == 42 && out.run == 1 && out.seen == 1);
    assert_int_equal(out.state, LEDGER_PENDING);
    in.state = LEDGER_DONE;
    in.temporary = (struct str){0};
    in.pages = 13;
    place_put(place, ledger, &in);
    assert_true(ledger_output_find(ledger, &place->arena, in.folder, in.path, &out, &found, &place->diags));
    assert_int_equal(out.state, LEDGER_DONE);
    assert_int_equal(out.temporary.n, 0);
    assert_int_equal(out.pages, 13);
    assert_true(
        ledger_output_find(ledger, &place->arena, in.folder, STR("no.pdf"), &out, &found, &place->diags));
    assert_false(found);
    ledger_close(ledger);
    assert_int_equal(place->diags.errors, 0);
}

static void lists_each_part_in_its_order(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    static const struct {
        const char *path, *kind, *entity, *tier, *member;
        enum ledger_state made;
        int64_t seen;
    } rows[] = {
        {"z.pdf", "edition", "a", "open", "", LEDGER_DONE, 2},
        {"Z.pdf", "edition", "b", "open", "", LEDGER_DONE, 2},
        {"m/2.pdf", "copy", "a", "open", "M-2", LEDGER_DONE, 2},
        {"m/9.pdf", "copy", "b", "open", "M-1", LEDGER_FAILED, 2},
        {"m/1.pdf", "copy", "a", "open", "M-1", LEDGER_DONE, 2},
        {"old.pdf", "edition", "c", "open", "", LEDGER_DONE, 1},
        {"all.pdf", "compendium", "", "open", "", LEDGER_PENDING, 2},
        {"mine.pdf", "compendium", "", "open", "M-3", LEDGER_DONE, 2},
        {"\xc3\xa9.pdf", "edition", "a", "circle", "", LEDGER_FAILED, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ledger_output output = place_output(rows[i].path);
        output.kind = str_from(rows[i].kind);
        output.entity = str_from(rows[i].entity);
        output.tier = str_from(rows[i].tier);
        output.member = str_from(rows[i].member);
        output.state = rows[i].made;
        output.seen = rows[i].seen;
        place_put(place, ledger, &output);
    }
    place_expect_part(place, ledger, LEDGER_ALL, 2,
                      "Z.pdf all.pdf m/1.pdf m/2.pdf m/9.pdf mine.pdf z.pdf \xc3\xa9.pdf ");
    place_expect_part(place, ledger, LEDGER_ALL, 1, "old.pdf ");
    place_expect_part(place, ledger, LEDGER_ALL, 0,
                      "Z.pdf all.pdf m/1.pdf m/2.pdf m/9.pdf mine.pdf old.pdf z.pdf \xc3\xa9.pdf ");
    place_expect_part(place, ledger, LEDGER_NOT_MADE, 2, "all.pdf \xc3\xa9.pdf m/9.pdf ");
    place_expect_part(place, ledger, LEDGER_EDITIONS, 2, "\xc3\xa9.pdf z.pdf Z.pdf ");
    place_expect_part(place, ledger, LEDGER_COMPENDIA, 2, "all.pdf ");
    place_expect_part(place, ledger, LEDGER_MEMBERS, 2, "m/1.pdf m/9.pdf m/2.pdf mine.pdf ");
    struct listing first = {.stop_after = 1};
    assert_true(ledger_output_each(ledger, STR("2026-q4"), 2, listing_add, &first, &place->diags));
    assert_true(str_is(buf_view(&first.text), "Z.pdf "));
    buf_done(&first.text);
    struct ledger_totals totals;
    assert_true(ledger_output_totals(ledger, STR("2026-q4"), 2, &totals, &place->diags));
    assert_int_equal(totals.outputs, 8);
    assert_int_equal(totals.not_made, 3);
    assert_int_equal(totals.pages, 5 * 12);
    assert_int_equal(totals.bytes, 5 * 4096);
    assert_int_equal(totals.personal, 4);
    assert_int_equal(totals.members, 3);
    assert_int_equal(totals.compendia, 1);
    assert_int_equal(totals.entities, 2);
    assert_true(ledger_output_seen(ledger, STR("2026-q4"), STR("old.pdf"), 2, &place->diags));
    place_expect_part(place, ledger, LEDGER_ALL, 1, "");
    assert_true(ledger_output_adopt(ledger, STR("2026-q4"), 2, 7, &place->diags));
    place_expect_part(place, ledger, LEDGER_COMPENDIA, 7, "all.pdf ");
    ledger_close(ledger);
    assert_int_equal(place->diags.errors, 0);
}

static void resumes_the_last_run_only_when_it_did_not_end(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    struct ledger_run run = place_run(0, 0), other = place_run(1, 2), last;
    int64_t first, second, third, sharded, id;
    assert_true(ledger_run_begin(ledger, &run, true, &first, &place->diags));
    assert_true(ledger_run_begin(ledger, &other, true, &sharded, &place->diags));
    assert_true(sharded != first);
    assert_true(ledger_run_begin(ledger, &run, true, &second, &place->diags));
    assert_true(second == first);
    assert_true(ledger_run_begin(ledger, &run, false, &third, &place->diags));
    assert_true(third > second);
    assert_true(ledger_run_end(ledger, third, 2000, STR("done"), &place->diags));
    assert_true(ledger_run_last(ledger, &place->arena, STR("out"), 0, 0, &last, &id, &place->diags));
    assert_true(id == third && last.ended_ms == 2000 && str_is(last.status, "done"));
    assert_true(ledger_run_last(ledger, &place->arena, STR("out"), 1, 2, &last, &id, &place->diags));
    assert_true(id == sharded && last.shard == 1 && last.shards == 2 && str_is(last.status, "running"));
    assert_true(ledger_run_last(ledger, &place->arena, STR("elsewhere"), 0, 0, &last, &id, &place->diags));
    assert_true(id == 0);
    /* The killed first run is not taken up again behind the back of the one that ended. */
    assert_true(ledger_run_begin(ledger, &run, true, &id, &place->diags));
    assert_true(id > third);
    ledger_close(ledger);
    assert_int_equal(place->diags.errors, 0);
}

static void keeps_scores_by_edition_in_time_order(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    static const char *const editions[] = {"2026-Q4", "2025-Q4", "2026-01", "2026-Q4"};
    static const int values[] = {80, 60, 70, 82};
    for (size_t i = 0; i < 4; i++) {
        struct edition_id edition;
        assert_true(edition_parse(str_from(editions[i]), &edition));
        assert_true(ledger_score_put(ledger, STR("lu-heng"), edition, values[i], &place->diags));
    }
    struct ledger_score *scores;
    size_t count;
    assert_true(ledger_scores(ledger, &place->arena, STR("lu-heng"), &scores, &count, &place->diags));
    assert_int_equal(count, 3);
    assert_int_equal(scores[0].hundredths, 60);
    assert_int_equal(scores[1].hundredths, 70);
    assert_int_equal(scores[2].hundredths, 82);
    assert_true(ledger_scores(ledger, &place->arena, STR("nobody"), &scores, &count, &place->diags));
    assert_int_equal(count, 0);
    assert_int_equal(place->diags.errors, 0);
    assert_false(ledger_score_put(ledger, STR("x"), (struct edition_id){0}, 50, &place->diags));
    ledger_close(ledger);
}

static bool count_copies(void *self, const struct ledger_copy *copy)
{
    (void)copy;
    ++*(int *)self;
    return true;
}

static void finds_the_copy_made_last(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    struct ledger_copy copies[] = {place_copy("AAAA", "M-1", 5), place_copy("BBBB", "M-2", 5),
                                   place_copy("AAAA", "M-1", 9), place_copy("AAAA", "M-1", 7)},
                       found;
    bool is;
    int count = 0;
    for (size_t i = 0; i < 4; i++)
        assert_true(ledger_copy_put(ledger, &copies[i], &place->diags));
    assert_true(ledger_copy_find(ledger, &place->arena, STR("AAAA"), &found, &is, &place->diags));
    assert_true(is && str_is(found.member, "M-1") && found.made_ms == 9);
    assert_true(ledger_copy_find(ledger, &place->arena, STR("CCCC"), &found, &is, &place->diags));
    assert_false(is);
    assert_true(ledger_copy_each(ledger, count_copies, &count, &place->diags));
    assert_int_equal(count, 2);
    ledger_close(ledger);
    assert_int_equal(place->diags.errors, 0);
}

static void joining_twice_is_joining_once(void **state)
{
    struct place *place = *state;
    char shard_path[2][128], out[80];
    snprintf(out, sizeof out, "%s/out", place->folder);
    struct ledger_score *scores;
    size_t count;
    struct ledger *into = place_ledger(place);
    for (unsigned i = 0; i < 2; i++) {
        snprintf(shard_path[i], sizeof shard_path[i], "%s/ledger-%u-of-2.db", out, i + 1);
        struct ledger *shard = ledger_open(shard_path[i], false, 0, &place->diags);
        struct ledger_run run = place_run(i + 1, 2);
        int64_t id;
        run.folder = ledger_folder(&place->arena, shard_path[i], out);
        assert_true(str_is(run.folder, "."));
        assert_non_null(shard);
        assert_true(ledger_run_begin(shard, &run, false, &id, &place->diags));
        struct ledger_output output = place_output(i ? "b.pdf" : "a.pdf");
        output.folder = run.folder;
        output.run = output.seen = id;
        place_put(place, shard, &output);
        struct ledger_copy copy = place_copy(i ? "BBBB" : "AAAA", "M-1", 5);
        assert_true(ledger_copy_put(shard, &copy, &place->diags));
        struct edition_id edition;
        edition_parse(i ? STR("2026-Q4") : STR("2026-Q3"), &edition);
        assert_true(ledger_score_put(shard, STR("lu-heng"), edition, 50 + (int)i, &place->diags));
        assert_true(ledger_run_end(shard, id, 3000, STR("done"), &place->diags));
        ledger_close(shard);
    }
    for (int twice = 0; twice < 2; twice++) {
        assert_true(ledger_begin(into, &place->diags));
        for (unsigned i = 0; i < 2; i++) {
            struct ledger *shard = ledger_open(shard_path[i], true, 0, &place->diags);
            assert_non_null(shard);
            assert_true(ledger_join(into, shard, &place->diags));
            ledger_close(shard);
        }
        assert_true(ledger_commit(into, &place->diags));
    }
    struct ledger_run run;
    int64_t first, second;
    int copies = 0;
    assert_true(ledger_run_last(into, &place->arena, STR("out"), 1, 2, &run, &first, &place->diags));
    assert_true(ledger_run_last(into, &place->arena, STR("out"), 2, 2, &run, &second, &place->diags));
    assert_true(first == 1 && second == 2 && run.ended_ms == 3000);
    struct listing listing = {0};
    assert_true(ledger_output_each(into, STR("out"), second, listing_add, &listing, &place->diags));
    assert_true(str_is(buf_view(&listing.text), "b.pdf "));
    buf_done(&listing.text);
    assert_true(ledger_copy_each(into, count_copies, &copies, &place->diags));
    assert_int_equal(copies, 2);
    assert_true(ledger_scores(into, &place->arena, STR("lu-heng"), &scores, &count, &place->diags));
    assert_true(count == 2 && scores[0].hundredths == 50 && scores[1].hundredths == 51);
    ledger_close(into);
    assert_int_equal(place->diags.errors, 0);
}

static void names_folders_so_that_both_can_move(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *ledger, *output, *name;
    } cases[] = {
        {"%s/l/run.db", "%s/l", "."},
        {"%s/l/run.db", "%s/l/2026-q4/", "2026-q4"},
        {"%s/l/run.db", "%s/l/new/./deep/../2026", "new/2026"},
        {"%s/l/run.db", "%s/out", "../out"},
        {"%s/l/run.db", "%s", ".."},
        {"%s/l/run.db", "/usr/share", "/usr/share"},
        {"%s/l/run.db", "%s-other", "%s-other"},
        {"%s/link/run.db", "%s/l/x", "x"},
    };
    char ledger[128], output[128], name[128];
    snprintf(output, sizeof output, "%s/l", place->folder);
    assert_int_equal(mkdir(output, 0777), 0);
    snprintf(name, sizeof name, "%s/link", place->folder);
    assert_int_equal(symlink(output, name), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(ledger, sizeof ledger, cases[i].ledger, place->folder);
        snprintf(output, sizeof output, cases[i].output, place->folder);
        snprintf(name, sizeof name, cases[i].name, place->folder);
        struct str got = ledger_folder(&place->arena, ledger, output);
        assert_string_equal(str_z(&place->arena, got), name);
    }
    assert_true(str_is(ledger_folder(&place->arena, "run.db", "output/x"), "output/x"));
    assert_true(str_is(ledger_folder(&place->arena, "run.db", "."), "."));
}

static bool count_standing(void *self, const struct ledger_output *output)
{
    size_t *count = self;
    *count += output->bytes == 4096 && output->inputs.n && output->state == LEDGER_DONE;
    return true;
}

static void scans_a_folder_and_no_other(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    static const char *const paths[] = {"b.pdf", "a.pdf", "elsewhere.pdf", "c.pdf"};
    struct ledger_output output;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        output = place_output(paths[i]);
        output.state = LEDGER_PENDING;
        output.temporary = STR(".a.pdf.briefing-aaaaaa");
        if (i == 2)
            output.folder = STR("2026-q3");
        place_put(place, ledger, &output);
    }
    for (int whole = 0; whole < 2; whole++) {
        struct listing listing = {0};
        assert_true(ledger_output_scan(ledger, STR("2026-q4"), whole, listing_add, &listing, &place->diags));
        assert_true(str_is(buf_view(&listing.text), "b.pdf a.pdf c.pdf "));
        buf_done(&listing.text);
    }
    size_t done = 0;
    assert_true(ledger_output_done(ledger, STR("2026-q4"), STR("a.pdf"), &place->diags));
    assert_true(ledger_output_done(ledger, STR("2026-q4"), STR("elsewhere.pdf"), &place->diags));
    assert_true(ledger_output_scan(ledger, STR("2026-q4"), false, count_standing, &done, &place->diags));
    assert_int_equal(done, 1);
    bool found;
    assert_true(ledger_output_find(ledger, &place->arena, STR("2026-q4"), STR("a.pdf"), &output, &found,
                                   &place->diags));
    assert_true(found && output.state == LEDGER_DONE && output.temporary.n == 0);
    struct listing none = {0};
    assert_true(ledger_output_scan(ledger, STR("2026-q1"), false, listing_add, &none, &place->diags));
    assert_int_equal(none.text.n, 0);
    ledger_close(ledger);
}

static void remembers_what_was_told_of_a_folder(void **state)
{
    struct place *place = *state;
    struct ledger *ledger = place_ledger(place);
    struct ledger_told told;
    assert_true(ledger_told_find(ledger, &place->arena, STR("a"), &told, &place->diags));
    assert_int_equal(told.run, 0);
    for (int run = 7; run <= 8; run++) {
        told = (struct ledger_told){.run = run, .digest = STR("12ab"), .files = STR("1 2 3 index.html\n")};
        assert_true(ledger_told_put(ledger, STR("a"), &told, &place->diags));
    }
    ledger_close(ledger);
    ledger = place_ledger(place);
    assert_true(ledger_told_find(ledger, &place->arena, STR("a"), &told, &place->diags));
    assert_int_equal(told.run, 8);
    assert_true(str_is(told.digest, "12ab") && str_is(told.files, "1 2 3 index.html\n"));
    assert_true(ledger_told_find(ledger, &place->arena, STR("b"), &told, &place->diags));
    assert_int_equal(told.run, 0);
    ledger_close(ledger);
    assert_int_equal(place->diags.errors, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gives_back_what_was_put, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(lists_each_part_in_its_order, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(resumes_the_last_run_only_when_it_did_not_end, place_enter,
                                        place_leave),
        cmocka_unit_test_setup_teardown(keeps_scores_by_edition_in_time_order, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(finds_the_copy_made_last, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(joining_twice_is_joining_once, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(scans_a_folder_and_no_other, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(remembers_what_was_told_of_a_folder, place_enter, place_leave),
        cmocka_unit_test_setup_teardown(names_folders_so_that_both_can_move, place_enter, place_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
