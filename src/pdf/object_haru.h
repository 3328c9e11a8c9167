/* What object.c and save.c share: the document that libharu holds. */
#ifndef BRIEFING_PDF_OBJECT_HARU_H
#define BRIEFING_PDF_OBJECT_HARU_H

#include <hpdf.h>

#include "pdf/object.h"

struct objects {
    struct arena *arena;
    struct deflater *deflater;
    struct buf entries; /* being written */
    HPDF_Doc doc;
    unsigned failed; /* first code */
    uint32_t next_id;
    struct object catalog, pages, info;
    struct object *first, **last; /* those above not included */
};

/* Keeps the first of the codes that libharu reports, in its return values or in the document. */
void objects_note(struct objects *objects, HPDF_STATUS status);

/* Appends what stands in an object's dictionary after the entries added one by one; of a stream also Filter
 * and Length.
 */
void object_entries(const struct object *object, struct buf *out);

#endif
