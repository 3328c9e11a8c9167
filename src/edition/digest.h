/* The digest of an edition. */
#ifndef BRIEFING_EDITION_DIGEST_H
#define BRIEFING_EDITION_DIGEST_H

#include "edition/edition.h"

/* Hex of BLAKE2b-256 over all that the edition holds and prints: the filtered spec, the tier, edition and date, the
 * panels, the counts, and the house's public texts. Positions and paths are left out: where a spec lies
 * changes nothing. */
struct str edition_digest(struct arena *arena, const struct edition *edition);

#endif
