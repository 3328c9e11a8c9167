/* Subsetting a TrueType face without HarfBuzz. */
#ifndef BRIEFING_PDF_SUBSET_GLYF_H
#define BRIEFING_PDF_SUBSET_GLYF_H

#include "base/buf.h"
#include "pdf/sfnt.h"
#include "text/text.h"

/* Cuts a face down to .notdef, the glyphs of ids (in ascending order) and what these are composed of, without
 * instructions: what hb-subset makes of the same tables, but without dates, and contours of a glyph may stand
 * in another order and begin at other points. Sets the tables of sfnt, whose bytes are appended to out, and
 * tells the new id of each glyph. For faces that are known whole; false where one does not read as it should,
 * or its outlines are more than 128 KiB. */
bool subset_glyf(const struct text_face *face, const uint32_t *ids, uint16_t *gids, size_t count,
                 struct sfnt *sfnt, struct buf *out);

#endif
