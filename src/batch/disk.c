/* Waiting for a disk. Thread and caller exchange single bytes through a pair of sockets: workers that are
 * forked have these too, but not the thread, and never use them. */
#include "batch/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"

enum { STACK = 128 * 1024 };

struct disk {
    int folder;
    int own, theirs; /* sockets */
    pthread_t thread;
    bool threaded;
};

static bool send_byte(int socket, char byte)
{
    ssize_t sent;
    do
        sent = write(socket, &byte, 1);
    while (sent < 0 && errno == EINTR);
    return sent == 1;
}

/* 0 at the end. */
static char receive_byte(int socket)
{
    char byte = 0;
    ssize_t got;
    do
        got = read(socket, &byte, 1);
    while (got < 0 && errno == EINTR);
    return got == 1 ? byte : 0;
}

static void answer(const struct disk *disk)
{
    send_byte(disk->theirs, file_disk_sync(disk->folder) ? 'y' : 'n');
}

static void *attend(void *data)
{
    const struct disk *disk = data;
    send_byte(disk->theirs, 'h');
    while (receive_byte(disk->theirs))
        answer(disk);
    return NULL;
}

/* It takes no signals: they are to wake the run. Waits until it has begun: from then on it takes no memory
 * and no lock, so that workers may be forked beside it. */
static bool start_thread(struct disk *disk)
{
    pthread_attr_t attributes;
    sigset_t all, before;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    (void)pthread_attr_setstacksize(&attributes, STACK);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool ok = pthread_create(&disk->thread, &attributes, attend, disk) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return ok && receive_byte(disk->own) == 'h';
}

struct disk *disk_open(const char *folder)
{
    int ends[2], fd = file_disk_open(folder);
    if (fd < 0)
        return NULL;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
        close(fd);
        return NULL;
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    struct disk *disk = base_malloc(sizeof *disk);
    *disk = (struct disk){.folder = fd, .own = ends[0], .theirs = ends[1]};
    disk->threaded = start_thread(disk);
    return disk;
}

void disk_close(struct disk *disk)
{
    if (!disk)
        return;
    shutdown(disk->own, SHUT_WR);
    if (disk->threaded)
        pthread_join(disk->thread, NULL);
    close(disk->own);
    close(disk->theirs);
    close(disk->folder);
    free(disk);
}

void disk_begin(struct disk *disk)
{
    if (disk->threaded)
        send_byte(disk->own, 'w');
    else
        answer(disk);
}

int disk_news(const struct disk *disk)
{
    return disk->own;
}

bool disk_end(struct disk *disk)
{
    return receive_byte(disk->own) == 'y';
}
