/* Deflating (zlib form, RFC 1950 and 1951) with Huffman codes that are known beforehand: what a page's
 * contents or a file's objects look like is known before they are written, so that nothing is counted and no
 * code is made. Two fifths of the time that libdeflate's quickest level takes, for some more bytes. */
#ifndef BRIEFING_PDF_QUICK_H
#define BRIEFING_PDF_QUICK_H

#include <stdbool.h>
#include <stddef.h>

/* Whose codes (quick_codes.c). */
enum quick_kind {
    QUICK_CONTENTS,
    QUICK_OBJECTS,
    QUICK_TEXT,
    QUICK_METADATA,
    QUICK_PROGRAM,
    QUICK_SMALL,
    QUICK_XREF,
    QUICK_KINDS
};

enum {
    QUICK_LITERALS = 286, /* codes of literals, of the block's end and of lengths */
    QUICK_DISTANCES = 30,
    QUICK_LENGTHS = 19 /* codes of lengths of codes */
};

/* Lengths of all codes, in bits: '1' to '9', then 'a' to 'f'; '0': there is none, in lengths alone. */
struct quick_code {
    const char *literals, *distances, *lengths;
};
extern const struct quick_code quick_codes[QUICK_KINDS];

/* What a thread needs for it; 45 kB. */
struct quick;
struct quick *quick_open(void);
void quick_close(struct quick *quick);
/* Makes all codes, which else are made when they are needed, and touches its memory. */
void quick_ready(struct quick *quick);

/* How many bytes it may take to deflate so many. */
size_t quick_bound(size_t n);

/* Deflates n bytes to out, which has room for quick_bound(n). Returns how many were written; 0: the data are
 * not what the codes are for, and would not become short. What comes out depends on the data alone. */
size_t quick_deflate(struct quick *quick, enum quick_kind kind, const char *data, size_t n, char *out);

#endif
