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

/* Walks all pages and writes each picture once. */
void pictures_write(struct pictures *pictures, struct objects *objects, const struct pages *pages);

/* The number of a picture that was written. */
size_t pictures_find(const struct pictures *pictures, const struct image *image);

#endif
