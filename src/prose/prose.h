/* Prose: the CommonMark subset of the spec language, parsed by md4c into paragraphs, lists, block quotes and spans,
 * each with its place in the source. */
#ifndef BRIEFING_PROSE_PROSE_H
#define BRIEFING_PROSE_PROSE_H

#include "base/buf.h"
#include "diag/diag.h"

enum prose_style {
    PROSE_EMPHASIS = 1,
    PROSE_STRONG = 2,
    PROSE_CODE = 4,
};

/* A stretch of text in one style. */
struct prose_span {
    struct str text;   /* NFC; soft line breaks are spaces (none between Chinese or Japanese); a hard break is U+2028 */
    unsigned style;    /* prose_style bits */
    struct str url;    /* of a link, else empty */
    struct span at;
};

enum prose_block_kind { PROSE_PARAGRAPH, PROSE_LIST, PROSE_ITEM, PROSE_QUOTE, PROSE_CODE_BLOCK };

struct prose_block {
    enum prose_block_kind kind;
    bool ordered;   /* list */
    bool tight;     /* list: no space between items */
    unsigned start; /* first number of an ordered list */
    struct span at;
    struct prose_span *spans; /* paragraph, code block (one span with line ends as U+2028) */
    size_t span_count;
    struct prose_block *children; /* list → items; item, quote → blocks */
    size_t child_count;
};

struct prose {
    struct prose_block *blocks;
    size_t count;
    struct span at;
};

/* Parses text whose bytes stand in the source as origin says. Raw HTML, images, headings, thematic breaks, tables
 * and links with a scheme other than https, http, mailto are errors in diags that name the field or form to use
 * instead, as are unknown entities and more than 8 levels of lists and quotes. Always returns a prose (what was wrong
 * is left out). An empty one has count 0. Nodes live in the arena. */
struct prose *prose_parse(struct arena *arena, struct str text, const struct diag_origin *origin, struct diags *diags);

/* Writes it as CommonMark, without a line end at its end: parsed again it gives the same prose, but for places, and for
 * neighbouring spans of one style and address, which become one. NULL and an empty prose write nothing. */
void prose_write(struct buf *out, const struct prose *prose);

/* All text without markup, paragraphs and items separated by one space: for metadata, lint and word counts. */
struct str prose_text(struct arena *arena, const struct prose *prose);

size_t prose_words(const struct prose *prose);

/* https:, http: or mailto: with something behind it and no blank or control character. */
bool prose_url_allowed(struct str url);

#endif
