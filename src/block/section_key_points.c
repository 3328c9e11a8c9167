/* Key points: what a reader with one minute takes away. */
#include "block/sections.h"

void section_key_points(struct builder *b, struct block_list *page)
{
    struct block_list *list = &block_section(b, page)->children;
    block_heading(b, list, 2, WORD_OF(b, WORD_key_points), STR("key-points"), span_none());
    block_points(b, list, &b->spec->key_points);
}
