/* The page's colours, all derived from one accent so that text keeps a contrast of 4.5 to its ground
 * (WCAG 2.2, success criterion 1.4.3) and what is drawn in the accent one of 3 to paper and tints (1.4.11). */
#ifndef BRIEFING_LAYOUT_COLOUR_H
#define BRIEFING_LAYOUT_COLOUR_H

#include "layout/page.h"

struct palette {
    struct colour text, quiet, paper;
    struct colour accent;  /* fills and rules; as given, or darkened until it shows on paper and tints */
    struct colour link;    /* accent, darkened until it can be read on paper and tint */
    struct colour on_accent; /* paper or text, whichever reads better on accent, or black */
    struct colour tint, tint_strong; /* grounds of panels and marked rows */
    struct colour rule, rule_strong;
    struct colour warning; /* stamps */
};

/* accent is "#rrggbb"; anything else gives the built-in blue. */
struct palette palette_make(struct str accent);

struct colour colour_mix(struct colour a, struct colour b, int permille_of_b);

/* Contrast ratio in hundredths, 100 to 2100 (WCAG 2.2, 'contrast ratio'). */
int colour_contrast(struct colour a, struct colour b);

#endif
