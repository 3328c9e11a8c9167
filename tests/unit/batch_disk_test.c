/* Waiting for a disk by a thread. */
#define _GNU_SOURCE
#include "batch/disk.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static bool has_news(const struct disk *disk, int wait_ms)
{
    struct pollfd news = {disk_news(disk), POLLIN, 0};
    return poll(&news, 1, wait_ms) == 1;
}

static void tells_when_it_is_over(void **state)
{
    (void)state;
    struct disk *disk = disk_open("/tmp");
    assert_non_null(disk);
    for (int i = 0; disk && i < 3; i++) {
        assert_false(has_news(disk, 0));
        disk_begin(disk);
        assert_true(has_news(disk, -1));
        assert_true(disk_end(disk));
    }
    disk_close(disk);
}

/* A worker has the sockets, too, and may outlive the run: nobody waits for it. */
static void ends_beside_a_fork(void **state)
{
    (void)state;
    int held[2];
    char byte;
    assert_int_equal(pipe(held), 0);
    struct disk *disk = disk_open("/tmp");
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(held[1]);
        _exit(read(held[0], &byte, 1) == 0 ? 0 : 1);
    }
    if (disk)
        disk_begin(disk);
    disk_close(disk);
    close(held[1]);
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    close(held[0]);
}

static void no_folder_no_disk(void **state)
{
    (void)state;
    assert_null(disk_open("/nowhere/at/all"));
    disk_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_when_it_is_over),
        cmocka_unit_test(ends_beside_a_fork),
        cmocka_unit_test(no_folder_no_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
