/* Squeezing full-width punctuation. */
#include "text/squeeze.h"

#include <hb.h>

#include "base/utf8.h"

/* Of an em. LEFT: what stays blank beside the ink. */
enum { BLANK_PERCENT = 48, LEFT_PERCENT = 8, MOST_PERCENT = 50 };
enum { MIDDLE_DOT = 0x30FB };

static bool opens(uint32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x201C:
    case 0xFF08:
    case 0xFF3B:
    case 0xFF5B:
    case 0x3014:
    case 0x3016:
        return true;
    default:
        return c >= 0x3008 && c <= 0x3010 && c % 2 == 0;
    }
}

static bool closes(uint32_t c)
{
    switch (c) {
    case 0x2019:
    case 0x201D:
    case 0x3001:
    case 0x3002:
    case 0x3015:
    case 0x3017:
    case 0xFF01:
    case 0xFF09:
    case 0xFF0C:
    case 0xFF0E:
    case 0xFF1A:
    case 0xFF1B:
    case 0xFF1F:
    case 0xFF3D:
    case 0xFF5D:
        return true;
    default:
        return c >= 0x3009 && c <= 0x3011 && c % 2 == 1;
    }
}

static uint32_t code_point_at(struct str text, size_t *at)
{
    int32_t c = *at < text.n ? utf8_next(text, at) : 0;
    return c < 0 ? 0 : (uint32_t)c;
}

static uint32_t code_point_before(struct str text, size_t at)
{
    size_t from = at;
    while (from && at - from < 4 && ((unsigned char)text.p[from - 1] & 0xC0) == 0x80)
        from--;
    return from ? code_point_at(text, &(size_t){from - 1}) : 0;
}

/* How much of the glyph goes, where so much of its square is blank on that side. */
static int32_t share_of(int32_t blank, int32_t em)
{
    if (blank < em * BLANK_PERCENT / 100)
        return 0;
    int32_t cut = blank - em * LEFT_PERCENT / 100, most = em * MOST_PERCENT / 100;
    return cut < most ? cut : most;
}

/* What a glyph gives up before its ink or behind it. */
static int32_t cut_of(const struct face *face, uint32_t glyph, bool at_start)
{
    hb_glyph_extents_t ink;
    int32_t em = face->shown.units_per_em;
    if (!hb_font_get_glyph_extents(text_face_font(&face->shown), glyph, &ink) || !ink.width)
        return 0;
    return share_of(at_start ? ink.x_bearing : em - ink.x_bearing - ink.width, em);
}

/* Whether the sign before glyph index, a closing one or a point, stands in the middle of its square and so keeps it:
 * Chinese and Japanese colons and points between words. */
static bool is_centred(const struct shaping *shaping, size_t index, const struct face *face, uint32_t sign)
{
    hb_codepoint_t glyph = 0;
    if (!closes(sign) && sign != MIDDLE_DOT)
        return false;
    if (index)
        glyph = shaping->glyphs[index - 1].id;
    else if (!hb_font_get_nominal_glyph(text_face_font(&face->shown), sign, &glyph))
        return false;
    return cut_of(face, glyph, false) == 0;
}

static void narrow(struct shaping *shaping, size_t index, const struct face *face, bool at_start)
{
    struct shaped_glyph *glyph = &shaping->glyphs[index];
    if (glyph->advance != face->shown.units_per_em)
        return;
    int32_t cut = cut_of(face, glyph->id, at_start);
    glyph->advance -= cut;
    glyph->dx -= at_start ? cut : 0;
    shaping->advance -= cut;
}

void squeeze_punctuation(struct shaping *shaping, const struct item *item, struct str text, uint32_t from,
                         uint32_t to)
{
    if (item->level & 1)
        return;
    for (size_t i = 0; i < shaping->count; i++) {
        size_t at = from + shaping->glyphs[i].cluster, end = at;
        if (at >= to || (unsigned char)text.p[at] < 0xE2)
            continue;
        uint32_t c = code_point_at(text, &end);
        bool opening = opens(c);
        if (!opening && !closes(c))
            continue;
        bool marked = end == item->to && item->features & ITEM_BEFORE_MARK;
        uint32_t beside = opening ? code_point_before(text, at) : code_point_at(text, &(size_t){end});
        if (opening ? opens(beside) || is_centred(shaping, i, item->face, beside)
                    : marked || opens(beside) || closes(beside) || beside == MIDDLE_DOT)
            narrow(shaping, i, item->face, opening);
    }
}
