/* What does not fit the limits of a PDF/A, and is told before it is written. */
#ifndef BRIEFING_PDF_LIMITS_H
#define BRIEFING_PDF_LIMITS_H

#include "pdf/pdf.h"

/* Warns of each text that the file can only hold the beginning of (ISO 19005-3, 6.1.13: strings of at most 32,767
 * bytes): alternative texts, expansions, titles, links, metadata. */
void limits_check(const struct pages *pages, const struct pdf_metadata *metadata, struct diags *diags);

#endif
