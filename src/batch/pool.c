/* The pool: one loop that feeds workers, hears them, and looks after those that are late or dead. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "batch/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "batch/message.h"
#include "batch/mourn.h"
#include "batch/queue.h"
#include "batch/account.h"
#include "batch/worker.h"

enum {
    READ_BYTES = 64 * 1024,
    PROGRESS_US = 100 * 1000,
    LONGEST_POLL_MS = 60 * 1000,
    MOST_WRITE_FAILURES = 20
};

struct pool_worker {
    pid_t pid; /* 0: none */
    int socket;
    struct buf in;
    size_t used;
    uint32_t task, last; /* in the queue; PLAN_NONE: none. last: that it was given */
    uint32_t number;     /* of the offer that the task was */
    struct offer {
        uint32_t task, number;
    } ahead[WORKER_OFFERS]; /* before the task is done: the run may be busy */
    unsigned ahead_count;
    uint32_t offers;     /* that it was made in all */
    uint32_t next;       /* no output before it is unfinished */
    int64_t deadline_us; /* 0: none */
    bool overdue;
    struct account account;
};

struct pool {
    struct batch_run *run;
    struct queue queue;
    struct pool_worker *workers;
    unsigned count, alive;
    struct worker_shared *shared; /* of each worker; NULL: nothing is offered ahead */
    struct pollfd *polls;
    int64_t told_us; /* progress, last */
    struct buf path; /* of what is being made, or was last */
    size_t shared_bytes;
    bool ok;
};

static void set_deadline(struct pool *pool, struct pool_worker *worker)
{
    const struct plan *plan = pool->run->plan;
    const struct plan_task *task = &plan->tasks[pool->queue.items[worker->task].task];
    int64_t limit = worker_limit_us(plan, &plan->groups[task->group]);
    worker->deadline_us = limit ? pool->run->request->clock.monotonic_us() + limit : 0;
}

static struct worker_shared *shared_with(const struct pool *pool, const struct pool_worker *worker)
{
    return pool->shared ? &pool->shared[worker - pool->workers] : NULL;
}

static bool start(struct pool *pool, struct pool_worker *worker)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    if (pool->shared) /* of a worker that died */
        memset(shared_with(pool, worker), 0, sizeof *pool->shared);
    pid_t parent = getpid(), pid = fork();
    if (pid < 0) {
        close(ends[0]);
        close(ends[1]);
        return false;
    }
    if (pid == 0) {
        for (unsigned i = 0; i < pool->count; i++)
            if (pool->workers[i].pid)
                close(pool->workers[i].socket);
        close(ends[0]);
        worker_live(pool->run->plan, ends[1], shared_with(pool, worker), parent);
    }
    close(ends[1]);
    worker->pid = pid;
    worker->socket = ends[0];
    worker->task = worker->last = PLAN_NONE;
    worker->ahead_count = 0;
    worker->overdue = false;
    worker->deadline_us = 0;
    pool->alive++;
    return true;
}

static void hang_up(struct pool_worker *worker)
{
    if (worker->socket >= 0)
        close(worker->socket);
    worker->socket = -1;
}

/* Ends with the process gone. Gives its wait status. */
static int bury(struct pool *pool, struct pool_worker *worker)
{
    int status = 0;
    hang_up(worker);
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
        ;
    worker->pid = 0;
    buf_clear(&worker->in);
    worker->used = 0;
    pool->alive--;
    return status;
}

/* A task that need not be tried: its layout already killed a worker, or a briefing of it failed. */
static bool is_hopeless(struct pool *pool, uint32_t index)
{
    const struct queue_task *item = &pool->queue.items[index];
    return mourn_if_hopeless(pool->run, item->task, item->from);
}

/* The next task that is worth trying. */
static uint32_t take(struct pool *pool, uint32_t last)
{
    struct queue *queue = &pool->queue;
    uint32_t index;
    while ((index = queue_take(queue, pool->run->plan, last)) != PLAN_NONE && is_hopeless(pool, index))
        queue_finish(queue, index);
    return index;
}

