/* Opening GMime. It stays open until the process ends. */
#include "mail/gmime.h"

#include <dlfcn.h>
#include <string.h>

static bool take(void *library, const char *name, void *function)
{
    void *symbol = dlsym(library, name); /* also finds what GMime itself was linked to */
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

const struct gmime_functions *gmime_open(struct diags *diags)
{
    static struct gmime_functions functions;
    static bool tried, ready;
    if (!tried) {
        void *library = dlopen(BRIEFING_GMIME_SONAME, RTLD_LAZY | RTLD_LOCAL);
        tried = true;
#define TAKE(name) &&take(library, #name, &functions.name)
        ready = library GMIME_FUNCTIONS(TAKE);
#undef TAKE
        if (ready)
            functions.g_mime_init();
    }
    if (ready)
        return &functions;
    struct diag *diag = diag_add(diags, DIAG_LIBRARY_UNAVAILABLE, span_none(),
                                 "the library " BRIEFING_GMIME_SONAME " cannot be loaded");
    diag_hint(diags, diag, "install Debian's package libgmime-3.0-0, or run src/setup.sh");
    return NULL;
}
