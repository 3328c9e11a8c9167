/* Blocks: what stands on the pages, in reading order, before anyone knows where. From an edition, for layout/. */
#ifndef BRIEFING_BLOCK_BLOCK_H
#define BRIEFING_BLOCK_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "diag/diag.h"

/* Named text styles; layout/style.c gives each its face, size, leading, colour and space. */
enum block_style {
    STYLE_BODY, STYLE_STANDFIRST, STYLE_RELEVANCE, STYLE_KICKER, STYLE_TITLE, STYLE_NATIVE_NAME, STYLE_HEADLINE,
    STYLE_DECK, STYLE_BYLINE, STYLE_HEADING, STYLE_SUBHEADING, STYLE_LABEL, STYLE_LIST, STYLE_SMALL, STYLE_CAPTION,
    STYLE_QUOTE, STYLE_PULL_QUOTE, STYLE_ATTRIBUTION, STYLE_TABLE_HEAD, STYLE_TABLE_CELL, STYLE_TERM, STYLE_VALUE,
    STYLE_FIGURE_VALUE, STYLE_FIGURE_LABEL, STYLE_SOURCE, STYLE_CODE, STYLE_LEGAL, STYLE_PANEL_TITLE, STYLE_PANEL_TEXT,
    STYLE_TIER_MARK, STYLE_SCORE, STYLE_DRAWING, STYLE_MASTHEAD, STYLE_RUNNING, STYLE_MARKING,
    STYLE_COUNT
};

enum inline_style {
    INLINE_EMPHASIS = 1,
    INLINE_STRONG = 2,
    INLINE_CODE = 4,
    INLINE_SUPERSCRIPT = 8, /* source references */
    INLINE_QUIET = 16,      /* secondary colour */
    INLINE_NOWRAP = 32,     /* no line break inside */
    INLINE_TABULAR = 64,    /* tabular lining figures */
};

/* A stretch of text with one style and one target. U+2028 in text is a forced line break. */
struct block_inline {
    struct str text;
    unsigned style;      /* inline_style bits */
    struct str url;      /* links out, or empty */
    struct str target;   /* links to the anchor of that name, or empty */
    struct str anchor;   /* is itself the anchor of that name, or empty */
    struct str language; /* BCP 47, when not the document's, else empty */
    struct str expansion;/* long form of an abbreviation, for assistive technology */
    struct str link_text;/* what a screen reader says of the link, when the text alone does not ("Source 3") */
    struct span at;      /* where it was written, for diagnostics */
};

struct block_inlines { struct block_inline *items; size_t count, cap; };

enum block_kind {
    BLOCK_TEXT,        /* paragraph in any style */
    BLOCK_HEADING,     /* level 1: the briefing's title; 2: sections; 3: within sections */
    BLOCK_LIST,
    BLOCK_QUOTE,       /* children, then attribution; pull: set large, as an eye-catcher */
    BLOCK_TABLE,
    BLOCK_FIGURE,
    BLOCK_PANEL,       /* tinted box: title, then children */
    BLOCK_COLUMNS,     /* two stacks side by side, read left first */
    BLOCK_FACTS,       /* term and value, one under the other or in two columns */
    BLOCK_KEY_FIGURES, /* row of large numbers */
    BLOCK_METER,       /* confidence: score on its scale, with history as a sparkline */
    BLOCK_MAP,         /* relationships drawn around a centre */
    BLOCK_TIMELINE,
    BLOCK_MASTHEAD,
    BLOCK_COVER,       /* of a volume: publisher, accent rule; the children below it */
    BLOCK_CONTENTS,    /* table of contents */
    BLOCK_RULE,
    BLOCK_GROUP        /* children in order; a logical section for the structure tree */
};

enum panel_kind { PANEL_GLANCE, PANEL_LOCKED, PANEL_NOTE };

struct block_list { struct block *items; size_t count, cap; };

struct table_column {
    struct block_inlines heading;
    enum { CELL_LEFT, CELL_RIGHT, CELL_CENTRE } align;
    bool narrow; /* does not wrap where what its widest cell needs fits */
};

struct table_cells {
    struct block_inlines *cells; /* one for each column */
    bool marked;                 /* the entity's own row: rule, weight and words */
    bool head;                   /* first cell is the row's header */
};

struct key_figure_cell { struct block_inlines value, label, note; };

struct meter_band { int from, to; struct str grade, label; }; /* hundredths */
struct meter_point { int hundredths; struct str score, label; }; /* oldest first; the last is this edition */

