/* Pictures. Samples are packed once and kept for the next document; a JPEG goes in as it came. */
#include "pdf/picture.h"

#include <stdlib.h>
#include <string.h>

enum { CACHE_BYTES = 16 * 1024 * 1024 };

struct picture_form {
    struct picture_form *next;
    unsigned char digest[sizeof((struct image *)0)->digest];
    struct picture_part image, mask;
};

size_t pictures_find(const struct pictures *pictures, const struct image *image)
{
    for (size_t i = 0; i < pictures->count; i++)
        if (memcmp(pictures->items[i].image->digest, image->digest, sizeof image->digest) == 0)
            return i;
    return SIZE_MAX;
}

void picture_cache_done(struct picture_cache *cache)
{
    while (cache->first) {
        struct picture_form *form = cache->first;
        cache->first = form->next;
        buf_done(&form->image.entries);
        buf_done(&form->image.data);
        buf_done(&form->mask.entries);
        buf_done(&form->mask.data);
        free(form);
    }
    cache->bytes = 0;
}

void picture_cache_trim(struct picture_cache *cache)
{
    if (cache->bytes > CACHE_BYTES)
        picture_cache_done(cache);
}

static const struct picture_form *form_of(struct picture_cache *cache, struct objects *objects,
                                          const struct image *image)
{
    for (struct picture_form *form = cache->first; form; form = form->next)
        if (memcmp(form->digest, image->digest, sizeof form->digest) == 0)
            return form;
    struct picture_form *form = base_malloc(sizeof *form);
    *form = (struct picture_form){.next = cache->first};
    memcpy(form->digest, image->digest, sizeof form->digest);
    picture_pack(&form->image, objects, image->data, image->width_px, image->height_px, image->components);
    if (image->alpha.n)
        picture_pack(&form->mask, objects, image->alpha, image->width_px, image->height_px, 1);
    cache->first = form;
    cache->bytes += sizeof *form + form->image.data.cap + form->mask.data.cap;
    return form;
}

static struct object *new_image(struct objects *objects, const struct image *image)
{
    struct object *object = object_new(objects);
    object_name(object, "Type", "XObject");
    object_name(object, "Subtype", "Image");
    object_number(object, "Width", image->width_px);
    object_number(object, "Height", image->height_px);
    object_number(object, "BitsPerComponent", 8);
    return object;
}

static void store(struct object *object, const struct picture_part *part)
{
    object_raw(object, buf_view(&part->entries));
    object_store(object, buf_view(&part->data), "FlateDecode");
}

static struct object *write_picture(struct objects *objects, struct picture_cache *cache, const struct image *image)
{
    struct object *object = new_image(objects, image);
    if (image->jpeg) {
        object_name(object, "ColorSpace", image->components == 1 ? "DeviceGray" : "DeviceRGB");
        object_store(object, image->data, "DCTDecode");
        return object;
    }
    const struct picture_form *form = form_of(cache, objects, image);
    store(object, &form->image);
    if (image->alpha.n) {
        struct object *mask = new_image(objects, image);
        store(mask, &form->mask);
        object_ref(object, "SMask", mask);
    }
    return object;
}

void pictures_write(struct pictures *pictures, struct objects *objects, struct picture_cache *cache,
                    const struct pages *pages)
{
    *pictures = (struct pictures){.arena = objects_arena(objects)};
    for (size_t p = 0; p < pages->count; p++) {
        const struct page *page = &pages->items[p];
        for (size_t i = 0; i < page->item_count; i++) {
            if (page->items[i].kind != ITEM_IMAGE || pictures_find(pictures, page->items[i].u.image.image) != SIZE_MAX)
                continue;
            const struct image *image = page->items[i].u.image.image;
            struct object *object = write_picture(objects, cache, image);
            *ARENA_PUSH(pictures->arena, pictures) = (struct picture_use){image, object};
        }
    }
}
