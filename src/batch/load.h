/* Reading a spec of the plan for good. */
#ifndef BRIEFING_BATCH_LOAD_H
#define BRIEFING_BATCH_LOAD_H

#include "batch/plan.h"

/* An empty list that takes --allow and --warnings-as-errors from the request. */
void load_diags(struct diags *diags, struct arena *arena, const struct batch_request *request);

/* Reads and checks a spec, and gives it the ledger's scores as history where it has none typed for that
 * edition. NULL with diagnostics. aside: warnings about the run as a whole, which are no part of what is said
 * of the output: they would change with other specs. */
struct spec *load_spec(const struct plan *plan, uint32_t index, struct arena *arena, struct diags *diags,
                       struct diags *aside);

#endif
