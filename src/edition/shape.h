/* The shape of the model, field by field: one table that copying and digesting both walk. A field without a row here is
 * in no edition, so a new one cannot leak by being forgotten; and whatever is copied is in the digest. */
#ifndef BRIEFING_EDITION_SHAPE_H
#define BRIEFING_EDITION_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

enum member_kind {
    MEMBER_TEXT, MEMBER_TEXTS, MEMBER_PROSE, MEMBER_SCORE, MEMBER_DATE, MEMBER_EDITION, MEMBER_LIKELIHOOD, MEMBER_ENUM,
    MEMBER_CHAR, MEMBER_PICTURE,
    MEMBER_REFS,   /* ids of sources: those that are withheld vanish */
    MEMBER_REF,    /* the id of one source */
    MEMBER_SPAN,   /* copied for diagnostics, never digested */
    MEMBER_ONE,    /* a struct */
    MEMBER_LIST,   /* items, count, cap */
    MEMBER_OMITTED /* needed no more once filtered */
};

struct shape;

struct member {
    enum member_kind kind;
    size_t offset, size;
    const struct shape *shape; /* of one, or of a list's items */
    size_t flag;               /* one: offset of the bool that says whether it is there, or NO_OFFSET */
};

/* What an empty audience means. */
enum audience_rule {
    AUDIENCE_NONE,    /* the thing takes no audience */
    AUDIENCE_DEFAULT, /* empty: the house's default tier */
    AUDIENCE_OWNER    /* empty: whoever may read what it stands in */
};

enum gate_rule {
    GATE_NONE,
    GATE_CLAIM, /* withheld and counted below the publication gate, printed when internal */
    GATE_SILENT /* left out below it */
};

enum { NO_OFFSET = 0xffff };

struct shape {
    size_t size;
    const struct member *members;
    size_t count;
    enum audience_rule audience_rule;
    size_t audience; /* offset */
    enum gate_rule gate_rule;
    size_t gate; /* offset of the score */
};

extern const struct shape shape_spec;

/* The fields of a struct, as a list of any items. */
struct any_list {
    void *items;
    size_t count, cap;
};

#endif
