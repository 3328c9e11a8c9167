/* Font programs kept for later documents: briefings of one publisher show much the same glyphs, and what is
 * made of a face and a set of glyphs depends on nothing else. */
#ifndef BRIEFING_PDF_PROGRAM_H
#define BRIEFING_PDF_PROGRAM_H

#include <stdint.h>

#include "base/buf.h"

struct text_face;
struct program_kept;

/* A face cut down to some glyphs, as a PDF holds it. */
struct program {
    const struct text_face *face;
    uint32_t *ids;  /* glyphs of the face, ascending */
    uint16_t *cids; /* of each of them, in the PDF */
    size_t count;
    bool cff;
    size_t bytes; /* before it was deflated */
    struct str deflated;
    char tag[7];                                /* six letters made from it (ISO 32000-1, 9.6.4) */
    struct str map, map_deflated;               /* that goes with it (font_write.c), of the last document */
};

/* Outlives documents. The one used last comes first. */
struct program_cache {
    struct program_kept *first;
    size_t bytes, uncounted;
};

/* The program of a face for glyphs in ascending order of id, or NULL. */
struct program *program_find(struct program_cache *cache, const struct text_face *face, const uint32_t *ids,
                             size_t count);

/* Keeps a copy of a program that is not there yet; its map is empty, and so is what is deflated: to be
 * set to malloc'ed memory before the next trim. */
struct program *program_keep(struct program_cache *cache, const struct program *program);

/* Replaces what it keeps of the map by copies of both. */
void program_keep_map(struct program_cache *cache, struct program *program, struct str plain,
                      struct str deflated);

/* Frees what was used longest ago, down to what is worth keeping; done frees all. Documents borrow what is
 * kept: only between them. */
void program_cache_trim(struct program_cache *cache);
void program_cache_done(struct program_cache *cache);

#endif
