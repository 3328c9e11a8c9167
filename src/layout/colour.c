/* Colours derived from the accent; whole numbers only, so that every machine gets the same. */
#include "layout/colour.h"

/* Linear light of an sRGB component, 0 to 65535 (IEC 61966-2-1). */
static const uint16_t linear_light[256] = {
    0, 20, 40, 60, 80, 99, 119, 139, 159, 179, 199, 219, 241, 264, 288, 313, 340, 367, 396, 427, 458, 491, 526, 562,
    599, 637, 677, 718, 761, 805, 851, 898, 947, 997, 1048, 1101, 1156, 1212, 1270, 1330, 1391, 1453, 1517, 1583,
    1651, 1720, 1790, 1863, 1937, 2013, 2090, 2170, 2250, 2333, 2418, 2504, 2592, 2681, 2773, 2866, 2961, 3058,
    3157, 3258, 3360, 3464, 3570, 3678, 3788, 3900, 4014, 4129, 4247, 4366, 4488, 4611, 4736, 4864, 4993, 5124,
    5257, 5392, 5530, 5669, 5810, 5953, 6099, 6246, 6395, 6547, 6700, 6856, 7014, 7174, 7335, 7500, 7666, 7834,
    8004, 8177, 8352, 8528, 8708, 8889, 9072, 9258, 9445, 9635, 9828, 10022, 10219, 10417, 10619, 10822, 11028,
    11235, 11446, 11658, 11873, 12090, 12309, 12530, 12754, 12980, 13209, 13440, 13673, 13909, 14146, 14387, 14629,
    14874, 15122, 15371, 15623, 15878, 16135, 16394, 16656, 16920, 17187, 17456, 17727, 18001, 18277, 18556, 18837,
    19121, 19407, 19696, 19987, 20281, 20577, 20876, 21177, 21481, 21787, 22096, 22407, 22721, 23038, 23357, 23678,
    24002, 24329, 24658, 24990, 25325, 25662, 26001, 26344, 26688, 27036, 27386, 27739, 28094, 28452, 28813, 29176,
    29542, 29911, 30282, 30656, 31033, 31412, 31794, 32179, 32567, 32957, 33350, 33745, 34143, 34544, 34948, 35355,
    35764, 36176, 36591, 37008, 37429, 37852, 38278, 38706, 39138, 39572, 40009, 40449, 40891, 41337, 41785, 42236,
    42690, 43147, 43606, 44069, 44534, 45002, 45473, 45947, 46423, 46903, 47385, 47871, 48359, 48850, 49344, 49841,
    50341, 50844, 51349, 51858, 52369, 52884, 53401, 53921, 54445, 54971, 55500, 56032, 56567, 57105, 57646, 58190,
    58737, 59287, 59840, 60396, 60955, 61517, 62082, 62650, 63221, 63795, 64372, 64952, 65535,
};

/* Relative luminance, 0 to 65535 (WCAG 2.2, 'relative luminance'). */
static int64_t luminance(struct colour c)
{
    return (2126 * (int64_t)linear_light[c.r] + 7152 * (int64_t)linear_light[c.g] + 722 * (int64_t)linear_light[c.b]) /
           10000;
}

int colour_contrast(struct colour a, struct colour b)
{
    const int64_t flare = 3277; /* 0.05 */
    int64_t light = luminance(a) + flare, dark = luminance(b) + flare;
    if (light < dark) {
        int64_t swap = light;
        light = dark;
        dark = swap;
    }
    return (int)(light * 100 / dark);
}

static uint8_t mix(uint8_t a, uint8_t b, int permille_of_b)
{
    return (uint8_t)((a * (1000 - permille_of_b) + b * permille_of_b + 500) / 1000);
}

struct colour colour_mix(struct colour a, struct colour b, int permille_of_b)
{
    return (struct colour){mix(a.r, b.r, permille_of_b), mix(a.g, b.g, permille_of_b), mix(a.b, b.b, permille_of_b)};
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static struct colour parse(struct str text)
{
    const struct colour built_in = {11, 61, 92};
    int digits[6];
    if (text.n != 7 || text.p[0] != '#')
        return built_in;
    for (size_t i = 0; i < 6; i++) {
        digits[i] = hex_digit(text.p[i + 1]);
        if (digits[i] < 0)
            return built_in;
    }
    return (struct colour){(uint8_t)(digits[0] * 16 + digits[1]), (uint8_t)(digits[2] * 16 + digits[3]),
                           (uint8_t)(digits[4] * 16 + digits[5])};
}

/* Contrast of text, and of what is drawn, each with a little to spare; of text at the least. */
enum { READS = 470, SHOWS = 310, LEGIBLE = 450 };
enum { TINT = 55, TINT_STRONG = 120 }; /* share of the accent, per mille */

/* colour, moved towards black until its contrast to ground is the least asked for. */
static struct colour darkened(struct colour colour, struct colour ground, int least)
{
    const struct colour black = {0, 0, 0};
    struct colour dark = colour;
    for (int permille = 50; permille <= 1000 && colour_contrast(dark, ground) < least; permille += 50)
        dark = colour_mix(colour, black, permille);
    return dark;
}

/* accent, moved towards black until it shows on paper and on the grounds that are tinted with it. */
static struct colour shown(struct colour accent, struct colour paper)
{
    const struct colour black = {0, 0, 0};
    struct colour dark = accent;
    for (int permille = 50; permille <= 1000; permille += 50) {
        if (colour_contrast(dark, colour_mix(paper, dark, TINT_STRONG)) >= SHOWS)
            break;
        dark = colour_mix(accent, black, permille);
    }
    return dark;
}

/* Paper or ink, whichever reads better; black where neither reads, as on grounds of middle lightness. */
static struct colour legible_on(struct colour ground, struct colour paper, struct colour ink)
{
    const struct colour black = {0, 0, 0};
    int light = colour_contrast(paper, ground), dark = colour_contrast(ink, ground);
    if (light < LEGIBLE && dark < LEGIBLE)
        return black;
    return light >= dark ? paper : ink;
}

struct palette palette_make(struct str accent)
{
    struct palette p;
    const struct colour ink = {0x1d, 0x21, 0x26}, grey = {0x5b, 0x63, 0x6b};
    p.paper = (struct colour){255, 255, 255};
    p.accent = shown(parse(accent), p.paper);
    p.text = ink;
    p.tint = colour_mix(p.paper, p.accent, TINT);
    p.tint_strong = colour_mix(p.paper, p.accent, TINT_STRONG);
    p.quiet = darkened(grey, p.tint_strong, READS);
    p.link = darkened(p.accent, p.tint_strong, READS);
    p.on_accent = legible_on(p.accent, p.paper, p.text);
    p.rule = colour_mix(p.paper, colour_mix(grey, p.accent, 300), 300);
    p.rule_strong = colour_mix(p.paper, colour_mix(grey, p.accent, 300), 650);
    p.warning = (struct colour){0xa4, 0x1e, 0x22};
    return p;
}
