/* The roster of members, read for a command that is not about its text. */
#ifndef BRIEFING_CLI_ROSTER_FILE_H
#define BRIEFING_CLI_ROSTER_FILE_H

#include "model/run.h"

/* NULL with diagnostics. A roster's lines hold passwords and addresses: what is wrong with them is told with
 * its place, but without an excerpt. house: see roster_read; may be NULL. */
struct roster *roster_file_read(struct arena *arena, const char *path, const struct house *house,
                                struct diags *diags);

#endif
