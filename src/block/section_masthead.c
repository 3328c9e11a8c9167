/* Masthead: who publishes, what, which edition, which day. */
#include "block/sections.h"
#include "block/wording.h"

void section_masthead(struct builder *b, struct block_list *page)
{
    const struct publisher *publisher = &b->house->publisher;
    struct block *masthead = block_add(b, page, BLOCK_MASTHEAD, STYLE_MASTHEAD);
    masthead->keep_together = true;
    masthead->at = publisher->name.at;
    masthead->u.masthead.publisher = publisher->name.s;
    masthead->u.masthead.product = b->house->product.s;
    masthead->u.masthead.edition = wording_edition(b, b->edition->id);
    masthead->u.masthead.date = wording_date(b, b->edition->date, false);
    masthead->u.masthead.logo_path = publisher->logo.path;
    masthead->u.masthead.logo_alt = publisher->logo.alt.s;
}
