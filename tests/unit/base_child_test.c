/* Child processes: what comes back, and that nothing they do harms or stops the caller. */
#include "base/child.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct child_limits limits = {
    .seconds = 20, .memory_bytes = (size_t)1 << 30, .output_bytes = 8 << 20};
static const char path[] = "relative:/nowhere:/usr/bin:/bin";

static enum child_end run(struct str input, struct buf *out, int *status, const char *name, const char *one,
                          const char *two)
{
    const char *const arguments[] = {name, one, two, NULL};
    return child_run(path, arguments, input, &limits, out, status);
}

/* More than pipes hold, both ways. */
static void large_data_goes_through(void **state)
{
    (void)state;
    struct buf input = {0}, out = {0};
    for (int i = 0; i < 400000; i++)
        buf_printf(&input, "%d ", i);
    buf_text(&out, "before ");
    assert_int_equal(run(buf_view(&input), &out, NULL, "cat", NULL, NULL), CHILD_DONE);
    assert_int_equal(out.n, input.n + 7);
    assert_memory_equal(out.p, "before ", 7);
    assert_memory_equal(out.p + 7, input.p, input.n);
    buf_done(&input);
    buf_done(&out);
}

/* One that reads nothing of its input. */
static void input_may_be_ignored(void **state)
{
    (void)state;
    struct buf input = {0}, out = {0};
    buf_repeat(&input, 'x', 1 << 20);
    assert_int_equal(run(buf_view(&input), &out, NULL, "echo", "done", NULL), CHILD_DONE);
    assert_int_equal(out.n, 5);
    assert_memory_equal(out.p, "done\n", 5);
    buf_done(&input);
    buf_done(&out);
}

static void ends_are_told_apart(void **state)
{
    (void)state;
    struct buf out = {0};
    int status = 99;
    assert_int_equal(run(STR(""), &out, &status, "true", NULL, NULL), CHILD_DONE);
    assert_int_equal(status, 0);
    assert_int_equal(run(STR(""), &out, &status, "sh", "-c", "exit 7"), CHILD_FAILED);
    assert_int_equal(status, 7);
    assert_int_equal(run(STR(""), &out, NULL, "sh", "-c", "kill -9 $$"), CHILD_LIMIT);
    assert_int_equal(run(STR(""), &out, NULL, "no-such-program-at-all", NULL, NULL), CHILD_MISSING);
    assert_int_equal(run(STR(""), &out, NULL, "/usr/bin/env", NULL, NULL), CHILD_DONE);
    assert_int_equal(out.n, 9);
    assert_memory_equal(out.p, "LC_ALL=C\n", 9);
    buf_done(&out);
}

static void limits_hold(void **state)
{
    (void)state;
    struct buf out = {0};
    const char *const waits[] = {"sleep", "600", NULL}, *const floods[] = {"yes", NULL};
    struct child_limits small = {.seconds = 1, .memory_bytes = limits.memory_bytes, .output_bytes = 100000};
    assert_int_equal(child_run(path, waits, STR(""), &small, &out, NULL), CHILD_LIMIT);
    assert_int_equal(child_run(path, floods, STR(""), &small, &out, NULL), CHILD_LIMIT);
    assert_true(out.n <= small.output_bytes);
    buf_done(&out);
}

/* ---- functions */

static int changed = 1;

static int says(void *self, int fd)
{
    const struct str *text = self;
    changed = 2;
    return write(fd, text->p, text->n) != (ssize_t)text->n;
}

static int crashes(void *self, int fd)
{
    (void)self;
    (void)fd;
    signal(SIGABRT, SIG_DFL);
    abort();
}

static int spins(void *self, int fd)
{
    (void)fd;
    for (volatile int *turn = self; *turn < 2; *turn = !*turn)
        continue;
    return 0;
}

static void functions_run_apart(void **state)
{
    (void)state;
    struct buf out = {0};
    struct str text = STR("from the other side");
    int status = 0, turn = 0;
    struct child_limits own = {.seconds = 1, .memory_bytes = SIZE_MAX / 2, .output_bytes = 1000};
    assert_int_equal(child_call(says, &text, &own, &out, &status), CHILD_DONE);
    assert_true(str_eq(buf_view(&out), text));
    assert_int_equal(changed, 1);
    assert_int_equal(child_call(crashes, NULL, &own, &out, &status), CHILD_LIMIT);
    assert_int_equal(child_call(spins, &turn, &own, &out, &status), CHILD_LIMIT);
    assert_int_equal(turn, 0);
    buf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(large_data_goes_through), cmocka_unit_test(input_may_be_ignored),
        cmocka_unit_test(ends_are_told_apart),     cmocka_unit_test(limits_hold),
        cmocka_unit_test(functions_run_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
