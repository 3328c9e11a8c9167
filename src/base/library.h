/* Shared libraries that are opened on first need: what a run does not call it does not load. A file beside the callers
 * defines the functions that the program uses under the library's own names, so callers include its header and notice
 * nothing. */
#ifndef BRIEFING_BASE_LIBRARY_H
#define BRIEFING_BASE_LIBRARY_H

#include <string.h>

/* A function of a library. Never NULL: where there is none the process ends with exit status 3 and a message, for these
 * libraries are as much part of the program as the C library. */
void *library_find(const char *soname, const char *name);

/* Loads a library that may be needed, by any thread. One that cannot be loaded is told of when it is needed:
 * there may be something to tell before. */
void library_load(const char *soname);

/* Another exit status, for a process whose parent is to tell this end from others. Before threads are started. */
void library_status_when_missing(int status);

/* The body of a function that hands its arguments on; PASS: it gives nothing back. Two threads may both look for it:
 * they find the same. */
#define LIBRARY_FIND(soname, name)                                                                           \
    static void *_Atomic found;                                                                              \
    void *function = found;                                                                                  \
    __typeof__(name) *real;                                                                                  \
    if (!function)                                                                                           \
        found = function = library_find(soname, #name);                                                      \
    memcpy(&real, &function, sizeof real)
#define LIBRARY_CALL(soname, name, arguments)                                                                \
    LIBRARY_FIND(soname, name);                                                                              \
    return real arguments
#define LIBRARY_PASS(soname, name, arguments)                                                                \
    LIBRARY_FIND(soname, name);                                                                              \
    real arguments

#endif
