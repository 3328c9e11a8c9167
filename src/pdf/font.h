/* The fonts of one document: which glyphs of which face its pages use, what each stands for, and the font objects. */
#ifndef BRIEFING_PDF_FONT_H
#define BRIEFING_PDF_FONT_H

#include "layout/page.h"
#include "pdf/cluster.h"
#include "pdf/object.h"
#include "pdf/program.h"
#include "pdf/sfnt.h"

struct font_glyph {
    uint32_t id;        /* in the face */
    uint16_t code;      /* in strings, once the fonts are written */
    int32_t width_uem;  /* advance in millionths of an em, as the font declares it; known with the code */
    struct str text;    /* what ToUnicode says; never empty once collected */
};

/* A glyph that stands for another text too: a hyphen for U+00AD. A narrow font has a code of its own for it.
 */
struct font_variant {
    uint32_t id;
    uint16_t code;
    struct str text;
};

/* What most of a glyph's uses ask for, in one piece. */
struct font_slot {
    uint16_t number; /* index + 1 in the current document's font; 0: it does not use the glyph */
    uint8_t byte;    /* its text, if that is one byte, else 0 */
    uint8_t code;    /* once the fonts are written, of a narrow one: its code; 0: strings escape that, or its
                        text is not to be shown without a look at what stands around it */
    int32_t width;   /* once the code is known: its advance in FONT_PARTS of an em's thousandth */
};
enum { FONT_PARTS = 1 << 16, FONT_PARTS_MOST = 8000 * FONT_PARTS };

/* What the cache keeps of a face. */
struct font_entry {
    struct font_entry *next;
    const struct text_face *face;
    struct font_slot *slots; /* by glyph id */
    uint32_t glyph_count;
};

struct font {
    const struct text_face *face;
    struct font_entry *entry;
    uint32_t space; /* its glyph id once a line's end needs it, 0: not yet, or the face has none */
    struct font_glyph *items; /* in order of first use */
    size_t count, cap;
    struct {
        struct font_variant *items;
        size_t count, cap;
    } variants;
    bool narrow;         /* simple, with codes of one byte (encode.c); else of two, which are the cid */
    uint32_t word_space; /* of a narrow one: the glyph with code 32, which Tw widens; 0: none */
    struct object *object;
};

/* A stream that is much the same in all documents: as it was last. */
struct font_stream {
    struct str plain, deflated; /* malloc'ed */
};

/* Outlives documents: for each face the table from glyph id to use, and the programs of documents before. Faces must
 * outlive the cache. */
struct font_cache {
    struct font_entry *first;
    struct program_cache programs;
    struct font_stream to_unicode; /* of narrow fonts */
};
/* Between documents: keeps the programs within a bound. */
void font_cache_trim(struct font_cache *cache);
void font_cache_done(struct font_cache *cache);

/* What codes of one byte stand for, in all narrow fonts of a document alike: a code from space to tilde for
 * that character, the others for the texts here. */
struct font_codes {
    struct str texts[256]; /* empty: free, or a character of ASCII */
    unsigned next;         /* the first that may be free, in the order in which they are given away */
};

struct fonts {
    struct arena *arena;
    struct font_cache *cache;
    uint8_t **known; /* of each page's items: FONTS_KNOWN_MOST at most, how many glyphs from the first on are
                      * clusters by themselves that their own codes show (font_spells), each a word as they
                      * are packed */
    struct font *items; /* number i is the resource /Fi */
    size_t count, cap;
    struct font_codes codes;
};

enum { FONTS_KNOWN_MOST = UINT8_MAX };

/* Walks all pages. Everything lives in the arena. fonts_done gives the tables back to the cache. */
void fonts_collect(struct fonts *fonts, struct arena *arena, struct font_cache *cache, const struct pages *pages);
void fonts_done(struct fonts *fonts);

/* Subsets each face and writes its objects. false when a face cannot be subset; then *failed is that face. */
bool fonts_write(struct fonts *fonts, struct objects *objects, const struct text_face **failed);

/* The font of a face that was collected, and the glyph of an id of it. */
const struct font *fonts_find(const struct fonts *fonts, const struct text_face *face);
const struct font_glyph *font_glyph_find(const struct font *font, uint32_t id);

/* Whether the texts of a cluster's glyphs, one after the other, are the cluster's text, or a variant says it:
 * if not, it needs ActualText. Private use characters always do (ISO 19005-3, 6.2.11.7.3). */
bool font_spells(const struct font *font, const struct cluster *cluster);

/* The variant that shows a cluster in a narrow font, or NULL: its glyphs' own codes do. */
const struct font_variant *font_variant_find(const struct font *font, const struct cluster *cluster);

/* The inside of font.c that font_write.c uses. */
struct subset {
    bool cff;
    struct str data;   /* the program, if it is a CFF; borrowed until subset_done, as are the tables */
    struct sfnt sfnt;  /* the tables of any other */
    void *blob;        /* the hb_blob_t that holds them */
};
/* Subsets a face to glyphs in ascending order of id, and tells the cid of each. Source: ISO 32000-1, 9.6.6.4
 * and 9.9. */
bool subset_make(struct subset *subset, const struct text_face *face, const uint32_t *ids, uint16_t *cids, size_t count);
void subset_done(struct subset *subset);

/* What the font's program is made of: its glyphs with their codes. In the arena. */
struct program_key font_key(struct arena *arena, const struct font *font);

/* The program of a font whose codes are known, made or kept from an earlier document; NULL when the face cannot
 * be subset. */
struct program *font_program(struct fonts *fonts, struct objects *objects, const struct font *font);

/* Gives the font's glyphs, which are those of the program, their width, and those of a wide font their code,
 * which is their cid. */
void font_number(struct font *font, const struct program *program);

/* Gives the font's glyphs and variants their codes: of one byte, if there are enough and it can be a simple
 * font, else none yet. */
void font_encode(struct font_codes *codes, struct font *font);
/* The ToUnicode of all narrow fonts. */
void codes_to_unicode(const struct font_codes *codes, struct buf *out);

#endif
