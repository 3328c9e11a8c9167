/* Libraries opened on first need. They stay open: dlopen counts, and nobody closes. */
#include "base/library.h"

#include <dlfcn.h>
#include <unistd.h>

static void put(const char *text)
{
    (void)!write(2, text, strlen(text));
}

static _Noreturn void missing(const char *soname)
{
    put("briefing: cannot open the library ");
    put(soname);
    put(", which is a part of the program\n");
    _exit(3);
}

void *library_find(const char *soname, const char *name)
{
    void *library = dlopen(soname, RTLD_LAZY | RTLD_LOCAL);
    void *found = library ? dlsym(library, name) : NULL;
    if (!found)
        missing(soname);
    return found;
}
