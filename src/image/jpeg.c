/* JPEG (ITU-T T.81), checked from SOI to EOI and passed on undecoded: what PDF calls DCTDecode (ISO 32000-1, 7.4.8). */
#include "image/decode.h"

#include <string.h>

#include "base/buf.h"

enum {
    SOF0 = 0xC0, SOF1 = 0xC1, SOF2 = 0xC2, DHT = 0xC4, DAC = 0xCC, SOF15 = 0xCF,
    RST0 = 0xD0, RST7 = 0xD7, SOI = 0xD8, EOI = 0xD9, SOS = 0xDA, DQT = 0xDB, DNL = 0xDC,
    APP0 = 0xE0, APP1 = 0xE1, APP14 = 0xEE, APP15 = 0xEF, COM = 0xFE, TEM = 0x01
};

struct component {
    unsigned id, quantizer;
};

struct jpeg {
    const unsigned char *p;
    size_t n, at;
    struct image_fault *fault;
    struct buf *kept;      /* the file without what is left out */
    struct component components[4];
    unsigned count;        /* of components; 0: no frame header yet */
    unsigned width, height;
    bool progressive, scanned;
    unsigned quantizers, dc_tables, ac_tables; /* bits: which are defined */
};

static bool damaged(struct jpeg *jpeg, const char *what)
{
    return image_fail(jpeg->fault, DIAG_PICTURE_DAMAGED, what, "save it again, or fetch it again");
}

static unsigned read16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static uint32_t read_tiff(const unsigned char *p, unsigned bytes, bool little)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < bytes; i++)
        value |= (uint32_t)p[i] << 8 * (little ? i : bytes - 1 - i);
    return value;
}

/* Tag 0x0112 of the first directory of an Exif segment (CIPA DC-008, 4.6.4); 1, upright, when there is none. */
static unsigned exif_orientation(const unsigned char *body, size_t n)
{
    if (n < 14 || memcmp(body, "Exif\0\0", 6) != 0)
        return 1;
    const unsigned char *tiff = body + 6;
    size_t size = n - 6;
    bool little = tiff[0] == 'I';
    size_t at = read_tiff(tiff + 4, 4, little);
    if (at > size || size - at < 2)
        return 1;
    size_t entries = read_tiff(tiff + at, 2, little);
    at += 2;
    for (size_t i = 0; i < entries && size - at >= 12; i++, at += 12)
        if (read_tiff(tiff + at, 2, little) == 0x0112)
            return (unsigned)read_tiff(tiff + at + 8, 2, little);
    return 1;
}

/* T.81, B.2.2 */
static bool read_frame(struct jpeg *jpeg, unsigned marker, const unsigned char *body, size_t n)
{
    if (marker > SOF2)
        return image_fail(jpeg->fault, DIAG_PICTURE_FORMAT, "is a JPEG of a kind that PDF does not know",
                          "save it as baseline or progressive JPEG");
    if (jpeg->count)
        return damaged(jpeg, "has two frames");
    if (n < 6 || n != 6 + 3 * (size_t)body[5])
        return damaged(jpeg, "has a wrong frame header");
    if (body[0] != 8)
        return image_fail(jpeg->fault, DIAG_PICTURE_FORMAT, "is a JPEG with more than 8 bits a sample",
                          "save it with 8 bits");
    jpeg->height = read16(body + 1);
    jpeg->width = read16(body + 3);
    jpeg->progressive = marker == SOF2;
    if (body[5] == 4)
        return image_fail(jpeg->fault, DIAG_PICTURE_CMYK, "is in CMYK", "convert it to sRGB and save it again");
    if (body[5] != 1 && body[5] != 3)
        return image_fail(jpeg->fault, DIAG_PICTURE_FORMAT, "is neither grey nor RGB", "save it as sRGB");
    jpeg->count = body[5];
    for (unsigned i = 0; i < jpeg->count; i++) {
        const unsigned char *entry = body + 6 + (size_t)3 * i;
        unsigned across = entry[1] >> 4, down = entry[1] & 15;
        if (across < 1 || across > 4 || down < 1 || down > 4 || entry[2] > 3)
            return damaged(jpeg, "has a wrong frame header");
        jpeg->components[i] = (struct component){entry[0], entry[2]};
    }
    return image_size_allowed(jpeg->width, jpeg->height, jpeg->fault);
}

