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

/* In one piece: workers of a batch may say it at the same time. The reason names the library that is gone
 * where it is one that this one needs. */
static _Noreturn void missing(const char *soname)
{
    char text[512];
    const char *why = dlerror();
    int n = snprintf(text, sizeof text - 1,
                     "briefing: cannot open the library %s, which is a part of the program%s%s", soname,
                     why ? ": " : "", why ? why : "");
    if (n > (int)sizeof text - 2)
        n = (int)sizeof text - 2;
    if (n > 0)
        text[n++] = '\n';
    if (n > 0)
        (void)!write(2, text, (size_t)n);
    _exit(status_when_missing);
}

void library_load(const char *soname)
{
    (void)dlopen(soname, RTLD_LAZY | RTLD_LOCAL);
}

void *library_find(const char *soname, const char *name)
{
    void *library = dlopen(soname, RTLD_LAZY | RTLD_LOCAL);
    void *found = library ? dlsym(library, name) : NULL;
    if (!found)
        missing(soname);
    return found;
}
