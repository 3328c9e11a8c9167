/* --profile, --password-file and --linearize. */
#ifndef BRIEFING_CLI_SEALING_H
#define BRIEFING_CLI_SEALING_H

#include "base/password.h"
#include "cli/options.h"
#include "model/run.h"
#include "pdf/seal.h"

/* Passwords in use: close wipes them. */
struct sealing {
    struct password user, owner;
};

/* Whether the options go together; false with a usage diagnostic. */
bool sealing_check(const struct options *options, struct diags *diags);

/* Takes the password of the member (NULL: nobody's copy), where the member has one, else reads the password
 * file, where one is given, and fills seal, which borrows from sealing. false with diagnostics, which never
 * repeat what file and roster say. spec NULL: passwords for many specs. Close in either case. */
bool sealing_open(struct sealing *sealing, const struct options *options, const struct spec *spec,
                  const struct member *member, struct pdf_seal_options *seal, struct diags *diags);
void sealing_close(struct sealing *sealing);

#endif
