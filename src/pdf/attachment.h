/* Writing a file into the file. */
#ifndef BRIEFING_PDF_ATTACHMENT_H
#define BRIEFING_PDF_ATTACHMENT_H

#include "pdf/object.h"
#include "pdf/pdf.h"

/* Embeds it and ties it to the document as a whole; nothing when it has no data. date, if set, is when it was
 * made. */
void attachment_write(const struct pdf_attachment *attachment, struct date date, struct objects *objects);

#endif
