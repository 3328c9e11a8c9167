/* libspng, opened on first need: most documents have no PNG. Each function here is one of libspng's, and
 * hands its arguments on to it. */
#include "base/library.h"

#include <spng.h>

#define CALL(name, arguments) LIBRARY_CALL(BRIEFING_SPNG_SONAME, name, arguments)
#define PASS(name, arguments) LIBRARY_PASS(BRIEFING_SPNG_SONAME, name, arguments)

spng_ctx *spng_ctx_new(int flags)
{
    CALL(spng_ctx_new, (flags));
}

void spng_ctx_free(spng_ctx *ctx)
{
    PASS(spng_ctx_free, (ctx));
}

int spng_set_png_buffer(spng_ctx *ctx, const void *buf, size_t size)
{
    CALL(spng_set_png_buffer, (ctx, buf, size));
}

int spng_set_image_limits(spng_ctx *ctx, uint32_t width, uint32_t height)
{
    CALL(spng_set_image_limits, (ctx, width, height));
}

int spng_set_chunk_limits(spng_ctx *ctx, size_t chunk_size, size_t cache_size)
{
    CALL(spng_set_chunk_limits, (ctx, chunk_size, cache_size));
}

int spng_set_crc_action(spng_ctx *ctx, int critical, int ancillary)
{
    CALL(spng_set_crc_action, (ctx, critical, ancillary));
}

int spng_decoded_image_size(spng_ctx *ctx, int fmt, size_t *len)
{
    CALL(spng_decoded_image_size, (ctx, fmt, len));
}

int spng_decode_image(spng_ctx *ctx, void *out, size_t len, int fmt, int flags)
{
    CALL(spng_decode_image, (ctx, out, len, fmt, flags));
}

int spng_decode_chunks(spng_ctx *ctx)
{
    CALL(spng_decode_chunks, (ctx));
}

int spng_get_ihdr(spng_ctx *ctx, struct spng_ihdr *ihdr)
{
    CALL(spng_get_ihdr, (ctx, ihdr));
}
