/* The digest of an edition. */
#ifndef BRIEFING_EDITION_DIGEST_H
#define BRIEFING_EDITION_DIGEST_H

#include "edition/edition.h"

enum { EDITION_PICTURE_DIGEST = 32 };

/* Hex of BLAKE2b-256 over all that the edition holds and prints: the filtered spec, the tier, edition and
 * date, the panels, the counts, and the house's public texts and theme. Positions and paths are left out:
 * where a spec lies changes nothing. */
struct str edition_digest(struct arena *arena, const struct edition *edition);

/* Makes the edition's digest one of how it looks as well: of the paper's name and of the pictures that it
 * shows, EDITION_PICTURE_DIGEST bytes over the file of each, in the order of the page. To be called once. */
void edition_digest_look(struct arena *arena, struct edition *edition, const char *paper,
                         const unsigned char *const *pictures, size_t count);

#endif
