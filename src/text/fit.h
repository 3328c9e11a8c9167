/* Choosing line ends for a whole paragraph at once: Knuth and Plass, Breaking Paragraphs into Lines (1981).
 */
#ifndef BRIEFING_TEXT_FIT_H
#define BRIEFING_TEXT_FIT_H

#include "text/unit.h"

struct measure {
    int64_t width_mpt;
    int64_t first_mpt;  /* of the first line */
    int64_t ragged_mpt; /* how much shorter than the measure a line may be at little cost; 0: justified */
};

enum { FIT_STRICT = 120, FIT_LOOSE = 800, FIT_ANYHOW = -1 }; /* badness that a line may have */

/* Space shrinks by a sixth and stretches by three quarters of its width before it counts as bad. */
int64_t flex_shrink(int64_t flex_mpt);
int64_t flex_stretch(int64_t flex_mpt);

/* Finds the line ends: indices of candidates, one a line, in order. False when some line would be worse than
 * tolerance; never with FIT_ANYHOW. Time and memory grow with the candidates, times those within a line. */
bool fit_lines(const struct candidates_list *list, const struct measure *measure, int tolerance,
               struct arena *scratch, uint32_t **ends, size_t *count);

#endif