struct map_node {
    struct str name, relation;
    int strength; /* hundredths, -1 not given */
    bool to, from;/* arrow heads: from the centre to the node; from the node to the centre */
    struct span at;
};

struct timeline_entry { struct str date; struct block_inlines text; };

/* A line of the contents, all of which is one link. */
struct contents_entry {
    struct block_inlines name, note; /* note: what it is */
    struct str page;                 /* number */
    struct str target, link_text;
    struct str language;             /* when not the document's */
};

struct block {
    enum block_kind kind;
    enum block_style style;
    struct block_inlines inlines; /* text, heading, figure caption, panel title, quote attribution */
    struct block_list children;   /* list: one BLOCK_GROUP an item; quote, panel, group; columns: left */
    struct block_list right;      /* columns */
    struct str anchor;            /* name that links and the outline point to, or empty */
    struct str outline;           /* bookmark text; empty: none */
    struct str language;          /* when not the document's */
    int level;                    /* heading */
    bool keep_with_next;          /* headings always do */
    bool keep_together;           /* never broken where it fits on a page */
    struct span at;
    union {
        struct {
            bool ordered, tight, notes;
            unsigned start;
        } list; /* notes: of sources, which references lead to */
        struct { bool pull; } quote;
        struct {
            struct table_column *columns; size_t column_count;
            struct table_cells *rows; size_t row_count;
            struct str title; /* where it has no caption: what its further pages say that they continue */
            bool follows;     /* a drawing of the same: apart from it, it goes on there too */
        } table; /* inlines: the caption */
        struct { struct str path, alt; bool beside; /* at the width of its column */ } figure;
        struct { enum panel_kind panel; } panel;
        struct { int right_permille; } columns; /* share of the right column, gap excluded */
        struct { struct block_inlines *terms, *values; size_t count; } facts;
        struct { struct key_figure_cell *cells; size_t count; } key_figures;
        struct {
            int hundredths; struct str score, grade, label, outlook, outlook_arrow;
            struct meter_band *bands; size_t band_count;
            struct meter_point *points; size_t point_count;
            struct str caption, alt; /* alt: the whole meter in words */
            struct str outlook_language, caption_language, alt_language; /* when not the document's */
        } meter;
        struct { struct str centre, alt; struct map_node *nodes; size_t count; } map;
        struct { struct timeline_entry *entries; size_t count; } timeline;
        struct { struct str publisher, product, edition, date, logo_path, logo_alt; } masthead; /* and cover */
        struct { struct contents_entry *entries; size_t count; } contents;
    } u;
};

/* What stands on every page. */
struct block_running {
    struct str head_left, head_right; /* publisher · product; edition */
    struct str foot_left;             /* entity · tier */
    struct str copy_line;             /* "Personal copy {copy}", on personal copies */
    struct str page_format;           /* "Page {page} of {pages}" */
    struct str marking;               /* "TLP:GREEN", or empty */
    struct str stamp;                 /* "Draft", "Internal", or empty: marks every page */
};

/* A word of a language (BCP 47) with hyphens where it may be broken. */
struct block_hyphenation { struct str language, word; };

struct block_document {
    struct block_list blocks;
    struct block_running running;
    struct str language;
    struct str title, author, subject, keywords, creator; /* of the PDF */
    struct str accent;                /* "#rrggbb" */
    bool small_capitals;              /* of names that are capitals, in running text */
    struct block_hyphenation *hyphenations; /* exceptions to the patterns of a language */
    size_t hyphenation_count;
    struct str continued;             /* "continued", for the heads of tables that run on */
    struct arena *arena;              /* of the blocks, when they may go one by one: see block_forget; else NULL */
    struct arena_mark *begun;         /* where each of blocks begins in it */
};

struct edition;

/* The whole briefing of one edition. Nothing but the edition is read. Never NULL. */
struct block_document *block_build(struct arena *arena, const struct edition *edition, struct diags *diags);

/* The same for blocks that are read once, from first to last: they have an arena of their own. The rest of the document
 * lives in keep. */
struct block_document *block_build_apart(struct arena *keep, struct arena *blocks, const struct edition *edition,
                                         struct diags *diags);

/* Gives back the blocks before the one of that index, if they have an arena of their own. What was made for the next one
 * after that one was begun stays. */
void block_forget(const struct block_document *document, size_t index);

#endif
