/* Where plain text may be broken: after spaces and dashes, and inside addresses. */
#include "text/para.h"

#include <string.h>

#include "base/utf8.h"

enum {
    ADDRESS_HEAD = 4, /* bytes of an address that stay together at either end */
    ADDRESS_TAIL = 3,
    INSIDE_MOST = 128 /* bytes of a word that is looked through */
};

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

static void set(uint8_t *places, size_t at, enum place place, bool *any)
{
    if (places[at] == PLACE_NONE)
        places[at] = (uint8_t)place;
    *any = true;
}

/* What bytes may be to line breaks. */
enum {
    BYTE_SPACE = 1,
    BYTE_LEADS = 2,   /* may begin another space: not ASCII */
    BYTE_DASH = 4,    /* or begins one */
    BYTE_ADDRESS = 8, /* of those that make an address one must be in it, or it begins as the web's do */
    BYTE_CLOSES = 16,
    BYTE_OPENS = 32,
    BYTE_STOPS = 64,  /* as a full stop; a part of a word where one begins behind it */
    BYTE_JOINS = 128, /* parts of an address */
    BYTE_SHUTS = 256  /* as a bracket that closes */
};

static const uint16_t kinds[256] = {
    [' '] = BYTE_SPACE,
    ['-'] = BYTE_DASH | BYTE_JOINS,
    ['@'] = BYTE_ADDRESS | BYTE_JOINS,
    ['/'] = BYTE_ADDRESS | BYTE_STOPS | BYTE_JOINS,
    ['.'] = BYTE_STOPS | BYTE_JOINS,
    [')'] = BYTE_CLOSES | BYTE_SHUTS,
    [']'] = BYTE_CLOSES | BYTE_SHUTS,
    ['}'] = BYTE_CLOSES | BYTE_SHUTS,
    ['!'] = BYTE_CLOSES,
    ['?'] = BYTE_CLOSES | BYTE_JOINS,
    [','] = BYTE_CLOSES | BYTE_JOINS,
    [':'] = BYTE_CLOSES | BYTE_JOINS,
    [';'] = BYTE_CLOSES,
    ['('] = BYTE_OPENS,
    ['['] = BYTE_OPENS,
    ['{'] = BYTE_OPENS,
    ['_'] = BYTE_JOINS,
    ['&'] = BYTE_JOINS,
    ['='] = BYTE_JOINS,
    ['#'] = BYTE_JOINS,
    ['%'] = BYTE_JOINS,
    [0xE1] = BYTE_LEADS,
    [0xE2] = BYTE_LEADS | BYTE_DASH,
    [0xE3] = BYTE_LEADS,
};

static inline uint16_t kind_at(struct str text, size_t i)
{
    return kinds[(unsigned char)text.p[i]];
}

/* After the punctuation of an address, never before it, and not close to its ends. */
static void break_address(struct str text, size_t from, size_t to, uint8_t *places, bool *any)
{
    for (size_t i = from + ADDRESS_HEAD; i + ADDRESS_TAIL < to; i++)
        if (kind_at(text, i) & BYTE_JOINS && !(kind_at(text, i + 1) & (BYTE_JOINS | BYTE_SHUTS)))
            set(places, i + 1, PLACE_ADDRESS, any);
}

/* After a hyphen between two words of two letters at least; after an en or em dash between letters. */
static void break_dashes(struct str text, size_t from, size_t to, uint8_t *places, bool *any)
{
    for (size_t i = from; i < to; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '-' && i >= from + 2 && is_letter_end(text, i) && is_letter_end(text, i - 1) &&
            is_letter_start(text, i + 1) && is_letter_start(text, i + 2))
            set(places, i + 1, PLACE_DASH, any);
        if (c != 0xE2 || i + 3 >= to || byte_at(text, i + 1) != 0x80)
            continue;
        unsigned char last = byte_at(text, i + 2);
        bool dash = last == 0x90 || last == 0x93; /* U+2010, U+2013 */
        bool em_dash = last == 0x94;
        unsigned char next = byte_at(text, i + 3);
        bool between_letters = (dash || em_dash) && is_letter_end(text, i) && is_letter_start(text, i + 3);
        if (between_letters || (em_dash && i > from && is_digit(next)))
            set(places, i + 3, PLACE_DASH, any);
    }
}

