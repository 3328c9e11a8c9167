/* Text from outside as a terminal may show it: what would move the cursor, hide or turn round is an escape. */
#ifndef BRIEFING_DIAG_VISIBLE_H
#define BRIEFING_DIAG_VISIBLE_H

#include "base/buf.h"

/* Adds the character at *offset and moves *offset past it; returns the columns it takes. A tab reaches to the next
 * eighth column, counted from column (0-based). Bytes that are no UTF-8 come out as \xE9, characters that cannot be
 * seen as \u202E. */
size_t visible_add(struct buf *out, struct str text, size_t *offset, size_t column);

/* A whole text on one line. */
void visible_text(struct buf *out, struct str text);

#endif
