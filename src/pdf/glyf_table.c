/* Outlines made at build time. */
#include "pdf/glyf_table.h"

#include "text/prelink.h"

const struct glyf_table *glyf_table_find(struct str font)
{
    uint64_t digest = prelink_digest(font);
    for (size_t i = 0; digest && i < glyf_table_count; i++)
        if (glyf_tables[i].digest == digest)
            return &glyf_tables[i];
    return NULL;
}

struct str glyf_glyph_find(const struct glyf_table *table, uint32_t glyph)
{
    size_t low = 0, high = table->glyph_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct glyf_glyph *entry = &table->glyphs[middle];
        if (entry->glyph == glyph)
            return (struct str){(const char *)table->bytes + entry->at, entry->size};
        if (entry->glyph < glyph)
            low = middle + 1;
        else
            high = middle;
    }
    return (struct str){0};
}
