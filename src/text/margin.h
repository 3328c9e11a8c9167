/* Optical margins: how far signs stand out of the measure at a line's ends, so that the margin looks
 * straight.
 *
 * A full stop or a hyphen at the end of a line has little ink, and a margin that counts its whole width looks
 * dented there. Such signs hang into the margin by a part of their width, as in Hàn Thế Thành,
 * Micro-typographic extensions to the TeX typesetting system (2000), chapter 3, and in the practice of
 * pdfTeX's microtype: small signs by about half, larger ones by less. The table is in margin.c. */
#ifndef BRIEFING_TEXT_MARGIN_H
#define BRIEFING_TEXT_MARGIN_H

#include "text/item.h"

/* How far the character that starts at a byte stands out where a line starts with it, and the one that ends
 * before a byte where a line ends with it. 0 for letters, figures and what else has ink enough; in code,
 * superscripts, and scripts other than Latin, Greek and Cyrillic. */
int32_t margin_of_start_mpt(const struct item *item, struct str text, uint32_t at);
int32_t margin_of_end_mpt(const struct item *item, struct str text, uint32_t end);

/* Most lines start and end with a letter or a figure. */
static inline bool margin_is_straight(unsigned char byte)
{
    return (byte | 32u) - 'a' < 26u || byte - (unsigned)'0' < 10u;
}

static inline int32_t margin_start_mpt(const struct item *item, struct str text, uint32_t at)
{
    return at >= text.n || margin_is_straight((unsigned char)text.p[at])
               ? 0
               : margin_of_start_mpt(item, text, at);
}

static inline int32_t margin_end_mpt(const struct item *item, struct str text, uint32_t end)
{
    return !end || margin_is_straight((unsigned char)text.p[end - 1]) ? 0
                                                                      : margin_of_end_mpt(item, text, end);
}

/* The same for the hyphen that a line's end puts behind a word. */
int32_t margin_hyphen_mpt(const struct item *item);

#endif
