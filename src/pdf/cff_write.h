/* A font program in the Compact Font Format. */
#ifndef BRIEFING_PDF_CFF_WRITE_H
#define BRIEFING_PDF_CFF_WRITE_H

#include "base/buf.h"
#include "pdf/cff_table.h"

enum { CFF_CODES = 256 };

/* A code that shows a glyph which another code shows too. */
struct cff_twin {
    uint8_t code;
    uint32_t glyph;
};

/* Appends the program of a simple font (Adobe Technical Note 5176; ISO 32000-1, 9.9, Type1C) with .notdef,
 * which is blank, and the glyphs of codes: glyphs[code] is one of the face, 0 where the code shows none; no
 * two are the same, and each twin's is among them. */
void cff_write(const struct cff_table *table, struct str name, const uint32_t glyphs[CFF_CODES],
               const struct cff_twin *twins, size_t twin_count, struct buf *out);

#endif
