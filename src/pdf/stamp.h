/* The copy line's content stream: the same for all pages and copies but for the letters of the id. */
#ifndef BRIEFING_PDF_STAMP_H
#define BRIEFING_PDF_STAMP_H

#include "base/copy_id.h"
#include "pdf/font.h"

enum {
    STAMP_LETTERS = sizeof COPY_ID_ALPHABET,
    STAMP_ROOM = 24,
    STAMP_INDENT = 6, /* bytes of a number before the first letter */
    STAMP_ID = 19     /* letters and hyphens */
};

struct stamp {
    size_t at;                             /* in the stream: of the first letter */
    size_t n;                              /* bytes of a letter */
    int32_t width_uem;                     /* not 0: ids end where one of that width does */
    int32_t widths_uem[STAMP_LETTERS];
    char texts[STAMP_LETTERS][STAMP_ROOM]; /* of each letter, in order of the alphabet, then '-' */
};

/* Appends the stream, an artifact (ISO 32000-1, 14.8.2.2), with some id. Fonts must be written, the slot's
 * face among them. */
struct stamp stamp_write(struct buf *out, const struct fonts *fonts, const struct pages *pages);

/* Writes an id into the stream at p. */
void stamp_sign(const struct stamp *stamp, const struct copy_id *id, char *p);

#endif
