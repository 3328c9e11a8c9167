/* Reading rosters from files. */
#include "cli/roster_file.h"

#include "spec/spec_read.h"

struct roster *roster_file_read(struct arena *arena, const char *path, struct span named_at,
                                const struct house *house, struct diags *diags)
{
    struct diag_source *source = spec_open_named(arena, path, ROSTER_MAX_BYTES, named_at, diags);
    return source ? roster_read(arena, source, house, diags) : NULL;
}
