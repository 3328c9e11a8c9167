/* Locks by flock(2) on files in the folder of outputs. Such a file holds the holder's process id until it
 * ends well. */
#include "batch/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"

enum { TRIES = 20, PAUSE_MS = 50, PID_ROOM = 32, PID_WIDTH = 20 /* digits and blanks */ };

static void read_holder(int fd, char pid[PID_ROOM])
{
    ssize_t n = pread(fd, pid, PID_ROOM - 1, 0);
    pid[n > 0 ? n : 0] = 0;
    pid[strspn(pid, "0123456789")] = 0;
}

static void refuse(int fd, const char *folder, const char *ledger, struct diags *diags)
{
    char pid[PID_ROOM];
    read_holder(fd, pid);
    struct diag *diag =
        diag_add(diags, DIAG_RUN_LOCKED, span_none(), "another %s%s%s%s %s %s", ledger ? "mailing" : "run",
                 *pid ? " (process " : "", pid, *pid ? ")" : "",
                 ledger ? "hands letters over by the ledger" : "is writing into", ledger ? ledger : folder);
    diag_hint(diags, diag,
              ledger ? "wait for its end" : "wait for its end, or give this one another folder with -o");
}

/* -1 with a diagnostic. Through no symbolic link: what it leads to would be emptied. ledger: of a mailing;
 * else NULL. */
static int take(const char *path, const char *folder, const char *ledger, bool shared, bool *unclean,
                struct diags *diags)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0) {
        diag_add(diags, DIAG_CANNOT_WRITE, span_none(), "cannot write into %s: %s", folder,
                 file_reason(errno));
        return -1;
    }
    for (int i = 0; flock(fd, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0; i++) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            diag_add(diags, DIAG_CANNOT_WRITE, span_none(), "cannot lock %s: %s", path, file_reason(errno));
            close(fd);
            return -1;
        }
        if (i == TRIES) {
            refuse(fd, folder, ledger, diags);
            close(fd);
            return -1;
        }
        poll(NULL, 0, PAUSE_MS);
    }
    char pid[PID_ROOM];
    read_holder(fd, pid);
    *unclean = *unclean || *pid;
    return fd;
}

/* In one write over what stands there: emptied first, a file whose holder is killed then, or finds the disk
 * full, would tell of a clean end. */
static void sign(int fd)
{
    char pid[PID_ROOM];
    int n = snprintf(pid, sizeof pid, "%-*ld\n", PID_WIDTH, (long)getpid());
    (void)!pwrite(fd, pid, (size_t)n, 0); /* it is for people, and to know an unclean end */
}

bool lock_take(struct batch_lock *lock, struct arena *arena, const char *folder, struct batch_shard shard,
               struct diags *diags)
{
    const char *why;
    *lock = (struct batch_lock){-1, -1, false};
    if (!file_make_folders(folder, &why)) {
        diag_add(diags, DIAG_CANNOT_WRITE, span_none(), "cannot make the folder %s: %s", folder, why);
        return false;
    }
    const char *path = file_join(arena, str_from(folder), STR(".briefing.lock"));
    lock->folder = take(path, folder, NULL, shard.count > 0, &lock->unclean, diags);
    if (lock->folder < 0)
        return false;
    if (shard.count == 0) {
        sign(lock->folder);
        return true;
    }
    path = file_join(arena, str_from(folder),
                     str_printf(arena, ".briefing-%u-of-%u.lock", shard.index, shard.count));
    lock->shard = take(path, folder, NULL, false, &lock->unclean, diags);
    if (lock->shard < 0)
        return false;
    sign(lock->shard);
    return true;
}

bool lock_take_mailing(struct batch_lock *lock, struct arena *arena, const char *ledger, struct diags *diags)
{
    struct str path = str_from(ledger), folder = file_folder(path), name = str_slice(path, folder.n, path.n);
    *lock = (struct batch_lock){-1, -1, false};
    lock->folder = take(
        str_z(arena, str_printf(arena, STR_FMT "." STR_FMT ".mail.lock", STR_ARG(folder), STR_ARG(name))),
        folder.n ? str_z(arena, folder) : ".", ledger, false, &lock->unclean, diags);
    if (lock->folder < 0)
        return false;
    sign(lock->folder);
    return true;
}

void lock_give(struct batch_lock *lock, bool clean)
{
    int own = lock->shard >= 0 ? lock->shard : lock->folder;
    if (clean && own >= 0)
        (void)!ftruncate(own, 0);
    if (lock->shard >= 0)
        close(lock->shard);
    if (lock->folder >= 0)
        close(lock->folder);
    *lock = (struct batch_lock){-1, -1, false};
}
