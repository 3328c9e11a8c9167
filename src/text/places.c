/* Where plain text may be broken: after spaces and dashes, and inside addresses. */
#include "text/para.h"

#include <string.h>

#include "base/utf8.h"

enum { ADDRESS_HEAD = 4, ADDRESS_TAIL = 3 }; /* bytes of an address that stay together at either end */

static unsigned char byte_at(struct str text, size_t i)
{
    return i < text.n ? (unsigned char)text.p[i] : ' ';
}

/* ASCII letters, and all that is beyond ASCII and no punctuation. */
static bool is_letter_start(struct str text, size_t i)
{
    unsigned char c = byte_at(text, i);
    return (c | 32u) - 'a' < 26u || (c >= 0xC3 && c != 0xE2 && c != 0xEF);
}

static bool is_letter_end(struct str text, size_t end)
{
    if (!end)
        return false;
    size_t i = end - 1;
    while (i && end - i < 4 && (byte_at(text, i) & 0xC0) == 0x80)
        i--;
    return is_letter_start(text, i);
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

bool places_is_address(struct str text, size_t from, size_t to)
{
    bool dot = false, slash_after_dot = false, at_sign = false;
    if (to - from > 4 && memcmp(text.p + from, "www.", 4) == 0)
        return true;
    for (size_t i = from; i < to; i++) {
        char c = text.p[i];
        if (c == ':' && i > from && i + 2 < to && text.p[i + 1] == '/' && text.p[i + 2] == '/')
            return true;
        slash_after_dot |= c == '/' && dot;
        if (c == '.' && i + 1 < to && text.p[i + 1] != '.')
            dot = true;
        at_sign |= c == '@' && i > from && i + 1 < to;
    }
    return slash_after_dot || (at_sign && dot);
}

static void set(uint8_t *places, size_t at, enum place place)
{
    if (places[at] == PLACE_NONE)
        places[at] = (uint8_t)place;
}

/* After the punctuation of an address, never before it, and not close to its ends. */
static void break_address(struct str text, size_t from, size_t to, uint8_t *places)
{
    for (size_t i = from + ADDRESS_HEAD; i + ADDRESS_TAIL < to; i++)
        if (strchr("/.-_?&=#@:,%", text.p[i]) && text.p[i] && !strchr("/.-_?&=#@:,%)]}", text.p[i + 1]))
            set(places, i + 1, PLACE_ADDRESS);
}

/* After a hyphen between two words of two letters at least; after an en or em dash between letters. */
static void break_dashes(struct str text, size_t from, size_t to, uint8_t *places)
{
    for (size_t i = from; i < to; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '-' && i >= from + 2 && is_letter_end(text, i) && is_letter_end(text, i - 1) &&
            is_letter_start(text, i + 1) && is_letter_start(text, i + 2))
            set(places, i + 1, PLACE_DASH);
        if (c != 0xE2 || i + 3 >= to || byte_at(text, i + 1) != 0x80)
            continue;
        unsigned char last = byte_at(text, i + 2);
        bool dash = last == 0x90 || last == 0x93; /* U+2010, U+2013 */
        bool em_dash = last == 0x94;
        unsigned char next = byte_at(text, i + 3);
        bool between_letters = (dash || em_dash) && is_letter_end(text, i) && is_letter_start(text, i + 3);
        if (between_letters || (em_dash && i > from && is_digit(next)))
            set(places, i + 3, PLACE_DASH);
    }
}

/* What closes does not begin a line, even behind a space (UAX #14, LB13); a stop or a slash that begins a word,
 * as in .NET and /etc, is no such sign. */
static bool may_begin(struct str text, size_t i)
{
    unsigned char c = byte_at(text, i);
    if (c == '.' || c == '/')
        return is_letter_start(text, i + 1) || is_digit(byte_at(text, i + 1));
    return c == '\0' || !strchr(")]}!?,:;", c);
}

/* What opens does not end a line, spaces behind it or not (LB14). */
static bool may_end(struct str text, size_t end)
{
    unsigned char c = end ? byte_at(text, end - 1) : ' ';
    return c == '\0' || !strchr("([{", c);
}

/* The space that starts at i, and its bytes. */
static enum space space_at(struct str text, size_t i, size_t *bytes)
{
    unsigned char c = (unsigned char)text.p[i];
    *bytes = 1;
    if (c == ' ')
        return SPACE_FLEXIBLE;
    if (c != 0xE1 && c != 0xE2 && c != 0xE3)
        return SPACE_NONE;
    size_t end = i;
    int32_t code_point = utf8_next(text, &end);
    *bytes = end - i;
    return code_point < 0 ? SPACE_NONE : space_kind((uint32_t)code_point);
}

void places_find(struct str text, uint8_t *places)
{
    size_t i = 0;
    while (i < text.n) {
        size_t bytes, from = i;
        enum space space;
        while (i < text.n && (space = space_at(text, i, &bytes)) != SPACE_NONE && space != SPACE_JOINING)
            i += bytes;
        if (i > from && i < text.n && places[i] != PLACE_FORCED && places[i] != PLACE_NEVER)
            places[i] = may_begin(text, i) && may_end(text, from) ? PLACE_SPACE : PLACE_NEVER;
        from = i;
        while (i < text.n && ((space = space_at(text, i, &bytes)) == SPACE_NONE || space == SPACE_JOINING))
            i += bytes;
        if (i - from < 4)
            continue;
        if (places_is_address(text, from, i))
            break_address(text, from, i, places);
        else
            break_dashes(text, from, i, places);
    }
}
