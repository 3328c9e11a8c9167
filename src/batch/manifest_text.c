/* A string of JSON (RFC 8259, section 7), escaped as jansson does it, without an object built first. */
#include "base/utf8.h"
#include "batch/manifest_json.h"

static void put_plain(struct buf *out, struct str text)
{
    static const char hex[] = "0123456789ABCDEF", escaped[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    size_t done = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_add(out, text.p + done, i - done);
        done = i + 1;
        size_t which = 0;
        while (escaped[which] && (unsigned char)escaped[which] != c)
            which++;
        if (escaped[which]) {
            buf_char(out, '\\');
            buf_char(out, letters[which]);
        } else {
            buf_text(out, "\\u00");
            buf_char(out, hex[c >> 4]);
            buf_char(out, hex[c & 15]);
        }
    }
    buf_add(out, text.p + done, text.n - done);
}

void manifest_text(struct buf *out, struct str text)
{
    buf_char(out, '"');
    while (text.n) {
        size_t bad = utf8_invalid(text), good = bad == SIZE_MAX ? text.n : bad;
        if (good)
            put_plain(out, str_slice(text, 0, good));
        if (good < text.n) {
            buf_utf8(out, 0xFFFD);
            good++;
        }
        text = str_slice(text, good, text.n);
    }
    buf_char(out, '"');
}
