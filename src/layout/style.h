/* How each block_style looks: one table. */
#ifndef BRIEFING_LAYOUT_STYLE_H
#define BRIEFING_LAYOUT_STYLE_H

#include "block/block.h"
#include "text/text.h"

enum ink { INK_TEXT, INK_QUIET, INK_ACCENT, INK_PAPER };

/* Lengths in millipoints. */
struct style {
    enum text_family family;
    int weight;
    int32_t size, leading;
    int32_t above, below;   /* space around a block of this style */
    int32_t parts;          /* space between parts that begin lines of their own */
    int32_t grow;           /* see struct box */
    int32_t tracking;
    enum ink ink;
    enum text_align align;
    int32_t most;           /* longest line, or 0: as wide as its place */
    bool italic, hyphenate, tabular, old_style;
    bool balance;           /* lines of about the same length, not a full one and a word */
    bool wide;              /* begins at the left margin instead of the text column */
};

const struct style *style_of(enum block_style style);

/* The same style at another size, leading in proportion. */
struct style style_sized(const struct style *style, int32_t size);

/* Justified where the measure gives room for it, else ragged: below about 24 ems the gaps would show. */
enum text_align style_align(const struct style *style, int32_t width);

/* From the top of a line's strip to its baseline: capitals stand in the strip's middle. */
static inline int32_t style_baseline(const struct style *style)
{
    return (style->leading + style->size * 66 / 100) / 2;
}

#endif
