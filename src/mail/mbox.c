/* mbox files. */
#include "mail/mbox.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static bool failed(const char **why)
{
    *why = file_reason(errno);
    return false;
}

bool mbox_open(struct mbox *mbox, const char *path, const char **why)
{
    struct str folder = file_folder(str_from(path));
    const char *name = path + folder.n;
    size_t room = strlen(path) + sizeof FILE_TEMPORARY_MARK + 8;
    *mbox = (struct mbox){.path = path, .temporary = base_malloc(room), .fd = -1};
    snprintf(mbox->temporary, room, "%.*s.%s" FILE_TEMPORARY_MARK "XXXXXX", (int)folder.n, path, name);
    mbox->fd = mkstemp(mbox->temporary); /* for the owner alone: letters are personal */
    if (mbox->fd >= 0)
        return true;
    failed(why);
    free(mbox->temporary);
    mbox->temporary = NULL;
    return false;
}

/* ">From " is told from "From " by one more ">" on every such line. */
static bool wants_quote(struct str line)
{
    size_t i = 0;
    while (i < line.n && line.p[i] == '>')
        i++;
    return str_starts(str_slice(line, i, line.n), STR("From "));
}

/* asctime's form in the English that RFC 4155 asks for. */
static void add_separator(struct buf *out, struct str sender, struct date date)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    static const int offsets[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    struct date day = date_first(date);
    int year = day.year - (day.month < 3);
    int weekday = (year + year / 4 - year / 100 + year / 400 + offsets[day.month - 1] + day.day) % 7;
    buf_printf(out, "From " STR_FMT " %s %s %2d 00:00:00 %d\n", STR_ARG(sender), days[weekday],
               months[day.month - 1], day.day, day.year);
}

bool mbox_add(struct mbox *mbox, struct str sender, struct date date, struct str message, const char **why)
{
    struct buf out = {0};
    add_separator(&out, sender, date);
    for (size_t from = 0; from < message.n;) {
        const char *end = memchr(message.p + from, '\n', message.n - from);
        size_t to = end ? (size_t)(end - message.p) + 1 : message.n;
        struct str line = str_slice(message, from, to);
        if (wants_quote(line))
            buf_char(&out, '>');
        buf_str(&out, line);
        from = to;
    }
    if (out.n && out.p[out.n - 1] != '\n')
        buf_char(&out, '\n');
    buf_char(&out, '\n');
    bool ok = file_write_fd(mbox->fd, buf_view(&out), why);
    buf_done(&out);
    return ok;
}

bool mbox_finish(struct mbox *mbox, const char **why)
{
    if (fsync(mbox->fd) != 0 || rename(mbox->temporary, mbox->path) != 0)
        return failed(why);
    char *folder = base_malloc(strlen(mbox->path) + 1);
    struct str part = file_folder(str_from(mbox->path));
    memcpy(folder, part.p, part.n);
    folder[part.n] = '\0';
    file_sync_folder(folder);
    free(folder);
    free(mbox->temporary);
    mbox->temporary = NULL;
    return true;
}

void mbox_close(struct mbox *mbox)
{
    if (mbox->temporary)
        unlink(mbox->temporary);
    free(mbox->temporary);
    mbox->temporary = NULL;
    if (mbox->fd >= 0)
        close(mbox->fd);
    mbox->fd = -1;
}
