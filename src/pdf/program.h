/* Font programs kept for later documents: briefings of one publisher show much the same glyphs, and what is
 * made of a face, a set of glyphs and their codes depends on nothing else. */
#ifndef BRIEFING_PDF_PROGRAM_H
#define BRIEFING_PDF_PROGRAM_H

#include <stdint.h>

#include "base/buf.h"

struct text_face;
struct program_kept;

/* What a program is made of. */
struct program_key {
    const struct text_face *face;
    const uint32_t *words; /* ids of glyphs, ascending; then what else counts */
    size_t glyph_count, word_count;
};

/* A face cut down to some glyphs, as a PDF holds it. */
struct program {
    struct program_key key;
    uint16_t *gids;      /* of each glyph, in the program; not where this is found by codes */
    int32_t *widths_uem; /* of each, advance in millionths of an em */
    bool cff;            /* of a simple font Type1C, of a wide one CIDFontType0C; else TrueType */
    size_t bytes;        /* before it was deflated */
    struct str deflated;
    char tag[7];                  /* six letters made from it (ISO 32000-1, 9.6.4) */
    struct str name;              /* with the tag */
    struct str widths;            /* the font's entries that say them */
    struct str descriptor;        /* all of it but the number of the program */
    struct str map, map_deflated; /* ToUnicode of a wide font, of the last document */
};

/* Outlives documents. The one used last comes first. */
struct program_cache {
    struct program_kept *first;
    size_t bytes, uncounted;
};

/* Where a glyph, which must be one of them, stands among a key's glyphs. */
size_t program_glyph(const struct program_key *key, uint32_t id);

/* The program of a key, or NULL. */
struct program *program_find(struct program_cache *cache, const struct program_key *key);

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
