/* --member, --roster and --key-file: whose copy `render` makes. */
#ifndef BRIEFING_CLI_COPY_H
#define BRIEFING_CLI_COPY_H

#include "base/copy_id.h"
#include "cli/options.h"
#include "model/run.h"

/* A copy that was asked for. */
struct copy {
    const struct member *member; /* NULL: nobody's, the tier's edition */
    bool sealed;                 /* by --profile */
    struct copy_key key;         /* of a personal one; close wipes it */
};

/* Whether the options go together; false with a usage diagnostic. */
bool copy_check(const struct options *options, struct diags *diags);

/* Finds the member in the roster, and reads the key, if the member's copies are personal. The roster lives in
 * the arena, and with it what members must not see of one another: diagnostics do not show its lines. false
 * with diagnostics. Close in either case. */
bool copy_open(struct copy *copy, struct arena *arena, const struct options *options,
               const struct house *house, struct diags *diags);
void copy_close(struct copy *copy);

/* Whether it is a personal one. */
bool copy_is_personal(const struct copy *copy);

/* Warns of a member who unsubscribed; false with a diagnostic when the member does not watch the entity of
 * the spec. */
bool copy_check_spec(const struct copy *copy, const struct spec *spec, struct diags *diags);

/* The id of the copy of an edition, which was rendered for the member's tier. */
struct copy_id copy_make_id(const struct copy *copy, struct str entity, struct str edition);

#endif
