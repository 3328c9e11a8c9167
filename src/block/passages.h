/* The language of the page's fixed words, where it is not the document's: what words.def says in English, and
 * the house in its own language, is marked so that a screen reader says it right. Private to block/.
 *
 * Words are marked before they are used: bytes that no UTF-8 text holds (RFC 3629, section 1) stand around
 * them, whatever they are filled into or joined with. When all blocks stand, the marks are taken out, and
 * stretches of text become passages of that language. Text that can name no language (bookmarks, metadata,
 * running heads) only loses the marks. */
#ifndef BRIEFING_BLOCK_PASSAGES_H
#define BRIEFING_BLOCK_PASSAGES_H

#include "block/build.h"

/* Marks the builder's words; none where the document is in their language. The builder must have its spec,
 * house and words. */
void passages_begin(struct builder *b);
/* Ends all marks. Every text of the document must have been built. */
void passages_end(struct builder *b, struct block_document *document);

/* Whether text ends with the end of a mark. */
bool passages_at_end(struct str text);

#endif
