/* Child processes: pipes to and from them, and the limits that the kernel keeps. No clock is read here. */
#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_FOUND = 127, READ_AT_ONCE = 65536 };

/* Address sanitizers reserve terabytes. */
#if defined(__SANITIZE_ADDRESS__)
#define LIMIT_MEMORY 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LIMIT_MEMORY 0
#endif
#endif
#ifndef LIMIT_MEMORY
#define LIMIT_MEMORY 1
#endif

struct child {
    pid_t pid;
    int to, from; /* our ends of its pipes; -1: closed */
};

/* ---- in the child */

static void limit(int resource, rlim_t value)
{
    struct rlimit given;
    if (getrlimit(resource, &given) != 0)
        return;
    if (given.rlim_cur == RLIM_INFINITY || given.rlim_cur > value)
        given.rlim_cur = value;
    if (given.rlim_max == RLIM_INFINITY || given.rlim_max > given.rlim_cur)
        given.rlim_max = given.rlim_cur;
    setrlimit(resource, &given);
}

static void set_limits(const struct child_limits *limits)
{
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, limits->seconds);
    if (LIMIT_MEMORY)
        limit(RLIMIT_AS, limits->memory_bytes);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGALRM, SIG_DFL);
    alarm(limits->seconds); /* outlives exec */
}

static void become(const char *file, const char *const *arguments)
{
    static char locale[] = "LC_ALL=C";
    static char *const environment[] = {locale, NULL};
    union {
        const char *const *ours;
        char *const *theirs; /* execve changes nothing, but its type does not say so */
    } list = {.ours = arguments};
    execve(file, list.theirs, environment);
}

static void look_and_become(const char *path, const char *const *arguments)
{
    char file[4096];
    for (const char *at = path ? path : "/usr/bin:/bin"; *at;) {
        size_t n = strcspn(at, ":");
        int length = snprintf(file, sizeof file, "%.*s/%s", (int)(n < sizeof file ? n : 0), at, arguments[0]);
        if (*at == '/' && length > 0 && (size_t)length < sizeof file)
            become(file, arguments);
        at += n + (at[n] == ':');
    }
}

static _Noreturn void run_program(const char *path, const char *const *arguments, int in, int out)
{
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(nowhere, 2) < 0)
        _exit(NOT_FOUND - 1);
    if (strchr(arguments[0], '/'))
        become(arguments[0], arguments);
    else
        look_and_become(path, arguments);
    _exit(NOT_FOUND);
}

/* ---- in the parent */

static void shut(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Descriptors 0 to 2 are taken or, where somebody closed them, not for us: dup2 in the child would close
 * them. */
static bool make_pipe(int ends[2])
{
    if (pipe(ends) != 0) {
        ends[0] = ends[1] = -1;
        return false;
    }
    for (int i = 0; i < 2; i++) {
        int high = fcntl(ends[i], F_DUPFD_CLOEXEC, 3);
        close(ends[i]);
        ends[i] = high;
    }
    return ends[0] >= 0 && ends[1] >= 0;
}

/* true when there is nothing more to feed. */
static bool feed(struct child *child, struct str *input)
{
    ssize_t n = write(child->to, input->p, input->n);
    if (n < 0)
        return errno != EINTR && errno != EAGAIN; /* it reads no more */
    input->p += n;
    input->n -= (size_t)n;
    return input->n == 0;
}

/* true when there is nothing more to take. */
static bool take(struct child *child, size_t most, struct buf *out, bool *too_much)
{
    char part[READ_AT_ONCE];
    ssize_t n = read(child->from, part, sizeof part);
    if (n < 0)
        return errno != EINTR && errno != EAGAIN;
    *too_much = (size_t)n > most;
    if (!*too_much)
        buf_add(out, part, (size_t)n);
    return n == 0 || *too_much;
}

static void talk(struct child *child, struct str input, const struct child_limits *limits, struct buf *out,
                 bool *too_much)
{
    size_t before = out->n;
    if (!input.n)
        shut(&child->to);
    while (child->from >= 0) {
        struct pollfd ends[2] = {{.fd = child->from, .events = POLLIN}, {.fd = child->to, .events = POLLOUT}};
        if (poll(ends, 2, -1) < 0 && errno != EINTR)
            break;
        if (ends[0].revents && take(child, limits->output_bytes - (out->n - before), out, too_much))
            shut(&child->from);
        if (ends[1].revents && feed(child, &input))
            shut(&child->to);
    }
    shut(&child->to);
    shut(&child->from);
}

static enum child_end wait_for(pid_t pid, bool too_much, int *status)
{
    int how = 0;
    if (too_much)
        kill(pid, SIGKILL);
    while (waitpid(pid, &how, 0) < 0)
        if (errno != EINTR)
            return CHILD_NONE;
    if (too_much || !WIFEXITED(how))
        return CHILD_LIMIT;
    if (status)
        *status = WEXITSTATUS(how);
    return WEXITSTATUS(how) == 0 ? CHILD_DONE : CHILD_FAILED;
}

struct job {
    const char *path;
    const char *const *arguments; /* NULL: a function */
    child_function *function;
    void *self;
};

static enum child_end work(const struct job *job, struct str input, const struct child_limits *limits,
                           struct buf *out, int *status)
{
    int to[2] = {-1, -1}, from[2] = {-1, -1};
    bool ready = make_pipe(to) && make_pipe(from) && fcntl(to[1], F_SETFL, O_NONBLOCK) == 0, too_much = false;
    pid_t pid = ready ? fork() : -1;
    if (pid == 0) {
        close(to[1]);
        close(from[0]);
        set_limits(limits);
        if (job->arguments)
            run_program(job->path, job->arguments, to[0], from[1]);
        _exit(job->function ? job->function(job->self, from[1]) : 127);
    }
    shut(&to[0]);
    shut(&from[1]);
    struct child child = {pid, to[1], from[0]};
    if (pid < 0) {
        shut(&child.to);
        shut(&child.from);
        return CHILD_NONE;
    }
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGPIPE, &ignore, &before);
    talk(&child, input, limits, out, &too_much);
    sigaction(SIGPIPE, &before, NULL);
    return wait_for(pid, too_much, status);
}

enum child_end child_run(const char *path, const char *const *arguments, struct str input,
                         const struct child_limits *limits, struct buf *out, int *status)
{
    int ended = 0;
    const struct job job = {.path = path, .arguments = arguments};
    enum child_end end = work(&job, input, limits, out, &ended);
    if (status)
        *status = ended;
    return end == CHILD_FAILED && ended == NOT_FOUND ? CHILD_MISSING : end;
}

enum child_end child_call(child_function *function, void *self, const struct child_limits *limits,
                          struct buf *out, int *status)
{
    const struct job job = {.function = function, .self = self};
    return work(&job, (struct str){0}, limits, out, status);
}
