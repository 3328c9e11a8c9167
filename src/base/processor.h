/* What the processor has. The C library found it out at the start (glibc 2.33; sys/platform/x86.h) and is asked: to ask
 * the processor itself takes 9 µs a question in a virtual machine, and __builtin_cpu_supports has eight of them
 * answered before main in each process. */
#ifndef BRIEFING_BASE_PROCESSOR_H
#define BRIEFING_BASE_PROCESSOR_H

#if defined(__x86_64__)

#if __has_include(<sys/platform/x86.h>)

#include <sys/platform/x86.h>

#define PROCESSOR_HAS_AVX2 CPU_FEATURE_ACTIVE(AVX2)
#define PROCESSOR_HAS_AVX512VL CPU_FEATURE_ACTIVE(AVX512VL)
#define PROCESSOR_IS_AMD CPU_FEATURE_PRESENT(SSE4A) /* no other maker has it */

#else

#define PROCESSOR_HAS_AVX2 (__builtin_cpu_init(), __builtin_cpu_supports("avx2"))
#define PROCESSOR_HAS_AVX512VL (__builtin_cpu_init(), __builtin_cpu_supports("avx512vl"))
#define PROCESSOR_IS_AMD (__builtin_cpu_init(), __builtin_cpu_is("amd"))

#endif

#endif

#endif
