/* What image_load asks of the cache. Private to this room. */
#ifndef BRIEFING_IMAGE_CACHE_H
#define BRIEFING_IMAGE_CACHE_H

#include "image/decode.h"

/* The picture of a file of this digest, without a path; it stays while a set of the cache is open. NULL: it
 * is not kept. */
const struct image *image_cache_find(struct image_cache *cache, const unsigned char digest[32]);

/* Decodes a file that is not kept yet, and keeps it. NULL and the fault when it cannot be decoded. */
const struct image *image_cache_add(struct image_cache *cache, struct str file,
                                    const unsigned char digest[32], struct image_fault *fault);

#endif
