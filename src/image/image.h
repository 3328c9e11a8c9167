/* Pictures: PNG decoded by libspng under limits, JPEG checked and passed through. */
#ifndef BRIEFING_IMAGE_IMAGE_H
#define BRIEFING_IMAGE_IMAGE_H

#include "diag/diag.h"

enum { IMAGE_MAX_FILE = 32 * 1024 * 1024, IMAGE_MAX_SIDE = 20000, IMAGE_MAX_PIXELS = 32 * 1000 * 1000 };

struct image {
    struct image *next;
    struct str path;
    int width_px, height_px;
    int components;      /* 1 grey, 3 RGB */
    bool jpeg;           /* data is a JPEG stream as it came; else raw samples, 8 bits each */
    struct str data;
    struct str alpha;    /* 8-bit soft mask, or empty */
    unsigned char digest[32]; /* of the file */
};

/* Pictures that are kept, decoded, from one document to the next, a few MiB of them: a publisher's logo is on all. */
struct image_cache;
struct image_cache *image_cache_open(void);
void image_cache_close(struct image_cache *cache); /* NULL: nothing to do; no set of it may be open */

/* The pictures of one document. Zeroed it is an empty one without a cache. */
struct image_set { struct image *first; struct image_cache *cache; };

/* An empty set. What it takes from the cache, which may be NULL, stays until image_set_done. */
void image_set_init(struct image_set *set, struct image_cache *cache);
void image_set_done(struct image_set *set);

/* Loads a picture once for each path, and its pixels once for each file. NULL and a diagnostic at the place that names it when the file is missing, no
 * PNG or JPEG, damaged, too large, or a JPEG in CMYK or to be turned by its Exif
 * data. */
const struct image *image_load(struct arena *arena, struct image_set *set, struct str path, struct span at,
                               struct diags *diags);
const struct image *image_find(const struct image_set *set, struct str path);

#endif
