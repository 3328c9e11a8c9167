/* Codes of one byte. Most fonts of a briefing show fewer than two hundred glyphs: their strings are half as
 * long as with two bytes for each, the space has the code 32 that word spacing (Tw) wants, and one ToUnicode
 * serves them all, for a code stands for the same text in each. Where a glyph stands for two texts it has two
 * codes. Source: ISO 32000-1, 9.6, 9.10.3 and Annex D.2 (WinAnsiEncoding). */
#include "pdf/font.h"

#include "base/utf8.h"
#include "pdf/token.h"

enum {
    FIRST_ASCII = ' ',
    LAST_ASCII = '~',
    CODES = 256,
    NO_CODE = 0,      /* is never given away: readers take it for .notdef */
    GLYPHS_MOST = 220 /* of a narrow font, variants included */
};

/* The code that a character has in Windows' Latin, so that it is the same in nearly all documents; NO_CODE:
 * none. */
static unsigned usual_code(struct str text)
{
    static const uint16_t from_128[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                          0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    size_t at = 0;
    int32_t c = text.n ? utf8_next(text, &at) : -1;
    if (c < 0 || at != text.n)
        return NO_CODE;
    if (c >= 0xA0 && c <= 0xFF)
        return (unsigned)c;
    for (unsigned i = 0; i < 32; i++)
        if (c && from_128[i] == c)
            return 128 + i;
    return NO_CODE;
}

/* What is left is given away from 1 up, then from 127 up; a carriage return would have to be escaped. */
static unsigned code_after(unsigned code)
{
    code++;
    return code == '\r' ? code + 1 : code == FIRST_ASCII ? LAST_ASCII + 1 : code;
}

/* The code of a text that the font has not used yet for another glyph. */
static unsigned code_for(struct font_codes *codes, const bool *taken, struct str text)
{
    if (text.n == 1 && *text.p >= FIRST_ASCII && *text.p <= LAST_ASCII && !taken[(unsigned char)*text.p])
        return (unsigned char)*text.p;
    unsigned usual = usual_code(text);
    if (usual && !taken[usual] && (!codes->texts[usual].n || str_eq(codes->texts[usual], text))) {
        codes->texts[usual] = text;
        return usual;
    }
    for (unsigned code = 1; code < CODES; code = code_after(code)) {
        if (taken[code] || (codes->texts[code].n && !str_eq(codes->texts[code], text)))
            continue;
        codes->texts[code] = text;
        return code;
    }
    return NO_CODE;
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

/* TrueType outlines, or those that cff_table.h knows. */
static bool can_be_simple(const struct text_face *face)
{
    return face->bundled || (text_face_table(face, "glyf").n && !text_face_table(face, "CFF ").n);
}

void font_encode(struct font_codes *codes, struct font *font)
{
    font->narrow = font->count + font->variants.count <= GLYPHS_MOST && can_be_simple(font->face) &&
                   encode_narrow(codes, font);
    if (font->narrow)
        return;
    font->word_space = 0;
    for (size_t i = 0; i < font->count; i++)
        font->items[i].code = 0;
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
