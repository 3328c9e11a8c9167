/* Reading rosters without showing them. */
#include "cli/roster_file.h"

#include "spec/spec_read.h"

enum { ROSTER_MAX_BYTES = 64 * 1024 * 1024 /* half a million members */ };

struct roster *roster_file_read(struct arena *arena, const char *path, const struct house *house,
                                struct diags *diags)
{
    struct diags found;
    diags_init(&found, diags->arena);
    struct diag_source *source = spec_open(arena, path, ROSTER_MAX_BYTES, &found);
    struct roster *roster = source ? roster_read(arena, source, house, &found) : NULL;
    for (const struct diag *diag = found.first; diag; diag = diag->next) {
        size_t line = 0, column = 0;
        if (diag->span.source)
            span_line_column(diag->span, &line, &column);
        struct diag *told = line ? diag_add(diags, diag->code, span_none(), "%s:%zu:%zu: " STR_FMT, path,
                                            line, column, STR_ARG(diag->message))
                                 : diag_add(diags, diag->code, span_none(), STR_FMT, STR_ARG(diag->message));
        if (diag->hint.n)
            diag_hint(diags, told, STR_FMT, STR_ARG(diag->hint));
    }
    return roster;
}
