/* What `check` finds of the files that runs and newsletters name, and of the fonts and the logo of a house.
 */
#ifndef BRIEFING_CLI_CHECK_NAMED_H
#define BRIEFING_CLI_CHECK_NAMED_H

#include "cli/options.h"
#include "model/run.h"

struct check_named {
    struct arena *arena;
    const struct options
        *options;              /* files that are arguments themselves are checked as such, and not twice */
    const struct house *house; /* of --house, or the built-in one */
    struct diags *diags;
};

/* The house's logo can be read and its type families are there. */
void check_house_files(const struct check_named *check, const struct house *house);

/* House and roster have no faults, and the tiers are those of the house. A file that is not there and a
 * pattern that matches none are warnings. What stands in the specs is not looked at. */
void check_run_files(const struct check_named *check, const struct run *run);

/* The same, and each entity attached is that of a spec. */
void check_newsletter_files(const struct check_named *check, const struct newsletter *newsletter);

#endif
