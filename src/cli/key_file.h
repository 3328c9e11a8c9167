/* The publisher's key, of which copy ids are made. */
#ifndef BRIEFING_CLI_KEY_FILE_H
#define BRIEFING_CLI_KEY_FILE_H

#include "base/copy_id.h"
#include "diag/diag.h"

/* Reads it from a file ("-": standard input). false with a diagnostic, which never repeats what the file
 * says. The caller wipes the key (secret.h); nothing else of it is left in memory. */
bool key_file_read(const char *path, struct copy_key *key, struct diags *diags);

#endif
