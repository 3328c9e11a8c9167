/* Small pictures made for tests. */
#ifndef IMAGE_FILES_H
#define IMAGE_FILES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* A PNG with a pattern; colour and depth as in its header. */
void png_file(struct buf *out, uint32_t width, uint32_t height, int colour, int depth, bool interlaced);

/* Only a signature and a header, with a few bytes of data. */
void png_header(struct buf *out, uint32_t width, uint32_t height);

/* Sets the checksum of every chunk right again. */
void png_fix_sums(struct buf *file);

struct jpeg_options {
    int components;      /* 1, 3, 4 */
    int orientation;     /* of an Exif segment; 0: none */
    int frame;           /* marker, 0: SOF0 */
    int precision;       /* 0: 8 bits */
    bool without_tables; /* no Huffman tables */
    const char *comment;
};

/* A JPEG of 16 by 8 pixels, one grey. */
void jpeg_file(struct buf *out, const struct jpeg_options *options);

#endif
