/* Quotations. */
#include "block/sections.h"

void section_quotes(struct builder *b, struct block_list *page)
{
    const struct quote_list *quotes = &b->spec->quotes;
    if (!quotes->count)
        return;
    struct block_list *list = &block_section(b, page)->children;
    enum word_id heading = quotes->count == 1 ? WORD_quotes_one : WORD_quotes_many;
    block_heading(b, list, 2, WORD_OF(b, heading), STR("quotations"), span_none());
    for (size_t i = 0; i < quotes->count; i++)
        block_quotation(b, list, &quotes->items[i], false);
}
