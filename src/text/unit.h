/* Units: the words and spaces of a paragraph, shaped, plain words with the space behind them; and the
 * candidates for line ends between and in them.
 */
#ifndef BRIEFING_TEXT_UNIT_H
#define BRIEFING_TEXT_UNIT_H

#include "text/shape.h"

struct unit {
    uint32_t from, to; /* bytes of the paragraph's text */
    uint32_t item;
    uint8_t space;   /* enum space */
    bool forced;     /* U+2028: nothing is drawn */
    bool has_places; /* there may be some inside of it; to be known once the setting is placed */
    bool flexible;   /* a space that takes part in justification, or the one behind a word does */
    bool plain;      /* plain_find may take it */
    bool spaced;     /* of a plain word: the byte behind it is U+0020, which has no unit of its own, */
    int32_t gap_mpt; /* and is so wide */
    const struct shaped *shaped;
    int64_t width_mpt; /* without the space behind it */
};

/* Running sums over the paragraph. */
struct sums {
    int64_t mpt;
    int64_t flex;  /* flexible space */
    int64_t gaps;  /* what may be put between characters */
    int64_t rigid; /* width of what is never drawn wider or narrower */
};

/* A place where a line may end. With running sums a line's width is a difference. */
struct candidate {
    uint32_t end,
        start; /* the line's content ends before end, the next line's starts at start: spaces fall between */
    struct sums end_sums, start_sums; /* up to there */
    int32_t end_extra, start_extra; /* what breaking here adds: a hyphen, kerning that is no more */
    int32_t end_hang, start_hang;   /* what stands out of the measure (text/margin.h) */
    uint8_t place;
};

struct candidates_list {
    struct candidate *items;
    size_t count, cap;
    int64_t widest_mpt; /* of what stands between two that follow each other */
};

struct hyphen_cache;

/* How far a sign of ASCII hangs at a line's end, once it was asked for. */
struct known_hang {
    const struct item *item;
    unsigned char sign;
    int32_t mpt;
};
enum { KNOWN_HANGS = 16 };

struct setting {
    const struct para *para;
    struct items items;
    struct {
        struct unit *items;
        size_t count, cap;
    } units;
    struct candidates_list
        candidates; /* the first is the start; the last a forced end, unless there is no content */
    struct shaper *shaper;
    struct hyphen_cache *hyphens;
    struct arena *scratch;
    bool placed; /* places_open was called */
    bool parted; /* units_part was called */
    bool has_fixed,
        has_square; /* some unit is a space that is not flexible; some item is set by the square */
    bool hangs; /* signs at line ends stand out of the measure */
    struct known_hang known_hangs[KNOWN_HANGS + 1]; /* the last: of the hyphen that a line's end brings */
};

/* Cuts items into units and shapes them. */
void units_find(struct setting *setting);

/* Gives the spaces behind words units of their own, if they have none yet. */
void units_part(struct setting *setting);

/* Opens the places that characters ask for. */
void places_open(struct setting *setting);

/* Lists the candidates anew from the paragraph's places, which are opened if they are not yet. */
void candidates_find(struct setting *setting);

/* Opens places between clusters in what is wider than width. True when there was any; then list the
 * candidates anew. */
bool candidates_open_wide(struct setting *setting, int64_t width_mpt);

/* Whether the paragraph is one line at most so wide, by the sums of its units: then candidates has only the
 * start and the end. False when that does not tell; candidates is empty then. */
bool candidates_of_one_line(struct setting *setting, int64_t width_mpt);

/* What may be put, at little cost, at a place between characters of an item. */
static inline int64_t gap_mpt(const struct item *item)
{
    return item->size_mpt / 8;
}

/* What the line from candidate a to candidate b takes of the measure. */
static inline int64_t candidates_width(const struct candidate *a, const struct candidate *b)
{
    return b->end_sums.mpt + b->end_extra - b->end_hang - a->start_sums.mpt + a->start_extra - a->start_hang;
}

static inline bool place_has_hyphen(uint8_t place)
{
    return place == PLACE_SOFT || place == PLACE_HYPHEN;
}

#endif
