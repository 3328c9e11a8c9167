/* Pictures. Raw samples are filtered as PNG does before they are deflated; a JPEG goes in as it came. */
#include "pdf/picture.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/token.h"

size_t pictures_find(const struct pictures *pictures, const struct image *image)
{
    for (size_t i = 0; i < pictures->count; i++)
        if (memcmp(pictures->items[i].image->digest, image->digest, sizeof image->digest) == 0)
            return i;
    return SIZE_MAX;
}

/* The difference to a guess from left, above and both (PNG, 9.4). */
static unsigned char paeth(int left, int above, int corner)
{
    int guess = left + above - corner;
    int to_left = abs(guess - left), to_above = abs(guess - above), to_corner = abs(guess - corner);
    if (to_left <= to_above && to_left <= to_corner)
        return (unsigned char)left;
    return (unsigned char)(to_above <= to_corner ? above : corner);
}

static unsigned char predict(unsigned filter, unsigned char left, unsigned char above, unsigned char corner)
{
    switch (filter) {
    case 1:
        return left;
    case 2:
        return above;
    case 3:
        return (unsigned char)((left + above) / 2);
    case 4:
        return paeth(left, above, corner);
    default:
        return 0;
    }
}

static void filter_row(unsigned char *to, unsigned filter, const unsigned char *row, const unsigned char *above, size_t n,
                       size_t step)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char left = i >= step ? row[i - step] : 0, corner = above && i >= step ? above[i - step] : 0;
        to[i] = (unsigned char)(row[i] - predict(filter, left, above ? above[i] : 0, corner));
    }
}

/* PNG's own rule of thumb (12.8): the filter whose output is smallest in sum, as signed bytes. */
static size_t weigh(const unsigned char *row, size_t n)
{
    size_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += row[i] < 128 ? row[i] : 256u - row[i];
    return sum;
}

static void filter_samples(struct buf *out, struct str samples, size_t row_bytes, size_t step)
{
    unsigned char *tried = base_malloc(row_bytes);
    const unsigned char *above = NULL;
    for (size_t at = 0; at + row_bytes <= samples.n; at += row_bytes) {
        const unsigned char *row = (const unsigned char *)samples.p + at;
        size_t best = SIZE_MAX, place = out->n;
        buf_repeat(out, 0, row_bytes + 1);
        for (unsigned filter = 0; filter <= 4; filter++) {
            filter_row(tried, filter, row, above, row_bytes, step);
            size_t weight = weigh(tried, row_bytes);
            if (weight < best) {
                best = weight;
                out->p[place] = (char)filter;
                memcpy(out->p + place + 1, tried, row_bytes);
            }
        }
        above = row;
    }
    free(tried);
}

/* With the filters or without, whichever is smaller: drawings deflate better as they are. */
static void store_samples(struct object *object, struct objects *objects, const struct image *image, struct str samples,
                          int components)
{
    struct buf filtered = {0};
    filter_samples(&filtered, samples, (size_t)image->width_px * (size_t)components, (size_t)components);
    struct str with = objects_compress(objects, buf_view(&filtered));
    struct str without = objects_compress(objects, samples);
    buf_done(&filtered);
    if (with.n < without.n) {
        struct buf parameters = {0};
        buf_printf(&parameters, "/DecodeParms<</Predictor 15/Colors %d/Columns %d>>", components, image->width_px);
        object_raw(object, buf_view(&parameters));
        buf_done(&parameters);
    }
    object_store(object, with.n < without.n ? with : without, "FlateDecode");
}

static struct object *new_image(struct objects *objects, const struct image *image, int components)
{
    struct object *object = object_new(objects);
    object_name(object, "Type", "XObject");
    object_name(object, "Subtype", "Image");
    object_number(object, "Width", image->width_px);
    object_number(object, "Height", image->height_px);
    object_number(object, "BitsPerComponent", 8);
    object_name(object, "ColorSpace", components == 1 ? "DeviceGray" : "DeviceRGB");
    return object;
}

static struct object *write_picture(struct objects *objects, const struct image *image)
{
    struct object *object = new_image(objects, image, image->components);
    if (image->jpeg)
        object_store(object, image->data, "DCTDecode");
    else
        store_samples(object, objects, image, image->data, image->components);
    if (image->alpha.n) {
        struct object *mask = new_image(objects, image, 1);
        store_samples(mask, objects, image, image->alpha, 1);
        object_ref(object, "SMask", mask);
    }
    return object;
}

void pictures_write(struct pictures *pictures, struct objects *objects, const struct pages *pages)
{
    *pictures = (struct pictures){.arena = objects_arena(objects)};
    for (size_t p = 0; p < pages->count; p++) {
        const struct page *page = &pages->items[p];
        for (size_t i = 0; i < page->item_count; i++) {
            if (page->items[i].kind != ITEM_IMAGE || pictures_find(pictures, page->items[i].u.image.image) != SIZE_MAX)
                continue;
            const struct image *image = page->items[i].u.image.image;
            struct object *object = write_picture(objects, image);
            *ARENA_PUSH(pictures->arena, pictures) = (struct picture_use){image, object};
        }
    }
}
