/* Digests of the program and of its fonts: parts of the key by which a batch knows what it need not make
 * again. */
#ifndef BRIEFING_CLI_IDENTITY_H
#define BRIEFING_CLI_IDENTITY_H

#include "batch/batch.h"

/* Hex, of the build id that the linker gave the file that runs, which is a digest of what it linked; without
 * one, of the file's bytes. */
bool identity_program(struct arena *arena, struct str *digest, struct diags *diags);

/* Hex, of all files in the folder of fonts. Fonts of the system are not among them: an output remembers those
 * it used. */
bool identity_fonts(struct arena *arena, const char *folder, struct str *digest, struct diags *diags);

/* Both, as a batch asks for them. */
bool identity_find(const struct batch_request *request, struct arena *arena, struct batch_identity *identity,
                   struct diags *diags);

#endif
