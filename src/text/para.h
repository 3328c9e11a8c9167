/* A paragraph's text made ready: the runs as one text without what is only there to steer, with levels of
 * direction and the places where a line may end. */
#ifndef BRIEFING_TEXT_PARA_H
#define BRIEFING_TEXT_PARA_H

#include "text/text.h"

/* What a place before a byte is to the line breaker. */
enum place {
    PLACE_NONE,
    PLACE_NEVER,   /* joined by a word joiner or a run that keeps together */
    PLACE_SPACE,   /* after spaces, which are dropped at a line's end */
    PLACE_FREE,    /* zero-width space */
    PLACE_BETWEEN, /* between characters that are written without spaces: may also be stretched */
    PLACE_DASH,
    PLACE_ADDRESS, /* inside an address, after its punctuation */
    PLACE_SOFT,    /* soft hyphen: a hyphen appears */
    PLACE_HYPHEN,  /* by patterns: a hyphen appears */
    PLACE_CLUSTER, /* between clusters of what is wider than a line: the last resort */
    PLACE_FORCED   /* after U+2028 */
};

enum space { SPACE_NONE, SPACE_FLEXIBLE, SPACE_JOINING /* flexible, no break */, SPACE_FIXED };

enum { PARA_BEHIND = 16 };

struct para {
    const struct text_paragraph *in;
    struct str text; /* without soft hyphens, zero-width spaces, joiners of words, signs of direction; so many
                        bytes as PARA_BEHIND may be read behind it */
    uint8_t *places;     /* enum place before each byte, text.n + 1 of them; without those of places_find, which
                            what fits on one line does not need */
    uint8_t *levels;     /* of each byte (UAX #9); NULL: all 0 */
    uint8_t *edges;      /* with levels: level + 1 where isolates begin or end, else 0 (icu.h) */
    uint32_t *run_start; /* where each run starts in text; one more for the end */
    uint32_t *cut_at,
        *cut_bytes; /* places in text before which bytes were left out, and how many up to there */
    size_t cut_count;
    bool rtl;        /* base direction */
    bool from_right; /* lines begin at the right edge: by the base of running text, else by the language */
    bool is_ascii;    /* of U+0020 to U+007E alone */
    bool has_between; /* some place is PLACE_BETWEEN */
    bool has_inside;  /* some place is not behind a space */
};

/* The text of the result lives in keep, the rest in scratch. */
void para_init(struct para *para, const struct text_paragraph *in, struct arena *keep, struct arena *scratch);

/* Byte of the paragraph's own text for a place in para->text. */
size_t para_source(const struct para *para, uint32_t at);
/* The run that a byte lies in. */
size_t para_run(const struct para *para, uint32_t at);

enum space space_kind(uint32_t code_point);
/* End of the grapheme cluster that starts at `at`; a pile of more than 256 bytes is cut, so that nothing that
 * works on a cluster can be made to work for long. */
uint32_t cluster_end(struct str text, uint32_t at);

/* Whether more marks than MARKS_MOST without a width of their own stand one upon the other in text. */
enum { MARKS_MOST = 6 };
bool marks_are_piled(struct str text);

/* Sets places in one text that has none but those that characters or ICU ask for. Whether it set any that is
 * not behind a space. */
bool places_find(struct str text, uint8_t *places);
/* What the letters of a word that stands between two spaces are to the ends of lines. */
enum word_place {
    WORD_TOLD = 1,   /* the others are known */
    WORD_CLOSES = 2, /* no line begins with it */
    WORD_OPENS = 4,  /* or ends with it */
    WORD_INSIDE = 8  /* a line may end inside of it: it is to be looked for */
};
uint8_t places_of_word(struct str word);
/* Sets places inside of one for which there may be some. Whether there are. */
bool places_in_word(struct str text, size_t from, size_t to, uint8_t *places);
/* Whether byte range [from, to) is an address (of the web, of mail, a path): no hyphens there. */
bool places_is_address(struct str text, size_t from, size_t to);

#endif
