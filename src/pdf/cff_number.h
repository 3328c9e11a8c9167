/* Numbers of the Compact Font Format, which its charstrings write as its dictionaries do. */
#ifndef BRIEFING_PDF_CFF_NUMBER_H
#define BRIEFING_PDF_CFF_NUMBER_H

#include "base/buf.h"

/* Appends a number of -32768 to 32767, and tells its bytes (Adobe Technical Notes 5176, 4, and 5177, 3.2). */
void cff_number(struct buf *out, int value);
size_t cff_number_size(int value);

#endif
