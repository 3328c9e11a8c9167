/* Outlines of the bundled OpenType faces, made at build time (cff_compile.c): the same shapes as in the font
 * file, without hints and subroutines, and in the fewest bytes. */
#ifndef BRIEFING_PDF_CFF_TABLE_H
#define BRIEFING_PDF_CFF_TABLE_H

#include <stdint.h>

#include "base/str.h"

enum { CFF_STANDARD_STRINGS = 391 }; /* Adobe Technical Note 5176, Appendix A */

struct cff_glyph {
    uint32_t at; /* where its charstring begins among the bytes */
    /* The number of a standard string, or that many more than where it stands among the strings. */
    uint16_t name;
    int16_t width; /* as its charstring says it; the em has 1,000 */
};

struct cff_table {
    uint64_t digest;                /* prelink_digest of the font file */
    const struct cff_glyph *glyphs; /* by their ids, and one more, which begins where the last ends */
    const unsigned char *bytes;     /* charstrings (Adobe Technical Note 5177), with their widths */
    const char *strings;            /* each with a NUL behind it */
    uint32_t glyph_count;
    int16_t default_width, nominal_width; /* defaultWidthX and nominalWidthX of the charstrings */
    int16_t box[4];                       /* FontBBox */
};

extern const struct cff_table cff_tables[];
extern const size_t cff_table_count;

/* The table of a font file, or NULL. */
const struct cff_table *cff_table_find(struct str font);

/* A glyph's charstring; the glyph must be one of the face. */
struct str cff_table_charstring(const struct cff_table *table, uint32_t glyph);

/* A glyph's name, where it is no standard string; else p is NULL, and its number tells it. */
struct str cff_table_name(const struct cff_table *table, uint32_t glyph);

#endif
