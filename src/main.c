/* briefing: structured research in, PDF briefings out. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Where a standard stream is closed, the next file that is opened, by whichever thread, would take its place
 * and be read or written as if it were the stream. What stands there instead can only be used the wrong way
 * round: the error is EBADF, as for a closed one. */
static void hold_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* A run is short: memory given back to the system between two phases is only faulted in and cleared again.
 * But what is large grows in memory of its own without being copied, and goes whole: among what is small it
 * would leave holes, which were a quarter of the memory of a long document. */
static void keep_memory(void)
{
#ifdef __GLIBC__
    enum { MIB = 1024 * 1024 };
    mallopt(M_TOP_PAD, MIB);
    mallopt(M_MMAP_THRESHOLD, MIB / 4);
    mallopt(M_TRIM_THRESHOLD, 64 * MIB);
#endif
}

int main(int argc, char **argv)
{
    hold_standard_streams();
    keep_memory();
    return cli_main(argc, argv);
}
