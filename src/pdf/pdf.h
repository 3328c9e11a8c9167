/* Pages → the bytes of a PDF, over libharu's object layer. */
#ifndef BRIEFING_PDF_PDF_H
#define BRIEFING_PDF_PDF_H

#include "base/aside.h"
#include "base/buf.h"
#include "base/date.h"
#include "layout/page.h"

/* A file in the file. */
struct pdf_attachment {
    struct str name, media_type, description;
    const char *relationship; /* to the document: Source, Data … (ISO 19005-3, annex E) */
    struct str data;          /* deflated (zlib form, RFC 1950): see pdf_pack */
    size_t size;              /* in bytes, before that */
};

struct pdf_metadata {
    struct str title, author, subject, keywords, language, creator;
    struct str producer;       /* "briefing 0.1.0" */
    struct date date;          /* unset: none is written */
    struct str digest;         /* hex, of the edition; also gives /ID */
    struct str entity, edition, tier; /* for inspect */
    struct str copy;           /* id, of a personal copy */
    bool page_labels_from_one; /* labels 1, 2, 3 … */
    bool sealed;               /* to be encrypted: PDF/A forbids that, so it is not claimed */
    const struct pdf_attachment *attachments; /* names differ */
    size_t attachment_count;
};

/* Opens libharu, which the first document does else. By any thread; where it is gone, the first document
 * tells. */
void pdf_library_open(void);

/* Keeps what costs time between documents of one process (prepared faces, packed pictures, a compressor). The fonts
 * that pages are set in must live as long as the writer does. */
struct pdf_writer;
struct pdf_writer *pdf_writer_open(void);
void pdf_writer_close(struct pdf_writer *writer);

/* Compresses aside from now on; NULL: no more. The bytes are the same. Borrowed; between documents only. */
void pdf_writer_use(struct pdf_writer *writer, struct aside *aside);

/* Makes ready aside what the first PDF needs, for when pages are about to be done. */
void pdf_writer_ready(struct pdf_writer *writer);

/* Deflates an attachment's data into out, in place of what is there. who: the thread that calls it. */
void pdf_pack(struct pdf_writer *writer, enum aside_who who, struct str data, struct buf *out);

/* Appends the whole PDF to out. false with a diagnostic when a library fails. The same pages give the same bytes. */
bool pdf_write(struct pdf_writer *writer, const struct pages *pages, const struct pdf_metadata *metadata,
               struct buf *out,
               struct diags *diags);

#endif
