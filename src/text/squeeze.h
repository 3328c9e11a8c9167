/* Full-width punctuation where two signs meet: one of them gives up the blank half of its square.
 * Requirements for Japanese Text Layout (JLREQ), 3.1.4; for Chinese Text Layout (CLREQ), 3.1.6. */
#ifndef BRIEFING_TEXT_SQUEEZE_H
#define BRIEFING_TEXT_SQUEEZE_H

#include "text/shape.h"

/* Narrows signs among what was shaped from bytes [from, to) of text as part of item: one that closes before
 * another that closes, one that opens, a middle dot, or a mark of reference (ITEM_BEFORE_MARK); one that opens
 * behind another that opens, or behind one in the middle of its square. What stands beside a sign tells, whether
 * a line ends between them or not, so that widths of parts add up. Only the half that is blank in the face itself
 * is given up, and not all of it: signs that stand in the middle of their square, or are no square, stay as they
 * are. */
void squeeze_punctuation(struct shaping *shaping, const struct item *item, struct str text, uint32_t from,
                         uint32_t to);

#endif
