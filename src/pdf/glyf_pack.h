/* Build tool: a simple glyph written anew. */
#ifndef BRIEFING_PDF_GLYF_PACK_H
#define BRIEFING_PDF_GLYF_PACK_H

#include <stdbool.h>

#include "base/buf.h"

/* Appends a simple glyph of table glyf (OpenType 1.9, Simple Glyph Description) without instructions.
 * Contours and points are the same; which contour and which of its points comes first is chosen anew. false
 * when the glyph does not read as it should. */
bool glyf_pack(struct str glyph, struct buf *out);

#endif
