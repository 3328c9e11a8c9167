/* Parts of words that were set from prelinked tables: what a break would make of their widths. Most breaks
 * are only tried, so that nothing is shaped for them. */
#include "text/packed.h"
#include "text/shape.h"

#include "base/utf8.h"

/* The table's glyph of a character, if it is the one of that id. */
static uint16_t glyph_of(const struct prelink *table, unsigned set, struct str character, uint32_t id)
{
    size_t end = 0;
    int32_t c = utf8_next(character, &end);
    uint16_t glyph = c < 0 || end != character.n ? PRELINK_NONE : prelink_glyph_of(table, set, (uint32_t)c);
    return glyph != PRELINK_NONE && table->glyphs[glyph].id == id ? glyph : PRELINK_NONE;
}

/* Puts the face's hyphen behind a glyph. */
static bool add_hyphen(const struct item *item, unsigned set, uint16_t last, struct shaped_part *before)
{
    const struct prelink *table = item->face->prelinked;
    size_t end = 0;
    int32_t c = utf8_next(str_from(item->face->hyphen), &end);
    uint16_t hyphen = c > 0 ? prelink_glyph_of(table, set, (uint32_t)c) : PRELINK_NONE;
    if (hyphen == PRELINK_NONE || (table->glyphs[last].ligates | table->glyphs[hyphen].ligates) ||
        prelink_joins(table, last, hyphen))
        return false;
    const struct prelink_pair *pair = prelink_pair_of(table, last, hyphen);
    if (pair->stop == PRELINK_STOP)
        return false;
    before->units += pair->kern + table->glyphs[hyphen].advance;
    before->clusters++;
    return true;
}

bool shaper_parts(const struct item *item, const struct shaped *word, struct str text, uint32_t glyph,
                  uint32_t at, bool hyphen, struct shaped_part *before, struct shaped_part *behind)
{
    if (!word->linked || !glyph)
        return false;
    const struct prelink *table = item->face->prelinked;
    const struct plain_glyph *last = &word->plain_glyphs[glyph - 1];
    const unsigned set = prelinked_set(item->features);
    uint32_t start = at - 1;
    while (start && ((unsigned char)text.p[start] & 0xC0) == 0x80)
        start--;
    uint16_t a =
        glyph_of(table, set, str_slice(text, start, at), last->packed & ((1U << PACKED_ID_BITS) - 1));
    if (a == PRELINK_NONE)
        return false;
    /* It is not kerned to the glyph behind it any more. */
    *before = (struct shaped_part){(int64_t)(glyph > 1 ? last[-1].end : 0) + table->glyphs[a].advance, glyph};
    *behind = (struct shaped_part){word->advance - last->end, word->count - glyph};
    return !hyphen || add_hyphen(item, set, a, before);
}
