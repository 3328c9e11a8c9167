/* Deflating around holes, with zlib: libdeflate cannot stop and go on. */
#include "pdf/holes.h"

#include <zlib.h>

#include <string.h>

#include "base/buf.h"

enum { RAW_WINDOW = -15, MEMORY = 8, STORED_HEAD = 4, ADLER_BASE = 65521 };

/* A byte that data has nowhere outside its holes; -1: there is none. */
static int find_blank(struct str data, const struct hole *holes, size_t count)
{
    bool used[256] = {false};
    size_t at = 0;
    for (size_t i = 0; i <= count; i++) {
        size_t to = i < count ? holes[i].from : data.n;
        for (; at < to; at++)
            used[(unsigned char)data.p[at]] = true;
        at = i < count ? holes[i].to : at;
    }
    for (int c = 0; c < 256; c++)
        if (!used[c])
            return c;
    return -1;
}

static bool deflate_part(z_stream *stream, struct str data, int flush, struct buf *out)
{
    stream->next_in = (z_const Bytef *)data.p;
    stream->avail_in = (uInt)data.n;
    int status = Z_OK;
    do {
        buf_reserve(out, data.n / 2 + 256);
        size_t room = out->cap - out->n;
        stream->next_out = (Bytef *)out->p + out->n;
        stream->avail_out = (uInt)room;
        status = deflate(stream, flush);
        out->n += room - stream->avail_out;
    } while (status == Z_OK && (stream->avail_in || stream->avail_out == 0));
    return status == (flush == Z_FINISH ? Z_STREAM_END : Z_OK) || status == Z_BUF_ERROR;
}

/* A flush ends in an empty stored block (00 00 FF FF behind its three bits), which becomes the hole's. The
 * bytes of a hole must not be repeated from it by what follows: in the window it is all of one byte that does
 * not occur elsewhere. Where there is no such byte, nothing is repeated over a hole. */
static bool put_hole(z_stream *stream, struct str data, struct hole *hole, int blank, struct buf *out)
{
    size_t n = hole->to - hole->from;
    out->n -= STORED_HEAD;
    const unsigned char head[STORED_HEAD] = {(unsigned char)n, (unsigned char)(n >> 8), (unsigned char)~n,
                                             (unsigned char)(~n >> 8)};
    buf_add(out, head, sizeof head);
    hole->at = out->n;
    buf_add(out, data.p + hole->from, n);
    if (blank < 0)
        return true;
    struct buf window = {0};
    buf_repeat(&window, (char)blank, n);
    bool ok = deflateSetDictionary(stream, (const Bytef *)window.p, (uInt)window.n) == Z_OK;
    buf_done(&window);
    return ok;
}

struct str holes_deflate(struct arena *arena, struct str data, struct hole *holes, size_t count)
{
    z_stream stream = {0};
    struct str result = {0};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, RAW_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        base_out_of_memory();
    int blank = find_blank(data, holes, count);
    struct buf out = {0};
    buf_add(&out, "\x78\xDA", 2);
    bool ok = true;
    size_t at = 0;
    for (size_t i = 0; i < count && ok; i++) {
        ok = deflate_part(&stream, str_slice(data, at, holes[i].from),
                          blank < 0 ? Z_FULL_FLUSH : Z_SYNC_FLUSH, &out) &&
             put_hole(&stream, data, &holes[i], blank, &out);
        at = holes[i].to;
    }
    ok = ok && deflate_part(&stream, str_slice(data, at, data.n), Z_FINISH, &out);
    deflateEnd(&stream);
    unsigned char sum[4];
    adler_put(adler_of(data), sum);
    buf_add(&out, sum, sizeof sum);
    if (ok)
        result = str_dup(arena, buf_view(&out));
    buf_done(&out);
    return result;
}

struct adler adler_of(struct str data)
{
    uLong sum = adler32_z(1, (const Bytef *)data.p, data.n);
    return (struct adler){(uint32_t)sum & 0xFFFF, (uint32_t)(sum >> 16) & 0xFFFF};
}

/* The first sum adds each byte once, the second as often as there are bytes from it to the end. */
struct adler adler_gain(size_t n, size_t at, const char *old, const char *new, size_t count)
{
    int64_t a = 0, b = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t change = (int64_t)(unsigned char)new[i] - (unsigned char)old[i];
        a += change;
        b += change * (int64_t)((n - at - i) % ADLER_BASE);
    }
    a %= ADLER_BASE;
    b %= ADLER_BASE;
    return (struct adler){(uint32_t)(a < 0 ? a + ADLER_BASE : a), (uint32_t)(b < 0 ? b + ADLER_BASE : b)};
}

struct adler adler_add(struct adler sum, struct adler gain)
{
    return (struct adler){(sum.a + gain.a) % ADLER_BASE, (sum.b + gain.b) % ADLER_BASE};
}

void adler_put(struct adler sum, unsigned char out[4])
{
    out[0] = (unsigned char)(sum.b >> 8);
    out[1] = (unsigned char)sum.b;
    out[2] = (unsigned char)(sum.a >> 8);
    out[3] = (unsigned char)sum.a;
}
