/* What the document says of itself: information dictionary, XMP, output intent, and what else PDF/A-3a (ISO 19005-3)
 * and PDF/UA-1 (ISO 14289-1) want in the catalogue. */
#ifndef BRIEFING_PDF_METADATA_H
#define BRIEFING_PDF_METADATA_H

#include "pdf/object.h"
#include "pdf/pdf.h"

/* The name of the property in XMP that holds a copy's id. */
#define METADATA_COPY "briefing:copy"

/* Returns the XMP stream. */
struct object *metadata_write(const struct pdf_metadata *given, struct objects *objects);

/* The XMP packet (ISO 16684-1), for tests too. Characters that XML 1.0 forbids are left out. */
void metadata_xmp(struct buf *out, const struct pdf_metadata *metadata);

/* An sRGB profile, version 4 of ICC.1:2004, in static memory. */
struct str icc_srgb(void);

#endif
