/* Reading single values out of an XMP packet (ISO 16684-1). */
#ifndef BRIEFING_PDF_XMP_H
#define BRIEFING_PDF_XMP_H

#include "base/str.h"

/* The value of a property by its customary name ("pdfaid:part"), as an element or an attribute; of an array
 * the first item. Empty when it is not there. No XML parser: namespaces are taken by their customary
 * prefixes, as PDF/A fixes them for the properties that tell of standards. Time is linear in the packet's
 * length. */
struct str xmp_find(struct arena *arena, struct str packet, const char *name);

#endif
