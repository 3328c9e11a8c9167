/* Reading rosters from files. */
#include "cli/roster_file.h"

#include "spec/spec_read.h"

struct roster *roster_file_read(struct arena *arena, const char *path, const struct house *house,
                                struct diags *diags)
{
    struct diag_source *source = spec_open(arena, path, ROSTER_MAX_BYTES, diags);
    return source ? roster_read(arena, source, house, diags) : NULL;
}
