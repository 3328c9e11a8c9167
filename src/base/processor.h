/* What the processor has. The C library found it out at the start and is asked, where it can be (glibc;
 * sys/platform/x86.h): to ask the processor itself takes 9 µs a question in a virtual machine, and __builtin_cpu_supports
 * has eight of them answered before main in each process. */
#ifndef BRIEFING_BASE_PROCESSOR_H
#define BRIEFING_BASE_PROCESSOR_H

#if defined(__x86_64__)

#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif

#ifdef CPU_FEATURE_ACTIVE /* not in the header's first version */

#include <stdbool.h>

/* As the header's x86_cpu_active, which shifts 1 by 31 bits. */
static inline bool processor_has(unsigned feature)
{
    const struct cpuid_feature *leaf = __x86_get_cpuid_feature_leaf(feature / 128);
    return leaf->active_array[feature % 128 / 32] >> feature % 32 & 1;
}

#define PROCESSOR_HAS_AVX2 processor_has(x86_cpu_AVX2)
#define PROCESSOR_HAS_AVX512VL processor_has(x86_cpu_AVX512VL)
#define PROCESSOR_IS_AMD CPU_FEATURE_PRESENT(SSE4A) /* AMD's own, and Hygon's, which are built alike */

#else

#define PROCESSOR_HAS_AVX2 (__builtin_cpu_init(), __builtin_cpu_supports("avx2"))
#define PROCESSOR_HAS_AVX512VL (__builtin_cpu_init(), __builtin_cpu_supports("avx512vl"))
#define PROCESSOR_IS_AMD (__builtin_cpu_init(), __builtin_cpu_is("amd"))

#endif

#endif

#endif
