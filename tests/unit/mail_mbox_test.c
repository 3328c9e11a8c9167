/* mbox files: separators, quoted lines, and all or nothing. */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "mail/mbox.h"

struct box {
    char folder[64], path[96];
    struct arena arena;
    struct mbox mbox;
    const char *why;
};

static int enter(void **state)
{
    static struct box box;
    memset(&box, 0, sizeof box);
    strcpy(box.folder, "/tmp/briefing-mbox-XXXXXX");
    if (!mkdtemp(box.folder))
        return -1;
    snprintf(box.path, sizeof box.path, "%s/letters.mbox", box.folder);
    arena_init(&box.arena);
    *state = &box;
    return 0;
}

static int leave(void **state)
{
    struct box *box = *state;
    unlink(box->path);
    arena_done(&box->arena);
    return rmdir(box->folder); /* fails when something is left over */
}

static size_t count_files(const struct box *box)
{
    size_t count = 0;
    DIR *dir = opendir(box->folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));)
        count += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    closedir(dir);
    return count;
}

static void expect(struct box *box, const char *wanted)
{
    struct str text;
    assert_true(file_read(&box->arena, box->path, 100000, &text, &box->why, NULL));
    if (!str_is(text, wanted))
        fail_msg("the file holds: " STR_FMT, STR_ARG(text));
}

static void add(struct box *box, struct date date, const char *message)
{
    assert_true(mbox_add(&box->mbox, STR("desk@example.org"), date, str_from(message), &box->why));
}

static void letters_stand_apart(void **state)
{
    struct box *box = *state;
    assert_true(mbox_open(&box->mbox, box->path, &box->why));
    add(box, (struct date){2026, 12, 1},
        "To: a\n\nFrom here\n>From there\n>>From\nFrom\nfrom\n>Fro\n From x\n");
    add(box, (struct date){2024, 2, 29}, "To: b\n\nno end");
    add(box, (struct date){2000, 1, 0}, "");
    assert_false(access(box->path, F_OK) == 0);
    assert_true(mbox_finish(&box->mbox, &box->why));
    mbox_close(&box->mbox);
    expect(box, "From desk@example.org Tue Dec  1 00:00:00 2026\n"
                "To: a\n\n>From here\n>>From there\n>>From\nFrom\nfrom\n>Fro\n From x\n\n"
                "From desk@example.org Thu Feb 29 00:00:00 2024\n"
                "To: b\n\nno end\n\n"
                "From desk@example.org Sat Jan  1 00:00:00 2000\n\n");
    struct stat status;
    assert_int_equal(stat(box->path, &status), 0);
    assert_int_equal(status.st_mode & 0077, 0); /* nobody else's to read */
    assert_int_equal(count_files(box), 1);
}

static void given_up_it_leaves_the_older_file(void **state)
{
    struct box *box = *state;
    FILE *file = fopen(box->path, "w");
    assert_non_null(file);
    fputs("older\n", file);
    fclose(file);
    assert_true(mbox_open(&box->mbox, box->path, &box->why));
    add(box, (struct date){2026, 12, 1}, "To: a\n\n");
    assert_int_equal(count_files(box), 2);
    mbox_close(&box->mbox);
    mbox_close(&box->mbox);
    assert_int_equal(count_files(box), 1);
    expect(box, "older\n");
}

static void faults_are_told(void **state)
{
    struct box *box = *state;
    assert_false(mbox_open(&box->mbox, "/nowhere/at/all.mbox", &box->why));
    assert_string_equal(box->why, "no such file or folder");
    mbox_close(&box->mbox);
    assert_int_equal(mkdir(box->path, 0700), 0);
    assert_true(mbox_open(&box->mbox, box->path, &box->why));
    box->why = NULL;
    assert_false(mbox_finish(&box->mbox, &box->why)); /* a folder has the name */
    assert_non_null(box->why);
    mbox_close(&box->mbox);
    assert_int_equal(rmdir(box->path), 0);
    assert_int_equal(count_files(box), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(letters_stand_apart, enter, leave),
        cmocka_unit_test_setup_teardown(given_up_it_leaves_the_older_file, enter, leave),
        cmocka_unit_test_setup_teardown(faults_are_told, enter, leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
