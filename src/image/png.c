/* PNG (ISO/IEC 15948) through libspng, to eight bits a sample. Gamma and profiles are left aside: pictures are taken
 * to be sRGB, as browsers take those without a profile. */
#include "image/decode.h"

#include <spng.h>

#include <stdlib.h>
#include <string.h>

bool png_is(struct str file)
{
    return str_starts(file, STR("\x89PNG\r\n\x1A\n"));
}

/* What the pixels need of red, green, blue, alpha. */
struct needs {
    bool colour, alpha;
};

static struct needs look(const unsigned char *rgba, size_t pixels)
{
    struct needs needs = {false, false};
    for (size_t i = 0; i < pixels && !(needs.colour && needs.alpha); i++, rgba += 4) {
        needs.colour = needs.colour || rgba[0] != rgba[1] || rgba[1] != rgba[2];
        needs.alpha = needs.alpha || rgba[3] != 255;
    }
    return needs;
}

static void split(struct arena *arena, struct image *image, const unsigned char *rgba, size_t pixels)
{
    struct needs needs = look(rgba, pixels);
    image->components = needs.colour ? 3 : 1;
    char *data = arena_array(arena, pixels, (size_t)image->components), *to = data;
    char *alpha = needs.alpha ? arena_array(arena, pixels, 1) : NULL;
    for (size_t i = 0; i < pixels; i++, rgba += 4) {
        *to++ = (char)rgba[0];
        if (needs.colour) {
            *to++ = (char)rgba[1];
            *to++ = (char)rgba[2];
        }
        if (alpha)
            alpha[i] = (char)rgba[3];
    }
    image->data = (struct str){data, pixels * (size_t)image->components};
    image->alpha = (struct str){alpha, alpha ? pixels : 0};
}

static bool damaged(struct image_fault *fault)
{
    return image_fail(fault, DIAG_PICTURE_DAMAGED, "is a damaged PNG", "save it again, or fetch it again");
}

static bool decode(spng_ctx *png, struct arena *arena, struct image *image, struct image_fault *fault)
{
    struct spng_ihdr header;
    size_t size;
    if (spng_get_ihdr(png, &header))
        return damaged(fault);
    if (!image_size_allowed(header.width, header.height, fault))
        return false;
    size_t pixels = (size_t)header.width * header.height;
    if (spng_decoded_image_size(png, SPNG_FMT_RGBA8, &size) || size != pixels * 4)
        return damaged(fault);
    unsigned char *rgba = base_malloc(size);
    bool ok = spng_decode_image(png, rgba, size, SPNG_FMT_RGBA8, SPNG_DECODE_TRNS) == 0;
    ok = ok && spng_decode_chunks(png) == 0; /* the checksum of the last pixels, and what follows them */
    if (ok) {
        image->width_px = (int)header.width;
        image->height_px = (int)header.height;
        split(arena, image, rgba, pixels);
    }
    free(rgba);
    return ok ? true : damaged(fault);
}

bool png_decode(struct arena *arena, struct str file, struct image *image, struct image_fault *fault)
{
    spng_ctx *png = spng_ctx_new(0);
    if (!png)
        base_out_of_memory();
    /* Limits before the first byte is read. The sides are checked by us, in our own words, before anything is
     * decoded. */
    bool ok = spng_set_image_limits(png, INT32_MAX, INT32_MAX) == 0 &&
              spng_set_chunk_limits(png, IMAGE_MAX_FILE, IMAGE_MAX_FILE) == 0 &&
              spng_set_crc_action(png, SPNG_CRC_ERROR, SPNG_CRC_DISCARD) == 0 &&
              spng_set_png_buffer(png, file.p, file.n) == 0;
    ok = ok ? decode(png, arena, image, fault) : damaged(fault);
    spng_ctx_free(png);
    return ok;
}
