/* Texts as YAML scalars. */
#ifndef BRIEFING_SPEC_SCALAR_WRITE_H
#define BRIEFING_SPEC_SCALAR_WRITE_H

#include "base/buf.h"

/* One line of text: plain where every YAML reader takes that for the same text, else in double quotes. It may
 * stand in [ ]. Nothing for an empty text would be null: it is "". */
void scalar_write_line(struct buf *out, struct str text);

/* A text of any number of lines, none of which begins with a blank at the start of the text: a single one as
 * above, more as a literal block, its lines indented by so many columns. */
void scalar_write_text(struct buf *out, struct str text, size_t indent);

#endif
