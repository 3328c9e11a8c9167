/* Handing one message to a command. */
#include "mail/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

/* sysexits.h, which is not POSIX. */
enum { STATUS_UNAVAILABLE = 69, STATUS_OS_ERROR = 71, STATUS_IO_ERROR = 74, STATUS_TRY_LATER = 75 };
enum { NOTE_BYTES = 255 };

/* A file that nobody else can open and that is gone when it is closed. */
static int nameless_file(const char *folder)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%s%s.mail.briefing-XXXXXX", folder, *folder ? "/" : "");
    if (n < 0 || (size_t)n >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    int fd = mkstemp(path);
    if (fd >= 0)
        unlink(path);
    return fd;
}

/* The last lines of what the command said, as many as fit, as one: the reason often stands above the last.
 */
static void read_note(int fd, char note[256])
{
    char tail[1024];
    off_t size = lseek(fd, 0, SEEK_END);
    off_t from = size > (off_t)sizeof tail ? size - (off_t)sizeof tail : 0;
    ssize_t n = lseek(fd, from, SEEK_SET) < 0 ? -1 : read(fd, tail, sizeof tail);
    size_t end = n > 0 ? (size_t)n : 0, start, used = 0;
    while (end && (tail[end - 1] == '\n' || tail[end - 1] == '\r' || tail[end - 1] == ' '))
        end--;
    for (start = end; start && tail[start - 1] != '\n';)
        start--;
    for (size_t i = start; i-- > 0 && end - i <= NOTE_BYTES;)
        if ((i == 0 && from == 0) || (i && tail[i - 1] == '\n'))
            start = i;
    for (; start < end && used < NOTE_BYTES; start++)
        note[used++] = (unsigned char)tail[start] < ' ' || tail[start] == 0x7F ? ' ' : tail[start];
    note[used] = '\0';
}

static void run_child(const char *command, int in, int err)
{
    int null = open("/dev/null", O_WRONLY);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setpgid(0, 0);
    if (dup2(in, 0) < 0 || dup2(null, 1) < 0 || dup2(err, 2) < 0)
        _exit(STATUS_OS_ERROR);
    for (int fd = 3; fd < 64; fd++)
        close(fd);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(STATUS_OS_ERROR);
}

/* false when it did not end in time; then it is ended, with its whole group. */
static bool wait_for(pid_t pid, unsigned seconds, int *status)
{
    struct timespec start, now, nap = {0, 1000000};
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (;;) {
        pid_t got = waitpid(pid, status, WNOHANG);
        if (got == pid)
            return true;
        if (got < 0 && errno != EINTR)
            break;
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec - start.tv_sec > (time_t)seconds)
            break;
        nanosleep(&nap, NULL);
        if (nap.tv_nsec < 20000000)
            nap.tv_nsec += nap.tv_nsec / 2;
    }
    kill(-pid, SIGKILL);
    kill(pid, SIGKILL);
    while (waitpid(pid, status, 0) < 0 && errno == EINTR)
        continue;
    return false;
}

static enum pipe_end judge(int status)
{
    switch (status) {
    case 0:
        return PIPE_TAKEN;
    case STATUS_TRY_LATER:
    case STATUS_UNAVAILABLE:
    case STATUS_IO_ERROR:
    case STATUS_OS_ERROR:
        return PIPE_LATER;
    default:
        return PIPE_REFUSED;
    }
}

static struct pipe_result run(const char *command, int in, int err, unsigned seconds)
{
    struct pipe_result result = {.end = PIPE_BROKEN};
    pid_t pid = fork();
    if (pid == 0)
        run_child(command, in, err);
    if (pid < 0) {
        snprintf(result.note, sizeof result.note, "%s", file_reason(errno));
        return result;
    }
    int status = 0;
    bool in_time = wait_for(pid, seconds, &status);
    read_note(err, result.note);
    if (!in_time || WIFSIGNALED(status)) {
        result.end = PIPE_LOST;
        result.status = in_time ? WTERMSIG(status) : 0;
    } else {
        result.status = WEXITSTATUS(status);
        result.end = judge(result.status);
    }
    return result;
}

struct pipe_result pipe_hand(const char *command, struct str message, const char *folder, unsigned seconds)
{
    struct pipe_result result = {.end = PIPE_BROKEN};
    const char *why = NULL;
    int in = nameless_file(folder), err = in < 0 ? -1 : nameless_file(folder);
    if (err < 0)
        why = file_reason(errno);
    else if (file_write_fd(in, message, &why) && lseek(in, 0, SEEK_SET) == 0)
        result = run(command, in, err, seconds);
    if (why)
        snprintf(result.note, sizeof result.note, "%s", why);
    if (in >= 0)
        close(in);
    if (err >= 0)
        close(err);
    return result;
}
