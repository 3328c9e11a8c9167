/* Files written piece by piece. */
#define _GNU_SOURCE
#include "base/stream.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { PIECE = 256 * 1024, NAME_SHOWN = 200 /* bytes of a name that its temporary one repeats */ };

static void fail(struct stream *stream, const char *why)
{
    if (!stream->why)
        stream->why = why;
}

static char *copy_of(const char *text)
{
    size_t n = strlen(text) + 1;
    return memcpy(base_malloc(n), text, n);
}

void stream_open(struct stream *stream, const char *path)
{
    struct buf name = {0};
    struct str folder = file_folder(str_from(path));
    *stream = (struct stream){.path = copy_of(path)};
    buf_printf(&name, STR_FMT ".%.200s" FILE_TEMPORARY_MARK "XXXXXX", STR_ARG(folder), path + folder.n);
    buf_char(&name, 0);
    stream->temporary = name.p;
    stream->fd = mkostemp(stream->temporary, O_CLOEXEC);
    if (stream->fd < 0)
        fail(stream, file_reason(errno));
}

static void write_out(struct stream *stream)
{
    const char *why;
    if (stream->hash)
        hash_add(stream->hash, stream->out.p, stream->out.n);
    if (!stream->why && !file_write_fd(stream->fd, buf_view(&stream->out), &why))
        fail(stream, why);
    buf_clear(&stream->out);
}

void stream_pass(struct stream *stream)
{
    if (stream->out.n >= PIECE)
        write_out(stream);
}

static void set_mode(struct stream *stream)
{
    struct stat info;
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = stat(stream->path, &info) == 0 ? info.st_mode & 07777 : 0666 & ~mask;
    if (fchmod(stream->fd, mode) != 0)
        fail(stream, file_reason(errno));
}

/* Whether all of it is in the file. */
static bool finish(struct stream *stream, bool sync)
{
    write_out(stream);
    if (!stream->why)
        set_mode(stream);
    if (!stream->why && sync && fsync(stream->fd) != 0)
        fail(stream, file_reason(errno));
    if (stream->fd >= 0 && close(stream->fd) != 0)
        fail(stream, file_reason(errno));
    return !stream->why;
}

static void done(struct stream *stream)
{
    buf_done(&stream->out);
    free(stream->path);
    free(stream->temporary);
    *stream = (struct stream){.fd = -1};
}

bool stream_commit(struct stream *stream, const char **why)
{
    if (finish(stream, true) && rename(stream->temporary, stream->path) != 0)
        fail(stream, file_reason(errno));
    bool ok = !stream->why;
    if (ok) {
        struct str folder = file_folder(str_from(stream->path));
        stream->path[folder.n] = 0;
        file_sync_folder(stream->path);
    } else if (stream->fd >= 0) {
        unlink(stream->temporary);
    }
    *why = stream->why;
    done(stream);
    return ok;
}

void stream_abandon(struct stream *stream)
{
    if (stream->fd >= 0) {
        close(stream->fd);
        unlink(stream->temporary);
    }
    done(stream);
}

bool stream_keep(struct stream *stream, struct stream_set *set, const char **why)
{
    if (set->count == STREAM_SET_FILES)
        fail(stream, "too many files are written together");
    bool ok = finish(stream, false);
    if (ok) {
        set->paths[set->count] = stream->path;
        set->temporaries[set->count++] = stream->temporary;
        stream->path = stream->temporary = NULL;
    } else if (stream->fd >= 0) {
        unlink(stream->temporary);
    }
    *why = stream->why;
    done(stream);
    return ok;
}

const char *stream_set_name(struct stream_set *set, bool synced, const char **why)
{
    for (size_t i = 0; i < set->count; i++) {
        if (!synced && !file_sync(set->temporaries[i], why))
            return set->paths[i];
        if (rename(set->temporaries[i], set->paths[i]) != 0) {
            *why = file_reason(errno);
            return set->paths[i];
        }
        free(set->temporaries[i]);
        set->temporaries[i] = NULL;
    }
    return NULL;
}

void stream_set_done(struct stream_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        if (set->temporaries[i])
            unlink(set->temporaries[i]);
        free(set->temporaries[i]);
        free(set->paths[i]);
    }
    *set = (struct stream_set){0};
}

void stream_sweep(const char *path)
{
    struct arena scratch;
    arena_init(&scratch);
    struct str folder = file_folder(str_from(path));
    struct str name = str_slice(str_from(path + folder.n), 0, NAME_SHOWN);
    DIR *dir = opendir(folder.n ? str_z(&scratch, folder) : ".");
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (str_eq(file_temporary_target(str_from(entry->d_name)), name))
            unlinkat(dirfd(dir), entry->d_name, 0);
    }
    if (dir)
        closedir(dir);
    arena_done(&scratch);
}
