/* The decoders behind image_load. */
#ifndef BRIEFING_IMAGE_DECODE_H
#define BRIEFING_IMAGE_DECODE_H

#include "image/image.h"

/* What is wrong with a picture. code is DIAG_CODE_COUNT when nothing is. */
struct image_fault {
    enum diag_code code;
    const char *what; /* "ends in the middle of a segment": completes a sentence about the file */
    const char *hint; /* or NULL */
};

/* Whether the file starts like one. */
bool png_is(struct str file);
bool jpeg_is(struct str file);

/* Decodes to 8-bit grey or RGB, alpha apart. Grey and opaque pictures are recognised by their pixels. */
bool png_decode(struct arena *arena, struct str file, struct image *image, struct image_fault *fault);

/* Checks the whole row of segments and takes the file over without its comments and application data, which
 * the page does not need and which may tell more than the publisher means to (place, author, thumbnails). */
bool jpeg_take(struct arena *arena, struct str file, struct image *image, struct image_fault *fault);

/* One or the other, by how the file starts. */
bool image_decode(struct arena *arena, struct str file, struct image *image, struct image_fault *fault);

/* Sets the fault; returns false. */
bool image_fail(struct image_fault *fault, enum diag_code code, const char *what, const char *hint);

/* Dimensions within the limits, else a fault. */
bool image_size_allowed(uint32_t width, uint32_t height, struct image_fault *fault);

#endif
