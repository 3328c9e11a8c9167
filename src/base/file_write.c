/* Writing files that are whole or not there: to a temporary name beside the target, then renamed. */
#define _GNU_SOURCE
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MARK_LETTERS = 6, MOST_TRIES = 1000 };

bool file_write_fd(int fd, struct str data, const char **why)
{
    while (data.n) {
        ssize_t put = write(fd, data.p, data.n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0) {
            *why = file_reason(errno);
            return false;
        }
        data.p += put;
        data.n -= (size_t)put;
    }
    return true;
}

/* 0, or errno. */
static int make_folder(const char *path)
{
    return mkdir(path, 0777) == 0 || errno == EEXIST ? 0 : errno;
}

/* The last folder first: mostly it is the only one that is missing. */
bool file_make_folders(const char *folder, const char **why)
{
    char path[PATH_MAX];
    size_t n = strlen(folder);
    int error = n < sizeof path ? make_folder(folder) : ENAMETOOLONG;
    bool deeper = error == ENOENT;
    if (deeper) {
        memcpy(path, folder, n + 1);
        error = 0;
    }
    for (size_t i = 1; deeper && error == 0 && i <= n; i++) {
        if (path[i] != '/' && path[i] != 0)
            continue;
        char kept = path[i];
        path[i] = 0;
        error = make_folder(path);
        path[i] = kept;
    }
    if (error)
        *why = file_reason(error);
    return error == 0;
}

static bool write_special(const char *path, struct str data, const char **why)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        *why = file_reason(errno);
        return false;
    }
    bool ok = file_write_fd(fd, data, why);
    if (close(fd) != 0 && ok) {
        *why = file_reason(errno);
        ok = false;
    }
    return ok;
}

void file_sync_folder(const char *folder)
{
    int fd = open(*folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        /* Some file systems cannot sync a folder; the file itself is already safe. */
        (void)!fsync(fd);
        close(fd);
    }
}

bool file_sync(const char *path, const char **why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (!ok)
        *why = file_reason(errno);
    if (fd >= 0)
        close(fd);
    return ok;
}

int file_disk_open(const char *folder)
{
    return open(*folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

bool file_disk_sync(int disk)
{
    return syncfs(disk) == 0;
}

/* A new file beside path under a name that nobody has. Its mode is the one that path will have: that of the
 * file there, else as the user's mask says. */
static int open_temporary(const char *path, char *temporary, size_t marked)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    struct stat info;
    bool replaces = stat(path, &info) == 0;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
        unsigned char random[MARK_LETTERS];
        if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
            return -1;
        for (size_t i = 0; i < MARK_LETTERS; i++)
            temporary[marked + i] = letters[random[i] % (sizeof letters - 1)];
        int fd =
            open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, replaces ? 0600 : 0666);
        if (fd >= 0 && replaces && fchmod(fd, info.st_mode & 07777) != 0) {
            int error = errno;
            close(fd);
            unlink(temporary);
            errno = error;
            return -1;
        }
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

static bool finish(int fd, struct str data, bool sync, struct file_temporary *made, const char **why)
{
    struct stat info;
    if (!file_write_fd(fd, data, why))
        return false;
    if ((sync && fsync(fd) != 0) || fstat(fd, &info) != 0) {
        *why = file_reason(errno);
        return false;
    }
    made->bytes = info.st_size;
    made->inode = (int64_t)info.st_ino;
    made->mtime_ns = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    return true;
}

bool file_write_temporary(const char *path, struct str data, bool sync, struct file_temporary *made,
                          const char **why)
{
    struct str folder = file_folder(str_from(path));
    const char *name = path + folder.n;
    char temporary[PATH_MAX];
    int n = snprintf(temporary, sizeof temporary, "%.*s.%.200s" FILE_TEMPORARY_MARK "XXXXXX", (int)folder.n,
                     path, name);
    if (n < 0 || (size_t)n >= sizeof temporary) {
        *why = file_reason(ENAMETOOLONG);
        return false;
    }
    int fd = open_temporary(path, temporary, (size_t)n - MARK_LETTERS);
    if (fd < 0) {
        *why = file_reason(errno);
        return false;
    }
    bool ok = finish(fd, data, sync, made, why);
    if (close(fd) != 0 && ok) {
        *why = file_reason(errno);
        ok = false;
    }
    if (ok)
        memcpy(made->name, temporary + folder.n, (size_t)n - folder.n + 1);
    else
        unlink(temporary);
    return ok;
}

struct str file_temporary_target(struct str name)
{
    size_t tail = sizeof FILE_TEMPORARY_MARK - 1 + MARK_LETTERS;
    if (name.n < tail + 2 || name.p[0] != '.')
        return (struct str){0};
    struct str mark = str_slice(name, name.n - tail, name.n - MARK_LETTERS);
    return str_is(mark, FILE_TEMPORARY_MARK) ? str_slice(name, 1, name.n - tail) : (struct str){0};
}

/* path names a regular file or nothing. */
static bool write_and_rename(const char *path, struct str data, const char **why)
{
    char temporary[PATH_MAX];
    struct file_temporary made;
    struct str parent = file_folder(str_from(path));
    if (!file_write_temporary(path, data, true, &made, why))
        return false;
    snprintf(temporary, sizeof temporary, "%.*s%s", (int)parent.n, path, made.name);
    if (rename(temporary, path) != 0) {
        *why = file_reason(errno);
        unlink(temporary);
        return false;
    }
    return true;
}

/* Who presses Ctrl-C meanwhile stops the process when the file has its name: nothing is left over. */
static bool write_whole(const char *path, struct str data, const char **why)
{
    sigset_t held, before;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &held, &before);
    bool ok = write_and_rename(path, data, why);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

bool file_write(const char *path, struct str data, bool make_parents, const char **why)
{
    char folder[PATH_MAX], target[PATH_MAX];
    /* A link is followed, so that the file it names is replaced and not the link. */
    const char *real = realpath(path, target) ? target : path;
    struct stat info;
    bool exists = stat(real, &info) == 0;
    if (exists && S_ISDIR(info.st_mode)) {
        *why = "is a folder";
        return false;
    }
    if (exists && !S_ISREG(info.st_mode))
        return write_special(real, data, why);
    if (exists && access(real, W_OK) != 0) {
        *why = file_reason(errno);
        return false;
    }
    struct str parent = file_folder(str_from(real));
    if (parent.n >= sizeof folder) {
        *why = file_reason(ENAMETOOLONG);
        return false;
    }
    memcpy(folder, parent.p, parent.n);
    folder[parent.n] = 0;
    if (make_parents && parent.n && !file_make_folders(folder, why))
        return false;
    return write_whole(real, data, why);
}
