/* Build tool: the rules of a font's layout tables that take more than one glyph. */
#ifndef BRIEFING_TEXT_PRELINK_RULES_H
#define BRIEFING_TEXT_PRELINK_RULES_H

#include <hb.h>

#include <stdbool.h>
#include <stddef.h>

enum { RULE_PARTS = 32 };

/* Glyphs side by side that a rule asks for, of those that were given; each set holds some. */
struct rule {
    hb_set_t *parts[RULE_PARTS];
    size_t count;
    unsigned lookup;
    hb_codepoint_t made; /* of a ligature; HB_SET_VALUE_INVALID: it is none */
};

struct rules {
    struct rule *items;
    size_t count, cap;
    hb_set_t *beyond; /* glyphs of other rules of GSUB: nothing is known of words that hold one */
};

/* Reads the rules of the lookups of GSUB or GPOS that glyphs, and no others, can fulfil (OpenType 1.9,
 * chapter 2: Common Table Formats, GSUB, GPOS). What takes one glyph by itself, and kerning of pairs, is not
 * told: HarfBuzz shows what it does. */
void rules_read(struct rules *rules, hb_face_t *face, hb_tag_t table, const hb_set_t *lookups,
                const hb_set_t *glyphs);
void rules_done(struct rules *rules);

/* Adds to singles the lookups that replace one glyph by one, whatever stands beside it. */
void rules_singles(hb_face_t *face, const hb_set_t *lookups, hb_set_t *singles);

#endif