/* B.2.4.1 */
static bool read_quantizers(struct jpeg *jpeg, const unsigned char *body, size_t n)
{
    while (n) {
        size_t size = 1 + (body[0] >> 4 ? (size_t)128 : 64);
        if (body[0] >> 4 > 1 || (body[0] & 15) > 3 || n < size)
            return damaged(jpeg, "has a wrong quantization table");
        jpeg->quantizers |= 1u << (body[0] & 15);
        body += size;
        n -= size;
    }
    return true;
}

/* B.2.4.2 */
static bool read_huffman(struct jpeg *jpeg, const unsigned char *body, size_t n)
{
    while (n) {
        size_t size = 17;
        for (size_t i = 1; i <= 16 && i < n; i++)
            size += body[i];
        if (n < size || body[0] >> 4 > 1 || (body[0] & 15) > 3 || size > 17 + 256)
            return damaged(jpeg, "has a wrong Huffman table");
        *(body[0] >> 4 ? &jpeg->ac_tables : &jpeg->dc_tables) |= 1u << (body[0] & 15);
        body += size;
        n -= size;
    }
    return true;
}

static const struct component *find_component(const struct jpeg *jpeg, unsigned id)
{
    for (unsigned i = 0; i < jpeg->count; i++)
        if (jpeg->components[i].id == id)
            return &jpeg->components[i];
    return NULL;
}

/* B.2.3: every table that the scan uses must have been defined. */
static bool read_scan(struct jpeg *jpeg, const unsigned char *body, size_t n)
{
    if (jpeg->count == 0)
        return damaged(jpeg, "has a scan before its frame header");
    if (n < 4 || n != 4 + 2 * (size_t)body[0] || body[0] < 1 || body[0] > jpeg->count)
        return damaged(jpeg, "has a wrong scan header");
    const unsigned char *spectrum = body + 1 + 2 * (size_t)body[0];
    bool uses_dc = spectrum[0] == 0 && (!jpeg->progressive || spectrum[2] >> 4 == 0);
    bool uses_ac = spectrum[1] > 0;
    if (spectrum[0] > spectrum[1] || spectrum[1] > 63)
        return damaged(jpeg, "has a wrong scan header");
    for (unsigned i = 0; i < body[0]; i++) {
        const struct component *component = find_component(jpeg, body[1 + 2 * i]);
        unsigned tables = body[2 + 2 * i];
        if (!component || tables >> 4 > 3 || (tables & 15) > 3)
            return damaged(jpeg, "has a wrong scan header");
        if (!(jpeg->quantizers >> component->quantizer & 1) || (uses_dc && !(jpeg->dc_tables >> (tables >> 4) & 1)) ||
            (uses_ac && !(jpeg->ac_tables >> (tables & 15) & 1)))
            return damaged(jpeg, "uses a table that it does not define");
    }
    jpeg->scanned = true;
    return true;
}

/* Passes the coded data: up to the next marker that is neither a stuffed byte nor a restart. */
static bool skip_coded_data(struct jpeg *jpeg)
{
    size_t from = jpeg->at;
    for (;;) {
        const unsigned char *hit = memchr(jpeg->p + jpeg->at, 0xFF, jpeg->n - jpeg->at);
        if (!hit || (size_t)(hit - jpeg->p) + 1 >= jpeg->n)
            return damaged(jpeg, "is cut short");
        jpeg->at = (size_t)(hit - jpeg->p);
        unsigned next = hit[1];
        if (next != 0 && next != 0xFF && !(next >= RST0 && next <= RST7))
            break;
        jpeg->at += next == 0xFF ? 1 : 2;
    }
    if (jpeg->at == from)
        return damaged(jpeg, "has a scan without data");
    buf_add(jpeg->kept, jpeg->p + from, jpeg->at - from);
    return true;
}

