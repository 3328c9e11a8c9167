/* briefing: structured research in, PDF briefings out. */
#include "cli/cli.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

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
    keep_memory();
    return cli_main(argc, argv);
}
