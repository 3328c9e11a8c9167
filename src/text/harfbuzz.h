/* HarfBuzz, opened on first need: a document in Latin letters and bundled faces never calls it, and loading
 * it costs more than a tenth of such a document. harfbuzz.c and pdf/harfbuzz_subset.c define the functions
 * that the program uses under HarfBuzz's own names, so callers include <hb.h> and notice nothing. */
#ifndef BRIEFING_TEXT_HARFBUZZ_H
#define BRIEFING_TEXT_HARFBUZZ_H

#include <string.h>

/* The library's function. Where there is none the process ends with a message: HarfBuzz is as much part of
 * the program as the C library. */
void *harfbuzz_function(const char *soname, const char *name);

/* The body of a function that hands its arguments on; PASS: it gives nothing back. */
#define HARFBUZZ_FIND(soname, name)                                                                          \
    static void *found;                                                                                      \
    __typeof__(name) *real;                                                                                  \
    if (!found)                                                                                              \
        found = harfbuzz_function(soname, #name);                                                            \
    memcpy(&real, &found, sizeof real)
#define HARFBUZZ_CALL(soname, name, arguments)                                                               \
    HARFBUZZ_FIND(soname, name);                                                                             \
    return real arguments
#define HARFBUZZ_PASS(soname, name, arguments)                                                               \
    HARFBUZZ_FIND(soname, name);                                                                             \
    real arguments

#endif
