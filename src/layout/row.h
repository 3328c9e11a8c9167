/* Rows of cells that stand side by side: of tables, of key figures. */
#ifndef BRIEFING_LAYOUT_ROW_H
#define BRIEFING_LAYOUT_ROW_H

#include "layout/layout.h"

struct row_cell { struct typeset set; int32_t x; uint32_t node; };

struct row {
    struct row_cell *cells;
    size_t count;
    int32_t x, width;             /* of grounds and rules */
    int32_t pad_top, pad_bottom;
    bool filled;
    struct colour fill;
    int32_t bar_width;            /* at the left of the ground; 0: none */
    struct colour bar;
    int32_t rule_above, rule_below; /* thickness; 0: none */
    struct colour rule_colour;
    const struct box *repeat;     /* the head of its table, for the tops of pages */
    int32_t room;                 /* a taller row is torn between its lines */
    int32_t *strips;              /* heights of its lines, in scratch, once row.c has measured them; NULL */
    size_t strip_count;
    bool low;                     /* cells of fewer lines stand at its foot; for a row that is not torn */
};

/* Height of all its lines, or of so many that they exceed its room. */
int32_t row_height(struct layout *lay, struct row *row);

/* Adds the row as one box or, where it is taller than its room, as one for each line. Labels that wait stand beside
 * its first line. */
void row_add(struct layout *lay, struct stack *stack, const struct area *area, struct row *row);

/* Adds two rows without grounds, rules and padding, one right below the other and of as many cells: terms and their
 * values. Where they fit the upper's room they are one box, with each term drawn just before its value. */
void row_add_pairs(struct layout *lay, struct stack *stack, const struct area *area, struct row *upper, struct row *lower);

/* Draws the whole row into a box from y down, outside the structure. */
void row_repeat(struct layout *lay, struct box *box, struct row *row, int32_t y);

#endif
