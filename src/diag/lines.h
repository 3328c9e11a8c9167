/* Line and column of many positions in one source, each found without reading the source again. */
#ifndef BRIEFING_DIAG_LINES_H
#define BRIEFING_DIAG_LINES_H

#include "diag/diag.h"

struct lines {
    const struct diag_source *source;
    size_t *starts; /* offset of the first byte of each line */
    size_t count;   /* at least one */
    size_t *passed; /* code points before every 1024th byte */
};

/* 1-based; the column counts code points. */
struct line_column {
    size_t line, column;
};

/* Owned by the caller; lines_done frees it. */
void lines_init(struct lines *lines, const struct diag_source *source);
void lines_done(struct lines *lines);

struct line_column lines_find(const struct lines *lines, size_t offset);

/* Bytes [from, to) of a line, without its end and without the byte order mark. */
void lines_range(const struct lines *lines, size_t line, size_t *from, size_t *to);

#endif
