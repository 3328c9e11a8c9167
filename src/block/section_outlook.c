/* Outlook: short, medium and long term. */
#include "block/sections.h"

void section_outlook(struct builder *b, struct block_list *page)
{
    const struct outlook *outlook = &b->spec->outlook;
    if (!outlook->short_term && !outlook->medium_term && !outlook->long_term)
        return;
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_outlook), STR("outlook"), span_none());
    block_run_in(b, list, WORD_OF(b, WORD_outlook_short), outlook->short_term, STYLE_BODY);
    block_run_in(b, list, WORD_OF(b, WORD_outlook_medium), outlook->medium_term, STYLE_BODY);
    block_run_in(b, list, WORD_OF(b, WORD_outlook_long), outlook->long_term, STYLE_BODY);
}
