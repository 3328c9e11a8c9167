/* Shaping: characters of an item to glyphs in font units, which serve every size. */
#ifndef BRIEFING_TEXT_SHAPE_H
#define BRIEFING_TEXT_SHAPE_H

#include "text/item.h"

struct shaped_glyph {
    uint32_t id;
    int32_t advance, dx, dy; /* font units */
    uint32_t cluster;        /* byte offset from the start of what was shaped */
    bool unsafe;             /* a line may not simply be broken before its cluster: shape both sides anew */
};

/* One of plain glyphs, which are most. */
struct plain_glyph {
    uint32_t packed; /* id, and step from the glyph before, as they are packed (packed.h); of the first one no
                        step */
    uint32_t end;    /* font units up to its end */
};
enum {
    PLAIN_GLYPHS = 64,      /* in what is plain */
    PLAIN_MOST = INT16_MAX, /* of an advance */
    PLAIN_STEP = 4          /* they are read by so many: some without a width stand behind the last one */
};

/* Of so many glyphs how many there are to be read. */
static inline size_t plain_room(size_t count)
{
    return (count + PLAIN_STEP - 1) / PLAIN_STEP * PLAIN_STEP;
}

/* Where a word that is kept may be hyphenated, once that was asked. */
struct word_hyphens {
    const void *table; /* struct hyphen_table, by which it was found; NULL: it was not asked yet */
    uint64_t places;   /* a bit for each byte that a hyphen may stand before */
};

struct shaped {
    uint32_t count;
    uint32_t clusters;
    int64_t advance; /* of all glyphs, font units */
    uint8_t places;  /* enum word_place */
    bool plain;  /* from left to right, a cluster each, at the pen: nothing but ids, advances and clusters,
                    which fit as they are packed */
    bool linked; /* plain, from prelinked tables, as are its parts, without small capitals (shaper_parts) */
    bool kept;   /* in the cache of words, which has its hyphens (words_hyphens) */
    struct face_ink ink;               /* of plain glyphs: how far they reach as they stand */
    uint16_t first, last;              /* of plain glyphs: clusters of the first and of the last */
    uint64_t unsafe;                   /* of plain glyphs: a bit for each that is */
    struct plain_glyph plain_glyphs[]; /* or, where they are not plain, each a struct shaped_glyph */
};

/* Glyphs that are not plain, in visual order. */
static inline const struct shaped_glyph *shaped_full(const struct shaped *shaped)
{
    return (const struct shaped_glyph *)(const void *)shaped->plain_glyphs;
}

/* The glyphs one by one; room for those that are plain. */
const struct shaped_glyph *shaped_glyphs(const struct shaped *shaped, struct shaped_glyph room[PLAIN_GLYPHS]);

/* What is being shaped. */
struct shaping {
    struct shaped_glyph *glyphs;
    uint32_t count, clusters;
    int64_t advance;
};

struct shaper;

/* Keeps so many bytes of shaped words. */
struct shaper *shaper_open(size_t word_bytes);
enum { SHAPER_USUAL = 768 * 1024, SHAPER_SMALL = 256 * 1024 };
void shaper_close(struct shaper *shaper);

/* Between paragraphs: empties the cache of words when it has grown past its bound. */
void shaper_trim(struct shaper *shaper);
/* For tests: without the cache every word is shaped anew. */
void shaper_use_cache(struct shaper *shaper, bool use);
/* For tests: without them HarfBuzz shapes all words. */
void shaper_use_prelinked(struct shaper *shaper, bool use);

/* Shapes bytes [from, to) of text as part of item, with the face's hyphen after them if asked. Words of the
 * simple scripts come from the cache and live until shaper_trim; the rest lives in scratch. */
const struct shaped *shaper_shape(struct shaper *shaper, struct arena *scratch, const struct item *item,
                                  struct str text, uint32_t from, uint32_t to, bool hyphen);

/* All that the glyphs of a word depend on, but for its letters; its size is not among it. */
struct word_key {
    const void *face;
    const void *language;
    uint32_t script;
    uint32_t features;
    const struct shaped *space; /* no part of the key: U+0020, NULL: it was not asked for, or is not kept */
};

/* What the words of an item have in common, for those who ask for many. */
struct word_source {
    const struct item *item;
    struct word_key *key;
    uint64_t seed;
    const struct words *words; /* where they are kept (words.h); NULL: they are not, for some reason */
};
struct word_source shaper_source(struct shaper *shaper, const struct item *item);

/* Shapes a word of at most WORD_LONGEST bytes, of a simple script, that is not among the words of its source.
 * Its hash is that of words_find. */
const struct shaped *shaper_add(struct shaper *shaper, struct arena *scratch,
                                const struct word_source *source, struct str text, uint64_t hash);

/* Whether letters of the item's script stand side by side and depend only on their neighbours in the word. */
bool shaper_is_simple(const struct item *item);

/* What a part of a word has in sum, shaped by itself. */
struct shaped_part {
    int64_t units;
    uint32_t clusters;
};

/* Parts of a linked word before and behind a glyph, which begins at a byte of it, or before its end; the
 * first one with the face's hyphen if asked: what shaper_shape would say of them, told from the word and its
 * face's tables. false: ask it. */
bool shaper_parts(const struct item *item, const struct shaped *word, struct str text, uint32_t glyph,
                  uint32_t at, bool hyphen, struct shaped_part *before, struct shaped_part *behind);

/* An item's features among those of prelinked tables. */
static inline unsigned prelinked_set(unsigned features)
{
    return (features & ITEM_TABULAR ? PRELINK_TABULAR : 0u) |
           (features & ITEM_OLD_STYLE ? PRELINK_OLD_STYLE : 0u) |
           (features & ITEM_SUPERSCRIPT ? PRELINK_SUPERSCRIPT : 0u) |
           (features & ITEM_NO_LIGATURES ? PRELINK_NO_LIGATURES : 0u);
}

/* Font units of a face at a size, rounded to millipoints. */
static inline int64_t scale_mpt(int64_t units, const struct face *face, int32_t size_mpt)
{
    int64_t em = face->shown.units_per_em, product = units * size_mpt;
    if (product >= 0 && product <= INT32_MAX / 2)
        return (int64_t)divide_by(&face->em, (uint64_t)(product + em / 2));
    return product >= 0 ? (product + em / 2) / em : -((-product + em / 2) / em);
}

/* Width of glyphs, the item's tracking included. */
static inline int64_t width_of(int64_t units, uint32_t clusters, const struct item *item)
{
    return scale_mpt(units, item->face, item->size_mpt) + (int64_t)item->tracking_mpt * clusters;
}

static inline int64_t shaped_width(const struct shaped *shaped, const struct item *item)
{
    return width_of(shaped->advance, shaped->clusters, item);
}

/* Whether the face's feature for superiors changes every glyph of the item. */
bool shaper_has_superiors(struct shaper *shaper, struct arena *scratch, const struct item *item,
                          struct str text);

#endif
