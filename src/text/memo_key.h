/* What tells one paragraph that was set from another: its key, in bytes. Private to the memory of paragraphs.
 */
#ifndef BRIEFING_TEXT_MEMO_KEY_H
#define BRIEFING_TEXT_MEMO_KEY_H

#include <string.h>

#include "text/memo.h"

enum { MEMO_KEY_MOST = 8 * 1024 }; /* bytes: a paragraph of a thousand words */

/* Writes the key, for which there is room for MEMO_KEY_MOST bytes, and tells its bytes; 0: it would be
 * longer. In it is all that lines depend on, or widths, but the exceptions to hyphenation. Where a run stands
 * in its spec is for reports only. */
size_t memo_key_put(uint32_t *key, const struct text_paragraph *paragraph, enum memo_what what);

/* Copies n bytes; where the next ones are to be put. */
static inline void *memo_put(void *out, const void *p, size_t n)
{
    if (n)
        memcpy(out, p, n);
    return (unsigned char *)out + n;
}

#endif
