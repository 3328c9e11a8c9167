/* Clocks, processors and numbers of the command line, for the commands that make many documents. */
#ifndef BRIEFING_CLI_MACHINE_H
#define BRIEFING_CLI_MACHINE_H

#include <stdint.h>

#include "cli/options.h"

/* Milliseconds since 1970 by the wall clock; microseconds by one that only runs forward. */
int64_t machine_now_ms(void);
int64_t machine_monotonic_us(void);

/* The processors that this process may use, at least 1: its affinity, and the quota of its control group (a
 * container's limit). */
unsigned machine_processors(void);

/* Reads an option's number; one that is not given leaves the value as it is. false with a usage diagnostic
 * when it is no whole number from least to most. */
bool machine_number(const struct options *options, enum option_id option, unsigned least, unsigned most,
                    unsigned *value, struct diags *diags);

#endif
