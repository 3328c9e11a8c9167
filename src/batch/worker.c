/* A worker's process: its limits, and its loop. */
#include "batch/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "base/heap.h"
#include "base/library.h"
#include "batch/message.h"
#include "batch/task.h"

enum { COMPENDIUM_US = 1000 * 1000, COMPENDIUM_BYTES = 4 * 1024 * 1024 };

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0 /* a sanitizer reserves terabytes of addresses */
#endif

int64_t worker_limit_us(const struct plan *plan, const struct plan_group *group)
{
    int64_t limit = (int64_t)plan->request->limit_seconds * 1000 * 1000;
    return limit && group->compendium ? limit + (int64_t)group->spec_count * COMPENDIUM_US : limit;
}

uint64_t worker_limit_bytes(const struct plan *plan, const struct plan_group *group)
{
    uint64_t limit = (uint64_t)plan->request->limit_mib * 1024 * 1024;
    return limit && group->compendium ? limit + (uint64_t)group->spec_count * COMPENDIUM_BYTES : limit;
}

uint64_t worker_address_space(void)
{
    char text[64];
    size_t n = 0;
    const char *why;
    if (!file_read_into("/proc/self/statm", text, sizeof text - 1, &n, &why))
        return 0;
    text[n] = 0;
    return strtoull(text, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE);
}

void worker_limit_memory(uint64_t used, uint64_t more)
{
    struct rlimit limit;
    if (SANITIZED || !more || !used || getrlimit(RLIMIT_AS, &limit) != 0)
        return;
    limit.rlim_cur = used + more < limit.rlim_max ? used + more : limit.rlim_max;
    setrlimit(RLIMIT_AS, &limit);
}

static bool send_bytes(void *self, struct str bytes)
{
    const char *why;
    return file_write_fd(*(int *)self, bytes, &why);
}

/* Waits for the next message, after all is told that is to be told; false at the end. */
static bool receive(struct report *report, int socket, struct buf *in, size_t *used, struct message *message)
{
    while (!message_next(buf_view(in), used, message)) {
        if (*used == in->n) {
            buf_clear(in);
            *used = 0;
        }
        buf_reserve(in, 256);
        bool waits = !report->waits;
        ssize_t got = recv(socket, in->p + in->n, in->cap - in->n, waits ? 0 : MSG_DONTWAIT);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && !waits && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            if (!report_send(report))
                return false;
            continue;
        }
        if (got <= 0)
            return false;
        in->n += (size_t)got;
    }
    return true;
}

/* A worker ends with its run, leaves no core behind, and is ended by its run when the user interrupts. */
static void prepare(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(WORKER_LOST);
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    library_status_when_missing(WORKER_LACKING);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
}

static void put_up(struct worker_shared *shared, uint32_t offer)
{
    for (size_t i = 0; i < WORKER_CELLS; i++) {
        uint32_t nothing = 0;
        if (atomic_compare_exchange_strong(&shared->offers[i], &nothing, offer))
            return;
    }
}

void worker_offer(int socket, struct worker_shared *shared, uint32_t task, uint32_t from, uint32_t number)
{
    struct buf message = {0};
    if (shared)
        put_up(shared, number);
    message_begin(&message, MESSAGE_TASK);
    message_number(&message, task);
    message_number(&message, from);
    message_number(&message, number);
    message_end(&message, 0);
    const char *why;
    (void)!file_write_fd(socket, buf_view(&message), &why);
    buf_done(&message);
}

bool worker_takes(struct worker_shared *shared, uint32_t offer)
{
    bool taken = false;
    for (size_t i = 0; !taken && i < WORKER_CELLS; i++) {
        uint32_t wanted = offer;
        taken = atomic_compare_exchange_strong(&shared->offers[i], &wanted, 0);
    }
    return taken;
}

_Noreturn void worker_live(const struct plan *plan, int socket, struct worker_shared *shared, pid_t parent)
{
    prepare(parent);
    uint64_t used_memory = worker_address_space();
    used_memory += heap_hurry_forked(); /* the huge page itself is the document's */
    struct maker maker;
    struct buf in = {0};
    size_t used = 0;
    struct message message;
    uint64_t limit = 0; /* so far */
    maker_init(&maker, plan, shared ? &shared->reached : NULL, send_bytes, &socket);
    bool listening = true;
    while (listening && receive(&maker.report, socket, &in, &used, &message)) {
        uint32_t task = (uint32_t)message_take_number(&message),
                 from = (uint32_t)message_take_number(&message),
                 offer = (uint32_t)message_take_number(&message);
        if (shared) {
            if (!worker_takes(shared, offer))
                continue;
            atomic_store(&shared->reached, offer * 2);
        }
        uint64_t own = worker_limit_bytes(plan, &plan->groups[plan->tasks[task].group]);
        if (own != limit)
            worker_limit_memory(used_memory, own);
        limit = own;
        listening = maker_make(&maker, task, from);
    }
    maker_done(&maker);
    buf_done(&in);
    _exit(listening ? WORKER_DONE : WORKER_LOST);
}
