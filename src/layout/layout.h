/* What the files of layout/ share: the document being set, vertical stacks of boxes, and the areas they are set in.
 * Setting turns blocks into stacks of boxes, each no taller than a page; flow.c then deals the boxes out to pages.
 * Lengths are millipoints. x counts from the page's left margin, y from the top of the box until flow.c places it. */
#ifndef BRIEFING_LAYOUT_LAYOUT_H
#define BRIEFING_LAYOUT_LAYOUT_H

#include "block/block.h"
#include "layout/colour.h"
#include "layout/page.h"
#include "layout/style.h"

enum { PT = 1000 }; /* millipoints in a point */

/* What a page break before a box costs, cheapest first. */
enum break_cost {
    BREAK_FREE,
    BREAK_PART, /* parts what is read together: a map and its table, a table and the text that introduces it */
    BREAK_SOFT, /* tears a long list item or panel: taken when the page would else stay rather empty */
    BREAK_KEEP, /* tears what is to stay together */
    BREAK_HARD, /* leaves a widow, an orphan or a heading at the page's end */
    BREAK_COSTS
};

/* A tint, or a bar at the left, behind a run of boxes; drawn anew on each page that the run reaches. */
struct frame {
    const struct frame *outer;
    int32_t x, width;
    int32_t pad_top, pad_bottom;
    int32_t above, below;   /* space outside */
    bool filled;
    struct colour fill;
    int32_t bar_x, bar_width; /* 0: no bar */
    struct colour bar;
    bool bar_on_top;        /* the bar lies along the top instead */
};

enum { FRAME_DEPTH = 16 };

/* How many frames there are from this one out. */
int frame_depth(const struct frame *frame);

struct stack;
struct pace;

/* A strip that is never broken. Its items, links and anchors are ranges of the pools in struct layout. */
struct box {
    int32_t height;
    int32_t give;           /* how much of it goes where spaces are the closest: a picture that is set smaller */
    int32_t grid;           /* from its top to a baseline that stands on the grid of columns; 0: none does */
    int32_t above, below;   /* the larger of two neighbours' spaces counts; none at the top of a page */
    int32_t grow;           /* how much more space above it a page may take that would else end short */
    int32_t overhang;       /* how far a label beside the text reaches below the box */
    int32_t side_overhang;  /* the same of a heading in the side column */
    enum { CLEAR_NONE, CLEAR_LABELS, CLEAR_ALL } clear; /* which of these it must begin below */
    enum break_cost cost;
    bool in_word;           /* a break before it is within a word */
    const struct frame *frame;
    const struct box *repeat; /* drawn first when the box begins a page: the head of its table */
    uint32_t item_from, item_count, link_from, link_count, anchor_from, anchor_count;
    uint32_t figure; /* FIGURE node whose bounding box this gives, from its own top, or 0 */
    int32_t figure_x, figure_width, figure_height;
    struct stack *left, *right; /* two columns; items stand in these */
};

/* A part that may stand at the top of a page instead of where its text has it: boxes [from, to). A page that begins with
 * a box from earliest on, and before from, or with one after to and not after latest, may have it there; one after its
 * section's end is in what follows the section, which a bound part never comes to. */
struct moving { size_t from, to, earliest, latest, end; int32_t height; bool bound; };

struct stack {
    struct box *items;
    size_t count, cap;
    enum break_cost glue; /* least cost of a break before the box that is added next */
    const struct pace *paces; /* of a column, while pages are looked for (flow.c) */
    struct { struct moving *items; size_t count, cap; } moving; /* in order */
};

struct box_anchor { uint32_t dest; int32_t y; };

/* Where blocks are set. Running text keeps to text_x and text_width; what is wide takes x and width. */
struct area {
    int32_t x, width;
    int32_t text_x, text_width;
    const struct frame *frame;
    uint32_t node;         /* parent in the structure tree */
    const char *language;
    int depth;
    bool tinted;
    bool column;           /* beside another column */
    bool fronted;          /* within text that begins at the left margin (see struct layout, front) */
};

