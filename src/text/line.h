/* Lines: what stands between two candidates, set to the measure and put in visual order. */
#ifndef BRIEFING_TEXT_LINE_H
#define BRIEFING_TEXT_LINE_H

#include "text/piece.h"

struct plain_piece;

/* What plain.c has of a line: of each of count units from first on a piece. */
struct plain_line {
    struct plain_piece *pieces;
    const struct unit *first;
    size_t count, cap;
    uint32_t to; /* where it ends in the text, */
    bool hyphen; /* in a hyphen */
    int16_t pcm; /* wider by so many hundred-thousandths */
    size_t glyphs;
    size_t alike; /* how many spaces there are, if they are all alike */
};

struct line_setter {
    struct setting *setting;
    struct text_fonts *fonts;
    struct arena *keep;
    const struct measure *measure;
    size_t unit; /* the walk over the units: lines are set in order */
    struct piece *pieces;
    size_t piece_count, piece_cap;
    struct plain_line plain;
};

/* What the pieces of a line have in sum. */
struct totals {
    int64_t natural, elastic; /* elastic: of what may be drawn wider or narrower */
    int64_t stretch, shrink, most;
};

enum { SPACES_MOST = 3 /* a line is set ragged whose spaces would grow by more times their width */ };

/* Sets the line from candidate a to candidate b. */
void line_set(struct line_setter *setter, const struct candidate *a, const struct candidate *b, bool first,
              struct text_line *line);

/* For plain.c: the text of a segment gets a hyphen, as a soft one; a line reaches as far as a segment of an
 * item. */
void line_add_hyphen(struct line_setter *setter, struct text_segment *segment);
void line_grow(struct text_line *line, const struct item *item, const struct reach *reach);

#endif
