/* Texts from a format, in fewer steps than the C library takes, and never by the locale. */
#ifndef BRIEFING_BASE_FORMAT_H
#define BRIEFING_BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* As vsnprintf (C17, 7.21.6.12), which has all formats but those of %s, %.*s, %c, %d and %u (also ll, l and
 * z; filled up with zeros) and %%. */
int format_text(char *out, size_t room, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

#endif
