/* The values that specs are made of. Plain data; everything points into the document's arena. */
#ifndef BRIEFING_MODEL_VALUE_H
#define BRIEFING_MODEL_VALUE_H

#include "base/date.h"
#include "base/str.h"
#include "diag/diag.h"

struct prose; /* prose/prose.h; the model only carries it */

/* One line of plain text and where it was written. Empty s: not given. */
struct text {
    struct str s;
    struct span at;
};

struct text_list {
    struct text *items;
    size_t count, cap;
};

/* A score in hundredths, -1 when not given. */
struct score {
    int hundredths;
    struct span at;
};

enum level { LEVEL_NONE, LEVEL_LOW, LEVEL_MEDIUM, LEVEL_HIGH, LEVEL_CRITICAL };

/* The seven steps of ICD 203, 0 when not given; term keeps which word of the pair was typed. */
enum likelihood_step {
    LIKELIHOOD_NONE,
    LIKELIHOOD_REMOTE,
    LIKELIHOOD_VERY_UNLIKELY,
    LIKELIHOOD_UNLIKELY,
    LIKELIHOOD_EVEN,
    LIKELIHOOD_LIKELY,
    LIKELIHOOD_VERY_LIKELY,
    LIKELIHOOD_ALMOST_CERTAIN
};

struct likelihood {
    enum likelihood_step step;
    struct str term; /* as typed, in lower case */
};

struct dated {
    struct date date; /* year 0: not given */
    struct span at;
};

/* Tier ids that may read a thing. Empty: the house's default tier. */
struct audience {
    struct text *items;
    size_t count, cap;
};

/* Ids of sources of the same spec. */
struct refs {
    struct text *items;
    size_t count, cap;
};

struct picture {
    struct text file; /* as written, relative to the file that names it */
    struct str
        path; /* joined with that file's folder, checked to lie beneath it; empty when no file was given */
    struct text alt;
};

#endif
