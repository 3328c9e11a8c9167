/* Pictures made byte by byte. */
#include "image_files.h"

#include <libdeflate.h>

#include <string.h>

static void put32(struct buf *out, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_char(out, (char)(value >> shift));
}

static void put_chunk(struct buf *out, const char *type, const void *data, size_t n)
{
    put32(out, (uint32_t)n);
    size_t from = out->n;
    buf_text(out, type);
    buf_str(out, (struct str){data, n});
    put32(out, libdeflate_crc32(0, out->p + from, out->n - from));
}

static void put_header(struct buf *out, uint32_t width, uint32_t height, int depth, int colour, bool interlaced)
{
    struct buf header = {0};
    buf_add(out, "\x89PNG\r\n\x1A\n", 8);
    put32(&header, width);
    put32(&header, height);
    const char rest[5] = {(char)depth, (char)colour, 0, 0, (char)interlaced};
    buf_add(&header, rest, 5);
    put_chunk(out, "IHDR", header.p, header.n);
    buf_done(&header);
}

void png_header(struct buf *out, uint32_t width, uint32_t height)
{
    put_header(out, width, height, 8, 2, false);
    put_chunk(out, "IDAT", "\x78\x9c\x03\x00", 4);
}

static void put_rows(struct buf *rows, uint32_t width, uint32_t height, int depth, int channels, bool palette)
{
    size_t bytes = ((size_t)width * (size_t)channels * (size_t)depth + 7) / 8;
    if (width == 0 || height == 0)
        return;
    for (uint32_t y = 0; y < height; y++) {
        buf_char(rows, 0);
        for (size_t i = 0; i < bytes; i++)
            buf_char(rows, palette ? (char)0x10 : (char)(y * 37 + i * 11));
    }
}

void png_file(struct buf *out, uint32_t width, uint32_t height, int colour, int depth, bool interlaced)
{
    static const int channels_of[] = {1, 0, 3, 1, 2, 0, 4};
    static const struct { uint32_t x, y, dx, dy; } passes[] = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
    struct buf rows = {0}, packed = {0};
    int channels = channels_of[colour];
    put_header(out, width, height, depth, colour, interlaced);
    if (colour == 3) {
        char palette[17 * 3];
        for (size_t i = 0; i < sizeof palette; i++)
            palette[i] = (char)(i * 5);
        put_chunk(out, "PLTE", palette, depth == 4 ? 16 * 3 : sizeof palette);
    }
    if (!interlaced)
        put_rows(&rows, width, height, depth, channels, colour == 3);
    for (size_t i = 0; interlaced && i < 7; i++)
        put_rows(&rows, (width - passes[i].x + passes[i].dx - 1) / passes[i].dx,
                 (height - passes[i].y + passes[i].dy - 1) / passes[i].dy, depth, channels, colour == 3);
    struct libdeflate_compressor *deflater = libdeflate_alloc_compressor(6);
    buf_reserve(&packed, libdeflate_zlib_compress_bound(deflater, rows.n));
    packed.n = libdeflate_zlib_compress(deflater, rows.p, rows.n, packed.p, packed.cap);
    libdeflate_free_compressor(deflater);
    put_chunk(out, "IDAT", packed.p, packed.n);
    put_chunk(out, "IEND", NULL, 0);
    buf_done(&rows);
    buf_done(&packed);
}

void png_fix_sums(struct buf *file)
{
    for (size_t at = 8; at + 12 <= file->n;) {
        const unsigned char *p = (const unsigned char *)file->p + at;
        size_t n = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
        if (n > file->n - at - 12)
            return;
        uint32_t sum = libdeflate_crc32(0, p + 4, n + 4);
        for (int i = 0; i < 4; i++)
            file->p[at + 8 + n + (size_t)i] = (char)(sum >> (24 - 8 * i));
        at += 12 + n;
    }
}

static void put_segment(struct buf *out, int marker, const void *data, size_t n)
{
    const char head[4] = {(char)0xFF, (char)marker, (char)((n + 2) >> 8), (char)(n + 2)};
    buf_add(out, head, 4);
    buf_add(out, data, n);
}

static void put_huffman(struct buf *out, char id, char value)
{
    char table[18] = {id, 1}; /* one code of one bit */
    table[17] = value;
    put_segment(out, 0xC4, table, sizeof table);
}

void jpeg_file(struct buf *out, const struct jpeg_options *options)
{
    char quantizer[65];
    memset(quantizer, 1, sizeof quantizer);
    quantizer[0] = 0;
    buf_add(out, "\xFF\xD8", 2);
    put_segment(out, 0xE0, "JFIF\0\1\1\0\0\1\0\1\0\0", 14);
    if (options->comment)
        put_segment(out, 0xFE, options->comment, strlen(options->comment));
    if (options->orientation) {
        char exif[] = "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x01\0\0\0\0\0\0";
        exif[24] = (char)options->orientation;
        put_segment(out, 0xE1, exif, sizeof exif - 1);
    }
    put_segment(out, 0xDB, quantizer, sizeof quantizer);
    char frame[6 + 4 * 3] = {(char)(options->precision ? options->precision : 8), 0, 8, 0, 16,
                             (char)options->components};
    char scan[1 + 4 * 2 + 3] = {(char)options->components};
    for (int i = 0; i < options->components; i++) {
        frame[6 + 3 * i] = (char)(i + 1);
        frame[7 + 3 * i] = 0x11;
        scan[1 + 2 * i] = (char)(i + 1);
    }
    scan[1 + 2 * options->components + 1] = 63;
    put_segment(out, options->frame ? options->frame : 0xC0, frame, 6 + 3 * (size_t)options->components);
    if (!options->without_tables) {
        put_huffman(out, 0x00, 0);
        put_huffman(out, 0x10, 0);
    }
    put_segment(out, 0xDA, scan, 4 + 2 * (size_t)options->components);
    /* Two blocks a component (of 16 by 8 pixels), each of two bits 0: no difference, no more coefficients. */
    size_t bytes = ((size_t)options->components * 2 * 2 + 7) / 8;
    unsigned used = (unsigned)((size_t)options->components * 4 % 8);
    for (size_t i = 0; i < bytes; i++)
        buf_char(out, i + 1 == bytes && used ? (char)(0xFF >> used) : 0);
    buf_add(out, "\xFF\xD9", 2);
}
