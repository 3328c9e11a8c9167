/* Rules between the fields of one spec. */
#ifndef BRIEFING_SPEC_BETWEEN_H
#define BRIEFING_SPEC_BETWEEN_H

#include "spec/spec_read.h"

/* References exist, ids and editions of the history are unique, nothing repeats itself or ends before it
 * begins, tables are rectangular. The spec may be partly filled. */
void between_check(struct arena *arena, const struct spec *spec, struct diags *diags);

/* Reports until before since; what names the two: "'until' 2019 lies before 'since' 2020". */
void between_dates(struct arena *arena, struct diags *diags, struct dated from, const char *from_key,
                   struct dated to, const char *to_key);

#endif
