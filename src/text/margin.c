/* The signs that hang into the margins, and by how much. */
#include "text/margin.h"

#include <hb.h>

#include "base/utf8.h"
#include "text/shape.h"

/* Thousandths of the sign's own width. Both sides together are less than the whole, so that a sign alone on a
 * line still has a width. */
static const struct hang {
    uint16_t sign, start, end;
} hangs[] = {
    {'!', 0, 100},      {'"', 300, 400},    {'\'', 300, 400},   {'(', 100, 0},      {')', 0, 150},
    {',', 0, 500},      {'-', 0, 500},      {'.', 0, 600},      {':', 0, 400},      {';', 0, 350},
    {'?', 0, 100},      {'[', 100, 0},      {']', 0, 150},      {0xA1, 100, 0},     {0xAB, 200, 200},
    {0xBB, 200, 200},   {0xBF, 100, 0},     {0x2010, 0, 500},   {0x2013, 250, 300}, {0x2014, 150, 200},
    {0x2018, 400, 450}, {0x2019, 400, 500}, {0x201A, 400, 400}, {0x201C, 400, 400}, {0x201D, 400, 450},
    {0x201E, 400, 400}, {0x2026, 0, 150},   {0x2039, 300, 300}, {0x203A, 300, 300},
};

static const struct hang *hang_of(uint32_t sign)
{
    size_t low = 0, high = sizeof hangs / sizeof hangs[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (hangs[middle].sign < sign)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof hangs / sizeof hangs[0] && hangs[low].sign == sign ? &hangs[low] : NULL;
}

static int32_t share_mpt(const struct item *item, uint32_t sign, unsigned permille)
{
    const struct text_face *face = &item->face->shown;
    uint32_t glyph = permille ? text_face_glyph(face, sign) : 0;
    if (!glyph)
        return 0;
    int64_t width = scale_mpt(text_face_advance(face, glyph), item->face, item->size_mpt);
    return width > 0 && width < INT32_MAX ? (int32_t)(width * permille / 1000) : 0;
}

static bool may_hang(const struct item *item)
{
    return !item->missing && !item->rise_mpt && !(item->features & ITEM_SUPERSCRIPT) &&
           !item->face->shown.fixed_pitch && shaper_is_simple(item);
}

int32_t margin_of_start_mpt(const struct item *item, struct str text, uint32_t at)
{
    if (!may_hang(item))
        return 0;
    size_t end = at;
    int32_t sign = utf8_next(text, &end);
    const struct hang *hang = sign < 0 ? NULL : hang_of((uint32_t)sign);
    return hang ? share_mpt(item, hang->sign, hang->start) : 0;
}

int32_t margin_of_end_mpt(const struct item *item, struct str text, uint32_t end)
{
    if (!may_hang(item))
        return 0;
    size_t at = end - 1;
    while (at && end - at < 4 && ((unsigned char)text.p[at] & 0xC0) == 0x80)
        at--;
    int32_t sign = utf8_next((struct str){text.p, end}, &at);
    const struct hang *hang = sign < 0 || at != end ? NULL : hang_of((uint32_t)sign);
    return hang ? share_mpt(item, hang->sign, hang->end) : 0;
}

int32_t margin_hyphen_mpt(const struct item *item)
{
    size_t at = 0;
    int32_t sign = utf8_next(str_from(item->face->hyphen), &at);
    const struct hang *hang = may_hang(item) && sign > 0 ? hang_of((uint32_t)sign) : NULL;
    return hang ? share_mpt(item, hang->sign, hang->end) : 0;
}
