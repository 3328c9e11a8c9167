/* How wide the columns of a table become. */
#ifndef BRIEFING_LAYOUT_TABLE_WIDTH_H
#define BRIEFING_LAYOUT_TABLE_WIDTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a column's cells ask for, in millipoints: the longest word, everything on one line, and the longest figure, which
 * is never torn. */
struct column_width { int32_t least, most, whole, width, root; /* of most, while room is shared */ bool narrow; };

/* Shares room (gaps excluded) out. Where all fits on one line, columns get that, and of the rest a share that grows with
 * the root of what they ask for; a narrow first column gets none. Else a column's share grows with the root of what it
 * asks for, between its least and its most; narrow columns get their most where that leaves the others their least. Where
 * not even the words fit, columns with the longest give way, but for figures; false when these leave no room. */
bool table_width_share(struct column_width *columns, size_t count, int32_t room);

#endif
