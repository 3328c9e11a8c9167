/* Typewriter quotation marks and minus signs made typographic, and the spaces that French sets before its signs. Private
 * to block/. */
#ifndef BRIEFING_BLOCK_TYPOGRAPHY_H
#define BRIEFING_BLOCK_TYPOGRAPHY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* What came before in the same paragraph. */
struct quote_state {
    int32_t previous; /* code point, 0 at the start */
    bool open;        /* a double quotation is under way */
    bool open_single;
    bool typed_single; /* one is under way that is left as typed */
    bool elided; /* the apostrophe before 'n' was the last mark; the one behind it is another */
};

struct quote_marks {
    struct str open, close;
    struct str open_single, close_single; /* empty: pairs of single marks are left as typed */
    bool spaced; /* a narrow no-break space stands before ; : ! ? » and behind «, whether a space was typed or
                    none */
};

/* The text with ' and " turned into apostrophes and quotation marks; before a word that English cuts short
 * ('tis, rock 'n' roll) stands an apostrophe. What may stand for feet, minutes or inches after a digit is
 * left. A hyphen before a number, with a blank, a bracket or nothing before it, becomes a minus sign; the space between
 * a number and its percent sign becomes one that does not break. Where signs are spaced, those that end a word are: not
 * the colon of 12:30 or of an address. Returns text itself when there is nothing to change. */
struct str typography_quotes(struct arena *arena, struct str text, const struct quote_marks *marks,
                             struct quote_state *state);

#endif
