/* Itemising: a paragraph cut into stretches of one format, face, script, language and direction. */
#ifndef BRIEFING_TEXT_ITEM_H
#define BRIEFING_TEXT_ITEM_H

#include "text/fontset.h"
#include "text/para.h"
#include "text/tongue.h"

enum item_feature {
    ITEM_TABULAR = 1,
    ITEM_OLD_STYLE = 2,
    ITEM_SMALL_CAPS = 4, /* of names that are capitals: feature.h */
    ITEM_SUPERSCRIPT = 8,
    ITEM_NO_LIGATURES = 16, /* letters that are spaced out stand alone */
    ITEM_BEFORE_MARK = 32   /* a raised mark of reference comes right behind */
};

struct shaped;

struct item {
    uint32_t from, to; /* bytes of the paragraph's text */
    uint32_t run;
    const struct face *face;
    uint32_t script;      /* hb_script_t */
    const struct tongue *language; /* NULL: unknown */
    uint8_t level, features;
    bool missing; /* no face has it: drawn as the face's substitute */
    bool square;  /* of a script that is set by the square (Chinese, Japanese, Korean): its glyphs are not
                     drawn wider  or narrower, its lines are spread between the characters */
    int32_t size_mpt, rise_mpt, tracking_mpt;
    /* U+0020 behind a plain word (struct unit), once it was shaped: it looks the same behind all of them. */
    const struct shaped *gap; /* a plain glyph */
    int32_t gap_mpt;
};

struct items {
    struct item *items;
    size_t count, cap;
};

/* Cuts the paragraph. What no face has is reported once for each code point and run. Empty when there is no
 * font. */
void items_find(struct items *items, const struct para *para, struct text_fonts *fonts, struct arena *scratch,
                struct diags *diags);

/* Reports a code point that no face has; key names the fallback fonts it was looked for in. */
void missing_report(struct diags *diags, struct text_fonts *fonts, const struct text_run *run,
                    struct str character, uint32_t code_point, const char *key);
/* Reports a cluster with a pile of marks. */
void missing_piled(struct diags *diags, const struct text_run *run, struct str cluster);

#endif
