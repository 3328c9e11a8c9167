/* The roster of members, as commands read it. */
#ifndef BRIEFING_CLI_ROSTER_FILE_H
#define BRIEFING_CLI_ROSTER_FILE_H

#include "model/run.h"

/* NULL with diagnostics. house: see roster_read; may be NULL. */
struct roster *roster_file_read(struct arena *arena, const char *path, const struct house *house,
                                struct diags *diags);

#endif
