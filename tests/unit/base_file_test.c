/* Writing files: whole or not there, and nothing beside them, even when the process is told to stop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

enum { BYTES = 4 * 1024 * 1024, ROUNDS = 10 };

/* How many names there are in the folder that begin with a dot, . and .. left out. */
static int hidden_names(const char *folder)
{
    int count = 0;
    DIR *names = opendir(folder);
    assert_non_null(names);
    for (const struct dirent *entry; (entry = readdir(names)) != NULL;)
        count +=
            entry->d_name[0] == '.' && strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(names);
    return count;
}

static _Noreturn void write_for_ever(const char *path)
{
    char *bytes = calloc(1, BYTES);
    const char *why;
    while (bytes && file_write(path, (struct str){bytes, BYTES}, false, &why))
        continue;
    _exit(1);
}

static void a_signal_leaves_nothing_over(void **state)
{
    (void)state;
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    char folder[] = "/tmp/briefing-file-test-XXXXXX", path[64];
    struct stat info;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/whole", folder);
    for (int round = 0; round < ROUNDS; round++) {
        int number = signals[round % 3], status;
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            write_for_ever(path);
        while (hidden_names(folder) == 0)
            continue;
        assert_int_equal(kill(child, number), 0);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), number);
        assert_int_equal(hidden_names(folder), 0);
        assert_int_equal(stat(path, &info), 0);
        assert_int_equal(info.st_size, BYTES);
    }
    unlink(path);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signal_leaves_nothing_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
