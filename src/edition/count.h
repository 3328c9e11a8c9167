/* What is counted of a filtered spec. */
#ifndef BRIEFING_EDITION_COUNT_H
#define BRIEFING_EDITION_COUNT_H

#include "edition/ids.h"
#include "model/spec.h"

/* Sources that repeat one another, directly or by way of others, or share a publisher count once. */
size_t count_independent(struct arena *arena, const struct source_list *sources, const struct id_index *ids);

/* Words of the running text: all that is read from the headline to the timeline, and the remarks about it. Source list,
 * legends and legal text are looked up, not read. */
size_t count_words(const struct spec *spec);

/* At 230 words a minute, begun minutes counting whole; at least 1. */
size_t count_minutes(size_t words);

#endif