static bool is_kept(unsigned marker, const unsigned char *body, size_t n)
{
    if (marker == APP0 || marker == APP14) /* JFIF and Adobe say how colours are coded */
        return marker == APP0 ? n >= 5 && memcmp(body, "JFIF", 5) == 0 : n >= 5 && memcmp(body, "Adobe", 5) == 0;
    return !(marker >= APP1 && marker <= APP15) && marker != COM;
}

static bool read_segment(struct jpeg *jpeg, unsigned marker)
{
    if (jpeg->n - jpeg->at < 2)
        return damaged(jpeg, "is cut short");
    size_t size = read16(jpeg->p + jpeg->at);
    if (size < 2 || size > jpeg->n - jpeg->at)
        return damaged(jpeg, "ends in the middle of a segment");
    const unsigned char *body = jpeg->p + jpeg->at + 2;
    size_t n = size - 2;
    bool ok = true;
    if (marker == DHT)
        ok = read_huffman(jpeg, body, n);
    else if (marker == DQT)
        ok = read_quantizers(jpeg, body, n);
    else if (marker == DNL)
        ok = damaged(jpeg, "does not say its height at its beginning");
    else if (marker >= SOF0 && marker <= SOF15 && marker != DAC)
        ok = read_frame(jpeg, marker, body, n);
    else if (marker == SOS)
        ok = read_scan(jpeg, body, n);
    else if (marker == APP1 && exif_orientation(body, n) > 1)
        ok = image_fail(jpeg->fault, DIAG_PICTURE_ROTATED, "lies on its side", "open it and save it upright");
    if (ok && is_kept(marker, body, n)) {
        unsigned char head[2] = {0xFF, (unsigned char)marker};
        buf_add(jpeg->kept, head, 2);
        buf_add(jpeg->kept, body - 2, size);
    }
    jpeg->at += size;
    return ok && (marker != SOS || skip_coded_data(jpeg));
}

/* Moves past a marker, with its fill bytes (B.1.1.2). */
static bool read_marker(struct jpeg *jpeg, unsigned *marker)
{
    if (jpeg->at >= jpeg->n || jpeg->p[jpeg->at] != 0xFF)
        return damaged(jpeg, jpeg->at >= jpeg->n ? "is cut short" : "has no marker where a segment should start");
    while (jpeg->at < jpeg->n && jpeg->p[jpeg->at] == 0xFF)
        jpeg->at++;
    if (jpeg->at >= jpeg->n)
        return damaged(jpeg, "is cut short");
    *marker = jpeg->p[jpeg->at++];
    return true;
}

static bool walk(struct jpeg *jpeg)
{
    unsigned marker = 0;
    buf_add(jpeg->kept, jpeg->p, 2);
    for (jpeg->at = 2; read_marker(jpeg, &marker);) {
        if (marker == EOI) {
            buf_add(jpeg->kept, "\xFF\xD9", 2);
            return jpeg->scanned ? true : damaged(jpeg, "holds no picture");
        }
        if (marker == TEM || (marker >= RST0 && marker <= RST7))
            continue;
        if (marker == SOI || marker == 0 || marker < SOF0)
            return damaged(jpeg, "has a marker where none may be");
        if (!read_segment(jpeg, marker))
            return false;
    }
    return false;
}

bool jpeg_is(struct str file)
{
    return str_starts(file, STR("\xFF\xD8\xFF"));
}

bool jpeg_take(struct arena *arena, struct str file, struct image *image, struct image_fault *fault)
{
    struct buf kept = {0};
    struct jpeg jpeg = {.p = (const unsigned char *)file.p, .n = file.n, .fault = fault, .kept = &kept};
    bool ok = walk(&jpeg);
    if (ok) {
        image->jpeg = true;
        image->width_px = (int)jpeg.width;
        image->height_px = (int)jpeg.height;
        image->components = (int)jpeg.count;
        image->data = str_dup(arena, buf_view(&kept));
    }
    buf_done(&kept);
    return ok;
}
