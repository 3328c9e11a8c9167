/* A font file as a face: what text.h shows of it, and what the text room asks of it. */
#ifndef BRIEFING_TEXT_FACE_H
#define BRIEFING_TEXT_FACE_H

#include "text/prelink.h"
#include "text/text.h"

enum { FACE_LOW_LIMIT = 0x180 }; /* below it coverage is a bitmap: most of Latin */

/* What is known of a face's glyphs; no height at all: not asked for yet. */
struct face_inks {
    const struct face_ink *items;
    struct face_ink *own; /* the same, but NULL where they are those of a prelinked table */
    uint32_t count;
};

/* Division by an em of 16 to 16384 units as a multiplication, which is exact for numbers of 31 bits (Torbjörn
 * Granlund and Peter L. Montgomery, Division by Invariant Integers using Multiplication, 1994, theorem 4.2).
 */
struct divisor {
    uint64_t em, inverse;
    unsigned shift;
};

static inline uint64_t divide_by(const struct divisor *by, uint64_t number)
{
    return number * by->inverse >> by->shift;
}

struct face {
    struct text_face shown; /* first: a struct text_face of ours is a struct face */
    struct divisor em;
    uint32_t low[FACE_LOW_LIMIT / 32];
    uint32_t substitute; /* glyph for what is missing: U+FFFD, else '?'; 0: none */
    char hyphen[4];      /* UTF-8 of the character that hyphenates, empty: none */
    struct face_inks *inks;
    void **font;                     /* hb_font_t *, NULL: not opened yet */
    const struct prelink *prelinked; /* NULL: it is no file of ours */
    struct str metrics;              /* of such a file: table hmtx, */
    unsigned metric_count;           /* which has so many advances; further glyphs have the last one */
};

/* Maps path and reads metrics and names. NULL with *why when it cannot be read, is no outline font of
 * OpenType, or forbids to be embedded in part (OS/2 fsType). The path is borrowed. */
struct face *face_open(const char *path, unsigned index, const char **why);
void face_close(struct face *face);

bool face_has(const struct face *face, uint32_t code_point);
/* Whether it has U+0020 to U+007E, all of them. */
static inline bool face_has_ascii(const struct face *face)
{
    return (face->low[1] & face->low[2] & (face->low[3] | 1u << 31)) == UINT32_MAX;
}

/* Whether the face can draw every code point of a grapheme cluster; what is invisible by default needs no
 * glyph. */
bool face_has_cluster(const struct face *face, struct str cluster);

/* How far a letter's outline reaches above the baseline, in font units; 0: there is none. */
int face_letter_height(const struct face *face, uint32_t code_point);

/* Asks the font. For face_ink_of. */
struct face_ink face_measure_ink(const struct face *face, uint32_t glyph);
/* Of a glyph of the face; a blank one reaches nowhere. Remembered: it is asked for with every glyph that is
 * set. */
static inline struct face_ink face_ink_of(const struct face *face, uint32_t glyph)
{
    struct face_ink known = glyph < face->inks->count ? face->inks->items[glyph] : (struct face_ink){0, 0};
    return known.above || known.below ? known : face_measure_ink(face, glyph);
}

/* Default_Ignorable_Code_Point (UAX #44). */
bool code_point_is_ignorable(uint32_t code_point);

#endif
