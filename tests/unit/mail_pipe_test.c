/* Handing a message to a command: what it gets, how its end is judged, and what is noted of what it said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mail/pipe.h"

static struct pipe_result hand(const char *command)
{
    return pipe_hand(command, STR("To: a\n\nline\n"), "/tmp/", 20);
}

static void the_command_gets_the_message(void **state)
{
    (void)state;
    struct pipe_result result = hand("[ \"$(cksum)\" = \"$(printf 'To: a\\n\\nline\\n' | cksum)\" ]");
    assert_int_equal(result.end, PIPE_TAKEN);
    assert_string_equal(result.note, "");
    assert_int_equal(hand("echo taken").end, PIPE_TAKEN); /* one that does not read */
}

static void ends_are_judged(void **state)
{
    (void)state;
    static const struct {
        const char *command;
        enum pipe_end end;
        int status;
    } tries[] = {
        {"exit 75", PIPE_LATER, 75},   {"exit 69", PIPE_LATER, 69},
        {"exit 74", PIPE_LATER, 74},   {"exit 71", PIPE_LATER, 71},
        {"exit 1", PIPE_REFUSED, 1},   {"exit 65", PIPE_REFUSED, 65},
        {"exit 67", PIPE_REFUSED, 67}, {"nothing-of-this-name", PIPE_REFUSED, 127},
        {"kill -9 $$", PIPE_LOST, 9},
    };
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        struct pipe_result result = hand(tries[i].command);
        if (result.end != tries[i].end || result.status != tries[i].status)
            fail_msg("%s: %d, %d", tries[i].command, (int)result.end, result.status);
    }
    struct pipe_result late = pipe_hand("sleep 60", STR("x"), "/tmp/", 0);
    assert_int_equal(late.end, PIPE_LOST);
    assert_int_equal(late.status, 0);
    assert_int_equal(pipe_hand("exit 0", STR("x"), "/nowhere/", 20).end, PIPE_BROKEN);
}

/* msmtp says the server's reason above its last line. */
static void the_last_lines_are_noted(void **state)
{
    (void)state;
    struct pipe_result result = hand("printf 'server: 550 no\\r\\n\\tnot sent\\n\\n' >&2; exit 1");
    assert_string_equal(result.note, "server: 550 no   not sent");
    result =
        hand("for n in 1 2 3 4 5 6 7 8 9; do echo \"$n: forty bytes of words, or nearly so many\"; done >&2");
    assert_memory_equal(result.note, "5: forty", 8);
    assert_string_equal(result.note + strlen(result.note) - 7, "so many");
    result = hand("head -c 5000 /dev/zero | tr '\\0' x >&2");
    assert_int_equal(strspn(result.note, "x"), strlen(result.note));
    assert_in_range(strlen(result.note), 200, 255);
    result = hand("head -c 300 /dev/zero | tr '\\0' '\\n' >&2; echo end >&2");
    assert_in_range(strlen(result.note), 3, 255);
    assert_string_equal(result.note + strlen(result.note) - 3, "end");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_command_gets_the_message),
        cmocka_unit_test(ends_are_judged),
        cmocka_unit_test(the_last_lines_are_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
