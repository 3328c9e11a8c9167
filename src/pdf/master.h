/* An edition's PDF made once, of which copies differ in a few places: the letters of the copy line, the copy
 * id in XMP, the second part of /ID and, with strong marks, numbers in the content streams. All of these have
 * fixed lengths, and what holds them stands at the end of the file: a copy is the master's bytes with these
 * places filled in. */
#ifndef BRIEFING_PDF_MASTER_H
#define BRIEFING_PDF_MASTER_H

#include "base/copy_id.h"
#include "pdf/pdf.h"

struct pdf_master;

/* The pages must have a slot for the copy line. strong_marks: see mark.h. NULL with a diagnostic when a
 * library fails. Needs neither the pages nor the writer any more once it is made. */
struct pdf_master *pdf_master_open(struct pdf_writer *writer, const struct pages *pages,
                                   const struct pdf_metadata *metadata, bool strong_marks,
                                   struct diags *diags);
void pdf_master_close(struct pdf_master *master);

/* Appends the copy of that id. Nothing can fail. Depends on the id only. */
void pdf_master_copy(const struct pdf_master *master, const struct copy_id *id, struct buf *out);

/* The digest of a copy that pdf_master_copy made: the same as of hash.h over all its bytes, but what copies
 * share is not read again. */
void pdf_master_digest(const struct pdf_master *master, struct str copy, unsigned char digest[32]);

/* How many words are marked, for tests and measures. */
size_t pdf_master_marks(const struct pdf_master *master);

#endif
