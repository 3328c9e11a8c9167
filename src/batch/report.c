/* Reports: messages that wait for digests, but not for long. */
#include "batch/report.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/time.h>

#include "base/hash.h"

enum { DIGEST = 32 };

static struct report *waiting; /* for the timer */

void report_done(struct report *report)
{
    buf_done(&report->out);
    for (size_t i = 0; i < REPORT_HELD; i++)
        buf_done(&report->held[i].pdf);
}

/* The timer may come at any instruction: it leaves alone what is being changed. */
static void set_busy(struct report *report, bool busy)
{
    atomic_signal_fence(memory_order_seq_cst);
    report->busy = busy;
    atomic_signal_fence(memory_order_seq_cst);
}

size_t report_begin(struct report *report, enum message_kind kind)
{
    set_busy(report, true);
    size_t begun = report->out.n;
    message_begin(&report->out, kind);
    return begun;
}

void report_end(struct report *report, size_t begun)
{
    message_end(&report->out, begun);
    set_busy(report, false);
}

void report_digest(struct report *report, struct buf *pdf)
{
    static const char later[2 * DIGEST];
    struct report_held *held = &report->held[report->held_count++];
    struct buf free = held->pdf;
    held->pdf = *pdf;
    *pdf = free;
    message_text(&report->out, (struct str){later, sizeof later});
    held->at = report->out.n - sizeof later;
}

static void fill_in(struct report *report)
{
    struct str pdfs[REPORT_HELD];
    unsigned char digests[REPORT_HELD][DIGEST];
    for (size_t i = 0; i < report->held_count; i++)
        pdfs[i] = buf_view(&report->held[i].pdf);
    hash_several(pdfs, report->held_count, digests);
    for (size_t i = 0; i < report->held_count; i++)
        hash_hex_to(report->out.p + report->held[i].at, digests[i], DIGEST);
    report->held_count = 0;
}

/* Takes no memory, and nothing else that a signal's handler may not. */
static void send_all(struct report *report)
{
    if (report->out.n == 0)
        return;
    fill_in(report);
    report->lost = !report->send(report->self, buf_view(&report->out)) || report->lost;
    buf_clear(&report->out);
}

static void is_time(int signal)
{
    (void)signal;
    int error = errno;
    if (!waiting->busy)
        send_all(waiting);
    errno = error;
}

static void set_timer(long us)
{
    const struct timeval wait = {.tv_usec = us};
    setitimer(ITIMER_REAL, &(struct itimerval){.it_interval = wait, .it_value = wait}, NULL);
}

bool report_send(struct report *report)
{
    set_busy(report, true);
    if (report->waits)
        set_timer(0);
    report->waits = false;
    send_all(report);
    set_busy(report, false);
    return !report->lost;
}

void report_wait(struct report *report)
{
    if (report->waits)
        return;
    if (!waiting) {
        struct sigaction action = {.sa_flags = SA_RESTART};
        sigemptyset(&action.sa_mask);
        action.sa_handler = is_time;
        waiting = report;
        sigaction(SIGALRM, &action, NULL);
        sigset_t alarm; /* who started the run may have held it back */
        sigemptyset(&alarm);
        sigaddset(&alarm, SIGALRM);
        sigprocmask(SIG_UNBLOCK, &alarm, NULL);
    }
    report->waits = true;
    set_timer(REPORT_WAIT_US);
}
