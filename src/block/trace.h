/* Blocks as text, one a line, indented: for goldens and tests. */
#ifndef BRIEFING_BLOCK_TRACE_H
#define BRIEFING_BLOCK_TRACE_H

#include "base/buf.h"
#include "block/block.h"

/* Appends every text, link and anchor of the document. Positions in the source are left out. */
void block_trace(struct buf *out, const struct block_document *document);

#endif
