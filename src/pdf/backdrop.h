/* Rules and tints that are drawn before all else on a page: side by side in the content stream they need
 * neither a sequence each nor their colour said again, and the text goes on without a break. */
#ifndef BRIEFING_PDF_BACKDROP_H
#define BRIEFING_PDF_BACKDROP_H

#include "layout/page.h"

enum { BACKDROP_ROWS = 2048 };

/* What of the page's height is taken by what stays in its order, in rows of equal height. */
struct backdrop {
    int32_t row_mpt;
    uint64_t rows[BACKDROP_ROWS / 64];
};

void backdrop_init(struct backdrop *backdrop, int32_t height_mpt);

/* To be asked of a page's items in their order. True for a rectangle that is an artifact and beside which
 * nothing was drawn so far but others of that kind: it looks the same when it is drawn before them. */
bool backdrop_takes(struct backdrop *backdrop, const struct page_item *item);

#endif
