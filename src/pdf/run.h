/* Strings of text: the codes of glyphs from left to right, and the adjustments that bring the pen back where
 * it would leave a glyph's place (ISO 32000-1, 9.4.3). Lengths along the line are in billionths of a point
 * (npt), which are also millionths of an em times a size in thousandths of a point. Glyphs that are known
 * from fonts_collect are placed in FONT_PARTS of an em's thousandth, which is what adjustments are in:
 * nothing is divided for them. */
#ifndef BRIEFING_PDF_RUN_H
#define BRIEFING_PDF_RUN_H

#include "pdf/font.h"
#include "text/packed.h"

enum {
    RUN_NPT_OF_MPT = 1000000,
    RUN_SCALE_ONE = 1 << 16,
    RUN_CODE_MOST = 4 /* bytes that a code takes in a string */
};

struct run {
    const struct font *font;
    int64_t scale; /* RUN_SCALE_ONE times npt for a millionth of an em, as wide as glyphs are drawn */
    int64_t thousandth_npt; /* of an em */
    int64_t near_npt;       /* from its place, at which a glyph stays */
    int64_t word_npt;       /* word spacing */
    int64_t pen_npt;        /* where the viewer's pen is, from the segment's start */
    int64_t place_mpt; /* where the next glyph should start, dx aside; from the right: where it should end */
    bool in_string;
};

/* Nearest whole number; ties away from zero. Divisions of 64 bits take several times as long as those of 32,
 * which do as a rule. */
static inline int64_t run_divide(int64_t value, int64_t by)
{
    uint64_t magnitude = (value < 0 ? 0 - (uint64_t)value : (uint64_t)value) + (uint64_t)by / 2;
    int64_t quotient = (magnitude | (uint64_t)by) >> 32 ? (int64_t)(magnitude / (uint64_t)by)
                                                        : (int64_t)((uint32_t)magnitude / (uint32_t)by);
    return value < 0 ? -quotient : quotient;
}

/* What to put into a TJ array so that a pen so far past a glyph's place comes near it, in thousandths of an
 * em. Of numbers that come near enough a round one: what is alike deflates best. */
int64_t run_adjustment(const struct run *run, int64_t off_npt);

/* How far a glyph moves the pen. */
static inline int64_t run_moved(const struct run *run, const struct font_glyph *used)
{
    int64_t npt = (int64_t)((uint64_t)(used->width_uem * run->scale) / RUN_SCALE_ONE); /* none is below 0 */
    return used->id == run->font->word_space ? npt + run->word_npt : npt;
}

/* Puts a code into a string that has room for RUN_CODE_MOST bytes more; returns the end. */
char *run_code(char *to, const struct font *font, unsigned code);

/* Whether glyph i, one of so many from a segment's first on that are known (fonts.known), can be shown
 * without a look at its neighbours: it stands for no private use, and does not close up. */
bool run_takes(const struct run *run, const struct text_packed *packed, size_t i, size_t known);

/* Writes glyphs from glyph i, which run_takes, on as long as it takes them, into an array of TJ and the
 * string that may be open in it. Returns the glyph behind them. */
size_t run_put(struct run *run, struct buf *out, const struct text_packed *packed, size_t i, size_t known);

#endif
