/* A sealed PDF opened: for programs that must not be told its password. */
#ifndef BRIEFING_PDF_UNSEAL_H
#define BRIEFING_PDF_UNSEAL_H

#include "base/buf.h"
#include "diag/diag.h"

/* Appends a PDF that needs no password and shows the same. false with a diagnostic about the file called name
 * when it does not open with the password (NULL: none) or is no PDF; a damaged one is repaired where libqpdf
 * can. As with pdf_inspect: whoever reads files of others limits the memory and time of the process. */
bool pdf_unseal(struct str file, const char *name, const char *password, struct buf *out,
                struct diags *diags);

#endif
