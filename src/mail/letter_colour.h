/* The accent of a letter. Private to mail/. */
#ifndef BRIEFING_MAIL_LETTER_COLOUR_H
#define BRIEFING_MAIL_LETTER_COLOUR_H

#include "base/arena.h"
#include "base/str.h"

/* accent, "#rrggbb", or darker until text in it has a contrast of 4.5 to white (WCAG 2.2, success criterion
 * 1.4.3); the built-in blue where it is no colour: nothing else may enter a style. In the arena. */
struct str letter_accent(struct arena *arena, struct str accent);

#endif
