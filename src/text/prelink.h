/* Prelinked shaping: what HarfBuzz makes of the letters and pairs of letters of a bundled face, found out
 * when the program is built (prelink_compile.c). A word of such letters is set from it as HarfBuzz would set
 * it, glyph for glyph; of any other word it is said that it cannot, and HarfBuzz is asked. */
#ifndef BRIEFING_TEXT_PRELINK_H
#define BRIEFING_TEXT_PRELINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum {
    PRELINK_SETS = 32,    /* of features: a bit for each of enum prelink_set */
    PRELINK_SLOTS = 385,  /* characters that may have a glyph; the last slot has none ever */
    PRELINK_PARTS = 4,    /* the most letters of a ligature */
    PRELINK_NO_MAP = 0xFF,
    PRELINK_NONE = 0xFFFF /* no glyph */
};

enum prelink_set {
    PRELINK_TABULAR = 1,
    PRELINK_OLD_STYLE = 2,
    PRELINK_SUPERSCRIPT = 4,
    PRELINK_NO_LIGATURES = 8,
    PRELINK_SMALL_CAPS = 16 /* capitals in small capitals: of parts of a word */
};

/* In the order in which the font has them: of two that fit the first is made. */
struct prelink_ligature {
    uint32_t sets; /* a bit for each set of features that makes it */
    uint16_t parts[PRELINK_PARTS];
    uint16_t count, made;
};

/* Pairs of which only HarfBuzz knows. */
enum prelink_stop {
    PRELINK_GO,
    PRELINK_STOP_SMALL_CAPS, /* where a part of the word is in small capitals */
    PRELINK_STOP
};

/* What a pair of glyphs does: the first one's advance grows; a line may not simply be broken between them. */
struct prelink_pair {
    int16_t kern;
    bool unsafe;
    uint8_t stop; /* enum prelink_stop */
};

/* A glyph of the table; others name it by its place there. */
struct prelink_glyph {
    uint16_t id;
    int16_t advance;     /* font units */
    uint8_t left, right; /* its row and column among the pairs */
    uint8_t ligates;     /* a ligature may begin with it */
};

/* How far a glyph's outline reaches above the baseline and below it, in font units; negative where it ends
 * before. */
struct face_ink {
    int16_t above, below;
};

/* What face.h says of a face. */
struct prelink_face {
    int16_t units_per_em, ascent, descent, cap_height, x_height, weight;
    bool italic, fixed_pitch, serif;
    uint16_t embedding, substitute, glyph_count;
    const char *name, *hyphen;
    uint32_t low[12];
};

struct prelink {
    /* The font file: its size, and its prelink_digest. */
    uint64_t file_size, digest;
    uint64_t languages; /* a bit for each of prelink_languages that shapes as English does */
    const struct prelink_glyph *glyphs;
    size_t glyph_count;
    const uint8_t *pairs; /* rows of columns: which of pair_kinds */
    const struct prelink_pair *pair_kinds;
    size_t columns;
    const struct prelink_ligature *ligatures;
    size_t ligature_count;
    const uint16_t *characters; /* glyph id of a slot before features apply; 0: none */
    struct prelink_face face;
    const struct face_ink *inks;           /* of each glyph of the face */
    const uint16_t (*maps)[PRELINK_SLOTS]; /* glyph of a slot, PRELINK_NONE: none */
    uint8_t map_of[PRELINK_SETS]; /* which of maps a set of features has; PRELINK_NO_MAP: nothing is known of them */
};

/* Made at build time. */
extern const struct prelink prelink_tables[];
extern const size_t prelink_table_count;

/* Languages (BCP 47, small letters) that are asked about; the first stands for none. */
extern const char *const prelink_languages[];
extern const size_t prelink_language_count;

/* Of a font file's bytes: FNV-1a of its table directory, where a checksum of each table stands (OpenType 1.9,
 * Organization of an OpenType Font), and of its small tables. 0: it is no whole font. */
uint64_t prelink_digest(struct str font);

/* The table made from this file, as far as prelink_digest tells files apart, or NULL. */
const struct prelink *prelink_find(struct str font);

/* The bit of a language among prelink.languages, 0: it is none of them. name may be NULL. */
uint64_t prelink_language(const char *name);

/* A bundled face that shows neither running text nor headings nor figures: what was made of it is RARE (base/rare.h). */
static inline bool prelink_rare(bool fixed_pitch, bool italic, bool serif, int weight)
{
    return fixed_pitch || (italic && (!serif || weight >= 600));
}

/* Where a character stands in maps. */
static inline unsigned prelink_slot(uint32_t c)
{
    if (c - 0x20 < 0x5F)
        return c - 0x20;
    if (c - 0xA0 < 0xE0)
        return c - 0xA0 + 95;
    if (c - 0x2010 < 43)
        return c - 0x2010 + 319;
    if (c - 0x218 < 4)
        return c - 0x218 + 362;
    if (c - 0x2190 < 10)
        return c - 0x2190 + 366;
    switch (c) {
    case 0x20AC:
        return 376;
    case 0x2116:
        return 377;
    case 0x2122:
        return 378;
    case 0x2212:
        return 379;
    case 0x2248:
        return 380;
    case 0x2260:
        return 381;
    case 0x2264:
        return 382;
    case 0x2265:
        return 383;
    default:
        return PRELINK_SLOTS - 1;
    }
}

/* The glyph of a character where a set of features applies, PRELINK_NONE: there is none. */
static inline uint16_t prelink_glyph_of(const struct prelink *table, unsigned set, uint32_t c)
{
    uint8_t map = table->map_of[set];
    return map == PRELINK_NO_MAP ? PRELINK_NONE : table->maps[map][prelink_slot(c)];
}

static inline const struct prelink_pair *prelink_pair_of(const struct prelink *table, uint16_t a, uint16_t b)
{
    return &table->pair_kinds[table->pairs[table->glyphs[a].left * table->columns + table->glyphs[b].right]];
}

/* Whether a ligature may end with two glyphs. */
bool prelink_joins(const struct prelink *table, uint16_t a, uint16_t b);

/* A glyph of a word: which, by its place among the table's glyphs, what it adds to its advance, and what it
 * stands for. */
struct prelink_set_glyph {
    uint16_t glyph;
    int16_t kern;
    uint8_t cluster; /* byte offset */
    bool unsafe;     /* a line may not simply be broken before it */
};

/* Parts of a word that are in small capitals, in their order: bytes [from, to). */
struct prelink_part {
    uint8_t from, to;
};
enum { PRELINK_SMALL_MOST = 8 };
struct prelink_small {
    struct prelink_part parts[PRELINK_SMALL_MOST];
    size_t count;
};

/* Sets a word of at most 250 bytes; glyphs has room for as many. set: without PRELINK_SMALL_CAPS; small says which parts
 * have it. The number of glyphs, 0: HarfBuzz must be asked. */
size_t prelink_set(const struct prelink *table, unsigned set, struct str word, const struct prelink_small *small,
                   struct prelink_set_glyph *glyphs);

#endif