static struct offer hand(struct pool *pool, struct pool_worker *worker, uint32_t index)
{
    const struct queue_task *item = &pool->queue.items[index];
    struct offer offer = {index, ++worker->offers};
    worker_offer(worker->socket, shared_with(pool, worker), item->task, item->from, offer.number);
    worker->last = index;
    return offer;
}

/* A task that was sent is at hand. */
static void begin(struct pool *pool, struct pool_worker *worker, struct offer offer)
{
    worker->task = offer.task;
    worker->number = offer.number;
    worker->next = pool->queue.items[offer.task].from;
    account_begin(&worker->account);
    set_deadline(pool, worker);
    buf_clear(&pool->path);
    plan_path(pool->run->plan, worker->next, &pool->path);
}

static void begin_next(struct pool *pool, struct pool_worker *worker)
{
    struct offer next = worker->ahead[0];
    memmove(worker->ahead, worker->ahead + 1, --worker->ahead_count * sizeof *worker->ahead);
    begin(pool, worker, next);
}

static bool give(struct pool *pool, struct pool_worker *worker)
{
    struct queue *queue = &pool->queue;
    uint32_t index = take(pool, worker->last);
    if (index == PLAN_NONE)
        return true;
    if (!worker->pid && !start(pool, worker)) {
        queue_return(queue, pool->run->plan, index, queue->items[index].from);
        if (pool->alive)
            return true;
        diag_add(pool->run->diags, DIAG_WORKER_DIED, span_none(), "no worker can be started: %s",
                 file_reason(errno));
        return false;
    }
    begin(pool, worker, hand(pool, worker, index));
    return true;
}

/* So that nobody waits for the other. */
static bool give_ahead(struct pool *pool, struct pool_worker *worker)
{
    if (!pool->shared || !worker->pid || worker->task == PLAN_NONE || worker->ahead_count == WORKER_OFFERS)
        return false;
    uint32_t index = take(pool, worker->last);
    if (index == PLAN_NONE)
        return false;
    worker->ahead[worker->ahead_count++] = hand(pool, worker, index);
    return true;
}

/* Puts the last offer of a worker back into the queue. */
static void withdraw(struct pool *pool, struct pool_worker *worker)
{
    uint32_t index = worker->ahead[--worker->ahead_count].task;
    queue_return(&pool->queue, pool->run->plan, index, pool->queue.items[index].from);
}

/* Takes one offer back that its worker has not come to, from who has most of them: it may take long over what
 * it has. */
static bool take_back(struct pool *pool)
{
    for (unsigned count = WORKER_OFFERS; count > 0; count--)
        for (unsigned i = 0; i < pool->count; i++) {
            struct pool_worker *worker = &pool->workers[i];
            if (!worker->pid || worker->ahead_count != count ||
                !worker_takes(shared_with(pool, worker), worker->ahead[count - 1].number))
                continue;
            withdraw(pool, worker);
            return true;
        }
    return false;
}

static bool feed(struct pool *pool)
{
    for (unsigned i = 0; i < pool->count; i++) {
        struct pool_worker *worker = &pool->workers[i];
        bool idle = !worker->pid || worker->task == PLAN_NONE;
        if (idle && !give(pool, worker))
            return false;
        if (idle && (!worker->pid || worker->task == PLAN_NONE) && take_back(pool) && !give(pool, worker))
            return false;
    }
    /* By turns, so that the last tasks are shared out evenly. */
    for (bool gave = true; gave;) {
        gave = false;
        for (unsigned i = 0; i < pool->count; i++)
            gave = give_ahead(pool, &pool->workers[i]) || gave;
    }
    return true;
}

static void finish(struct pool *pool, struct pool_worker *worker)
{
    queue_finish(&pool->queue, worker->task);
    worker->task = PLAN_NONE;
    worker->deadline_us = 0;
    if (worker->ahead_count)
        begin_next(pool, worker);
}

static void hear(struct pool *pool, struct pool_worker *worker, struct message *message)
{
    struct batch_run *run = pool->run;
    switch (message->kind) {
    case MESSAGE_DIAGNOSTIC:
        account_diagnostic(run, message);
        break;
    case MESSAGE_FACTS:
        account_facts(&worker->account, message);
        break;
    case MESSAGE_OUTPUT: {
        uint32_t output = account_output(run, &worker->account, message);
        worker->next = output + 1;
        set_deadline(pool, worker);
        buf_clear(&pool->path);
        plan_path(run->plan, output, &pool->path);
        break;
    }
    default: /* done */
        finish(pool, worker);
    }
}

