/* The heart of the first page: key points, wide, beside At a glance, narrow. */
#include "block/sections.h"

enum { GLANCE_PERMILLE = 340 };

void section_summary(struct builder *b, struct block_list *page)
{
    if (!b->spec->key_points.count) {
        section_at_glance(b, page);
        return;
    }
    struct block *columns = block_add(b, page, BLOCK_COLUMNS, STYLE_BODY);
    columns->u.columns.right_permille = GLANCE_PERMILLE;
    section_key_points(b, &columns->children);
    section_at_glance(b, &columns->right);
}
