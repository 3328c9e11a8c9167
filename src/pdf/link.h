/* Links: annotations on pages (ISO 32000-1, 12.5.6.5) and the outline (12.3.3). */
#ifndef BRIEFING_PDF_LINK_H
#define BRIEFING_PDF_LINK_H

#include "pdf/structure.h"

/* Writes the annotations of all pages and enters them in the page objects and the structure. */
void links_write(struct structure *structure, struct objects *objects, struct object *const *page_objects);

/* Writes the outline and enters it in the catalogue; nothing when it has no entry. */
void outline_write(const struct pages *pages, struct objects *objects, struct object *const *page_objects);

/* "[12 0 R/XYZ null 700 null]". false and nothing when the destination is not on a page. */
bool link_destination(struct buf *out, const struct pages *pages, uint32_t dest, struct object *const *page_objects);

#endif
