/* Words whose breaks have been asked for before: the same ones come in every document. */
#ifndef BRIEFING_TEXT_HYPHEN_CACHE_H
#define BRIEFING_TEXT_HYPHEN_CACHE_H

#include "text/hyphen.h"

struct hyphen_cache;

struct hyphen_cache *hyphen_cache_open(void);
void hyphen_cache_close(struct hyphen_cache *cache);

/* As hyphen_word. Takes 64 KiB at most, whatever it is asked for: of two words that share a place it keeps
 * the later one. */
void hyphen_cache_word(struct hyphen_cache *cache, const struct hyphen_table *table, const uint32_t *letters,
                       size_t count, bool *points);

#endif
