/* Digests of a run's specs. Noted by whoever first reads the spec for good: the plan, where outputs may
 * be there already, else a worker. All share what is known, and compare with it what they read. */
#ifndef BRIEFING_BATCH_DIGEST_H
#define BRIEFING_BATCH_DIGEST_H

#include "batch/plan.h"

/* Room for all digests of the plan, shared with processes that are forked from now on. */
void digest_open(struct plan *plan);
void digest_close(struct plan *plan);

/* Notes the digest of a spec's text, or compares it with the one that is known. The text must bear the mark
 * that the plan gave the spec. False: it is another text all the same, made to bear the same mark. */
bool digest_note(const struct plan_spec *spec, struct str text);

/* The digest of a spec, which is read where nobody has done so yet. A spec that cannot be read, or is another
 * one than was planned, has one that no text has. */
void digest_of_spec(const struct plan_spec *spec, unsigned char digest[32]);

#endif
