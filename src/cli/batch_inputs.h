/* What a batch reads: the run, or the specs of the command line; its house, its roster, the files of its
 * specs. */
#ifndef BRIEFING_CLI_BATCH_INPUTS_H
#define BRIEFING_CLI_BATCH_INPUTS_H

#include "cli/options.h"
#include "model/run.h"

struct batch_inputs {
    const struct run *run; /* NULL: specs on the command line */
    struct str name;       /* of the run */
    struct house *house;
    const char *house_folder; /* NULL: built in */
    struct str house_digest;
    const struct roster *roster; /* NULL: none */
    const char **spec_paths;
    size_t spec_count;
    const char *output, *ledger;
};

/* Reads all of it; the command line counts more than the run. false with diagnostics. Everything lives in the
 * arena. */
bool batch_inputs_read(struct batch_inputs *inputs, struct arena *arena, const struct options *options,
                       struct diags *diags);

/* The same of a run that stands in no file of its own, or that is taken for something else; house: a file that counts more
 * than the run's own, or NULL. */
bool batch_inputs_of(struct batch_inputs *inputs, struct arena *arena, const struct options *options,
                     const struct run *run, const char *house, struct diags *diags);

/* Of a run only the files of its specs: spec_paths, sorted, each once. false when a pattern matches none. */
bool batch_inputs_specs(struct batch_inputs *inputs, struct arena *arena, const struct options *options,
                        struct diags *diags);

/* Of a run only where its outputs and its ledger are: for `batch merge RUN`. */
bool batch_inputs_places(struct batch_inputs *inputs, struct arena *arena, const struct options *options,
                         const char *path, struct diags *diags);

#endif