/* The task at hand is one that a dead worker was done with, and had not told of: it is made again. */
static bool was_past(struct pool *pool, struct pool_worker *worker)
{
    uint32_t reached = pool->shared ? atomic_load(&shared_with(pool, worker)->reached) / 2 : 0;
    if (worker->ahead_count == 0 || reached < worker->ahead[0].number)
        return false;
    mourn_sweep(pool->run, pool->queue.items[worker->task].task, worker->next);
    queue_return(&pool->queue, pool->run->plan, worker->task, worker->next);
    begin_next(pool, worker);
    return true;
}

static bool is_laid_out(const struct pool *pool, const struct pool_worker *worker)
{
    return worker->account.facts ||
           (pool->shared && atomic_load(&shared_with(pool, worker)->reached) == worker->number * 2 + 1);
}

static void die(struct pool *pool, struct pool_worker *worker)
{
    struct batch_run *run = pool->run;
    pid_t pid = worker->pid;
    int status = bury(pool, worker);
    if (worker->task == PLAN_NONE)
        return;
    while (was_past(pool, worker))
        ;
    uint32_t index = worker->task;
    worker->task = PLAN_NONE;
    struct mourning mourning = {.task = pool->queue.items[index].task,
                                .from = worker->next,
                                .pid = pid,
                                .status = status,
                                .overdue = worker->overdue,
                                .laid_out = is_laid_out(pool, worker)};
    queue_return(&pool->queue, run->plan, index, mourn(run, &mourning));
    while (worker->ahead_count)
        withdraw(pool, worker);
}

/* Hears what a worker has said, as far as it comes at once; false at its end. */
static bool listen_to(struct pool *pool, struct pool_worker *worker)
{
    struct buf *in = &worker->in;
    if (worker->used == in->n) {
        buf_clear(in);
        worker->used = 0;
    }
    buf_reserve(in, READ_BYTES);
    ssize_t got = read(worker->socket, in->p + in->n, in->cap - in->n);
    if (got < 0 && errno == EINTR)
        return true;
    if (got > 0)
        in->n += (size_t)got;
    struct message message;
    while (message_next(buf_view(in), &worker->used, &message))
        hear(pool, worker, &message);
    return got > 0;
}

/* What they said before is heard: so each leaves a few files at most that nobody knows of. */
static void kill_all(struct pool *pool)
{
    for (unsigned i = 0; i < pool->count; i++)
        if (pool->workers[i].pid)
            kill(pool->workers[i].pid, SIGKILL);
    for (unsigned i = 0; i < pool->count; i++) {
        struct pool_worker *worker = &pool->workers[i];
        if (!worker->pid)
            continue;
        while (listen_to(pool, worker))
            ;
        bury(pool, worker);
        if (worker->task == PLAN_NONE)
            continue;
        while (was_past(pool, worker))
            ;
        mourn_sweep(pool->run, pool->queue.items[worker->task].task, worker->next);
    }
}

static void check_deadline(struct pool_worker *worker, int64_t now_us)
{
    if (!worker->pid || !worker->deadline_us || worker->overdue || now_us < worker->deadline_us)
        return;
    worker->overdue = true;
    kill(worker->pid, SIGKILL);
}

static int wait_ms(const struct pool *pool, int64_t now_us)
{
    int64_t wait_us = record_wait_us(pool->run);
    for (unsigned i = 0; i < pool->count; i++) {
        const struct pool_worker *worker = &pool->workers[i];
        int64_t left = worker->deadline_us - now_us;
        if (worker->pid && worker->deadline_us && !worker->overdue && (wait_us < 0 || left < wait_us))
            wait_us = left < 0 ? 0 : left;
    }
    if (wait_us < 0 || wait_us / 1000 > LONGEST_POLL_MS)
        return LONGEST_POLL_MS;
    return (int)(wait_us / 1000) + (wait_us % 1000 != 0);
}

