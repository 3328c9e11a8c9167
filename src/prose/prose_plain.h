/* Prose that needs no parser: what people write most of the time. No other room includes it. */
#ifndef BRIEFING_PROSE_PROSE_PLAIN_H
#define BRIEFING_PROSE_PROSE_PLAIN_H

#include "prose/prose_parts.h"

/* Reads a text of paragraphs, and of lists with a line for each item, in which nothing is marked up but by
 * `*…*`, `**…**` and `[…](…)`, each by itself and where CommonMark 0.30 leaves no doubt (6.2 and 6.3), into
 * blocks of prose: what md4c would make of it, places too. False, and nothing done, for every other text. */
bool prose_read_plain(struct arena *arena, struct str text, const struct diag_origin *origin,
                      struct prose *prose);

#endif
