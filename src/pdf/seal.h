/* The last pass over a finished PDF, by libqpdf: encryption and linearisation. */
#ifndef BRIEFING_PDF_SEAL_H
#define BRIEFING_PDF_SEAL_H

#include "base/buf.h"
#include "diag/diag.h"

struct pdf_seal_options {
    const char *user_password;  /* NULL: not encrypted. Both prepared by password_prepare, borrowed */
    const char *owner_password; /* NULL: one by chance, which nobody knows */
    bool linearize;
};

/* Replaces a PDF by its sealed or linearised form; does nothing when neither is asked for. Sealed: AES-256 of
 * revision 6 (ISO 32000-2, 7.6), metadata and attachments included; it may be printed and read to the blind, but
 * neither changed nor copied from; /ID is by chance then, so that a sealed file does not tell even which edition it is.
 * Only linearised: the same bytes for the same PDF, and still PDF/A. false with a diagnostic when the library is not
 * there or fails; then the buffer is unchanged. libqpdf keeps copies of the passwords of its own, which it frees unwiped. */
bool pdf_seal(struct buf *pdf, const struct pdf_seal_options *options, struct diags *diags);

#endif
