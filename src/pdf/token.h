/* The small pieces of PDF syntax that are written by hand: numbers, names, strings and references. */
#ifndef BRIEFING_PDF_TOKEN_H
#define BRIEFING_PDF_TOKEN_H

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"

/* PDF/A-3 (ISO 19005-3, 6.1.13): no string is longer. */
enum { TOKEN_MAX_STRING = 32767 };

/* Bytes that a number takes at most: nineteen digits, three more, a sign and a point, and what is written
 * behind it. */
enum { TOKEN_NUMBER_MOST = 28 };

void token_int(struct buf *out, int64_t value);

/* Digits of a number below 1000, which are copied with no jump for how many they are: that could not be
 * guessed. Four bytes are written for three. */
struct token_digits {
    char text[3];
    unsigned char n;
};
extern const struct token_digits token_wholes[1000];
/* All three of them; n: how many bytes a decimal point and those that tell something are. */
extern const struct token_digits token_fractions[1000];

/* The same where there is room for TOKEN_NUMBER_MOST bytes; returns the end. token_large_at: any from 1000
 * on. */
char *token_large_at(char *to, uint64_t value);
static inline char *token_number_at(char *to, uint64_t value)
{
    if (value >= 1000)
        return token_large_at(to, value);
    memcpy(to, &token_wholes[value], sizeof *token_wholes);
    return to + token_wholes[value].n;
}

static inline char *token_int_at(char *to, int64_t value)
{
    *to = '-';
    return token_number_at(to + (value < 0), value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

/* Thousandths as the shortest decimal: 12500 → "12.5", -40 → "-.04". So millipoints become points. */
void token_milli(struct buf *out, int64_t thousandths);

/* Millipoints to the nearest hundredth of a point (away from zero), still in millipoints: 12345 → 12350. */
int64_t token_hundredths(int64_t mpt);

/* One component of a colour, 0–255, as a share of 1 with three places. */
void token_component(struct buf *out, uint8_t value);

/* "/Name", with all that is no regular character as #xx (ISO 32000-1, 7.3.5), at most 127 bytes of it. */
void token_name(struct buf *out, struct str name);

/* "12 0 R", after a space where what stands before it is no delimiter. */
void token_ref(struct buf *out, uint32_t id);

/* A literal string of these bytes (7.3.4.2). */
void token_bytes(struct buf *out, const void *bytes, size_t n);

/* <hex> of these bytes. */
void token_hex(struct buf *out, const void *bytes, size_t n);

/* A text string (7.9.2.2): in PDFDocEncoding where that has all its characters, else in UTF-16BE with byte
 * order mark. What is beyond the limit of a string is left out. */
void token_text(struct buf *out, struct str utf8);

/* utf8 without a byte order mark, appended as UTF-16BE. */
void token_utf16(struct buf *out, struct str utf8);

/* "D:20261121000000Z" in parentheses; date must be set. */
void token_date(struct buf *out, struct date date);

/* The longest part of a text that fits a text string. */
struct str token_clip(struct str utf8);

#endif
