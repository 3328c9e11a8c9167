/* Outlines made at build time. */
#include "pdf/cff_table.h"

#include "text/prelink.h"

const struct cff_table *cff_table_find(struct str font)
{
    uint64_t digest = prelink_digest(font);
    for (size_t i = 0; digest && i < cff_table_count; i++)
        if (cff_tables[i].digest == digest)
            return &cff_tables[i];
    return NULL;
}

struct str cff_table_charstring(const struct cff_table *table, uint32_t glyph)
{
    const struct cff_glyph *glyphs = table->glyphs + glyph;
    return (struct str){(const char *)table->bytes + glyphs[0].at, glyphs[1].at - glyphs[0].at};
}

struct str cff_table_name(const struct cff_table *table, uint32_t glyph)
{
    unsigned name = table->glyphs[glyph].name;
    return name < CFF_STANDARD_STRINGS ? (struct str){0}
                                       : str_from(table->strings + name - CFF_STANDARD_STRINGS);
}