struct geometry {
    int32_t width, height; /* paper */
    int32_t margin;        /* left and right */
    int32_t full_width;    /* between the margins */
    int32_t text_x, text_width; /* the column of running text */
    int32_t first_top, top, bottom; /* of the text, from the paper's top; first_top is that of page 1 */
};

/* A paragraph set in lines. */
struct typeset_run { const struct block_inline *from; struct colour colour; uint32_t node; size_t offset; };
struct typeset {
    const struct style *style;
    struct text_lines lines;
    int32_t width;   /* of the measure */
    struct typeset_run *runs;
    size_t run_count;
    size_t next_run; /* the first whose anchor has not been placed */
};

/* Labels beside the first line that is set next: headings in the side column, bullets, numbers, dates, terms. */
enum { LABELS_MAX = 8, LABEL_LINES = 8 };
struct pending_label { struct typeset set; int32_t x; uint32_t node; bool side; };

struct layout {
    struct arena *arena;  /* what the pages are made of */
    struct arena work;    /* boxes, and all else that is needed until the pages are done */
    struct arena scratch; /* paragraphs, until they are drawn: see scratch_mark */
    struct { struct str items[8]; size_t next; } kept; /* see layout_keep */
    const struct block_document *document;
    const struct layout_options *options;
    struct text_engine *engine;
    struct diags *diags;
    struct palette palette;
    struct geometry geometry;
    const char *language;
    bool mirrored; /* by the language: pages are turned about their middle (mirror.c) */
    const struct text_exceptions *exceptions; /* to hyphenation */
    struct pages *pages;
    struct { struct page_item *items; size_t count, cap; } items;
    struct { struct page_item *items; size_t cap; } drawing; /* the page being drawn (flow_draw.c) */
    struct { struct page_link *items; size_t count, cap; } links;
    struct { struct box_anchor *items; size_t count, cap; } anchors;
    struct { uint32_t *items; size_t count, cap; } waiting; /* dests for the next box */
    uint32_t *dest_table; /* open addressing: index + 1 */
    size_t dest_table_size;
    struct pending_label labels[LABELS_MAX];
    size_t label_count;
    struct facts_cut { const struct block *facts, *rest; int32_t beside, page; size_t kept; } cut; /* see columns.c */
    struct span title_at;
    struct { const struct block *table; int32_t width, text_width; bool wide; } asked; /* see table_is_wide */
    struct ahead *ahead;             /* see ahead.h: NULL where there is no second thread */
    struct ahead_block *ahead_block; /* whose texts are set already, or NULL */
    bool is_ahead;                   /* this is the second thread's: its pages are not seen */
    bool over;  /* the section's heading stands over it, not in the side column: its tables are wide */
    bool front; /* before the first heading of a section: text begins at the left margin */
};

/* A string of a block for the pages, which outlive the blocks: a copy, one for all that follow soon. */
struct str layout_keep(struct layout *lay, struct str s);

/* ---- structure, destinations (nodes.c) */

uint32_t node_add(struct layout *lay, enum node_role role, uint32_t parent);
/* The node of a block, with its language. */
uint32_t node_block(struct layout *lay, enum node_role role, const struct area *area, const struct block *block);
struct page_node *node_at(struct layout *lay, uint32_t node); /* until the next node_add */
/* Those of a node, which has them from now on. */
struct page_words *node_words(struct layout *lay, uint32_t node);
/* Sets them where they are not empty. */
void node_tell(struct layout *lay, uint32_t node, struct str language, struct str expansion);
uint32_t dest_named(struct layout *lay, struct str name);
uint32_t dest_new(struct layout *lay);
/* The block's anchor and bookmark will point to the box that is added next. */
void dest_block(struct layout *lay, const struct block *block);

/* ---- boxes (box.c) */

/* Adds a box; the pointer holds until the next box is added to the same stack. What is drawn next belongs to it. */
struct box *box_add(struct layout *lay, struct stack *stack, const struct area *area);
/* A box outside any stack, for the repeated heads of tables. */
struct box *box_alone(struct layout *lay);
struct page_item *box_item(struct layout *lay, struct box *box, enum item_kind kind, uint32_t node);
void box_rect(struct layout *lay, struct box *box, int32_t x, int32_t y, int32_t width, int32_t height,
              struct colour colour, uint32_t node);
