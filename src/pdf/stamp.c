/* The copy line. All letters take the same number of bytes, so that one can stand in another's place. */
#include "pdf/stamp.h"

#include <stdio.h>
#include <string.h>

#include "pdf/content.h"
#include "pdf/token.h"

/* What the font's own advance does not give, in thousandths of an em, to be taken back in TJ. */
static long long adjustment(const struct font *font, const struct copy_slot *slot, size_t letter)
{
    const struct font_glyph *glyph = font_glyph_find(font, slot->letters[letter].glyph);
    int64_t more = (glyph ? glyph->width_uem : 0) -
                   (int64_t)slot->letters[letter].advance_mpt * 1000000 / slot->size_mpt;
    return (long long)((more + (more < 0 ? -500 : 500)) / 1000);
}

static int32_t in_uem(int64_t width_mpt, const struct copy_slot *slot)
{
    return (int32_t)((width_mpt * 1000000 + slot->size_mpt / 2) / slot->size_mpt);
}

/* "<0012>-5", the number as long as the longest. */
static void set_texts(struct stamp *stamp, const struct font *font, const struct copy_slot *slot)
{
    int width = 1;
    for (size_t i = 0; i < STAMP_LETTERS; i++) {
        int needed = snprintf(NULL, 0, "%lld", adjustment(font, slot, i));
        width = needed > width ? needed : width;
    }
    for (size_t i = 0; i < STAMP_LETTERS; i++) {
        const struct font_glyph *glyph = font_glyph_find(font, slot->letters[i].glyph);
        int n = snprintf(stamp->texts[i], STAMP_ROOM, "<%0*x>%*lld", font->narrow ? 2 : 4,
                         glyph ? glyph->code : 0u, width, adjustment(font, slot, i));
        stamp->n = (size_t)n;
        stamp->widths_uem[i] = in_uem(slot->letters[i].advance_mpt, slot);
    }
    stamp->width_uem = in_uem(slot->width_mpt, slot);
}

struct stamp stamp_write(struct buf *out, const struct fonts *fonts, const struct pages *pages)
{
    const struct copy_slot *slot = &pages->copy;
    const struct font *font = fonts_find(fonts, slot->face);
    struct stamp stamp = {0};
    if (!font)
        return stamp;
    set_texts(&stamp, font, slot);
    buf_text(out, "/Artifact" CONTENT_FOOT " BDC\n");
    /* The page's content may have left any colour in force. */
    struct content content = {.out = out, .fill = {(uint8_t)~slot->colour.r, slot->colour.g, slot->colour.b}};
    content_fill(&content, slot->colour);
    buf_printf(out, "BT\n/F%zu ", (size_t)(font - fonts->items));
    token_milli(out, slot->size_mpt);
    buf_text(out, " Tf\n");
    token_milli(out, slot->x);
    buf_char(out, ' ');
    token_milli(out, pages->height_mpt - slot->y);
    buf_text(out, " Td\n[");
    if (stamp.width_uem)
        buf_printf(out, "%*d", STAMP_INDENT, 0);
    stamp.at = out->n;
    for (size_t i = 0; i < STAMP_ID; i++)
        buf_add(out, stamp.texts[0], stamp.n);
    buf_text(out, "]TJ\nET\nEMC\n");
    return stamp;
}

void stamp_sign(const struct stamp *stamp, const struct copy_id *id, char *p)
{
    static const char letters[] = COPY_ID_ALPHABET "-";
    int32_t free_uem = stamp->width_uem;
    for (size_t i = 0; i < STAMP_ID; i++) {
        const char *letter = memchr(letters, id->text[i], STAMP_LETTERS);
        size_t index = letter ? (size_t)(letter - letters) : STAMP_LETTERS - 1;
        memcpy(p + stamp->at + i * stamp->n, stamp->texts[index], stamp->n);
        free_uem -= stamp->widths_uem[index];
    }
    if (free_uem <= 0)
        return;
    char indent[STAMP_INDENT + 1];
    int n = snprintf(indent, sizeof indent, "%*d", STAMP_INDENT, -(free_uem / 1000));
    if (n == STAMP_INDENT)
        memcpy(p + stamp->at - STAMP_INDENT, indent, STAMP_INDENT);
}
