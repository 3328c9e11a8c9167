/* What the files of this room share; no other room includes it. */
#ifndef BRIEFING_PROSE_PROSE_PARTS_H
#define BRIEFING_PROSE_PROSE_PARTS_H

#include "prose/prose.h"

enum { PROSE_MAX_LEVELS = 8 }; /* of lists and quotes in each other */

/* The character of an entity, "&amp;" or "&#8212;" or "&#x2014;"; 0 for a name that is not known, -1 for a number
 * that names no character a text may have. */
int32_t prose_entity(struct str entity);

/* False, and a diagnostic, for a text on which md4c would take more than linear time. */
bool prose_check_effort(struct str text, const struct diag_origin *origin, struct diags *diags);

#endif
