/* One pass over the text of a sentence. */
#include "spec/lint_sentence.h"

#include <string.h>

#include "base/ascii.h"
#include "base/bytes16.h"
#include "base/hash.h"
#include "spec/syntax.h"

/* Bytes of words, but for 0xE3: a closer look tells whether it begins a full stop. */
static const struct ascii_set in_words = {{
    [0] = ASCII_64(ASCII_DIGITS),
    [64] = ASCII_64(ASCII_LETTERS),
    [128] = ASCII_64(~(uint64_t)0),
    [192] = ASCII_64(~ASCII_BIT(0xE3)),
}};
static const struct str full_stop = {"\xE3\x80\x82", 3};

struct str lint_sentence_plain(struct arena *arena, struct str sentence)
{
    char *copy = arena_room(arena, sentence.n + 3, 1);
    size_t n = 0;
    copy[n++] = ' ';
    for (size_t i = 0; i < sentence.n; i++) {
        unsigned char byte = (unsigned char)sentence.p[i];
        if (in_words.has[byte] || byte == 0xE3)
            copy[n++] = syntax_lower(sentence.p[i]);
        else if (copy[n - 1] != ' ' && byte != '\'')
            copy[n++] = ' ';
    }
    if (copy[n - 1] != ' ')
        copy[n++] = ' ';
    arena_shrink(arena, copy, sentence.n + 3, n);
    return (struct str){copy, n};
}

uint64_t lint_sentence_hash(struct arena *arena, struct str sentence)
{
    struct arena_mark mark = arena_mark(arena);
    struct str plain = lint_sentence_plain(arena, sentence);
    uint64_t hash = hash_quick(plain.p, plain.n);
    arena_rewind(arena, mark);
    return hash;
}

/* A sentence so far. */
struct reading {
    struct lint_sentence told;
    size_t word_bytes; /* of the word that may go on: 0 behind a space of the plain form */
};

static bool begins_confiden(struct str text, size_t from)
{
    static const struct str confiden = {"confiden", 8};
    size_t same = 0;
    while (same < confiden.n && from + same < text.n && syntax_lower(text.p[from + same]) == confiden.p[same])
        same++;
    return same == confiden.n;
}

/* Bytes [from, to) are a word, or more of one behind an apostrophe or beside a wide character. */
static inline void add_word(struct reading *reading, struct str text, size_t from, size_t to)
{
    bool joined = reading->word_bytes > 0; /* seldom enough to be looked at closely */
    reading->told.words += !joined;
    reading->word_bytes += to - from;
    if (joined || ((text.p[from] | 0x20) == 'c' && begins_confiden(text, from)))
        reading->told.may_tell_confidence = true;
}

static inline void add_space(struct reading *reading)
{
    static const uint64_t odd = 0x9E3779B97F4A7C15u; /* 2^64 over the golden ratio */
    if (!reading->word_bytes)
        return;
    reading->told.shape = (reading->told.shape ^ reading->word_bytes) * odd;
    reading->told.plain_bytes += reading->word_bytes + 1;
    reading->word_bytes = 0;
}

static inline bool ends_sentence(struct str text, size_t at)
{
    char c = text.p[at];
    return (c == '.' || c == '!' || c == '?') && (at + 1 == text.n || text.p[at + 1] == ' ');
}

/* Words of fewer than sixteen letters, each with one byte behind it that ends it and nothing more, from a
 * word's beginning on; gives the place behind the last of them. */
static size_t add_plain_words(struct reading *reading, struct str text, size_t at, struct arena *arena,
                              struct lint_places *articles)
{
    static const struct ascii_set closer_look = {
        {['.'] = true, ['!'] = true, ['?'] = true, ['\''] = true, [0xE3] = true}};
    while (text.n - at >= sizeof(bytes16)) {
        bytes16 bytes = bytes16_at(text.p + at);
        bytes16 others =
            ~(bytes16_alphanumeric(bytes) | bytes) | bytes16_is(bytes, '\xE3'); /* by their top bits */
        unsigned ends = bytes16_bits(others), n = ends ? bytes16_first(ends) : 0;
        if (!ends || ascii_has(&closer_look, text.p[at + n]))
            break;
        if (n) {
            if (n <= 2 && (text.p[at] | 0x20) == 'a')
                *ARENA_PUSH(arena, articles) = at;
            add_word(reading, text, at, at + n);
            add_space(reading);
        }
        at += n + 1;
    }
    return at;
}

struct lint_sentence lint_sentence_next(struct arena *arena, struct str text, size_t from,
                                        struct lint_places *articles)
{
    struct reading reading = {.told = {.plain_bytes = 1}};
    size_t at = from;
    for (bool ended = false; !ended;) {
        if (!reading.word_bytes)
            at = add_plain_words(&reading, text, at, arena, articles);
        size_t start = at;
        at = ascii_past(&in_words, text, at);
        if (at > start)
            add_word(&reading, text, start, at);
        if (at > start && at - start <= 2 && (text.p[start] | 0x20) == 'a')
            *ARENA_PUSH(arena, articles) = start;
        if (at == text.n)
            break;
        if (text.p[at] == ' ') {
            add_space(&reading);
            at++;
            continue;
        }
        if (text.p[at] == '\xE3') {
            ended = str_starts(str_slice(text, at, text.n), full_stop);
            size_t n = ended ? full_stop.n : 1;
            add_word(&reading, text, at, at + n);
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
    reading.told.shape ^= reading.told.shape >> 32; /* tables take the lower half */
    return reading.told;
}
