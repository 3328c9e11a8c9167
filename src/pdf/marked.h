/* A page's content stream with marked words (mark.h): compressed once, with holes where the numbers stand
 * that differ from copy to copy. */
#ifndef BRIEFING_PDF_MARKED_H
#define BRIEFING_PDF_MARKED_H

#include "base/copy_id.h"
#include "pdf/content.h"
#include "pdf/holes.h"

struct marked_word {
    struct content_spot before, behind; /* their places in the compressed data */
    struct adler gain;                  /* of sign +1 */
    struct str letters;
};

struct marked_stream {
    struct object *object; /* NULL: nothing is marked */
    struct marked_word *words;
    size_t count;
    size_t data_n;      /* compressed bytes */
    struct adler adler; /* when all signs are -1 */
};

/* Makes the object a late stream of what content holds. What the result holds lives in keep. Should zlib
 * fail, the stream is like any other, and nothing is marked. */
struct marked_stream marked_deflate(struct arena *keep, struct object *object, struct str content,
                                    const struct content_marks *marks);

/* Gives the compressed data at p the signs of a copy. */
void marked_sign(const struct marked_stream *stream, const struct copy_id *id, char *p);

#endif
