/* One pass over the text of a sentence. */
#include "spec/lint_sentence.h"

#include <string.h>

#include "base/ascii.h"
#include "base/bytes16.h"
#include "base/hash.h"
#include "spec/syntax.h"

static const struct ascii_set in_words = ASCII_SET_AND_BEYOND(ASCII_DIGITS, ASCII_LETTERS);
static const struct str full_stop = {"\xE3\x80\x82", 3};

struct str lint_sentence_plain(struct arena *arena, struct str sentence)
{
    char *copy = arena_room(arena, sentence.n + 3, 1);
    size_t n = 0;
    copy[n++] = ' ';
    for (size_t i = 0; i < sentence.n; i++) {
        unsigned char byte = (unsigned char)sentence.p[i];
        if (in_words.has[byte])
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

/* What one step of sixteen bytes leaves for the next; the bits are of its first bytes, the first one's
 * lowest. */
struct before {
    unsigned word;      /* 1: the step begins behind a byte of a word */
    unsigned inside;    /* 1: behind one, or behind apostrophes behind one */
    unsigned mark;      /* 1: behind a mark that ends a sentence before a blank */
    unsigned three_off; /* bytes that a "c" stands three bytes before */
};

/* The last of a text, with blanks behind it. */
static bytes16 last_bytes(struct str text, size_t at)
{
    char bytes[sizeof(bytes16)];
    memset(bytes, ' ', sizeof bytes);
    memcpy(bytes, text.p + at, text.n - at);
    return bytes16_at(bytes);
}

static inline bytes16 first_of(bytes16 bytes, size_t n)
{
    static const char all_then_none[] = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
                                        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    return bytes & bytes16_at(all_then_none + sizeof(bytes16) - n);
}

/* The first place among those told by bits where a full stop of Chinese and Japanese stands, or n. */
static size_t find_full_stop(struct str text, size_t at, unsigned bits, size_t n)
{
    for (; bits; bits &= bits - 1) {
        size_t place = bytes16_first(bits);
        if (place < n && str_starts(str_slice(text, at + place, text.n), full_stop))
            return place;
    }
    return n;
}

static bool begins_confiden(struct str text, size_t from)
{
    static const struct str confiden = {"confiden", 8};
    size_t same = 0;
    while (same < confiden.n && from + same < text.n && syntax_lower(text.p[from + same]) == confiden.p[same])
        same++;
    return same == confiden.n;
}

static uint64_t shape_of(const struct lint_sentence *told, uint64_t letter_sum)
{
    static const uint64_t odd = 0x9E3779B97F4A7C15u; /* 2^64 over the golden ratio */
    uint64_t shape = ((uint64_t)told->words << 48 ^ (uint64_t)told->plain_bytes << 24 ^ letter_sum) * odd;
    return shape ^ shape >> 32; /* tables take the lower half */
}

struct lint_sentence lint_sentence_next(struct arena *arena, struct str text, size_t from,
                                        struct lint_places *articles)
{
    struct lint_sentence told = {.plain_bytes = 1};
    struct before before = {0};
    bytes16_sums sums = {0}; /* of the bytes of words in lower case: whatever stands between them */
    size_t at = from;
    for (bool ended = false; !ended && at < text.n;) {
        bool whole = text.n - at >= sizeof(bytes16);
        size_t n = whole ? sizeof(bytes16) : text.n - at;
        bytes16 bytes = whole ? bytes16_at(text.p + at) : last_bytes(text, at);
        bytes16 lower = bytes | bytes16_all(0x20);
        unsigned blanks = bytes16_bits(bytes16_is(bytes, ' '));
        unsigned marks =
            before.mark |
            bytes16_bits(bytes16_is(bytes, '.') | bytes16_is(bytes, '!') | bytes16_is(bytes, '?')) << 1;
        unsigned rare = bytes16_bits(bytes16_is(bytes, '\'') | bytes16_is(bytes, '\xE3'));
        ended = (marks & blanks) != 0;
        n = ended ? bytes16_first(marks & blanks) : n;
        if (rare) {
            size_t stop = find_full_stop(text, at, rare, n);
            ended = stop == n ? ended : stop == 0; /* further on, it begins the next step */
            n = stop == 0 && n ? full_stop.n : stop;
        }
        bytes16 of_words = first_of(bytes16_alphanumeric(bytes) | bytes16_between(bytes, 0x80, 0xFF), n);
        sums += bytes16_sum(lower & of_words);

        unsigned words = bytes16_bits(of_words), next = words << 1 | before.inside; /* of a word */
        if (rare) { /* up to the byte behind apostrophes */
            unsigned apostrophes = bytes16_bits(bytes16_is(bytes, '\''));
            next |= ((next & apostrophes) + apostrophes) ^ apostrophes;
        }
        unsigned counts = bytes16_counts(words, words & ~next);
        told.words += counts >> 16;
        told.plain_bytes += (counts & 0xFFFF) + (counts >> 16);

        unsigned near_c = bytes16_bits(bytes16_is(lower, 'c')) << 3 | before.three_off;
        unsigned f = bytes16_bits(bytes16_is(lower, 'f')) & ((1U << n) - 1);
        unsigned after = words << 1 | before.word;                /* a byte of a word */
        told.may_tell_confidence |= (words & next & ~after) != 0; /* rare enough to be looked at closely */
        for (f &= near_c; f; f &= f - 1)
            told.may_tell_confidence |= begins_confiden(text, at + bytes16_first(f) - 3);

        unsigned one = blanks >> 1 | 1U << 15; /* what stands behind the last byte is not known */
        unsigned two = bytes16_bits(bytes16_is(bytes, 'n')) >> 1 & (blanks >> 2 | 1U << 14);
        unsigned a = bytes16_bits(bytes16_is(lower, 'a')) & words & ~after & (one | two);
        for (; a; a &= a - 1)
            *ARENA_PUSH(arena, articles) = at + bytes16_first(a);

        before = (struct before){after >> n & 1, next >> n & 1, marks >> n & 1, near_c >> n & 7};
        at += n;
    }
    told.end = at;
    told.shape = shape_of(&told, sums[0] + sums[1]);
    return told;
}
