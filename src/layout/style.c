/* The table of styles. Body text is set 10.3 on 14 points: with Source Serif about 71 characters to the column of
 * running text. Vertical spaces are parts of those 14 points. Running text has old-style figures, which sit among
 * lower-case letters; what is looked up or compared (heads, facts, tables, meters) has lining ones. */
#include "layout/style.h"

static const struct style styles[STYLE_COUNT] = {
    /* text */
    [STYLE_BODY] = {.family = TEXT_BODY, .weight = 400, .size = 10300, .leading = 14000, .below = 7000,
                    .align = TEXT_JUSTIFY, .hyphenate = true, .old_style = true},
    [STYLE_LIST] = {.family = TEXT_BODY, .weight = 400, .size = 10300, .leading = 14000, .below = 5000,
                    .align = TEXT_LEFT, .hyphenate = true, .old_style = true},
    [STYLE_SMALL] = {.family = TEXT_HEADING, .weight = 400, .size = 8600, .leading = 11800, .below = 5000,
                     .ink = INK_QUIET, .align = TEXT_LEFT, .hyphenate = true},
    [STYLE_SOURCE] = {.family = TEXT_HEADING, .weight = 400, .size = 8900, .leading = 12200, .below = 800,
                      .align = TEXT_LEFT},
    [STYLE_CODE] = {.family = TEXT_MONO, .weight = 400, .size = 8600, .leading = 12500, .above = 3000, .below = 7000,
                    .align = TEXT_LEFT},
    [STYLE_LEGAL] = {.family = TEXT_HEADING, .weight = 400, .size = 8200, .leading = 11200, .below = 4500,
                     .ink = INK_QUIET, .align = TEXT_LEFT, .hyphenate = true},
    [STYLE_QUOTE] = {.family = TEXT_BODY, .weight = 400, .italic = true, .size = 10300, .leading = 14500,
                     .below = 5000, .align = TEXT_LEFT, .hyphenate = true, .old_style = true},
    [STYLE_PULL_QUOTE] = {.family = TEXT_BODY, .weight = 400, .italic = true, .size = 14800, .leading = 20500,
                          .below = 4000, .ink = INK_ACCENT, .align = TEXT_LEFT, .old_style = true, .balance = true},
    [STYLE_ATTRIBUTION] = {.family = TEXT_HEADING, .weight = 400, .size = 8800, .leading = 12200, .above = 3000,
                           .ink = INK_QUIET, .align = TEXT_LEFT},

    /* first page */
    [STYLE_MASTHEAD] = {.family = TEXT_HEADING, .weight = 600, .size = 11800, .leading = 15000, .align = TEXT_LEFT,
                        .wide = true},
    [STYLE_KICKER] = {.family = TEXT_HEADING, .weight = 600, .size = 9200, .leading = 13000, .above = 24000,
                      .below = 2000, .grow = 14000, .tracking = 150, .ink = INK_ACCENT, .align = TEXT_LEFT, .wide = true},
    [STYLE_TITLE] = {.family = TEXT_TITLE, .weight = 600, .size = 33000, .leading = 37500, .below = 3000,
                     .align = TEXT_LEFT, .wide = true, .balance = true},
    [STYLE_NATIVE_NAME] = {.family = TEXT_BODY, .weight = 400, .size = 14500, .leading = 20000, .below = 3000,
                           .ink = INK_QUIET, .align = TEXT_LEFT, .wide = true},
    [STYLE_HEADLINE] = {.family = TEXT_BODY, .weight = 400, .size = 15600, .leading = 20500, .above = 6000,
                        .below = 3000, .align = TEXT_LEFT, .wide = true, .most = 430000, .balance = true},
    [STYLE_DECK] = {.family = TEXT_HEADING, .weight = 400, .size = 11400, .leading = 15500, .below = 4000,
                    .ink = INK_QUIET, .align = TEXT_LEFT, .wide = true, .most = 400000, .balance = true},
    [STYLE_BYLINE] = {.family = TEXT_HEADING, .weight = 400, .size = 8800, .leading = 12200, .above = 4000,
                      .below = 4000, .ink = INK_QUIET, .align = TEXT_LEFT, .wide = true, .most = 400000},
    [STYLE_STANDFIRST] = {.family = TEXT_BODY, .weight = 400, .size = 12400, .leading = 17500, .above = 12000,
                          .below = 8000, .grow = 10000, .align = TEXT_LEFT, .wide = true, .most = 430000, .old_style = true},
    [STYLE_RELEVANCE] = {.family = TEXT_BODY, .weight = 400, .size = 10300, .leading = 14500, .below = 8000,
                         .align = TEXT_LEFT, .hyphenate = true, .wide = true, .most = 385000,
                         .old_style = true},
    [STYLE_FIGURE_VALUE] = {.family = TEXT_TITLE, .weight = 600, .size = 20000, .leading = 24000, .ink = INK_ACCENT,
                            .align = TEXT_LEFT},
    [STYLE_FIGURE_LABEL] = {.family = TEXT_HEADING, .weight = 400, .size = 8600, .leading = 11200,
                            .align = TEXT_LEFT, .balance = true},

    /* headings and labels */
    [STYLE_HEADING] = {.family = TEXT_HEADING, .weight = 600, .size = 12600, .leading = 16000, .above = 24000,
                       .below = 6000, .align = TEXT_LEFT, .balance = true},
    [STYLE_SUBHEADING] = {.family = TEXT_HEADING, .weight = 600, .size = 10200, .leading = 14000, .above = 9000,
                          .below = 2000, .align = TEXT_LEFT, .balance = true},
    [STYLE_LABEL] = {.family = TEXT_HEADING, .weight = 600, .size = 8400, .leading = 11500, .above = 7000,
                     .below = 2500, .tracking = 100, .ink = INK_QUIET, .align = TEXT_LEFT},
    [STYLE_TIER_MARK] = {.family = TEXT_HEADING, .weight = 600, .size = 7800, .leading = 12500, .above = 20000,
                         .below = 4000, .tracking = 150, .ink = INK_PAPER, .align = TEXT_LEFT},
    [STYLE_CAPTION] = {.family = TEXT_HEADING, .weight = 400, .size = 8600, .leading = 11800, .above = 4000,
                       .below = 4000, .ink = INK_QUIET, .align = TEXT_LEFT},

    /* tables, facts, panels, drawings */
    [STYLE_TABLE_HEAD] = {.family = TEXT_HEADING, .weight = 600, .size = 8400, .leading = 11400, .ink = INK_QUIET,
                          .align = TEXT_LEFT, .tabular = true, .balance = true},
    [STYLE_TABLE_CELL] = {.family = TEXT_HEADING, .weight = 400, .size = 9200, .leading = 12400, .align = TEXT_LEFT,
                          .tabular = true, .balance = true},
    [STYLE_TERM] = {.family = TEXT_HEADING, .weight = 400, .size = 8200, .leading = 11000, .ink = INK_QUIET,
                    .align = TEXT_LEFT},
    [STYLE_VALUE] = {.family = TEXT_HEADING, .weight = 400, .size = 9200, .leading = 12200, .below = 4500,
                     .parts = 2500, .align = TEXT_LEFT, .balance = true},
    [STYLE_PANEL_TITLE] = {.family = TEXT_HEADING, .weight = 600, .size = 10600, .leading = 14000, .below = 4000,
                           .align = TEXT_LEFT, .balance = true},
    [STYLE_PANEL_TEXT] = {.family = TEXT_HEADING, .weight = 400, .size = 9400, .leading = 13000, .below = 4000,
                          .align = TEXT_LEFT},
    [STYLE_SCORE] = {.family = TEXT_TITLE, .weight = 600, .size = 29000, .leading = 30000, .ink = INK_ACCENT,
                     .align = TEXT_LEFT},
    [STYLE_DRAWING] = {.family = TEXT_HEADING, .weight = 400, .size = 7800, .leading = 9800, .align = TEXT_LEFT,
                       .tabular = true},

    /* every page */
    [STYLE_RUNNING] = {.family = TEXT_HEADING, .weight = 400, .size = 8000, .leading = 10500, .ink = INK_QUIET,
                       .align = TEXT_LEFT, .tabular = true},
    [STYLE_MARKING] = {.family = TEXT_HEADING, .weight = 600, .size = 12000, .leading = 18000, .ink = INK_PAPER,
                       .align = TEXT_LEFT},
};

const struct style *style_of(enum block_style style)
{
    return &styles[style < STYLE_COUNT ? style : STYLE_BODY];
}

struct style style_sized(const struct style *style, int32_t size)
{
    struct style sized = *style;
    sized.leading = (int32_t)((int64_t)style->leading * size / style->size);
    sized.size = size;
    return sized;
}

enum text_align style_align(const struct style *style, int32_t width)
{
    if (style->align == TEXT_JUSTIFY && width < 24 * style->size)
        return TEXT_LEFT;
    return style->align;
}
