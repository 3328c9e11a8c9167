/* Build tool: an outline as a Type 2 charstring. */
#ifndef BRIEFING_PDF_CHARSTRING_H
#define BRIEFING_PDF_CHARSTRING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct outline_point {
    int x, y; /* font units */
};

/* From the end of the one before; the first of a contour from the end of the last. */
struct outline_segment {
    bool curve;
    struct outline_point
        points[3]; /* the control points of a curve, and where it ends; a line has the last alone */
};

struct outline_contour {
    size_t first, count; /* among the segments */
};

/* Closed contours. */
struct outline {
    struct outline_segment *segments;
    size_t segment_count, segment_cap;
    struct outline_contour *contours;
    size_t contour_count, contour_cap;
};

/* Appends the charstring of an outline (Adobe Technical Note 5177), in about the fewest bytes that deflate can
 * make of it: without hints, the lowest contour first, each from the segment on from which it takes least.
 * width is what its width is more than nominalWidthX; NULL: it has defaultWidthX. The contours are put in
 * their order. */
void charstring_pack(struct outline *outline, const int *width, struct buf *out);

#endif
