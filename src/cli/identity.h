/* Digests of the program and of its fonts: parts of the key by which a batch knows what it need not make
 * again. */
#ifndef BRIEFING_CLI_IDENTITY_H
#define BRIEFING_CLI_IDENTITY_H

#include "base/aside.h"
#include "batch/batch.h"

/* Hex, of the build id that the linker gave the file that runs, which is a digest of what it linked; without
 * one, of the file's bytes. */
bool identity_program(struct arena *arena, struct str *digest, struct diags *diags);

/* Hex, of all files in the folder of fonts. Fonts of the system are not among them: an output remembers those
 * it used. */
bool identity_fonts(struct arena *arena, const char *folder, struct str *digest, struct diags *diags);

/* Both, found out by a second thread from early on: it takes as long as reading and planning. Then that thread
 * opens libharu, which is in time for the workers. */
struct identity_ahead {
    struct aside *aside;
    struct aside_job job, library;
    struct arena arena;
    struct diags reports;
    const char *folder;
    struct batch_identity identity;
    bool found, ended;
};
/* Until identity_end no process may be forked, unless identity_find was asked meanwhile. */
void identity_begin(struct identity_ahead *ahead);
void identity_end(struct identity_ahead *ahead);

/* Both, as a batch asks for them; request->identifying is what was begun, and lives as long as they are
 * needed, or NULL. */
bool identity_find(const struct batch_request *request, struct arena *arena, struct batch_identity *identity,
                   struct diags *diags);

#endif
