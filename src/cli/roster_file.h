/* The roster of members, as commands read it. */
#ifndef BRIEFING_CLI_ROSTER_FILE_H
#define BRIEFING_CLI_ROSTER_FILE_H

#include "model/run.h"

/* NULL with diagnostics. named_at: where a file names it, or no place. house: see roster_read; may be NULL.
 */
struct roster *roster_file_read(struct arena *arena, const char *path, struct span named_at,
                                const struct house *house, struct diags *diags);

#endif
