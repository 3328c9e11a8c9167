/* Keys of outputs: a digest of all that an output is made from and that is known before it is made. What is
 * only known when it is made (pictures, fonts of the system) stands in the ledger as further files; see
 * depends.h. */
#ifndef BRIEFING_BATCH_KEY_H
#define BRIEFING_BATCH_KEY_H

#include "batch/plan.h"

/* Hex, in the arena. Works out the group's part once. */
struct str key_of(struct plan *plan, struct arena *arena, uint32_t output);

/* Whether that is the output's key. */
bool key_is(struct plan *plan, uint32_t output, struct str key);

/* Fills plan->passwords for a sealed run; takes about a tenth of a second, on purpose. */
void key_passwords(struct plan *plan);

#endif
