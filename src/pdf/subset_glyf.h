/* Subsetting a TrueType face without HarfBuzz. */
#ifndef BRIEFING_PDF_SUBSET_GLYF_H
#define BRIEFING_PDF_SUBSET_GLYF_H

#include "base/buf.h"
#include "text/text.h"

/* Appends a font file of .notdef, the glyphs of ids (in ascending order) and what these are composed of,
 * without instructions, to out, and tells the new id of each: what hb-subset makes of the same tables, but
 * without dates, and contours of a glyph may stand in another order and begin at other points. For
 * faces that are known whole; false where one does not read as it should, or its outlines are more than 128
 * KiB. */
bool subset_glyf(const struct text_face *face, const uint32_t *ids, uint16_t *cids, size_t count,
                 struct buf *out);

#endif
