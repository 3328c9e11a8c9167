/* One pass over the text of a sentence. */
#include "spec/lint_sentence.h"

#include <string.h>

#include "spec/syntax.h"

/* What a byte of a word is in the plain form; 0 stands for what is between words, and for 0xE3, which a
 * closer look tells apart. */
#define SAME_2(c) (c), (c) + 1
#define SAME_8(c) SAME_2(c), SAME_2((c) + 2), SAME_2((c) + 4), SAME_2((c) + 6)
#define SAME_10(c) SAME_8(c), SAME_2((c) + 8)
#define SAME_26(c) SAME_8(c), SAME_8((c) + 8), SAME_10((c) + 16)
#define SAME_28(c) SAME_26(c), SAME_2((c) + 26)
#define SAME_99(c)                                                                                           \
    SAME_26(c), SAME_26((c) + 26), SAME_26((c) + 52), SAME_10((c) + 78), SAME_10((c) + 88), (c) + 98
static const unsigned char plain_byte[256] = {
    ['0'] = SAME_10('0'),   ['A'] = SAME_26('a'),   ['a'] = SAME_26('a'),
    [0x80] = SAME_99(0x80), [0xE4] = SAME_28(0xE4),
};
static const struct str full_stop = {"\xE3\x80\x82", 3};

struct str lint_sentence_plain(struct arena *arena, struct str sentence)
{
    char *copy = arena_room(arena, sentence.n + 3, 1);
    size_t n = 0;
    copy[n++] = ' ';
    for (size_t i = 0; i < sentence.n; i++) {
        unsigned char byte = (unsigned char)sentence.p[i];
        if (plain_byte[byte] || byte == 0xE3)
            copy[n++] = byte == 0xE3 ? (char)byte : (char)plain_byte[byte];
        else if (copy[n - 1] != ' ' && byte != '\'')
            copy[n++] = ' ';
    }
    if (copy[n - 1] != ' ')
        copy[n++] = ' ';
    arena_shrink(arena, copy, sentence.n + 3, n);
    return (struct str){copy, n};
}

/* A sentence so far. */
struct reading {
    struct lint_sentence told;
    bool spaced; /* the plain form ends with a space */
};

static uint64_t with_byte(uint64_t hash, unsigned char byte)
{
    static const uint64_t odd = 0x9E3779B97F4A7C15u; /* 2^64 over the golden ratio */
    return (hash ^ byte) * odd;
}

/* Bytes [from, to) of a word have been digested. */
static void add_word(struct reading *reading, struct str text, size_t from, size_t to)
{
    static const char confiden[] = "confiden";
    bool joined = !reading->spaced; /* by an apostrophe: seldom enough to be looked at closely */
    reading->told.words += reading->spaced;
    reading->told.plain_bytes += to - from;
    reading->spaced = false;
    size_t same = 0;
    while (same < sizeof confiden - 1 && from + same < to &&
           syntax_lower(text.p[from + same]) == confiden[same])
        same++;
    if (joined || same == sizeof confiden - 1)
        reading->told.may_tell_confidence = true;
}

static void add_space(struct reading *reading)
{
    if (reading->spaced)
        return;
    reading->told.hash = with_byte(reading->told.hash, ' ');
    reading->told.plain_bytes++;
    reading->spaced = true;
}

static void add_wide(struct reading *reading, struct str text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        reading->told.hash = with_byte(reading->told.hash, (unsigned char)text.p[i]);
    add_word(reading, text, from, to);
}

static bool ends_sentence(struct str text, size_t at)
{
    char c = text.p[at];
    return (c == '.' || c == '!' || c == '?') && (at + 1 == text.n || text.p[at + 1] == ' ');
}

struct lint_sentence lint_sentence_next(struct arena *arena, struct str text, size_t from,
                                        struct lint_places *articles)
{
    struct reading reading = {.told = {.plain_bytes = 1}, .spaced = true};
    size_t at = from;
    for (bool ended = false; !ended;) {
        size_t start = at;
        uint64_t hash = reading.told.hash;
        for (unsigned char c; at < text.n && (c = plain_byte[(unsigned char)text.p[at]]) != 0; at++)
            hash = with_byte(hash, c);
        reading.told.hash = hash;
        if (at > start)
            add_word(&reading, text, start, at);
        if (at > start && at - start <= 2 && syntax_lower(text.p[start]) == 'a')
            *ARENA_PUSH(arena, articles) = start;
        if (at == text.n)
            break;
        if (text.p[at] == '\xE3') {
            ended = str_starts(str_slice(text, at, text.n), full_stop);
            size_t n = ended ? full_stop.n : 1;
            add_wide(&reading, text, at, at + n);
            at += n;
            continue;
        }
        ended = ends_sentence(text, at);
        if (text.p[at] != '\'')
            add_space(&reading);
        at++;
    }
    add_space(&reading);
    reading.told.end = at;
    reading.told.hash ^= reading.told.hash >> 32; /* tables take the lower half */
    return reading.told;
}
