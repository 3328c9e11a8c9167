/* What a page costs. The breaks of a document are those whose pages cost least together: lines to paragraphs
 * as pages to documents, after Plass, "Optimal Pagination Techniques for Automatic Typesetting Systems"
 * (Stanford 1981), which is Knuth and Plass, "Breaking Paragraphs into Lines" (Software: Practice and
 * Experience 11, 1981), turned upright. Costs are whole numbers. 100 is what TeX calls a badness of 100: a
 * space stretched or shrunk as far as it should be; like there (The TeXbook, chapter 14), badness grows with
 * the cube, so that two small faults are better than one large one. Private to flow*.c. Lengths are
 * millipoints. */
#ifndef BRIEFING_LAYOUT_FLOW_COST_H
#define BRIEFING_LAYOUT_FLOW_COST_H

#include "layout/layout.h"
#include "layout/step.h"

enum {
    /* The feet of pages are level where the spaces between boxes can make them so (see step.h). */
    FLOW_LEVEL = 7 * PT,       /* a foot this near the margin is level */
    FLOW_LINE = 14 * PT,       /* a page may run so much long, which is how setters by hand saved a widow */
    FLOW_HOLE = 4 * FLOW_LINE, /* a hole of badness 100 */
    FLOW_FEW = 18 * FLOW_LINE, /* a last page with less on it looks like a mistake */
    FLOW_BESIDE = 2,           /* the hole at the foot of a column beside another counts by half */

    /* More ends of a page are not followed: so the time grows with the length of the document only. The
     * examples come out the same with two hundred. */
    FLOW_ENDS = 16
};

enum {
    COST_SPACES = 100, /* spaces at their closest or widest */
    COST_PAGE = 300,   /* any page: paper is saved where the others look hardly worse for it */
    COST_LONG = 120,   /* a line more than the page has */
    COST_HYPHEN = 60,  /* a word goes on on the next page: TeX's \brokenpenalty */
    COST_FEW = 2000,   /* an empty last page; it falls with the square of what FLOW_FEW lacks */
    COST_ALONE = 500,  /* the left column begins a page before the right one */
    COST_MOVED = 40,   /* a figure or pull quote stands at the top of a page, not where its text has it */
    COST_AWAY = 100    /* and text of the next section before it */
};

/* A break of each kind. What is read together is parted rather than leave a hole of six lines; what is to
 * stay together is torn when the page would else be a quarter to a third empty; a widow, an orphan or a
 * heading at a page's end are worse than any hole, for no page needs them. */
static const int64_t flow_break_cost[BREAK_COSTS] = {
    [BREAK_FREE] = 0, [BREAK_PART] = 400, [BREAK_SOFT] = 3000, [BREAK_KEEP] = 5000, [BREAK_HARD] = 1000000};

/* No page holds what is on this one: a box taller than the paper. */
static const int64_t flow_overfull_cost = 100000000;

#endif
