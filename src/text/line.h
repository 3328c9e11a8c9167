/* Lines: what stands between two candidates, set to the measure and put in visual order. */
#ifndef BRIEFING_TEXT_LINE_H
#define BRIEFING_TEXT_LINE_H

#include "text/piece.h"

struct line_setter {
    struct setting *setting;
    struct text_fonts *fonts;
    struct arena *keep;
    const struct measure *measure;
    size_t unit; /* the walk over the units: lines are set in order */
    struct piece *pieces;
    size_t piece_count, piece_cap;
};

/* Sets the line from candidate a to candidate b. */
void line_set(struct line_setter *setter, const struct candidate *a, const struct candidate *b, bool first,
              struct text_line *line);

#endif
