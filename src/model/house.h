/* One publisher's house: tiers, scale, theme, words. */
#ifndef BRIEFING_MODEL_HOUSE_H
#define BRIEFING_MODEL_HOUSE_H

#include "model/spec.h"

struct publisher {
    struct text name, legal_name, url, email, phone, address;
    struct picture logo;
};

struct invitation {
    struct text text, url;
};
struct tier {
    struct text id, label, eligibility;
    struct invitation invitation;
    struct audience
        includes; /* ids of tiers whose content this one may read too; closed transitively by edition/ */
    struct span span;
};
MODEL_LIST(tier);

struct band {
    struct score from, to;
    struct text grade, label, meaning;
    bool publish;
    struct span span;
};
MODEL_LIST(band);
struct scale {
    struct text title;
    struct band_list bands;
    struct span span;
};

enum paper { PAPER_NONE, PAPER_A4, PAPER_LETTER };

/* By what personal copies can be told apart. */
enum copy_marks { MARKS_NONE, MARKS_LINE, MARKS_STRONG };

/* How names of capitals and figures stand in running text. */
enum abbreviation_style { ABBREVIATIONS_DEFAULT, ABBREVIATIONS_CAPITALS, ABBREVIATIONS_SMALL_CAPITALS };

struct theme {
    enum abbreviation_style abbreviations;
    struct text accent /* "#rrggbb" or empty */, body, heading, mono;
};

struct word {
    struct text key, value;
}; /* a fixed word of the page, replaced */
MODEL_LIST(word);

struct hyphenation {
    struct text language;
    struct text_list words;
};
MODEL_LIST(hyphenation);

struct house {
    struct diag_source *source;
    struct publisher publisher;
    struct text product, language;
    struct tier_list tiers;
    struct text default_tier;
    struct scale scale;
    enum paper paper;
    enum copy_marks marks;
    struct theme theme;
    struct word_list words;
    struct hyphenation_list hyphenation;
    struct text base_url;
    struct prose *legal;
    struct text copyright;
};

/* The tier of that id, or NULL. */
const struct tier *house_tier(const struct house *house, struct str id);
/* The band that holds a score; the scale covers 0.00 to 1.00, so there is one. */
const struct band *house_band(const struct house *house, int hundredths);

#endif
