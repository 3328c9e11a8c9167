/* Copy ids in the text of a PDF. */
#ifndef BRIEFING_TRACE_IDS_H
#define BRIEFING_TRACE_IDS_H

#include "base/copy_id.h"
#include "base/date.h"
#include "trace/words.h"

struct trace_id {
    struct copy_id id;
    uint32_t first_page, pages; /* where it stands, and on how many pages */
    bool shaped;                /* written with its hyphens: hardly chance. Others may be words of the text */
};
struct trace_ids {
    struct trace_id *items; /* ordered by id, each once */
    size_t count, cap;
};

/* Every stretch of letters that reads as a copy id, also over spaces and the ends of words, lines and pages.
 */
void ids_read(struct arena *arena, const struct trace_words *words, struct trace_ids *ids);

/* The one of that id, or NULL. */
const struct trace_id *ids_find(const struct trace_ids *ids, const struct copy_id *id);

/* Editions that the text may be of. */
struct trace_editions {
    struct edition_id *items;
    size_t count, cap;
};
/* Those that stand in it as "2026-Q4", "Q4 2026" or "2026-11". */
void editions_read(struct arena *arena, const struct trace_words *words, struct trace_editions *editions);
/* Every quarter and month of the years that stand in it, and the years, the latest first. */
void editions_of_years(struct arena *arena, const struct trace_words *words, struct trace_editions *editions);
/* The same of the ten years that end with a year. */
void editions_before(struct arena *arena, int16_t year, struct trace_editions *editions);
/* Adds one that is not there yet. */
void editions_add(struct arena *arena, struct trace_editions *editions, struct edition_id edition);

#endif
