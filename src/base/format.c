/* A format is read from left to right; what is not known here goes to the C library as a whole. */
#include "base/format.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct writing {
    char *out;
    size_t room, n; /* n: of all of the text, whether it has room or not */
};

static void put(struct writing *writing, const char *text, size_t n)
{
    if (writing->n < writing->room) {
        size_t left = writing->room - writing->n;
        memcpy(writing->out + writing->n, text, n < left ? n : left);
    }
    writing->n += n;
}

static void put_number(struct writing *writing, unsigned long long number, bool negative, size_t width)
{
    char digits[32], *const end = digits + sizeof digits, *at = end;
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    while ((size_t)(end - at) + negative < width)
        *--at = '0';
    if (negative)
        *--at = '-';
    put(writing, at, (size_t)(end - at));
}

enum length { AS_INT, AS_LONG, AS_LONG_LONG, AS_SIZE };

static enum length length_of(const char **at)
{
    if (**at == 'z') {
        ++*at;
        return AS_SIZE;
    }
    int longs = 0;
    for (; **at == 'l' && longs < 2; ++*at)
        longs++;
    return longs == 2 ? AS_LONG_LONG : longs ? AS_LONG : AS_INT;
}

/* The text is as long as that, or ends with its NUL before. */
static size_t length_within(const char *text, int most)
{
    const char *end = most > 0 ? memchr(text, '\0', (size_t)most) : text;
    return end ? (size_t)(end - text) : (size_t)most;
}

static bool put_text(struct writing *writing, const char *text)
{
    if (text)
        put(writing, text, strlen(text));
    return text != NULL;
}

static bool put_part(struct writing *writing, int most, const char *text)
{
    if (most > 0 && text)
        put(writing, text, length_within(text, most));
    return most == 0 || (most > 0 && text);
}

static bool put_signed(struct writing *writing, enum length length, size_t width, va_list *from)
{
    if (length == AS_SIZE)
        return false;
    long long number = length == AS_INT    ? va_arg(*from, int)
                       : length == AS_LONG ? va_arg(*from, long)
                                           : va_arg(*from, long long);
    unsigned long long positive = (unsigned long long)number;
    put_number(writing, number < 0 ? 0 - positive : positive, number < 0, width);
    return true;
}

static bool put_unsigned(struct writing *writing, enum length length, size_t width, va_list *from)
{
    unsigned long long number = length == AS_INT         ? va_arg(*from, unsigned)
                                : length == AS_LONG      ? va_arg(*from, unsigned long)
                                : length == AS_LONG_LONG ? va_arg(*from, unsigned long long)
                                                         : va_arg(*from, size_t);
    put_number(writing, number, false, width);
    return true;
}

/* What stands behind a sign of percent at *at, and past it. False: it is none of those known here. */
static bool convert(struct writing *writing, const char **at, va_list *from)
{
    const char *p = *at;
    if (p[0] == '.' && p[1] == '*' && p[2] == 's') {
        *at += 3;
        int most = va_arg(*from, int);
        return put_part(writing, most, va_arg(*from, const char *));
    }
    size_t width = 0;
    if (p[0] == '0' && p[1] >= '1' && p[1] <= '9') {
        width = (size_t)(p[1] - '0');
        p += 2;
    }
    enum length length = length_of(&p);
    bool plain = p == *at;
    *at = p + (*p != '\0');
    switch (*p) {
    case 'd':
        return put_signed(writing, length, width, from);
    case 'u':
        return put_unsigned(writing, length, width, from);
    case 's':
        return plain && put_text(writing, va_arg(*from, const char *));
    case 'c':
        if (plain)
            put(writing, &(char){(char)va_arg(*from, int)}, 1);
        return plain;
    case '%':
        if (plain)
            put(writing, p, 1);
        return plain;
    default:
        return false;
    }
}

int format_text(char *out, size_t room, const char *format, va_list args)
{
    struct writing writing = {out, room, 0};
    bool known = true;
    va_list from;
    va_copy(from, args);
    for (const char *at = format; *at && known;) {
        const char *percent = strchr(at, '%');
        size_t plain = percent ? (size_t)(percent - at) : strlen(at);
        put(&writing, at, plain);
        at += plain;
        if (percent) {
            at++;
            known = convert(&writing, &at, &from);
        }
    }
    va_end(from);
    if (!known || writing.n > INT_MAX)
        return vsnprintf(out, room, format, args);
    if (room)
        out[writing.n < room ? writing.n : room - 1] = '\0';
    return (int)writing.n;
}