/* A path of count steps, yet to be filled in by the caller. */
struct page_item *box_path(struct layout *lay, struct box *box, size_t count, uint32_t node);
/* The boxes from index from on: no break between them costs less than cost. */
void stack_keep(struct stack *stack, size_t from, enum break_cost cost);
/* The same if they fit on a page. */
void stack_keep_if_fits(struct layout *lay, struct stack *stack, size_t from, enum break_cost cost);
/* Joins the first two items of a list, and the last two, when the first or the last is short: neither stands alone on
 * a page. starts[i] is the box that item i begins with, the last entry the end. */
void stack_join(struct stack *stack, const size_t *starts, size_t items);
/* Height of boxes [from, to) set one after the other, frames and overhangs included; of what is thousands of pages tall,
 * that of its beginning. */
int32_t stack_height(const struct stack *stack, size_t from, size_t to);

/* ---- text (typeset.c, paragraph.c) */

/* What was set since the mark is given back, unless labels wait that it may belong to: where something is set again and
 * again, the memory is that of one time. */
struct arena_mark scratch_mark(const struct layout *lay);
void scratch_rewind(struct layout *lay, struct arena_mark mark);

/* What these make lives in scratch; what is drawn of it is copied. */
struct typeset typeset_make(struct layout *lay, const struct block_inlines *inlines, const struct style *style,
                             int32_t width, enum text_align align, const char *language);
/* Text as inlines without any style. */
struct block_inlines *typeset_plain(struct layout *lay, struct str text);
/* Such text, set in the document's language. */
struct typeset typeset_of(struct layout *lay, struct str text, const struct style *style, int32_t width,
                          enum text_align align);
/* Scripts with tall letters or stacked marks may reach beyond what the leading was made for: then lines move apart, by no
 * more than keeps their ink from touching. */
static inline int32_t typeset_extra_above(const struct typeset *set, size_t line)
{
    const struct text_line *lines = set->lines.items;
    int32_t room = line ? set->style->leading - lines[line - 1].descent_mpt : style_baseline(set->style);
    int32_t between = line && lines[line - 1].last ? set->style->parts : 0;
    return lines[line].ascent_mpt > room + between ? lines[line].ascent_mpt - room : between;
}
static inline int32_t typeset_line_height(const struct typeset *set, size_t line)
{
    int32_t height = set->style->leading + typeset_extra_above(set, line);
    if (line + 1 < set->lines.count)
        return height;
    /* What hangs from the last line of a text may reach a little into the space that follows. */
    int32_t room = set->style->leading - style_baseline(set->style) + set->style->size * 15 / 1000;
    int32_t descent = set->lines.items[line].descent_mpt;
    return descent > room ? height + descent - room : height;
}
/* From a line's top to its baseline. */
static inline int32_t typeset_baseline(const struct typeset *set, size_t line)
{
    return typeset_extra_above(set, line) + style_baseline(set->style);
}
int32_t typeset_height(const struct typeset *set, size_t from, size_t to);
int32_t typeset_width(const struct typeset *set); /* of its widest line */
/* Draws one line with the top of its strip at y. Links and spans become children of node; under PAGE_ARTIFACT there
 * are neither. */
void typeset_draw(struct layout *lay, struct box *box, struct typeset *set, size_t line, int32_t x, int32_t y,
                 uint32_t node);
/* All lines from y down; returns their bottom. */
int32_t typeset_draw_all(struct layout *lay, struct box *box, struct typeset *set, int32_t x, int32_t y, uint32_t node);
/* Plain text, all its lines from y down; returns the height. style must outlive the pages. */
int32_t typeset_text(struct layout *lay, struct box *box, struct str text, const struct style *style, int32_t x,
                    int32_t y, int32_t width, enum text_align align, uint32_t node);
/* The text, cut with an ellipsis and a warning when it takes more lines than most. what names it in the warning. */
struct str typeset_shorten(struct layout *lay, struct str text, const struct style *style, int32_t width, size_t most,
                          const char *what, struct span at);
/* Width of a plain text on one line. */
int32_t typeset_text_width(struct layout *lay, struct str text, const struct style *style);
void typeset_widths(struct layout *lay, const struct block_inlines *inlines, const struct style *style,
                   const char *language, int32_t *least, int32_t *most);

