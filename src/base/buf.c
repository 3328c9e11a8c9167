/* Growable byte buffer. */
#include "base/buf.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/format.h"

void buf_done(struct buf *buf)
{
    free(buf->p);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf->n = 0;
}

void buf_grow(struct buf *buf, size_t more)
{
    if (more > SIZE_MAX / 2 - buf->n)
        base_out_of_memory();
    size_t cap = buf->cap ? buf->cap : 256;
    while (cap - buf->n < more)
        cap *= 2;
    buf->p = base_realloc(buf->p, cap);
    buf->cap = cap;
}

void buf_str(struct buf *buf, struct str s)
{
    buf_add(buf, s.p, s.n);
}

void buf_repeat(struct buf *buf, char c, size_t times)
{
    if (times == 0)
        return;
    buf_reserve(buf, times);
    memset(buf->p + buf->n, c, times);
    buf->n += times;
}

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
    enum { USUAL = 64 }; /* bytes that most need no more than */
    va_list again;
    va_copy(again, args);
    buf_reserve(buf, USUAL);
    size_t room = buf->cap - buf->n;
    int n = format_text(buf->p + buf->n, room, format, args);
    if (n > 0 && (size_t)n >= room) {
        buf_reserve(buf, (size_t)n + 1);
        format_text(buf->p + buf->n, (size_t)n + 1, format, again);
    }
    buf->n += n > 0 ? (size_t)n : 0;
    va_end(again);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprintf(buf, format, args);
    va_end(args);
}

void buf_utf8(struct buf *buf, unsigned int c)
{
    if (c < 0x80) {
        buf_char(buf, (char)c);
    } else if (c < 0x800) {
        buf_char(buf, (char)(0xC0 | c >> 6));
        buf_char(buf, (char)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        buf_char(buf, (char)(0xE0 | c >> 12));
        buf_char(buf, (char)(0x80 | (c >> 6 & 0x3F)));
        buf_char(buf, (char)(0x80 | (c & 0x3F)));
    } else {
        buf_char(buf, (char)(0xF0 | c >> 18));
        buf_char(buf, (char)(0x80 | (c >> 12 & 0x3F)));
        buf_char(buf, (char)(0x80 | (c >> 6 & 0x3F)));
        buf_char(buf, (char)(0x80 | (c & 0x3F)));
    }
}

struct str buf_view(const struct buf *buf)
{
    return (struct str){buf->p, buf->n};
}
