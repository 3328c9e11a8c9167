/* The OpenType features that a word is shaped with: those of its item, and those that its letters ask for. */
#ifndef BRIEFING_TEXT_FEATURE_H
#define BRIEFING_TEXT_FEATURE_H

#include <hb.h>

#include "text/item.h"
#include "text/prelink.h"

enum { FEATURES_MOST = 96 };

/* Features for bytes [from, to) of text, a word or less, as part of item; how many there are. kern, liga,
 * calt and what a script needs are on by themselves. By letters:
 *
 * - Small capitals (ITEM_SMALL_CAPS) where a name consists of capitals and figures, with at least two
 * capitals side by side; & may stand among them, and of small letters a plural s behind, or a v before a
 * figure: AFRINIC, AT&T, IPv4, NGOs, but not MHz or McDonald. Addresses stay as they are. Feature c2sc,
 * figures along; a face that has none shows the capitals as they were typed, for capitals that are drawn
 * smaller are too light.
 * - Fractions: figures on both sides of U+2044, by frac, numr and dnom, which HarfBuzz asks the face for;
 * kinds of figures are switched off there, for some faces know no numerators of these. A slash is a slash.
 * - French ordinals (item->language): 1er, 1re, 2e, XXIe, with what stands behind the number raised by sups.
 * Other languages write º and ª, or nothing raised.
 *
 * A face whose figures all have one width (code) has none of these. */
unsigned features_find(const struct item *item, struct str text, uint32_t from, uint32_t to,
                       hb_feature_t *features);

/* The parts of a word, of at most 250 bytes, that are in small capitals. false: its letters ask for more than these. */
bool features_small(const struct item *item, struct str word, struct prelink_small *small);

/* Whether parts of a word whose letters ask for nothing ask for nothing either. false: it is not known. */
bool features_keep(const struct item *item, struct str word);

#endif
