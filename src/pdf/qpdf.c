/* Opening libqpdf. It stays open until the process ends. */
#include "pdf/qpdf.h"

#include <dlfcn.h>
#include <string.h>

static bool take(void *library, const char *name, void *function)
{
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

const struct qpdf_functions *qpdf_open(struct diags *diags)
{
    static struct qpdf_functions functions;
    static bool tried, ready;
    if (!tried) {
        void *library = dlopen(BRIEFING_QPDF_SONAME, RTLD_LAZY | RTLD_LOCAL);
        tried = true;
#define TAKE(name) &&take(library, "qpdf_" #name, &functions.name)
        ready = library QPDF_FUNCTIONS(TAKE);
#undef TAKE
    }
    if (ready)
        return &functions;
    struct diag *diag = diag_add(diags, DIAG_LIBRARY_UNAVAILABLE, span_none(),
                                 "the library " BRIEFING_QPDF_SONAME " cannot be loaded");
    diag_hint(diags, diag, "install Debian's package libqpdf29, or run src/setup.sh");
    return NULL;
}
