/* What is known while md4c reads a prose; shared by the files of this room that its callbacks are spread over. */
#ifndef BRIEFING_PROSE_PROSE_READER_H
#define BRIEFING_PROSE_PROSE_READER_H

#include <stdint.h>

#include "base/buf.h"
#include "prose/prose_parts.h"

enum { STACK = 2 * PROSE_MAX_LEVELS + 1 }; /* a list and its item are two */
#define NOWHERE SIZE_MAX /* no offset of the text */

/* Lists that grow and shrink while a prose is read; what is finished is copied to the arena. */
struct block_list {
    struct prose_block *items;
    size_t count, cap;
};

struct span_list {
    struct prose_span *items;
    size_t count, cap;
};

/* A list, an item, a quote or the whole that is being filled. */
struct level {
    struct prose_block block;
    size_t first;    /* its children are the reader's blocks from here on */
    size_t from, to; /* offsets in the text; from is NOWHERE until something stands in it */
};

struct reader {
    struct arena *arena;
    const struct diag_origin *origin;
    struct diags *diags;
    struct str text;
    size_t at; /* end of the last text that came from the input */

    struct level stack[STACK];
    unsigned depth;  /* of stack: its last level is open */
    unsigned levels; /* of lists and quotes */
    struct block_list blocks;

    bool in_leaf;
    struct prose_block leaf; /* paragraph or code block */
    struct span_list spans;
    size_t leaf_from, leaf_to;

    struct buf run; /* text of the span that is being filled */
    size_t run_from, run_to;
    int32_t last;       /* last character of the leaf */
    bool break_pending; /* a soft break, not yet written */
    bool html_told;     /* an opening tag of this leaf was reported */
    size_t column;      /* in a line of code, for tabs */

    unsigned emphasis, strong, code, images;
    struct str url;
    size_t image_from;
    size_t rules_searched; /* no rule stands before this offset */

    unsigned skipping; /* blocks deep inside something that prose may not have */
    enum diag_code skipped_code;
    size_t skipped_from, skipped_to;
};

/* Bytes [from, to) of the text, in the source. */
struct span prose_place(const struct reader *r, size_t from, size_t to);
/* Widens [*from, *to), where *from may be NOWHERE, to reach to end. */
void prose_extend(size_t *from, size_t *to, size_t start, size_t end);

/* What prose may not have (prose_refuse.c). A block of it is skipped: its text only tells where it stands. */
void prose_refuse(struct reader *r, enum diag_code code, size_t from, size_t to, const char *message);
void prose_refuse_rule(struct reader *r);
void prose_refuse_inline_html(struct reader *r, struct str html, size_t from);
void prose_refuse_table(struct reader *r, struct str line, size_t from);
void prose_start_skipping(struct reader *r, enum diag_code code);
void prose_stop_skipping(struct reader *r);

#endif
