/* Entries stand one behind the other in a ring. What is written next takes the place of the oldest, but those
 * that were asked for meanwhile are written anew: so what is asked for again and again stays, and the memory
 * is never larger. */
#include "text/memo.h"

#include <stdlib.h>
#include <string.h>

#include "text/exception.h"
#include "text/memo_key.h"

enum {
    HEADS = 1024,
    SHARE_MOST = 8, /* no entry takes more than this part of the ring */
    TOLD_MOST = 2 * 1024,
    KEY_BEHIND = 16, /* bytes behind the key, for its hash */
    ALIGN = 8
};

/* Then its value, then its key. */
struct entry {
    uint64_t hash;
    uint32_t next; /* of those whose hashes end alike: where it begins; 0: there is none */
    uint32_t value_bytes;
    uint32_t all_bytes;
    uint16_t key_bytes;
    bool asked_for; /* since it was written */
};

/* A value of MEMO_LINES: this, then lines, segments, words of packed glyphs and texts, each one after the
 * other in the order of lines and segments. Those of MEMO_WIDTHS are two numbers. */
struct sizes {
    uint32_t lines, segments, words, text;
};

/* A line and a segment in the fewest bytes: what they say in memory of pointers is known by their order. */
struct kept_line {
    uint32_t segments;
    int32_t width_mpt, start_hang_mpt, end_hang_mpt, ascent_mpt, descent_mpt;
    uint32_t text_from, text_to;
    bool hyphenated, last;
};

struct kept_segment {
    const struct text_face *face;
    int32_t size_mpt, x_mpt, rise_mpt, width_mpt;
    uint32_t text_at, text_bytes, tag, words, glyphs;
    int16_t wider_pcm;
    bool rtl, space_after;
};

struct memo {
    unsigned char *ring;
    uint32_t ring_bytes;
    uint32_t at;          /* where the next entry is to be written */
    uint32_t oldest, end; /* the oldest ones behind that: from here to there */
    uint64_t hash;        /* of the paragraph at hand */
    size_t key_bytes;
    size_t told_bytes;
    uint32_t heads[HEADS];
    uint32_t key[(MEMO_KEY_MOST + KEY_BEHIND) / sizeof(uint32_t)];
    unsigned char told[TOLD_MOST]; /* the exceptions to hyphenation with which all was set that is here */
};

static void empty(struct memo *memo)
{
    memo->at = ALIGN;
    memo->oldest = memo->end = memo->ring_bytes;
    memset(memo->heads, 0, sizeof memo->heads);
}

struct memo *memo_open(size_t bytes)
{
    struct memo *memo = base_malloc(sizeof *memo);
    memo->ring = base_malloc(bytes);
    memo->ring_bytes = (uint32_t)bytes;
    memo->key_bytes = memo->told_bytes = 0;
    empty(memo);
    return memo;
}

void memo_close(struct memo *memo)
{
    if (!memo)
        return;
    free(memo->ring);
    free(memo);
}

/* ---- the paragraph at hand */

/* A document's paragraphs have the same exceptions, and so have documents of a house: with others all begins
 * anew. false: there are too many to compare them again and again. */
static bool meet_exceptions(struct memo *memo, const struct text_exceptions *exceptions)
{
    struct str told = exceptions_told(exceptions);
    if (told.n == memo->told_bytes && (!told.n || memcmp(told.p, memo->told, told.n) == 0))
        return true;
    if (told.n > TOLD_MOST)
        return false;
    memo_put(memo->told, told.p, told.n);
    memo->told_bytes = told.n;
    empty(memo);
    return true;
}

/* Two eights at a time, each by itself, for a product is waited for. The key is filled up with zeroes. */
static uint64_t hash_of(uint32_t *key, size_t bytes)
{
    static const uint64_t odd = 0x9E3779B97F4A7C15u,
                          other = 0xC2B2AE3D27D4EB4Fu; /* 2^64 over the golden ratio, and a prime */
    unsigned char *p = (unsigned char *)key;
    uint64_t a = bytes * odd, b = other, two[2];
    memset(p + bytes, 0, sizeof two);
    for (const unsigned char *end = p + bytes; p < end; p += sizeof two) {
        memcpy(two, p, sizeof two);
        a = (a ^ two[0]) * odd;
        b = (b ^ two[1]) * other;
        a ^= a >> 32;
        b ^= b >> 32;
    }
    a = (a ^ (b << 31 | b >> 33)) * odd;
    return a ^ a >> 29;
}

bool memo_turn_to(struct memo *memo, const struct text_paragraph *paragraph, enum memo_what what)
{
    memo->key_bytes = memo_key_put(memo->key, paragraph, what);
    if (!memo->key_bytes)
        return false;
    memo->hash = hash_of(memo->key, memo->key_bytes);
    return meet_exceptions(memo, paragraph->exceptions);
}

/* ---- entries */

static struct entry *entry_at(const struct memo *memo, uint32_t at)
{
    return (struct entry *)(void *)(memo->ring + at);
}

