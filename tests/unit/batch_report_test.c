/* What a worker tells: digests stand where they belong, and nothing waits for long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/hash.h"
#include "batch/report.h"

enum { MANY = 64 };

struct told {
    struct buf bytes;
    unsigned count;
    bool deaf;
};

static bool listen_to(void *self, struct str bytes)
{
    struct told *told = self;
    buf_str(&told->bytes, bytes);
    told->count++;
    return !told->deaf;
}

/* The timer's signal may not wait for memory. */
static struct report open_report(struct told *told)
{
    buf_reserve(&told->bytes, 1 << 20);
    return (struct report){.send = listen_to, .self = told};
}

/* A message of a number and the digest of so many letters. */
static void add(struct report *report, struct buf *pdf, size_t number)
{
    buf_clear(pdf);
    for (size_t i = 0; i < number * 100; i++)
        buf_char(pdf, (char)('a' + number));
    size_t begun = report_begin(report, MESSAGE_OUTPUT);
    message_number(&report->out, (int64_t)number);
    report_digest(report, pdf);
    report_end(report, begun);
}

static void assert_told(const struct told *told, size_t first, size_t end)
{
    struct arena arena;
    arena_init(&arena);
    size_t used = 0;
    struct message message;
    for (size_t number = first; number < end; number++) {
        char letters[MANY * 100];
        memset(letters, (int)('a' + number), sizeof letters);
        unsigned char digest[32];
        struct hash hash;
        hash_init(&hash);
        hash_add(&hash, letters, number * 100);
        hash_done(&hash, digest);
        assert_true(message_next(buf_view(&told->bytes), &used, &message));
        assert_int_equal(message_take_number(&message), number);
        assert_true(str_eq(message_take_text(&message), hash_hex(&arena, digest, sizeof digest)));
    }
    assert_int_equal(used, told->bytes.n);
    arena_done(&arena);
}

static void each_output_has_its_digest(void **state)
{
    (void)state;
    struct told told = {0};
    struct report report = open_report(&told);
    struct buf pdf = {0};
    size_t number = 0;
    for (size_t held = 0; held <= REPORT_HELD; held++) {
        for (size_t i = 0; i < held; i++)
            add(&report, &pdf, number++);
        assert_true(report_send(&report));
    }
    assert_int_equal(told.count, REPORT_HELD); /* nothing is no message */
    assert_told(&told, 0, number);
    report_done(&report);
    buf_done(&pdf);
    buf_done(&told.bytes);
}

static void what_waits_is_sent(void **state)
{
    (void)state;
    struct told told = {0};
    struct report report = open_report(&told);
    struct buf pdf = {0};
    for (size_t number = 0; number < MANY / 8; number++) {
        add(&report, &pdf, number);
        report_wait(&report);
        while (report.out.n) /* what this process does meanwhile is of no account */
            pause();
        assert_told(&told, 0, number + 1);
    }
    /* Not within a message. */
    size_t begun = report_begin(&report, MESSAGE_DONE);
    message_number(&report.out, 1);
    pause();
    assert_int_equal(told.count, MANY / 8);
    report_end(&report, begun);
    pause();
    assert_int_equal(told.count, MANY / 8 + 1);
    assert_true(report_send(&report));
    assert_int_equal(told.count, MANY / 8 + 1);
    report_done(&report);
    buf_done(&pdf);
    buf_done(&told.bytes);
}

static void that_nobody_listens_is_remembered(void **state)
{
    (void)state;
    struct told told = {.deaf = true};
    struct report report = open_report(&told);
    struct buf pdf = {0};
    add(&report, &pdf, 1);
    assert_false(report_send(&report));
    assert_false(report_send(&report));
    report_done(&report);
    buf_done(&pdf);
    buf_done(&told.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_output_has_its_digest),
        cmocka_unit_test(what_waits_is_sent),
        cmocka_unit_test(that_nobody_listens_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
