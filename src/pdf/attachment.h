/* Writing files into the file. */
#ifndef BRIEFING_PDF_ATTACHMENT_H
#define BRIEFING_PDF_ATTACHMENT_H

#include "pdf/object.h"
#include "pdf/pdf.h"

/* Embeds them and ties them to the document as a whole; one without data is passed over. date, if set, is when they
 * were made. */
void attachments_write(const struct pdf_attachment *attachments, size_t count, struct date date,
                       struct objects *objects);

#endif
