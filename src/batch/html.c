/* Writing HTML. */
#include "batch/html.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static void put_character(struct buf *out, struct str text, size_t from, size_t to, int32_t c)
{
    switch (c) {
    case '&':
        buf_text(out, "&amp;");
        return;
    case '<':
        buf_text(out, "&lt;");
        return;
    case '>':
        buf_text(out, "&gt;");
        return;
    case '"':
        buf_text(out, "&quot;");
        return;
    case '\'':
        buf_text(out, "&#39;");
        return;
    default:
        break;
    }
    bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
    if (control)
        buf_utf8(out, 0xFFFD);
    else
        buf_str(out, str_slice(text, from, to));
}

static bool is_plain(char c)
{
    return c >= ' ' && c < 0x7f && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
}

void html_text(struct buf *out, struct str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        while (at < text.n && is_plain(text.p[at]))
            at++;
        buf_str(out, str_slice(text, from, at));
        if (at == text.n)
            break;
        from = at;
        int32_t c = utf8_next(text, &at);
        put_character(out, text, from, at, c);
    }
}

void html_path(struct buf *out, struct str path)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c && strchr("-._~/", c));
        if (plain) {
            buf_char(out, (char)c);
        } else {
            buf_char(out, '%');
            buf_char(out, hex[c >> 4]);
            buf_char(out, hex[c & 15]);
        }
    }
}

void html_count(struct buf *out, int64_t value)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%" PRId64, value);
    for (int i = 0; i < n; i++) {
        buf_char(out, digits[i]);
        int left = n - 1 - i;
        if (left && left % 3 == 0 && digits[i] != '-')
            buf_char(out, ',');
    }
}

void html_counted(struct buf *out, int64_t value, const char *one, const char *many)
{
    html_count(out, value);
    buf_char(out, ' ');
    buf_text(out, value == 1 ? one : many);
}

void html_size(struct buf *out, int64_t bytes)
{
    static const char *const units[] = {"KB", "MB", "GB", "TB"};
    if (bytes < 1000) {
        html_counted(out, bytes, "byte", "bytes");
        return;
    }
    size_t unit = 0;
    int64_t scale = 1000;
    /* Up where rounding would give four digits. */
    while (unit < 3 && bytes >= scale * 1000 - scale / 2) {
        unit++;
        scale *= 1000;
    }
    int64_t tenths = bytes / (scale / 10) + (bytes % (scale / 10) >= scale / 20);
    if (unit && tenths < 100)
        buf_printf(out, "%" PRId64 ".%d\xc2\xa0%s", tenths / 10, (int)(tenths % 10), units[unit]);
    else
        buf_printf(out, "%" PRId64 "\xc2\xa0%s", bytes / scale + (bytes % scale >= scale / 2), units[unit]);
}
