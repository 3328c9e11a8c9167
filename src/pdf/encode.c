/* Codes of one byte. Most fonts of a briefing show fewer than two hundred glyphs: their strings are half as
 * long as with two bytes for each, the space has the code 32 that word spacing (Tw) wants, and one ToUnicode
 * serves them all, for a code stands for the same text in each. Where a glyph stands for two texts it has two
 * codes. Source: ISO 32000-1, 9.7.4.2 (CIDToGIDMap), 9.7.5.3 (embedded CMaps), 9.10.3. */
#include "pdf/font.h"

#include "pdf/token.h"

enum {
    FIRST_ASCII = ' ',
    LAST_ASCII = '~',
    CODES = 256,
    NO_CODE = 0,      /* is never given away: readers take it for .notdef */
    GLYPHS_MOST = 220 /* of a narrow font, variants included */
};

struct str codes_cmap(void)
{
    return STR("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
               "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>def\n"
               "/CMapName/" CODES_CMAP_NAME " def\n/CMapType 1 def\n/WMode 0 def\n"
               "1 begincodespacerange\n<00><FF>\nendcodespacerange\n"
               "1 begincidrange\n<00><FF>0\nendcidrange\n"
               "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
}

/* In the order in which they are given away: from 128 up, then from 1 up; a carriage return would have to be
 * escaped. */
static unsigned code_after(unsigned code)
{
    code = code == CODES - 1 ? 1 : code + 1;
    return code == '\r' ? code + 1 : code;
}

/* The code of a text that the font has not used yet for another glyph. */
static unsigned code_for(struct font_codes *codes, const bool *taken, struct str text)
{
    if (text.n == 1 && *text.p >= FIRST_ASCII && *text.p <= LAST_ASCII && !taken[(unsigned char)*text.p])
        return (unsigned char)*text.p;
    if (codes->next == 0)
        codes->next = LAST_ASCII + 2;
    for (unsigned code = LAST_ASCII + 2; code != codes->next; code = code_after(code))
        if (!taken[code] && str_eq(codes->texts[code], text))
            return code;
    unsigned code = codes->next;
    if (code == FIRST_ASCII)
        return NO_CODE;
    codes->texts[code] = text;
    codes->next = code_after(code);
    return code;
}

static bool encode_narrow(struct font_codes *codes, struct font *font)
{
    bool taken[CODES] = {false};
    for (size_t i = 0; i < font->count; i++) {
        unsigned code = code_for(codes, taken, font->items[i].text);
        if (code == NO_CODE)
            return false;
        taken[code] = true;
        font->items[i].code = (uint16_t)code;
        if (code == FIRST_ASCII)
            font->word_space = font->items[i].id;
    }
    for (size_t i = 0; i < font->variants.count; i++) {
        unsigned code = code_for(codes, taken, font->variants.items[i].text);
        if (code == NO_CODE)
            return false;
        taken[code] = true;
        font->variants.items[i].code = (uint16_t)code;
    }
    return true;
}

void font_encode(struct font_codes *codes, struct font *font, const struct program *program)
{
    font->narrow =
        !program->cff && font->count + font->variants.count <= GLYPHS_MOST && encode_narrow(codes, font);
    if (font->narrow)
        return;
    font->word_space = 0;
    for (size_t i = 0; i < font->count; i++)
        font->items[i].code = font->items[i].gid;
}

void codes_to_unicode(const struct font_codes *codes, struct buf *out)
{
    struct buf units = {0}, entries = {0};
    size_t count = 0;
    buf_text(out, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                  "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                  "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                  "1 begincodespacerange\n<00><FF>\nendcodespacerange\n"
                  "1 beginbfrange\n<20><7E><0020>\nendbfrange\n");
    for (unsigned code = 0; code <= CODES; code++) {
        if (code < CODES && codes->texts[code].n) {
            unsigned char byte = (unsigned char)code;
            token_hex(&entries, &byte, 1);
            buf_clear(&units);
            token_utf16(&units, codes->texts[code]);
            token_hex(&entries, units.p, units.n);
            buf_char(&entries, '\n');
            count++;
        }
        if (count == 100 || (code == CODES && count)) { /* at most 100 entries a block */
            token_int(out, (int64_t)count);
            buf_text(out, " beginbfchar\n");
            buf_str(out, buf_view(&entries));
            buf_text(out, "endbfchar\n");
            buf_clear(&entries);
            count = 0;
        }
    }
    buf_text(out, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
    buf_done(&units);
    buf_done(&entries);
}
