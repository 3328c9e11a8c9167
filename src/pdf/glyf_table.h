/* Outlines of the bundled faces, made at build time (glyf_compile.c): the same shapes as in the font file,
 * without instructions and in the fewest bytes that also deflate best. */
#ifndef BRIEFING_PDF_GLYF_TABLE_H
#define BRIEFING_PDF_GLYF_TABLE_H

#include <stdint.h>

#include "base/str.h"

struct glyf_glyph {
    uint32_t at; /* among the bytes */
    uint16_t glyph, size;
};

struct glyf_table {
    uint64_t digest;                 /* prelink_digest of the font file */
    const struct glyf_glyph *glyphs; /* ascending */
    const unsigned char *bytes;
    uint32_t glyph_count;
};

extern const struct glyf_table glyf_tables[];
extern const size_t glyf_table_count;

/* The table of a font file, or NULL. */
const struct glyf_table *glyf_table_find(struct str font);

/* A glyph's description, as table glyf holds it (OpenType 1.9); empty where it is blank. p is NULL where the
 * glyph is not among them. */
struct str glyf_glyph_find(const struct glyf_table *table, uint32_t glyph);

#endif
