/* Tiers of a house, as other files name them. */
#ifndef BRIEFING_SPEC_TIERS_H
#define BRIEFING_SPEC_TIERS_H

#include "spec/spec_read.h"

/* Reports a tier that the house does not have, at its place. An empty id is none. */
void tiers_check(struct arena *arena, const struct house *house, const struct text *id, struct diags *diags);

/* Tier ids are unique, `includes` exist and run in no circle, the default tier exists. */
void tiers_check_house(struct arena *arena, const struct house *house, struct diags *diags);

#endif