/* What closes does not begin a line, even behind a space (UAX #14, LB13); a stop or a slash that begins a
 * word, as in .NET and /etc, is no such sign. */
static bool may_begin(struct str text, size_t i)
{
    uint16_t kind = kind_at(text, i);
    if (kind & BYTE_STOPS)
        return is_letter_start(text, i + 1) || is_digit(byte_at(text, i + 1));
    return !(kind & BYTE_CLOSES);
}

/* What opens does not end a line, spaces behind it or not (LB14). */
static bool may_end(struct str text, size_t end)
{
    return !end || !(kind_at(text, end - 1) & BYTE_OPENS);
}

/* Bytes of a space beyond ASCII that starts at i and may end a line; 0: there is none. */
static size_t wide_space_at(struct str text, size_t i)
{
    size_t end = i;
    int32_t code_point = utf8_next(text, &end);
    return code_point < 0 || space_kind((uint32_t)code_point) == SPACE_NONE ? 0 : end - i;
}

static inline size_t space_at(struct str text, size_t i)
{
    uint16_t kind = kind_at(text, i);
    return kind & BYTE_LEADS ? wide_space_at(text, i) : kind & BYTE_SPACE;
}

/* Where a word ends, the kinds of its bytes, and the bytes of the space behind it. */
static inline size_t word_end(struct str text, size_t i, uint16_t *seen, size_t *bytes)
{
    const char *p = text.p;
    const size_t n = text.n;
    uint16_t all = 0, kind = 0;
    *bytes = 0;
    for (; i < n; i++) {
        kind = kinds[(unsigned char)p[i]];
        if (kind & (BYTE_SPACE | BYTE_LEADS) && (*bytes = space_at(text, i)) != 0)
            break;
        all |= kind;
    }
    *seen = all;
    return i;
}

/* Places inside a word of four bytes or more. */
static void break_word(struct str text, size_t from, size_t to, uint16_t seen, uint8_t *places, bool *any)
{
    bool address = seen & BYTE_ADDRESS || text.p[from] == 'w';
    if (address && places_is_address(text, from, to))
        break_address(text, from, to, places, any);
    else if (seen & BYTE_DASH)
        break_dashes(text, from, to, places, any);
}

bool places_find(struct str text, uint8_t *places)
{
    bool any = false;
    for (size_t i = 0; i < text.n;) {
        uint16_t seen;
        size_t from = i, bytes, end = word_end(text, i, &seen, &bytes);
        if (end - from >= 4)
            break_word(text, from, end, seen, places, &any);
        for (i = end; bytes; bytes = i < text.n ? space_at(text, i) : 0)
            i += bytes;
        if (i > end && i < text.n && places[i] != PLACE_FORCED && places[i] != PLACE_NEVER)
            places[i] = may_begin(text, i) && may_end(text, end) ? PLACE_SPACE : PLACE_NEVER;
    }
    return any;
}

static uint16_t kinds_in(struct str word)
{
    uint16_t seen = 0;
    for (size_t i = 0; i < word.n; i++)
        seen |= kind_at(word, i);
    return seen;
}

uint8_t places_of_word(struct str word)
{
    const uint16_t seen = kinds_in(word);
    uint8_t places = WORD_TOLD;
    if (word.n && !may_begin(word, 0))
        places |= WORD_CLOSES;
    if (!may_end(word, word.n))
        places |= WORD_OPENS;
    if (word.n >= 4 && (seen & (BYTE_ADDRESS | BYTE_DASH) || word.p[0] == 'w')) {
        uint8_t found[INSIDE_MOST] = {0};
        bool any = word.n > INSIDE_MOST;
        if (!any)
            break_word(word, 0, word.n, seen, found, &any);
        places |= any ? WORD_INSIDE : 0;
    }
    return places;
}

bool places_in_word(struct str text, size_t from, size_t to, uint8_t *places)
{
    bool any = false;
    break_word(text, from, to, kinds_in(str_slice(text, from, to)), places, &any);
    return any;
}
