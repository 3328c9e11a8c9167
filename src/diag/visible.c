/* Text from outside as a terminal may show it. */
#include "diag/visible.h"

#include "base/ascii.h"
#include "base/utf8.h"

enum { TAB = 8 };

static const struct ascii_set printed = ASCII_SET(ASCII_PRINTED_LOW, ASCII_PRINTED_HIGH);

static bool is_hidden(int32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

size_t visible_add(struct buf *out, struct str text, size_t *offset, size_t column)
{
    size_t from = *offset, before = out->n;
    if (from < text.n && ascii_has(&printed, text.p[from])) {
        buf_char(out, text.p[from]);
        ++*offset;
        return 1;
    }
    int32_t c = utf8_next(text, offset);
    if (c == '\t') {
        size_t columns = TAB - column % TAB;
        buf_repeat(out, ' ', columns);
        return columns;
    }
    if (c < 0)
        buf_printf(out, "\\x%02X", (unsigned)(unsigned char)text.p[from]);
    else if (!is_hidden(c)) {
        struct str character = {text.p + from, *offset - from};
        buf_str(out, character);
        return utf8_width(character);
    } else if (c < 0x100)
        buf_printf(out, "\\x%02X", (unsigned)c);
    else
        buf_printf(out, "\\u%04X", (unsigned)c);
    return out->n - before;
}

void visible_text(struct buf *out, struct str text)
{
    for (size_t i = 0, from = 0; i < text.n; from = i) {
        i = ascii_past(&printed, text, i);
        if (i > from)
            buf_str(out, str_slice(text, from, i));
        else
            visible_add(out, text, &i, 0);
    }
}
