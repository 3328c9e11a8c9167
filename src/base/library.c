/* Libraries opened on first need. They stay open: dlopen counts, and nobody closes. */
#include "base/library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

static int status_when_missing = 3;

void library_status_when_missing(int status)
{
    status_when_missing = status;
}

/* In one piece: workers of a batch may say it at the same time. */
static _Noreturn void missing(const char *soname)
{
    char text[256];
    int n = snprintf(text, sizeof text,
                     "briefing: cannot open the library %s, which is a part of the program\n", soname);
    if (n > 0)
        (void)!write(2, text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
    _exit(status_when_missing);
}

void *library_find(const char *soname, const char *name)
{
    void *library = dlopen(soname, RTLD_LAZY | RTLD_LOCAL);
    void *found = library ? dlsym(library, name) : NULL;
    if (!found)
        missing(soname);
    return found;
}
