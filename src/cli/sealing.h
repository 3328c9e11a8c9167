/* --profile, --password-file and --linearize. */
#ifndef BRIEFING_CLI_SEALING_H
#define BRIEFING_CLI_SEALING_H

#include "base/password.h"
#include "cli/options.h"
#include "model/spec.h"
#include "pdf/seal.h"

/* Passwords in use: close wipes them. */
struct sealing {
    struct password user, owner;
};

/* Whether the options go together; false with a usage diagnostic. */
bool sealing_check(const struct options *options, struct diags *diags);

/* Reads the password file, where one is given, and fills seal, which borrows from sealing. false with
 * diagnostics, which never repeat what the file says. Close in either case. */
bool sealing_open(struct sealing *sealing, const struct options *options, const struct spec *spec,
                  struct pdf_seal_options *seal, struct diags *diags);
void sealing_close(struct sealing *sealing);

#endif
