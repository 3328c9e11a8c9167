/* PDF syntax written by hand. libharu writes reals as float32, which is too coarse for positions. */
#include "pdf/token.h"

#include <string.h>

#include "base/utf8.h"

static char *put_digits(char *to, uint64_t value)
{
    char digits[20];
    size_t n = 0;
    do {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    while (n)
        *to++ = digits[--n];
    return to;
}

char *token_large_at(char *to, uint64_t value)
{
    if (value >= 1000 * 1000)
        return put_digits(to, value);
    to = token_number_at(to, value / 1000);
    memcpy(to, &token_fractions[value % 1000], 3);
    return to + 3;
}

void token_int(struct buf *out, int64_t value)
{
    buf_reserve(out, TOKEN_NUMBER_MOST);
    out->n = (size_t)(token_int_at(out->p + out->n, value) - out->p);
}

void token_milli(struct buf *out, int64_t thousandths)
{
    uint64_t magnitude = thousandths < 0 ? 0 - (uint64_t)thousandths : (uint64_t)thousandths;
    uint64_t whole = magnitude / 1000;
    const struct token_digits *fraction = &token_fractions[magnitude - whole * 1000];
    buf_reserve(out, TOKEN_NUMBER_MOST);
    char *const from = out->p + out->n, *to = from;
    *to = '-';
    to += thousandths < 0;
    char *const end = token_number_at(to, whole);
    to = whole == 0 && fraction->n ? to : end;
    *to = '.';
    memcpy(to + 1, fraction, sizeof *fraction);
    out->n += (size_t)(to - from) + fraction->n;
}

int64_t token_hundredths(int64_t mpt)
{
    return (mpt + (mpt < 0 ? -5 : 5)) / 10 * 10;
}

void token_component(struct buf *out, uint8_t value)
{
    token_milli(out, (value * 1000 + 127) / 255);
}

static bool is_regular(unsigned char c)
{
    return c > ' ' && c < 0x7F && !strchr("#%()/<>[]{}", c);
}

void token_name(struct buf *out, struct str name)
{
    static const char hex[] = "0123456789ABCDEF";
    buf_char(out, '/');
    for (size_t i = 0; i < name.n && i < 127; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (is_regular(c)) {
            buf_char(out, (char)c);
        } else {
            buf_char(out, '#');
            buf_char(out, hex[c >> 4]);
            buf_char(out, hex[c & 15]);
        }
    }
}

void token_ref(struct buf *out, uint32_t id)
{
    static const char generation[] = {' ', '0', ' ', 'R'};
    buf_reserve(out, 1 + TOKEN_NUMBER_MOST + sizeof generation);
    char *to = out->p + out->n;
    const char last = out->n ? to[-1] : '[';
    if (last != '[' && last != ']' && last != ')' && last != '>')
        *to++ = ' ';
    to = token_number_at(to, id);
    memcpy(to, generation, sizeof generation);
    out->n = (size_t)(to - out->p) + sizeof generation;
}

void token_bytes(struct buf *out, const void *bytes, size_t n)
{
    const char *p = bytes;
    buf_reserve(out, n * 2 + 2);
    char *to = out->p + out->n;
    *to++ = '(';
    for (size_t i = 0; i < n; i++) {
        char c = p[i];
        if (c == '(' || c == ')' || c == '\\') {
            *to++ = '\\';
        } else if (c == '\r') { /* a bare one would be read as a line feed */
            *to++ = '\\';
            c = 'r';
        }
        *to++ = c;
    }
    *to++ = ')';
    out->n = (size_t)(to - out->p);
}

void token_hex(struct buf *out, const void *bytes, size_t n)
{
    static const char hex[] = "0123456789ABCDEF";
    const unsigned char *p = bytes;
    buf_reserve(out, n * 2 + 2);
    out->p[out->n++] = '<';
    for (size_t i = 0; i < n; i++) {
        out->p[out->n++] = hex[p[i] >> 4];
        out->p[out->n++] = hex[p[i] & 15];
    }
    out->p[out->n++] = '>';
}

void token_utf16(struct buf *out, struct str utf8)
{
    for (size_t i = 0; i < utf8.n;) {
        int32_t c = utf8_next(utf8, &i);
        if (c < 0)
            c = 0xFFFD;
        char units[4];
        size_t n = 2;
        if (c >= 0x10000) {
            int32_t high = 0xD800 + ((c - 0x10000) >> 10), low = 0xDC00 + ((c - 0x10000) & 0x3FF);
            units[0] = (char)(high >> 8);
            units[1] = (char)high;
            units[2] = (char)(low >> 8);
            units[3] = (char)low;
            n = 4;
        } else {
            units[0] = (char)(c >> 8);
            units[1] = (char)c;
        }
        buf_add(out, units, n);
    }
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x7F || (unsigned char)s.p[i] < ' ')
            return false;
    return true;
}

struct str token_clip(struct str utf8)
{
    if (utf8.n * 2 + 2 <= TOKEN_MAX_STRING)
        return utf8;
    if (is_ascii(utf8))
        return str_slice(utf8, 0, TOKEN_MAX_STRING);
    size_t end = 0, bytes = 2;
    for (size_t i = 0; i < utf8.n;) {
        int32_t c = utf8_next(utf8, &i);
        bytes += c >= 0x10000 ? 4 : 2;
        if (bytes > TOKEN_MAX_STRING)
            break;
        end = i;
    }
    return str_slice(utf8, 0, end);
}

/* A character in PDFDocEncoding (ISO 32000-1, annex D.2), 0: it has none there. */
static char doc_byte(int32_t c)
{
    static const uint16_t from_128[] = {
        0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x192,  0x2044, 0x2039, 0x203A, 0x2212,
        0x2030, 0x201E, 0x201C, 0x201D, 0x2018, 0x2019, 0x201A, 0x2122, 0xFB01, 0xFB02, 0x141,
        0x152,  0x160,  0x178,  0x17D,  0x131,  0x142,  0x153,  0x161,  0x17E,  0,      0x20AC};
    if ((c >= ' ' && c < 0x7F) || (c > 0xA0 && c <= 0xFF && c != 0xAD))
        return (char)c;
    for (size_t i = 0; c > 0xFF && i < sizeof from_128 / sizeof *from_128; i++)
        if (from_128[i] == c)
            return (char)(128 + i);
    return 0;
}

/* Appends a text in PDFDocEncoding; false when that cannot say it, or would be taken for UTF-16 or UTF-8. */
static bool put_doc_bytes(struct buf *out, struct str utf8)
{
    for (size_t i = 0; i < utf8.n;) {
        char byte = doc_byte(utf8_next(utf8, &i));
        if (!byte)
            return false;
        buf_char(out, byte);
    }
    return !str_starts(buf_view(out), STR("\xFE\xFF")) && !str_starts(buf_view(out), STR("\xFF\xFE")) &&
           !str_starts(buf_view(out), STR("\xEF\xBB\xBF"));
}

void token_text(struct buf *out, struct str utf8)
{
    utf8 = token_clip(utf8);
    if (is_ascii(utf8)) {
        token_bytes(out, utf8.p, utf8.n);
        return;
    }
    struct buf bytes = {0};
    if (!put_doc_bytes(&bytes, utf8)) {
        buf_clear(&bytes);
        buf_add(&bytes, "\xFE\xFF", 2);
        token_utf16(&bytes, utf8);
    }
    token_bytes(out, bytes.p, bytes.n);
    buf_done(&bytes);
}

void token_date(struct buf *out, struct date date)
{
    date = date_first(date);
    buf_printf(out, "(D:%04d%02d%02d000000Z)", date.year, date.month, date.day);
}
