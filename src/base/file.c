/* Files: limited reads, maps, and writes that are whole or do not happen. */
#define _GNU_SOURCE
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

static const char *reason(int error)
{
    switch (error) {
    case ENOENT:
        return "no such file or folder";
    case EACCES:
    case EPERM:
        return "permission denied";
    case EISDIR:
        return "is a folder";
    case ENOSPC:
        return "no space left on the device";
    case ENOTDIR:
        return "a part of the path is no folder";
    case EROFS:
        return "the file system is read-only";
    default:
        return strerror(error);
    }
}

static bool read_all(int fd, struct buf *buf, size_t max, const char **why, bool *too_large)
{
    for (;;) {
        buf_reserve(buf, 64 * 1024);
        ssize_t got = read(fd, buf->p + buf->n, buf->cap - buf->n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            *why = reason(errno);
            return false;
        }
        if (got == 0)
            return true;
        buf->n += (size_t)got;
        if (buf->n > max) {
            *too_large = true;
            *why = "is too large";
            return false;
        }
    }
}

bool file_read(struct arena *arena, const char *path, size_t max, struct str *data, const char **why,
               bool *too_large)
{
    bool large_ignored = false;
    if (!too_large)
        too_large = &large_ignored;
    *too_large = false;
    int fd = strcmp(path, "-") == 0 ? 0 : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        *why = reason(errno);
        return false;
    }
    struct stat info;
    bool ok = true;
    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        *why = "is a folder";
        ok = false;
    } else if (fd != 0 && S_ISREG(info.st_mode) && (uintmax_t)info.st_size > max) {
        *too_large = true;
        *why = "is too large";
        ok = false;
    }
    struct buf buf = {0};
    ok = ok && read_all(fd, &buf, max, why, too_large);
    if (fd != 0)
        close(fd);
    if (ok)
        *data = str_dup(arena, buf_view(&buf));
    buf_done(&buf);
    return ok;
}

bool file_read_into(const char *path, char *bytes, size_t room, size_t *n, const char **why)
{
    int fd = strcmp(path, "-") == 0 ? 0 : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    ssize_t got = fd < 0 ? -1 : 0;
    *n = 0;
    while (fd >= 0 && *n < room) {
        got = read(fd, bytes + *n, room - *n);
        if (got == 0 || (got < 0 && errno != EINTR))
            break;
        if (got > 0)
            *n += (size_t)got;
    }
    char more;
    bool whole = got == 0 || (got > 0 && read(fd, &more, 1) == 0);
    if (got < 0)
        *why = reason(errno);
    else if (!whole)
        *why = "is too large";
    if (fd > 0)
        close(fd);
    return whole;
}

bool file_map(const char *path, struct str *data, const char **why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0) {
        *why = reason(errno);
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool ok = S_ISREG(info.st_mode) && info.st_size > 0;
    if (!ok)
        *why = S_ISDIR(info.st_mode) ? "is a folder" : "is no regular file or empty";
    if (ok) {
        void *p = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        ok = p != MAP_FAILED;
        if (ok)
            *data = (struct str){p, (size_t)info.st_size};
        else
            *why = reason(errno);
    }
    close(fd);
    return ok;
}

void file_unmap(struct str data)
{
    if (data.p)
        munmap((void *)data.p, data.n);
}

bool file_write_fd(int fd, struct str data, const char **why)
{
    while (data.n) {
        ssize_t put = write(fd, data.p, data.n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0) {
            *why = reason(errno);
            return false;
        }
        data.p += put;
        data.n -= (size_t)put;
    }
    return true;
}

struct str file_folder(struct str path)
{
    while (path.n && path.p[path.n - 1] != '/')
        path.n--;
    return path;
}

const char *file_join(struct arena *arena, struct str folder, struct str path)
{
    if (folder.n == 0 || (path.n && path.p[0] == '/'))
        return str_z(arena, path);
    const char *slash = folder.p[folder.n - 1] == '/' ? "" : "/";
    return str_printf(arena, STR_FMT "%s" STR_FMT, STR_ARG(folder), slash, STR_ARG(path)).p;
}

bool file_is_beneath(const char *path, const char *folder)
{
    char *real = realpath(path, NULL), *base = realpath(*folder ? folder : ".", NULL);
    bool beneath = false;
    if (real && base) {
        size_t n = strlen(base);
        while (n > 0 && base[n - 1] == '/')
            n--;
        beneath = strncmp(real, base, n) == 0 && (real[n] == '/' || real[n] == 0);
    }
    free(real);
    free(base);
    return beneath;
}

static bool make_folders(const char *folder, const char **why)
{
    char path[PATH_MAX];
    size_t n = strlen(folder);
    if (n >= sizeof path) {
        *why = reason(ENAMETOOLONG);
        return false;
    }
    memcpy(path, folder, n + 1);
    for (size_t i = 1; i <= n; i++) {
        if (path[i] != '/' && path[i] != 0)
            continue;
        char kept = path[i];
        path[i] = 0;
        if (mkdir(path, 0777) != 0 && errno != EEXIST) {
            *why = reason(errno);
            return false;
        }
        path[i] = kept;
    }
    return true;
}

static bool write_special(const char *path, struct str data, const char **why)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        *why = reason(errno);
        return false;
    }
    bool ok = file_write_fd(fd, data, why);
    if (close(fd) != 0 && ok) {
        *why = reason(errno);
        ok = false;
    }
    return ok;
}

static void sync_folder(const char *folder)
{
    int fd = open(*folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        /* Some file systems cannot sync a folder; the file itself is already safe. */
        (void)!fsync(fd);
        close(fd);
    }
}

static bool write_beside(const char *path, const char *folder, const char *name, struct str data, mode_t mode,
                         const char **why)
{
    char temporary[PATH_MAX];
    int n = snprintf(temporary, sizeof temporary, "%s.%.200s.briefing-XXXXXX", folder, name);
    if (n < 0 || (size_t)n >= sizeof temporary) {
        *why = reason(ENAMETOOLONG);
        return false;
    }
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0) {
        *why = reason(errno);
        return false;
    }
    bool ok = file_write_fd(fd, data, why);
    if (ok && (fchmod(fd, mode) != 0 || fsync(fd) != 0)) {
        *why = reason(errno);
        ok = false;
    }
    if (close(fd) != 0 && ok) {
        *why = reason(errno);
        ok = false;
    }
    if (ok && rename(temporary, path) != 0) {
        *why = reason(errno);
        ok = false;
    }
    if (!ok)
        unlink(temporary);
    else
        sync_folder(folder);
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
        *why = reason(errno);
        return false;
    }
    struct str parent = file_folder(str_from(real));
    if (parent.n >= sizeof folder) {
        *why = reason(ENAMETOOLONG);
        return false;
    }
    memcpy(folder, parent.p, parent.n);
    folder[parent.n] = 0;
    if (make_parents && parent.n && !make_folders(folder, why))
        return false;
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = exists ? info.st_mode & 07777 : 0666 & ~mask;
    return write_beside(real, folder, real + parent.n, data, mode, why);
}