static unsigned char *value_of(struct entry *entry)
{
    return (unsigned char *)(entry + 1);
}

static uint32_t *head_of(struct memo *memo, uint64_t hash)
{
    return &memo->heads[hash % HEADS];
}

/* The hash is a hint; the key decides. */
static struct entry *find(struct memo *memo)
{
    for (uint32_t at = *head_of(memo, memo->hash); at; at = entry_at(memo, at)->next) {
        struct entry *entry = entry_at(memo, at);
        if (entry->hash == memo->hash && entry->key_bytes == memo->key_bytes &&
            memcmp(value_of(entry) + entry->value_bytes, memo->key, memo->key_bytes) == 0) {
            entry->asked_for = true;
            return entry;
        }
    }
    return NULL;
}

/* Takes the entry that was written where the next one is to be. */
static void enter(struct memo *memo)
{
    struct entry *entry = entry_at(memo, memo->at);
    uint32_t *head = head_of(memo, entry->hash);
    entry->next = *head;
    *head = memo->at;
    memo->at += entry->all_bytes;
}

/* The oldest one goes, or becomes the newest. */
static void renew_oldest(struct memo *memo)
{
    struct entry *entry = entry_at(memo, memo->oldest);
    uint32_t *link = head_of(memo, entry->hash);
    while (*link != memo->oldest)
        link = &entry_at(memo, *link)->next;
    *link = entry->next;
    memo->oldest += entry->all_bytes;
    if (entry->asked_for) {
        entry->asked_for = false;
        memmove(entry_at(memo, memo->at), entry, entry->all_bytes);
        enter(memo);
    }
    if (memo->oldest == memo->end)
        memo->oldest = memo->end = memo->ring_bytes;
}

/* Room for an entry. */
static struct entry *make_room(struct memo *memo, size_t bytes)
{
    while (memo->oldest - memo->at < bytes) {
        if (memo->oldest < memo->end) {
            renew_oldest(memo);
        } else { /* from the ring's beginning on all are older */
            memo->end = memo->at;
            memo->oldest = memo->at = ALIGN;
        }
    }
    return entry_at(memo, memo->at);
}

/* An entry of the paragraph at hand, whose value is for the caller to write; NULL: it would be too large. */
static unsigned char *keep(struct memo *memo, size_t value_bytes)
{
    size_t all = (sizeof(struct entry) + value_bytes + memo->key_bytes + ALIGN - 1) / ALIGN * ALIGN;
    if (all > memo->ring_bytes / SHARE_MOST)
        return NULL;
    struct entry *entry = make_room(memo, all);
    *entry = (struct entry){.hash = memo->hash,
                            .value_bytes = (uint32_t)value_bytes,
                            .all_bytes = (uint32_t)all,
                            .key_bytes = (uint16_t)memo->key_bytes};
    memcpy(value_of(entry) + value_bytes, memo->key, memo->key_bytes);
    enter(memo);
    return value_of(entry);
}

/* ---- values */

bool memo_widths(struct memo *memo, int32_t *least_mpt, int32_t *most_mpt)
{
    struct entry *entry = find(memo);
    if (!entry)
        return false;
    memcpy(least_mpt, value_of(entry), sizeof *least_mpt);
    memcpy(most_mpt, value_of(entry) + sizeof *least_mpt, sizeof *most_mpt);
    return true;
}

void memo_keep_widths(struct memo *memo, int32_t least_mpt, int32_t most_mpt)
{
    unsigned char *value = keep(memo, sizeof least_mpt + sizeof most_mpt);
    if (!value)
        return;
    memcpy(value, &least_mpt, sizeof least_mpt);
    memcpy(value + sizeof least_mpt, &most_mpt, sizeof most_mpt);
}

/* Where the parts of a value begin. */
struct parts {
    struct sizes *sizes;
    struct kept_line *lines;
    struct kept_segment *segments;
    uint32_t *words;
    char *text;
};

static struct parts parts_of(unsigned char *value, const struct sizes *sizes)
{
    struct parts parts = {.sizes = (struct sizes *)(void *)value};
    parts.segments = (struct kept_segment *)(void *)(parts.sizes + 1);
    parts.lines = (struct kept_line *)(void *)(parts.segments + sizes->segments);
    parts.words = (uint32_t *)(void *)(parts.lines + sizes->lines);
    parts.text = (char *)(parts.words + sizes->words);
    return parts;
}

static size_t parts_bytes(const struct sizes *sizes)
{
    return sizeof *sizes + sizes->segments * sizeof(struct kept_segment) +
           sizes->lines * sizeof(struct kept_line) + sizes->words * sizeof(uint32_t) + sizes->text;
}