/* Hears whoever has something to say. A worker is late only if it has nothing to say either. */
static void turn(struct pool *pool)
{
    nfds_t count = 0;
    for (unsigned i = 0; i < pool->count; i++)
        if (pool->workers[i].pid)
            pool->polls[count++] = (struct pollfd){pool->workers[i].socket, POLLIN, 0};
    int news = record_news(pool->run);
    if (news >= 0)
        pool->polls[count++] = (struct pollfd){news, POLLIN, 0};
    int64_t now_us = pool->run->request->clock.monotonic_us();
    if (poll(pool->polls, count, wait_ms(pool, now_us)) < 0)
        return;
    now_us = pool->run->request->clock.monotonic_us();
    nfds_t at = 0;
    for (unsigned i = 0; i < pool->count; i++) {
        struct pool_worker *worker = &pool->workers[i];
        if (!worker->pid)
            continue;
        if (!pool->polls[at++].revents)
            check_deadline(worker, now_us);
        else if (!listen_to(pool, worker))
            die(pool, worker);
    }
    if (now_us - pool->told_us >= PROGRESS_US) {
        pool->told_us = now_us;
        run_progress(pool->run, buf_view(&pool->path), false);
    }
}

static bool is_busy(const struct pool *pool)
{
    for (unsigned i = 0; i < pool->count; i++)
        if (pool->workers[i].pid && pool->workers[i].task != PLAN_NONE)
            return true;
    return false;
}

static bool can_write(struct batch_run *run)
{
    if (run->write_failures < MOST_WRITE_FAILURES)
        return true;
    diag_add(run->diags, DIAG_CANNOT_WRITE, span_none(),
             "%d outputs in a row could not be written: the run stops here", MOST_WRITE_FAILURES);
    return false;
}

static bool work(struct pool *pool)
{
    struct batch_run *run = pool->run;
    for (;;) {
        bool ok = feed(pool);
        if (!ok || !is_busy(pool))
            return ok;
        turn(pool);
        if (!record_flush(run) || !can_write(run))
            return false;
        if (run_stopped(run)) {
            run->outcome->stopped = true;
            return false;
        }
    }
}

struct pool *pool_open(struct batch_run *run)
{
    struct arena *arena = &run->plan->arena;
    struct pool *pool = ARENA_NEW(arena, struct pool);
    *pool = (struct pool){.run = run, .ok = true};
    queue_init(&pool->queue, run->plan);
    pool->count = run->request->jobs < pool->queue.count ? run->request->jobs : (unsigned)pool->queue.count;
    pool->workers = ARENA_ARRAY(arena, struct pool_worker, pool->count);
    pool->polls = ARENA_ARRAY(arena, struct pollfd, pool->count + 1); /* and the disk */
    pool->shared_bytes = pool->count * sizeof *pool->shared;
    void *shared = MAP_FAILED;
    if (pool->shared_bytes)
        shared = mmap(NULL, pool->shared_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pool->shared = shared == MAP_FAILED ? NULL : shared;
    return pool;
}

/* Compendia are judged by what became of their briefings, which is told to the record. */
void pool_begin(struct pool *pool)
{
    if (pool->queue.specs)
        pool->ok = feed(pool);
}

bool pool_run(struct pool *pool)
{
    bool ok = pool->ok && work(pool);
    if (!ok)
        kill_all(pool);
    else /* before they go, which takes the processor for longer */
        record_begin_last(pool->run);
    for (unsigned i = 0; i < pool->count; i++)
        if (pool->workers[i].pid)
            hang_up(&pool->workers[i]);
    pool->ok = ok;
    return ok;
}

void pool_close(struct pool *pool)
{
    for (unsigned i = 0; i < pool->count; i++) {
        struct pool_worker *worker = &pool->workers[i];
        if (worker->pid && worker->socket >= 0)
            kill(worker->pid, SIGKILL);
        if (worker->pid)
            bury(pool, worker);
        buf_done(&worker->in);
        account_done(&worker->account);
    }
    if (pool->shared)
        munmap(pool->shared, pool->shared_bytes);
    buf_done(&pool->path);
}