/* A label for the next line; side: a heading in the side column. Its node must have been added. false: it would be
 * taller than LABEL_LINES lines, and was not taken. */
bool label_set(struct layout *lay, const struct block_inlines *text, const struct style *style, int32_t x,
               int32_t width, enum text_align align, const char *language, uint32_t node, bool side);
/* The same of what is set already, which may be a label again and again. */
bool label_again(struct layout *lay, const struct typeset *set, int32_t x, uint32_t node, bool side);
/* Draws the labels that no line has taken up, on a line of their own. */
void label_flush(struct layout *lay, struct stack *stack, const struct area *area);
/* Called with a new box whose first line, in style, begins at y: draws the labels beside it. */
void label_take(struct layout *lay, struct box *box, const struct style *style, int32_t y);

/* Sets lines as boxes in a column of its own choice; node is their structure element. */
void paragraph_set(struct layout *lay, struct stack *stack, const struct area *area, struct typeset *set, int32_t x,
                   uint32_t node);
void text_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
/* Plain text in a style, as a paragraph of its own in the area's text column. */
void text_plain(struct layout *lay, struct stack *stack, const struct area *area, const struct block_inlines *inlines,
                enum block_style style, enum node_role role);

/* ---- parts that may stand elsewhere (moving.c) */

enum { MOVING_NONE = SIZE_MAX };

/* Where the text begins that such a part may move in, MOVING_NONE before the first block; whether a tier's mark stands
 * over it. */
struct moving_run { size_t from; bool marked; };

/* Told of each block of a list in turn, which begins with box from. */
void moving_note(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block,
                 size_t from, struct moving_run *run);

/* ---- blocks; each adds to stack (blocks.c and a file for each kind) */

void blocks_set(struct layout *lay, struct stack *stack, const struct area *area, const struct block_list *list);
void heading_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block,
                   bool beside);
void list_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
void quote_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
/* The opening mark of a quotation stands out of its lines, so that its words stand one under the other; not where lines
 * begin at the right. */
void quote_hang(struct layout *lay, struct typeset *set, const struct block_inlines *inlines);
void table_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
/* Whether it needs more than the column of running text. */
bool table_is_wide(struct layout *lay, const struct area *area, const struct block *block);
/* A table of more columns than have room: each row as a list of heads and values. */
void records_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
void figure_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
void panel_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
void columns_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
void facts_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
void key_figures_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
void meter_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
void map_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
void timeline_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
void cover_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
void contents_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
/* The logo of a masthead or cover, beside which the next box stands; its width with the gap, 0: there is none. */
int32_t masthead_logo(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
void masthead_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);
void rule_block(struct layout *lay, struct stack *stack, const struct area *area, const struct block *block);

/* ---- pages from right to left (mirror.c). All else counts x from the edge where lines begin, which is called left */

/* Turns all that stands on the pages, if the document is mirrored; once. */
void mirror_pages(struct layout *lay);
/* The same for a page's items from index from on. */
void mirror_items(const struct layout *lay, struct page *page, size_t from);
/* Where a segment begins in its measure, so that turning leaves the lines of a paragraph as they were set. */
int32_t mirror_segment(const struct layout *lay, const struct typeset *set, const struct text_segment *segment);
/* The alignment that puts text of a language at the edge where the page begins. */
enum text_align mirror_start(const struct layout *lay, const char *language);

/* ---- pages (flow.c, running.c, copy_line.c) */

void flow_pages(struct layout *lay, const struct stack *stack);
/* Head, foot and marks on every page, once it is known how many stand before the first, and how many there are in all. */
void running_draw(struct layout *lay, bool masthead, size_t before, size_t total);
/* The copy line as one line of at most that width, whatever the id, without the id: its slot is filled, with x from the
 * line's left edge and y still 0. No lines when format has no slot or the font lacks letters; the latter is reported. */
struct typeset copy_line_make(struct layout *lay, struct str format, const struct style *style, int32_t width,
                              struct copy_slot *slot);
/* Whether page 1 bears marks in its head, which its masthead then stands below. */
bool running_has_marks(const struct block_document *document);

#endif
