/* zlib, opened on first need: only copies with strong marks are deflated with it, and all copies summed. Each
 * function here is one of zlib's, and hands its arguments on. */
#include "base/library.h"

#include <zlib.h>

#define CALL(name, arguments) LIBRARY_CALL(BRIEFING_ZLIB_SONAME, name, arguments)

uLong adler32_z(uLong sum, const Bytef *bytes, z_size_t size)
{
    CALL(adler32_z, (sum, bytes, size));
}

int deflate(z_streamp stream, int flush)
{
    CALL(deflate, (stream, flush));
}

int deflateEnd(z_streamp stream)
{
    CALL(deflateEnd, (stream));
}

int deflateInit2_(z_streamp stream, int level, int method, int window_bits, int memory_level, int strategy,
                  const char *version, int stream_size)
{
    CALL(deflateInit2_, (stream, level, method, window_bits, memory_level, strategy, version, stream_size));
}

int deflateSetDictionary(z_streamp stream, const Bytef *dictionary, uInt size)
{
    CALL(deflateSetDictionary, (stream, dictionary, size));
}
