/* The front matter of a compendium as blocks: what several editions, bound in one volume, have before them.
 */
#ifndef BRIEFING_BLOCK_COMPENDIUM_H
#define BRIEFING_BLOCK_COMPENDIUM_H

#include "block/block.h"
#include "edition/edition.h"

/* The cover: publisher, product, edition, tier, day, number of briefings. The document's metadata are the
 * volume's: title, author, subject, keywords (the tags of all), and the language, which is the house's or
 * else the first edition's. The marking of its pages is the strictest of all. There is at least one edition;
 * all are of one house and tier. Nothing but the editions is read. Never NULL; everything lives in the arena
 * or in the editions. */
struct block_document *block_compendium_cover(struct arena *arena, const struct edition *const *editions,
                                              size_t count);

/* The contents, each line linked to the anchor of its briefing. first_pages[i]: the number of the first page
 * of that of editions[i]. with_summary: the summary table follows in the same document. */
struct block_document *block_compendium_contents(struct arena *arena, const struct edition *const *editions,
                                                 size_t count, const size_t *first_pages, bool with_summary);

/* The summary table by itself: score, grade, label, outlook and change of each. */
struct block_document *block_compendium_summary(struct arena *arena, const struct edition *const *editions,
                                                size_t count);

/* The anchor of a briefing, counted from 1: "briefing-1". */
struct str block_compendium_anchor(struct arena *arena, size_t number);

/* The edition that all of them are which are of one, or kind NONE. */
struct edition_id block_compendium_edition(const struct edition *const *editions, size_t count);

/* The latest day of all; may be unset. */
struct date block_compendium_date(const struct edition *const *editions, size_t count);

#endif
