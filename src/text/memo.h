/* Paragraphs that were set before, for a process that makes many documents: what a house says in each of
 * them, what two tiers read alike. A paragraph is found again by all that its lines depend on, byte for byte;
 * so what is found is what would be set, whatever was made before it. The memory holds texts of other
 * documents and tiers, as that of words does: to be given one, a document must bring the same text itself,
 * and so it is told nothing. */
#ifndef BRIEFING_TEXT_MEMO_H
#define BRIEFING_TEXT_MEMO_H

#include "text/text.h"

struct memo;

/* Of so many bytes, a multiple of 8. */
struct memo *memo_open(size_t bytes);
void memo_close(struct memo *memo); /* may be NULL */

/* What is remembered of a paragraph: its lines, or its widths, in which measure and alignment count for
 * nothing. */
enum memo_what { MEMO_LINES, MEMO_WIDTHS };

/* Turns to a paragraph, for what follows; false: it is too long to be remembered. */
bool memo_turn_to(struct memo *memo, const struct text_paragraph *paragraph, enum memo_what what);

/* What is remembered of it, as a copy; false: nothing. Segments are in the faces that they were given with.
 */
bool memo_lines(struct memo *memo, struct arena *arena, struct text_lines *lines);
bool memo_widths(struct memo *memo, int32_t *least_mpt, int32_t *most_mpt);

/* Remembers of it what was not found. Only for what was set without anything to report, for nothing would be
 * reported when it is found. Glyphs are packed. */
void memo_keep_lines(struct memo *memo, const struct text_lines *lines);
void memo_keep_widths(struct memo *memo, int32_t least_mpt, int32_t most_mpt);

#endif
