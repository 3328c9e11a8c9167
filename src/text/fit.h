/* Choosing line ends for a whole paragraph at once: Donald E. Knuth and Michael F. Plass, Breaking Paragraphs
 * into Lines, Software: Practice and Experience 11 (1981), 1119-1184.
 *
 * Of all ways to break a paragraph the one is taken whose lines cost least in sum. As in the paper, a line
 * whose spaces are stretched by the ratio r of what they like to (r > 0), or shrunk (r < 0, never below -1),
 * has the badness 100 |r|^3 and costs (10 + badness + penalty)^2 + extras. A line of whole words with perfect
 * spaces costs 100. What differs from the paper, and from TeX's plain format, which its values come from:
 *
 * - Letters are drawn up to WIDER_MOST_PCM wider or narrower, with the spaces among them, before a space is
 *   stretched or shrunk by itself: Hàn Thế Thành, Micro-typographic extensions to the TeX typesetting system
 *   (2000), chapter 4, found that nobody sees 2 per cent, and pdfTeX's microtype has this limit by default.
 *   Unlike letters that are moved apart they keep their rhythm, ligatures and joins, so it serves every script
 *   but those that are set by the square. A line takes the width that fills it to the hundred-thousandth, so
 *   that its spaces need no adjustment; what is beyond the limit is r. It adds up to 10 to the badness, by the
 *   third power of its share too.
 * - Penalties: 30 after a dash, 40 at a soft hyphen, 60 at a hyphen by patterns, 80 in an address, 3000 in
 *   the middle of what is wider than a line.
 * - Extras: 60000 for a second hyphen in a row, 10000 where a tight line meets a loose one (fitness classes
 *   more than one apart), 10000 for a hyphen before the last line.
 * - No three lines in a row end in a hyphen, as long as every line can stay within the tolerance; beyond it
 *   the third costs 10^7, as a line of badness 3150 does. The best way is kept for every class and number of
 *   hyphens, so that this is exact.
 * - The last line: up to 40000 the shorter it is, below a fifth of the measure (a third in ragged text);
 *   40000 more when it is shorter than its least length, which is two ems, and 100000 more when it is but the
 *   rest of a word. A first try does not take one shorter than that at all.
 * - Ragged text has no spaces to stretch: up to a quarter of the measure may be free at the end of a line,
 *   which counts as the stretch, and each line costs 20000 more, so that there are no more of them than need
 *   be. Where it is to be balanced, the last line counts like the others: what is free is shared out among all.
 *
 * Tries: with words whole and a badness of at most FIT_STRICT for each line, which is r = 1 and letters at
 * their limit; with hyphens and FIT_LOOSE; and, should there be no such way, the cheapest there is. An overfull
 * line costs more than any other, and is reported by the engine. */
#ifndef BRIEFING_TEXT_FIT_H
#define BRIEFING_TEXT_FIT_H

#include "text/unit.h"

struct measure {
    int64_t width_mpt;
    int64_t first_mpt;  /* of the first line */
    int64_t ragged_mpt; /* how much shorter than the measure a line may be at little cost; 0: justified */
    int64_t least_end_mpt; /* a last line should not be shorter */
    bool balanced;         /* of ragged text: the last line should be as long as the others */
};

enum { WIDER_MOST_PCM = 2000, PCM = 100000 };                /* of the width */
enum { FIT_STRICT = 110, FIT_LOOSE = 800, FIT_ANYHOW = -1 }; /* badness that a line may have */

/* Space shrinks by three tenths and stretches by 48 hundredths of its width before it counts as bad. That is TeX's
 * stretch, a half, less what it has grown by with the letters; and a little less than TeX's shrink, for the bundled
 * serif's space is narrow (0.233 em). */
static inline int64_t flex_shrink(int64_t flex_mpt)
{
    return flex_mpt * 3 / 10;
}

static inline int64_t flex_stretch(int64_t flex_mpt)
{
    return flex_mpt * 48 / 100;
}

/* By how much a line's content of this width may be drawn wider or narrower. */
static inline int64_t flex_wider(int64_t width_mpt)
{
    return width_mpt > 0 ? width_mpt / (PCM / WIDER_MOST_PCM) : 0;
}

/* Finds the line ends: indices of candidates, one a line, in order. False when some line would be worse than
 * tolerance; never with FIT_ANYHOW. Time and memory grow with the candidates, times those within a line. */
bool fit_lines(const struct candidates_list *list, const struct measure *measure, int tolerance,
               struct arena *scratch, uint32_t **ends, size_t *count);

#endif
