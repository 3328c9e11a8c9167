/* How the C library's heap meets the system. Where there is no glibc nothing is done. */
#ifndef BRIEFING_BASE_HEAP_H
#define BRIEFING_BASE_HEAP_H

#include <stddef.h>

/* A run is short: memory given back to the system between two phases is only faulted in and cleared again.
 * But what is large grows in memory of its own without being copied, and goes whole: among what is small it
 * would leave holes, which were a quarter of the memory of a long document. */
void heap_keep(void);

/* One arena for all threads from now on: what a thread of its own had would stay, 64 MiB of addresses that a
 * process forked later could fill beyond its limit on memory (RLIMIT_AS). */
void heap_share(void);

/* For a process that makes one document and ends: before anything is allocated and before a thread is
 * started. The first 2 MiB of the heap, which is then all threads', are one huge page (Linux,
 * Documentation/admin-guide/mm/transhuge.rst) where the kernel has many lying ready; it is never made to look
 * for one. In pages of 4 KiB they would cost 0.4 ms by the clock. */
void heap_hurry(void);

/* The same for a process that was forked to make documents, for what its heap takes from then on. Returns how many
 * bytes of addresses were passed over, which nobody will use but a limit counts (RLIMIT_AS). */
size_t heap_hurry_forked(void);

#endif
