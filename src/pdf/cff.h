/* What the glyphs of a CFF font program are called, as far as a PDF must know it. */
#ifndef BRIEFING_PDF_CFF_H
#define BRIEFING_PDF_CFF_H

#include <stdint.h>

#include "base/str.h"

/* For the table 'CFF ' (Adobe Technical Note 5176): fills cids[glyph id] for count glyphs. In a CID-keyed font these
 * are the CIDs of its charset, in any other the glyph ids themselves, which is how a PDF finds glyphs (ISO 32000-1,
 * 9.7.4.2). false when the table is damaged. */
bool cff_cids(struct str table, uint16_t *cids, size_t count);

/* Of a font that is not CID-keyed and has a charset of its own: fills names[glyph id] with the numbers of
 * their strings (section 13). false where it is another, or damaged. */
bool cff_names(struct str table, uint16_t *names, size_t count);

#endif
