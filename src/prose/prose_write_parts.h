/* What the two files that write prose share. */
#ifndef BRIEFING_PROSE_PROSE_WRITE_PARTS_H
#define BRIEFING_PROSE_PROSE_WRITE_PARTS_H

#include "base/buf.h"
#include "prose/prose.h"

struct prose_writer {
    struct buf *out;
    struct buf prefix; /* what each further line of the open lists and quotes begins with */
    bool fresh;        /* the line is begun: behind a marker, or at the very start */
    unsigned lists;    /* that are open */
    struct buf text;   /* of the paragraph that is being written, and where its spans stand in it */
    struct prose_run *runs;
    size_t run_cap;
};

/* Neighbouring spans of one style and address. */
struct prose_run {
    size_t from, to; /* in the text of the paragraph */
    unsigned style;
    struct str url;
};

/* Ends the line and begins the next one. */
void prose_write_line(struct prose_writer *writer);

/* The text of a paragraph in one line, or more where it has hard breaks. */
void prose_write_spans(struct prose_writer *writer, const struct prose_block *paragraph);

#endif
