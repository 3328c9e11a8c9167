/* Numbers in one to three bytes. */
#include "pdf/cff_number.h"

#include <stdlib.h>

enum { ONE_MOST = 107, TWO_MOST = 1131 };

size_t cff_number_size(int value)
{
    int magnitude = abs(value);
    return magnitude <= ONE_MOST ? 1 : magnitude <= TWO_MOST ? 2 : 3;
}

void cff_number(struct buf *out, int value)
{
    int magnitude = abs(value), more = magnitude - ONE_MOST - 1;
    if (magnitude <= ONE_MOST) {
        buf_char(out, (char)(value + 139));
    } else if (magnitude <= TWO_MOST) {
        buf_char(out, (char)((value > 0 ? 247 : 251) + more / 256));
        buf_char(out, (char)(more % 256));
    } else {
        buf_char(out, 28);
        buf_char(out, (char)((unsigned)value >> 8));
        buf_char(out, (char)value);
    }
}
