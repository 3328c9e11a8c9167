/* Copying what one tier may read. */
#ifndef BRIEFING_EDITION_FILTER_H
#define BRIEFING_EDITION_FILTER_H

#include "edition/edition.h"
#include "edition/ids.h"

struct filter {
    struct arena *arena;
    const struct house *house;
    const struct tier *tier;
    struct id_index readable;  /* ids of the tier itself and of all that it includes, at any depth */
    bool reads_default;
    struct id_index sources;   /* ids of the sources that it may read; positions are those of the copy */
    bool internal;
    struct withheld_claims *withheld; /* per band of the scale, in its order; count 0: none */
};

/* Works out what the tier may read of the spec. */
void filter_init(struct filter *filter, struct arena *arena, const struct spec *spec, const struct house *house,
                 const struct tier *tier, bool internal);
/* An audience that names no tier stands for the house's default tier. */
bool filter_reads(const struct filter *filter, const struct audience *audience);
/* The filtered copy; counts the claims withheld by the publication gate. */
void filter_spec(struct filter *filter, struct spec *copy, const struct spec *spec);

#endif
