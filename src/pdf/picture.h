/* Pictures as image XObjects, one for each digest (ISO 32000-1, 8.9.5). */
#ifndef BRIEFING_PDF_PICTURE_H
#define BRIEFING_PDF_PICTURE_H

#include "layout/page.h"
#include "pdf/object.h"

struct picture_use {
    const struct image *image;
    struct object *object;
};

struct pictures {
    struct arena *arena;
    struct picture_use *items; /* number i is the resource /Ii */
    size_t count, cap;
};

struct picture_form;

/* Outlives documents: what a publisher's mark looks like in a PDF, for every briefing that bears it. */
struct picture_cache {
    struct picture_form *first;
    size_t bytes;
};

/* Walks all pages and writes each picture once. The cache keeps the streams that the objects borrow: trim it only after
 * the objects are saved. */
void pictures_write(struct pictures *pictures, struct objects *objects, struct picture_cache *cache,
                    const struct pages *pages);

/* Empties the cache once it has grown beyond what is worth keeping; done empties it. */
void picture_cache_trim(struct picture_cache *cache);
void picture_cache_done(struct picture_cache *cache);

/* The number of a picture that was written. */
size_t pictures_find(const struct pictures *pictures, const struct image *image);

/* Samples of one plane set, packed: the entries of its dictionary, and its deflated data, both in malloc'ed memory. */
struct picture_part {
    struct buf entries, data;
};

/* Packs width × height samples of components bytes each (picture_pack.c): as indices into a palette where there are few
 * colours, as they are where they are flat, else filtered as PNG filters photographs. */
void picture_pack(struct picture_part *part, struct objects *objects, struct str samples, int width, int height,
                  int components);

#endif