static struct text_line line_of(const struct kept_line *kept, struct text_segment *segments)
{
    return (struct text_line){.segments = segments,
                              .segment_count = kept->segments,
                              .width_mpt = kept->width_mpt,
                              .start_hang_mpt = kept->start_hang_mpt,
                              .end_hang_mpt = kept->end_hang_mpt,
                              .ascent_mpt = kept->ascent_mpt,
                              .descent_mpt = kept->descent_mpt,
                              .hyphenated = kept->hyphenated,
                              .last = kept->last,
                              .text_from = kept->text_from,
                              .text_to = kept->text_to};
}

static struct text_segment segment_of(const struct kept_segment *kept, const char *text,
                                      const uint32_t *words)
{
    return (struct text_segment){.face = kept->face,
                                 .size_mpt = kept->size_mpt,
                                 .x_mpt = kept->x_mpt,
                                 .rise_mpt = kept->rise_mpt,
                                 .width_mpt = kept->width_mpt,
                                 .text = {text, kept->text_bytes},
                                 .text_at = kept->text_at,
                                 .rtl = kept->rtl,
                                 .space_after = kept->space_after,
                                 .wider_pcm = kept->wider_pcm,
                                 .tag = kept->tag,
                                 .packed = words,
                                 .packed_count = kept->words,
                                 .glyph_count = kept->glyphs};
}

bool memo_lines(struct memo *memo, struct arena *arena, struct text_lines *lines)
{
    struct entry *entry = find(memo);
    if (!entry)
        return false;
    const struct sizes *sizes = (const struct sizes *)(const void *)value_of(entry);
    struct parts from = parts_of(value_of(entry), sizes);
    struct text_line *line = ARENA_ROOM(arena, struct text_line, sizes->lines);
    struct text_segment *segment = ARENA_ROOM(arena, struct text_segment, sizes->segments);
    uint32_t *words = arena_room(arena, 1, sizes->words * sizeof *words + sizes->text);
    const char *text = (const char *)(words + sizes->words);
    memcpy(words, from.words, sizes->words * sizeof *words + sizes->text);
    *lines = (struct text_lines){line, sizes->lines};
    for (uint32_t i = 0; i < sizes->lines; i++, line++, from.lines++) {
        *line = line_of(from.lines, segment);
        for (uint32_t j = 0; j < from.lines->segments; j++, from.segments++) {
            *segment++ = segment_of(from.segments, text, words);
            text += from.segments->text_bytes;
            words += from.segments->words;
        }
    }
    return true;
}

static struct kept_line line_kept(const struct text_line *line)
{
    return (struct kept_line){.segments = (uint32_t)line->segment_count,
                              .width_mpt = line->width_mpt,
                              .start_hang_mpt = line->start_hang_mpt,
                              .end_hang_mpt = line->end_hang_mpt,
                              .ascent_mpt = line->ascent_mpt,
                              .descent_mpt = line->descent_mpt,
                              .text_from = (uint32_t)line->text_from,
                              .text_to = (uint32_t)line->text_to,
                              .hyphenated = line->hyphenated,
                              .last = line->last};
}

static struct kept_segment segment_kept(const struct text_segment *segment)
{
    return (struct kept_segment){.face = segment->face,
                                 .size_mpt = segment->size_mpt,
                                 .x_mpt = segment->x_mpt,
                                 .rise_mpt = segment->rise_mpt,
                                 .width_mpt = segment->width_mpt,
                                 .text_at = segment->text_at,
                                 .text_bytes = (uint32_t)segment->text.n,
                                 .tag = segment->tag,
                                 .words = (uint32_t)segment->packed_count,
                                 .glyphs = (uint32_t)segment->glyph_count,
                                 .wider_pcm = segment->wider_pcm,
                                 .rtl = segment->rtl,
                                 .space_after = segment->space_after};
}

/* A key has at most MEMO_KEY_MOST bytes of text, so that all numbers are small. */
static struct sizes sizes_of(const struct text_lines *lines)
{
    struct sizes sizes = {.lines = (uint32_t)lines->count};
    for (size_t i = 0; i < lines->count; i++) {
        const struct text_line *line = &lines->items[i];
        sizes.segments += (uint32_t)line->segment_count;
        for (size_t j = 0; j < line->segment_count; j++) {
            sizes.words += (uint32_t)line->segments[j].packed_count;
            sizes.text += (uint32_t)line->segments[j].text.n;
        }
    }
    return sizes;
}

void memo_keep_lines(struct memo *memo, const struct text_lines *lines)
{
    const struct sizes sizes = sizes_of(lines);
    unsigned char *value = keep(memo, parts_bytes(&sizes));
    if (!value)
        return;
    struct parts to = parts_of(value, &sizes);
    *to.sizes = sizes;
    for (size_t i = 0; i < lines->count; i++) {
        const struct text_line *line = &lines->items[i];
        *to.lines++ = line_kept(line);
        for (size_t j = 0; j < line->segment_count; j++) {
            const struct text_segment *segment = &line->segments[j];
            *to.segments++ = segment_kept(segment);
            to.words = memo_put(to.words, segment->packed, segment->packed_count * sizeof(uint32_t));
            to.text = memo_put(to.text, segment->text.p, segment->text.n);
        }
    }
}
