/* The glyphs of a font in the order of its program, and what their slots say of them once their codes and
 * widths are known. */
#include "pdf/font.h"

#include <string.h>

struct program_key font_key(struct arena *arena, const struct font *font)
{
    enum { BITS = 64 };
    const size_t set_words = font->entry->glyph_count / BITS + 1;
    uint64_t *used = ARENA_ARRAY(arena, uint64_t, set_words);
    uint32_t *words = ARENA_ARRAY(arena, uint32_t, 2 * (font->count + font->variants.count) + 1), *to = words;
    memset(used, 0, set_words * sizeof *used);
    for (size_t i = 0; i < font->count; i++)
        used[font->items[i].id / BITS] |= (uint64_t)1 << font->items[i].id % BITS;
    for (size_t i = 0; i < set_words; i++)
        for (uint64_t left = used[i]; left; left &= left - 1)
            *to++ = (uint32_t)(i * BITS) + (uint32_t)__builtin_ctzll(left);
    for (size_t i = 0; i < font->count; i++)
        *to++ = font->items[font->entry->slots[words[i]].number - 1].code;
    for (size_t i = 0; font->narrow && i < font->variants.count; i++) {
        *to++ = font->variants.items[i].id;
        *to++ = font->variants.items[i].code;
    }
    return (struct program_key){font->face, words, font->count, (size_t)(to - words)};
}

/* Whether a code can be shown as it is, wherever its glyph stands. Private use needs ActualText. */
static bool is_plain_code(const struct font_glyph *glyph)
{
    enum { PRIVATE_USE = 0xEE /* the first byte of its characters in UTF-8, and of few others */ };
    return glyph->code != '(' && glyph->code != ')' && glyph->code != '\\' && glyph->code != '\r' &&
           glyph->text.n && (unsigned char)*glyph->text.p < PRIVATE_USE;
}

void font_number(struct font *font, const struct program *program)
{
    enum { UEM = 1000 }; /* of an em's thousandth */
    for (size_t i = 0; i < program->key.glyph_count; i++) {
        struct font_slot *slot = &font->entry->slots[program->key.words[i]];
        struct font_glyph *glyph = &font->items[slot->number - 1];
        glyph->width_uem = program->widths_uem[i];
        if (!font->narrow)
            glyph->code = program->gids[i];
        int64_t width = ((int64_t)glyph->width_uem * FONT_PARTS + UEM / 2) / UEM;
        bool fits = width >= 0 && width <= FONT_PARTS_MOST;
        slot->width = fits ? (int32_t)width : 0;
        slot->code = fits && font->narrow && is_plain_code(glyph) ? (uint8_t)glyph->code : 0;
    }
}
