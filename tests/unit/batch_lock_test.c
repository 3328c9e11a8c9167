/* The lock on a folder of outputs, and what its file tells of the run before. */
#define _GNU_SOURCE
#include "batch/lock.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    struct arena arena;
    struct diags diags;
    char folder[64], file[96];
};

static int make_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    if (!place)
        return -1;
    *state = place;
    arena_init(&place->arena);
    diags_init(&place->diags, &place->arena);
    snprintf(place->folder, sizeof place->folder, "/tmp/briefing-lock-test-XXXXXX");
    if (!mkdtemp(place->folder))
        return -1;
    snprintf(place->file, sizeof place->file, "%s/.briefing.lock", place->folder);
    return 0;
}

static int clear_place(void **state)
{
    struct place *place = *state;
    unlink(place->file);
    rmdir(place->folder);
    arena_done(&place->arena);
    free(place);
    return 0;
}

static struct batch_lock taken(struct place *place)
{
    struct batch_lock lock;
    struct batch_shard whole = {0};
    assert_true(lock_take(&lock, &place->arena, place->folder, whole, &place->diags));
    return lock;
}

static void a_clean_end_leaves_an_empty_file(void **state)
{
    struct place *place = *state;
    struct stat info;
    struct batch_lock lock = taken(place);
    assert_false(lock.unclean);
    lock_give(&lock, true);
    assert_int_equal(stat(place->file, &info), 0);
    assert_int_equal(info.st_size, 0);
    lock = taken(place);
    assert_false(lock.unclean);
    lock_give(&lock, false);
    lock = taken(place);
    assert_true(lock.unclean);
    lock_give(&lock, true);
}

/* The holder's number stands over a longer one alone. */
static void the_file_names_its_holder(void **state)
{
    struct place *place = *state;
    char text[64] = "", wanted[32];
    FILE *file = fopen(place->file, "w");
    assert_non_null(file);
    if (!file)
        return;
    fputs("12345678901234567890\n", file);
    fclose(file);
    struct batch_lock lock = taken(place);
    assert_true(lock.unclean);
    file = fopen(place->file, "r");
    assert_non_null(file);
    if (!file)
        return;
    assert_non_null(fgets(text, sizeof text, file));
    assert_null(fgets(wanted, sizeof wanted, file));
    fclose(file);
    snprintf(wanted, sizeof wanted, "%-20ld\n", (long)getpid());
    assert_string_equal(text, wanted);
    lock_give(&lock, true);
}

/* A run that cannot write its number there does not make the unclean end before it a clean one. */
static void a_full_disk_hides_no_unclean_end(void **state)
{
    struct place *place = *state;
    struct batch_lock lock = taken(place);
    lock_give(&lock, false);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit none = {0, 0};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &none);
        struct batch_shard whole = {0};
        _exit(lock_take(&lock, &place->arena, place->folder, whole, &place->diags) && lock.unclean ? 0 : 1);
    }
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    lock = taken(place);
    assert_true(lock.unclean);
    lock_give(&lock, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_clean_end_leaves_an_empty_file, make_place, clear_place),
        cmocka_unit_test_setup_teardown(the_file_names_its_holder, make_place, clear_place),
        cmocka_unit_test_setup_teardown(a_full_disk_hides_no_unclean_end, make_place, clear_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
