/* CSV (RFC 4180) → rows of fields that know their place, through libcsv. */
#ifndef BRIEFING_SPEC_ROSTER_CSV_H
#define BRIEFING_SPEC_ROSTER_CSV_H

#include "model/value.h"

struct csv_row {
    struct text *items; /* without quotes and outer blanks; `at` includes the quotes */
    size_t count, cap;
    struct span span; /* its first field */
};

typedef void csv_visit(void *context, const struct csv_row *row);

/* Calls visit for each row in turn; the texts live in the arena or are those of the source, the row itself lives until the
 * next one. text is
 * that of the source, offset by offset. Blank lines are left out. Wrong quotation marks are reported, and
 * their line is left out. */
void csv_read(struct arena *arena, struct diag_source *source, struct str text, struct diags *diags,
              csv_visit *visit, void *context);

#endif
