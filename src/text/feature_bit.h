/* The features that a bit asks for: of an item, and of the set of features that a prelinked table is made for. */
#ifndef BRIEFING_TEXT_FEATURE_BIT_H
#define BRIEFING_TEXT_FEATURE_BIT_H

#include <hb.h>

struct feature_bit {
    unsigned bit;
    hb_tag_t tag;
    uint32_t value;
};

/* PREFIX: what the names of the bits begin with, ITEM_ or PRELINK_. */
#define FEATURE_BITS(PREFIX)                                                                                 \
    {{PREFIX##TABULAR, HB_TAG('t', 'n', 'u', 'm'), 1},                                                       \
     {PREFIX##TABULAR, HB_TAG('l', 'n', 'u', 'm'), 1},                                                       \
     {PREFIX##OLD_STYLE, HB_TAG('o', 'n', 'u', 'm'), 1},                                                     \
     {PREFIX##SUPERSCRIPT, HB_TAG('s', 'u', 'p', 's'), 1},                                                   \
     {PREFIX##NO_LIGATURES, HB_TAG('l', 'i', 'g', 'a'), 0},                                                  \
     {PREFIX##NO_LIGATURES, HB_TAG('c', 'l', 'i', 'g'), 0}}

#endif
