/* The progress of a batch as a person likes to watch it: a line that is drawn again on a terminal, a plain
 * line now and then elsewhere. */
#ifndef BRIEFING_CLI_PROGRESS_H
#define BRIEFING_CLI_PROGRESS_H

#include "batch/batch.h"
#include "cli/options.h"

struct progress {
    bool shown, terminal, quiet, drawn;
    int64_t last_ms; /* of the run, when the last line was printed; -1: none was */
};

void progress_open(struct progress *progress, const struct options *options);

/* Both fit struct batch_watch; self is the struct progress. */
void progress_tell(void *self, const struct batch_progress *state);
void progress_diagnostic(void *self, struct str text, bool is_error);

/* Takes the drawn line away. */
void progress_clear(struct progress *progress);

#endif
