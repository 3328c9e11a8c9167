/* Growable byte buffer, owned by the caller; buf_done frees it. */
#ifndef BRIEFING_BASE_BUF_H
#define BRIEFING_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "base/str.h"

struct buf {
    char *p;
    size_t n, cap; /* bytes */
};

void buf_done(struct buf *buf);
void buf_clear(struct buf *buf); /* keeps the memory */
void buf_grow(struct buf *buf, size_t more); /* where there is no room for that many bytes more */
static inline void buf_reserve(struct buf *buf, size_t more)
{
    if (buf->cap - buf->n < more)
        buf_grow(buf, more);
}
static inline void buf_add(struct buf *buf, const void *data, size_t n)
{
    if (n == 0)
        return;
    buf_reserve(buf, n);
    memcpy(buf->p + buf->n, data, n);
    buf->n += n;
}
void buf_str(struct buf *buf, struct str s);
static inline void buf_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}
static inline void buf_char(struct buf *buf, char c)
{
    buf_reserve(buf, 1);
    buf->p[buf->n++] = c;
}
void buf_repeat(struct buf *buf, char c, size_t times);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void buf_utf8(struct buf *buf, unsigned int code_point);
struct str buf_view(const struct buf *buf); /* borrowed until the next change */

#endif
