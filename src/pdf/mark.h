/* Marks in the spacing of the text: words that tell, by their places, whose copy a PDF is.
 *
 * Of a marked line up to MARK_MOST words stand MARK_SHIFT_MPT to the right of their places, or to the left:
 * the gap before such a word grows and the gap behind it shrinks by as much, or the reverse, and nothing else
 * of the line moves. To the right is copy_id_sign +1. Both gaps were equal, as all gaps of a stretch in one
 * face and size are, so that whoever looks for marks needs no original: of three words that follow one
 * another on a line, the gap before the middle one less the gap behind it is 0 where there is no mark, ±
 * MARK_SHIFT_MPT where a neighbour is marked, and ± 2 MARK_SHIFT_MPT where the middle one is. Two words at
 * least stand between marked ones, so that a mark is known by the three differences around it, which are as
 * -1 to 2 to -1, also on a page that was made smaller or larger.
 *
 * The sign depends on the copy and on the letters of those three words, not on where they stand: pages and
 * lines that are lost, or added, leave the other marks as they were. */
#ifndef BRIEFING_PDF_MARK_H
#define BRIEFING_PDF_MARK_H

#include "base/buf.h"
#include "layout/page.h"

enum {
    MARK_SHIFT_MPT = 200,       /* to the nearest thousandth of an em; nobody sees it at 8 points and more */
    MARK_LEAST_SIZE_MPT = 8000, /* of the text */
    MARK_MOST_SIZE_MPT = 13000,
    MARK_LEAST_GAP_MPT = 1600, /* of each of the two gaps, before the word is moved */
    MARK_UNEQUAL_MPT = 20,     /* by which they may differ then */
    MARK_LEAST_WORDS = 5,      /* of a stretch */
    MARK_LEAST_LETTERS = 6,    /* bytes of what mark_letters makes of the three words */
    MARK_MOST = 3,  /* of a stretch: a page of text then bears enough to name one of many thousand copies */
    MARK_APART = 3, /* words from one marked word to the next */
};

/* Appends a word's letters and digits, which are what copy_id_sign is given of the three words, one after the
 * other: nothing else, so that hyphens, quotation marks and references to sources do not matter. Case stays;
 * the ligatures U+FB00 to U+FB06 are taken apart, should a program put one in when it rewrites a PDF. */
void mark_letters(struct buf *out, struct str word);

/* One mark of a stretch. */
struct mark {
    size_t first, next; /* glyphs of the segment: of the word that moves, and of the word behind it */
    struct str letters; /* lives in the arena */
};

/* Chooses the words of a stretch that move, from left to right, and returns how many. A stretch is a
 * segment of an element: glyphs of one face and size on one line. Marked are stretches of MARK_LEAST_WORDS words or
 * more, from left to right, of a size between the bounds above, that are content (no artifact) outside
 * headings, tables and figures. Words are what stands between spaces (U+0020, U+00A0, U+202F). The stretch's
 * first and last word are neither moved nor one of the three, for they may be parts of words. Words are taken
 * whose two gaps are large enough and equal, and which have, with their neighbours, enough letters, none of
 * them in a ligature (Ghostscript 10.0 writes other letters for those). */
size_t mark_choose(struct arena *arena, const struct pages *pages, uint32_t node,
                   const struct text_segment *segment, struct mark marks[MARK_MOST]);

#endif
