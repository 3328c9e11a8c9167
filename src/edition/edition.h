/* What one tier may read of one spec: a filtered copy in the model's own types, and what is computed from it. The
 * security boundary: nothing behind this header ever sees the whole spec. */
#ifndef BRIEFING_EDITION_EDITION_H
#define BRIEFING_EDITION_EDITION_H

#include "model/house.h"

/* Sections that a tier may not read, told as one panel for each locked tier. */
struct locked_panel {
    const struct tier *tier; /* label, eligibility and invitation are public */
    struct text *teasers;    /* of the sections withheld, in order, those that have one */
    size_t teaser_count;
    size_t before_section;   /* index into the filtered sections before which the panel stands */
};

/* Claims of one band of the scale that is not for publication. */
struct withheld_claims {
    const struct band *band;
    size_t count;
};

struct id_index;

struct edition {
    const struct house *house;
    const struct tier *tier;
    struct spec spec;          /* the filtered copy, without audiences and teasers; its language is set, its history is
                                * that of earlier editions, oldest first; source is NULL */
    struct edition_id id;      /* kind NONE: none is known, none is printed */
    struct date date;          /* the day printed and written into the PDF; may be unset */
    struct locked_panel *panels;
    size_t panel_count;
    size_t withheld_claims;    /* below the publication gate, and otherwise readable */
    struct withheld_claims *withheld; /* the same by band: those bands that hold one, in the scale's order */
    size_t withheld_band_count;
    size_t independent_sources;
    size_t words;              /* of all that is printed as running text */
    size_t reading_minutes;    /* at 230 words a minute, at least 1 */
    bool internal, draft;
    bool reads_default;        /* the tier may read what is for the house's default tier */
    const struct band *band;   /* of the entity's own score */
    const struct tier **section_tiers; /* whose mark each filtered section carries; NULL: none, for the default tier */
    bool has_change;           /* an earlier edition stands in history */
    int previous_hundredths;   /* its score */
    struct edition_id previous;
    struct str digest;         /* hex of BLAKE2b over everything in this edition, once edition_digest_look was called its
                                * pictures and paper too; depends on nothing withheld */
    struct edition_pending *pending;   /* what the digest waits for, or NULL */
    const struct id_index *source_ids; /* for edition_source_index */
};

/* A digest that is made while others go on, by whoever makes it; see edition_digest_of. */
struct edition_pending {
    void (*await)(struct edition_pending *pending);
};

struct edition_options {
    struct str tier;           /* empty: the house's default tier */
    struct edition_id edition; /* kind NONE: the spec's, else the quarter of as_of */
    struct date date;          /* unset: none */
    bool internal, draft;
    bool without_digest; /* the caller makes it */
};

/* NULL with a diagnostic when the entity's score is not for publication or the tier is unknown. The spec and house must
 * outlive the edition (immutable leaves are shared); lists are copied. */
struct edition *edition_make(struct arena *arena, const struct spec *spec, const struct house *house,
                             const struct edition_options *options, struct diags *diags);

/* The edition that a spec is rendered as: the one asked for, else its own, else the quarter of as_of, else NONE. */
struct edition_id edition_choose(const struct spec *spec, struct edition_id asked);

/* The digest, which is waited for where it is still being made. */
struct str edition_digest_of(const struct edition *edition);

/* Position of a source id in the filtered list (0 is the first), or SIZE_MAX. */
size_t edition_source_index(const struct edition *edition, struct str id);

#endif
