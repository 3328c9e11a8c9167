/* UTF-8 over utf8proc. */
#include "base/utf8.h"

#include <utf8proc.h>

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/bytes16.h"
#include "base/buf.h"

int32_t utf8_next_beyond_ascii(struct str s, size_t *offset)
{
    if (*offset >= s.n)
        return -1;
    const unsigned char *p = (const unsigned char *)s.p + *offset;
    /* Three bytes, as most are that texts have; which of those with other first bytes are none is not told so
     * easily. */
    if (p[0] > 0xE0 && p[0] < 0xED && s.n - *offset >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
        *offset += 3;
        return (p[0] & 0xF) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    }
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate(p, (utf8proc_ssize_t)(s.n - *offset), &c);
    if (n <= 0) {
        ++*offset;
        return -1;
    }
    *offset += (size_t)n;
    return c;
}

size_t utf8_invalid(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        if ((unsigned char)s.p[i] < 0x80)
            i++;
        else if (utf8_next(s, &i) < 0)
            return at;
    }
    return SIZE_MAX;
}

/* At most 30 combining marks in a row (UAX #15, D3): utf8proc sorts longer runs in quadratic time. */
static bool is_stream_safe(struct str s)
{
    size_t run = 0;
    for (size_t i = 0; i < s.n;) {
        int32_t c = utf8_next(s, &i);
        run = c >= 0x300 && utf8proc_get_property(c)->combining_class ? run + 1 : 0;
        if (run > 30)
            return false;
    }
    return true;
}

/* Whether a character from U+0300 on is the same in NFC whatever stands around it: it has no canonical or
 * other decomposition, is no combining mark, and is no part of a composition (Hangul's letters are by rule,
 * not by table). A stricter question than NFC_Quick_Check (UAX #15, 9). */
static bool stays_in_nfc(int32_t c)
{
    if (c < 0 || (c >= 0x1100 && c <= 0x11FF) || (c >= 0xA960 && c <= 0xA97F) || (c >= 0xD7B0 && c <= 0xD7FF))
        return false;
    const utf8proc_property_t *property = utf8proc_get_property(c);
    return property->combining_class == 0 && property->decomp_seqindex == UINT16_MAX &&
           property->comb_index == UINT16_MAX;
}

enum { BEYOND = 0xCC }; /* the first byte of U+0300 */

static inline bytes16 may_compose(bytes16 bytes)
{
    return bytes16_between(bytes, BEYOND, 0xFF);
}

/* From U+2010 to U+2027, dashes, quotation marks and the ellipsis: they stay, too; what has a decomposition
 * has it by <compat>. */
static bool is_general_punctuation(struct str s, size_t i)
{
    return s.n - i >= 3 && memcmp(s.p + i, "\xE2\x80", 2) == 0 && (unsigned char)s.p[i + 2] >= 0x90 &&
           (unsigned char)s.p[i + 2] <= 0xA7;
}

/* Characters below U+0300 are NFC and do not compose with what precedes. */
bool utf8_surely_nfc(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        i = bytes16_past(s, i, may_compose);
        while (i < s.n && (unsigned char)s.p[i] < BEYOND)
            i++;
        if (i < s.n && is_general_punctuation(s, i))
            i += 3;
        else if (i < s.n && !stays_in_nfc(utf8_next(s, &i)))
            return false;
    }
    return true;
}

struct str utf8_nfc(struct arena *arena, struct str s)
{
    if (utf8_surely_nfc(s) || !is_stream_safe(s))
        return s;
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &composed,
                                      UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n == UTF8PROC_ERROR_NOMEM)
        base_out_of_memory();
    if (n < 0)
        return s;
    struct str result = {(const char *)composed, (size_t)n};
    result = str_eq(result, s) ? s : str_dup(arena, result);
    free(composed);
    return result;
}

size_t utf8_cluster_end(struct str s, size_t offset)
{
    int32_t state = 0;
    int32_t before = utf8_next(s, &offset);
    while (offset < s.n) {
        size_t next = offset;
        int32_t after = utf8_next(s, &next);
        if (before < 0 || after < 0 || utf8proc_grapheme_break_stateful(before, after, &state))
            break;
        before = after;
        offset = next;
    }
    return offset;
}

