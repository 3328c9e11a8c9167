/* Lines set ahead: while blocks are laid out from the first one on, a second thread lays out the same blocks from the last
 * one back, on pages that nobody sees, and keeps the lines of each text. Where the two meet, the first thread finds the
 * texts that are left already set. What lines a text becomes depends on nothing but what is compared here: so the pages
 * are the same, whoever set it, and whether it was there in time or not. */
#ifndef BRIEFING_LAYOUT_AHEAD_H
#define BRIEFING_LAYOUT_AHEAD_H

#include "layout/layout.h"

/* Begins, for the blocks of the document in this area, where the options have a second thread and there is enough to do.
 * close waits until that thread is out of the blocks. */
void ahead_open(struct layout *lay, const struct area *area);
void ahead_close(struct layout *lay);

/* Before a block of the document is set, and behind it; the latter is false while the other thread may still look at
 * blocks as early as this one. */
void ahead_enter(struct layout *lay, size_t index);
bool ahead_leave(struct layout *lay);

/* The lines of a paragraph: set ahead, or now. */
struct text_lines ahead_lines(struct layout *lay, const struct text_paragraph *paragraph);

#endif
