/* Files: limited reads, maps and paths. Writing: file_write.c. */
#define _GNU_SOURCE /* realpath */
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

const char *file_reason(int error)
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

enum { READ_STEP = 64 * 1024 };

/* likely: bytes that the file should have, 0 when that is not known. Memory for what is not there would have
 * to be mapped and given back. */
static bool read_all(int fd, struct buf *buf, size_t likely, size_t max, const char **why, bool *too_large)
{
    buf_reserve(buf, likely > 0 && likely < max ? likely + 1 : READ_STEP);
    for (;;) {
        if (buf->n == buf->cap)
            buf_reserve(buf, READ_STEP);
        ssize_t got = read(fd, buf->p + buf->n, buf->cap - buf->n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            *why = file_reason(errno);
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
        *why = file_reason(errno);
        return false;
    }
    struct stat info = {0};
    bool ok = true;
    size_t likely = 0;
    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        *why = "is a folder";
        ok = false;
    } else if (fd != 0 && S_ISREG(info.st_mode) && (uintmax_t)info.st_size > max) {
        *too_large = true;
        *why = "is too large";
        ok = false;
    } else if (S_ISREG(info.st_mode)) {
        likely = (size_t)info.st_size;
    }
    struct buf buf = {0};
    ok = ok && read_all(fd, &buf, likely, max, why, too_large);
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
        *why = file_reason(errno);
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
        *why = file_reason(errno);
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
            *why = file_reason(errno);
    }
    close(fd);
    return ok;
}

void file_unmap(struct str data)
{
    if (data.p)
        munmap((void *)data.p, data.n);
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