size_t utf8_width(struct str s)
{
    size_t width = 0;
    for (size_t i = 0; i < s.n;) {
        int32_t c = utf8_next(s, &i);
        int columns = c < 0 ? 1 : utf8proc_charwidth(c);
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}

size_t utf8_length(struct str s)
{
    const uint64_t ones = 0x0101010101010101;
    size_t within = 0, i = 0; /* bytes within a character, behind its first */
    for (uint64_t bytes; s.n - i >= sizeof bytes; i += sizeof bytes) {
        memcpy(&bytes, s.p + i, sizeof bytes);
        within += (size_t)(((bytes >> 7 & ~bytes >> 6 & ones) * ones) >> 56);
    }
    for (; i < s.n; i++)
        within += ((unsigned char)s.p[i] & 0xC0) == 0x80;
    return s.n - within;
}

bool utf8_is_alphanumeric(int32_t c)
{
    if (c >= 0 && c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    utf8proc_category_t category = c < 0 ? UTF8PROC_CATEGORY_CN : utf8proc_category(c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

static bool is_unspaced_script(int32_t c)
{
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0x0E00 && c <= 0x0E7F);
}

static bool is_mark(int32_t c)
{
    utf8proc_category_t category = c < 0x80 ? UTF8PROC_CATEGORY_CN : utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC;
}

void utf8_words_add(struct utf8_words *words, struct str s)
{
    static const struct ascii_set alphanumeric = ASCII_SET(ASCII_DIGITS, ASCII_LETTERS);
    static const struct ascii_set between = ASCII_SET(~ASCII_DIGITS & ~ASCII_BIT('\''), ~ASCII_LETTERS);
    size_t halves = words->halves;
    bool inside = words->inside;
    for (size_t i = 0; i < s.n;) {
        if (s.n >= sizeof(bytes16)) { /* the last ones with what is before them */
            size_t left = s.n - i, before = left < sizeof(bytes16) ? sizeof(bytes16) - left : 0;
            bytes16 bytes = bytes16_at(s.p + i - before);
            unsigned special = bytes16_bits(bytes | bytes16_is(bytes, '\'')) >> before;
            unsigned n = special ? bytes16_first(special) : (unsigned)(sizeof bytes - before);
            unsigned letters = bytes16_bits(bytes16_alphanumeric(bytes)) >> before & ((1U << n) - 1);
            halves += 2 * bytes16_count(letters & ~(letters << 1 | inside));
            inside = n ? letters >> (n - 1) : inside;
            i += n;
            if (!special)
                continue;
        }
        if (ascii_has(&alphanumeric, s.p[i])) {
            halves += inside ? 0 : 2;
            inside = true;
            i = ascii_past(&alphanumeric, s, i + 1);
            while (s.n - i >= 2 && s.p[i] == ' ' && ascii_has(&alphanumeric, s.p[i + 1])) {
                halves += 2;
                i = ascii_past(&alphanumeric, s, i + 2);
            }
            continue;
        }
        if (ascii_has(&between, s.p[i])) {
            inside = false;
            i++;
            continue;
        }
        if (is_general_punctuation(s, i)) { /* an apostrophe is of its word */
            inside = inside && s.p[i + 2] == '\x99';
            i += 3;
            continue;
        }
        int32_t c = utf8_next(s, &i);
        bool word = utf8_is_alphanumeric(c) || (inside && (c == '\'' || c == 0x2019 || is_mark(c)));
        if (word && c >= 0 && is_unspaced_script(c)) {
            halves += 1;
            inside = false;
            continue;
        }
        if (word && !inside)
            halves += 2;
        inside = word;
    }
    *words = (struct utf8_words){halves, inside};
}

size_t utf8_words_counted(const struct utf8_words *words)
{
    return (words->halves + 1) / 2;
}

size_t utf8_words(struct str s)
{
    struct utf8_words words = {0};
    utf8_words_add(&words, s);
    return utf8_words_counted(&words);
}
