/* --shard: which part of a run this process makes. */
#ifndef BRIEFING_CLI_SHARD_H
#define BRIEFING_CLI_SHARD_H

#include "batch/batch.h"
#include "cli/options.h"

/* I/N, or auto: by the variables of an array of jobs (src/README.md names them). Not given: 0/0. false with a
 * usage diagnostic. */
bool shard_read(const struct options *options, struct batch_shard *shard, struct diags *diags);

#endif
