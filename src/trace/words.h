/* The words of a PDF and their boxes, as poppler's pdftotext tells them. */
#ifndef BRIEFING_TRACE_WORDS_H
#define BRIEFING_TRACE_WORDS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/child.h"

struct trace_word {
    struct str text;             /* UTF-8, never empty */
    uint32_t page;               /* from 1 */
    int32_t left_mpt, right_mpt; /* of its box, from the page's left edge */
    bool starts_line;
};

struct trace_words {
    struct trace_word *items; /* in the order of reading, as far as poppler finds it */
    size_t count, cap;
    uint32_t pages;
};

/* Runs pdftotext, looked for in the folders of path (see child_run), over a PDF that opens without a
 * password. Words live in the arena. Anything but CHILD_DONE: words is empty. */
enum child_end words_read(struct arena *arena, const char *path, struct str pdf, struct trace_words *words);

/* The same from the output of `pdftotext -bbox-layout`, whatever else it may be. */
void words_parse(struct arena *arena, struct str xhtml, struct trace_words *words);

#endif
