/* briefing: structured research in, PDF briefings out. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/heap.h"

/* Where a standard stream is closed, the next file that is opened, by whichever thread, would take its place
 * and be read or written as if it were the stream. What stands there instead can only be used the wrong way
 * round: the error is EBADF, as for a closed one. */
static void hold_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv)
{
    hold_standard_streams();
    heap_keep();
    return cli_main(argc, argv);
}
