/* Harmony of sizes, by script:
 * - Scripts with capitals and small letters, as Latin and Greek: equal x-heights.
 * - Arabic and its kin: alef as tall as a capital.
 * - Scripts whose letters have one height, as Hebrew, Thai and Devanagari: halfway between x-height and
 * capital.
 * - Chinese, Japanese, Korean and all others: the same em.
 * Never by more than a sixth up or down: beyond that the two faces are of different kinds, and equal heights
 * would make unequal weights. */
#include "text/harmony.h"

#include <hb.h>

enum { LEAST_PERMILLE = 850, MOST_PERMILLE = 1170 };

enum height { HEIGHT_EM, HEIGHT_SMALL, HEIGHT_CAPITAL, HEIGHT_MIDDLE };

static const struct sample {
    hb_script_t script;
    enum height height;
    uint32_t letter; /* whose height is the script's */
} samples[] = {
    {HB_SCRIPT_LATIN, HEIGHT_SMALL, 'x'},         {HB_SCRIPT_GREEK, HEIGHT_SMALL, 0x3C7},
    {HB_SCRIPT_CYRILLIC, HEIGHT_SMALL, 0x445},    {HB_SCRIPT_ARMENIAN, HEIGHT_SMALL, 0x578},
    {HB_SCRIPT_COPTIC, HEIGHT_SMALL, 0x2C9F},     {HB_SCRIPT_ARABIC, HEIGHT_CAPITAL, 0x627},
    {HB_SCRIPT_SYRIAC, HEIGHT_CAPITAL, 0x710},    {HB_SCRIPT_HEBREW, HEIGHT_MIDDLE, 0x5D4},
    {HB_SCRIPT_THAI, HEIGHT_MIDDLE, 0xE01},       {HB_SCRIPT_LAO, HEIGHT_MIDDLE, 0xE81},
    {HB_SCRIPT_DEVANAGARI, HEIGHT_MIDDLE, 0x928}, {HB_SCRIPT_BENGALI, HEIGHT_MIDDLE, 0x9A8},
    {HB_SCRIPT_GURMUKHI, HEIGHT_MIDDLE, 0xA28},   {HB_SCRIPT_GUJARATI, HEIGHT_MIDDLE, 0xAA8},
    {HB_SCRIPT_TAMIL, HEIGHT_MIDDLE, 0xB95},      {HB_SCRIPT_GEORGIAN, HEIGHT_SMALL, 0x10DD},
    {HB_SCRIPT_ETHIOPIC, HEIGHT_MIDDLE, 0x1200},
};

static const struct sample *sample_of(uint32_t script)
{
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        if (samples[i].script == script)
            return &samples[i];
    return NULL;
}

bool harmony_has_case(uint32_t script)
{
    switch (script) {
    case HB_SCRIPT_LATIN:
    case HB_SCRIPT_GREEK:
    case HB_SCRIPT_CYRILLIC:
    case HB_SCRIPT_ARMENIAN:
    case HB_SCRIPT_COPTIC:
        return true;
    default:
        return false;
    }
}

/* What the letter's height should be, in font units of the primary face. */
static int wanted_height(const struct text_face *primary, enum height height)
{
    switch (height) {
    case HEIGHT_SMALL:
        return primary->x_height;
    case HEIGHT_CAPITAL:
        return primary->cap_height;
    case HEIGHT_MIDDLE:
        return (primary->x_height + primary->cap_height) / 2;
    default:
        return 0;
    }
}

int32_t harmony_size(const struct face *face, const struct face *primary, uint32_t script, int32_t size_mpt)
{
    const struct sample *sample = sample_of(script);
    if (face == primary || !sample)
        return size_mpt;
    int64_t is = (int64_t)face_letter_height(face, sample->letter) * primary->shown.units_per_em;
    int64_t wanted = (int64_t)wanted_height(&primary->shown, sample->height) * face->shown.units_per_em;
    if (is <= 0 || wanted <= 0)
        return size_mpt;
    int64_t permille = wanted * 1000 / is;
    permille = permille < LEAST_PERMILLE  ? LEAST_PERMILLE
               : permille > MOST_PERMILLE ? MOST_PERMILLE
                                          : permille;
    return (int32_t)(size_mpt * permille / 1000);
}
