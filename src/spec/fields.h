/* What a spec, house, run or newsletter may say: one table for each kind of file, made from fields.def.
 * Decoding, checking, hints, JSON Schema and the reference page all walk these tables. */
#ifndef BRIEFING_SPEC_FIELDS_H
#define BRIEFING_SPEC_FIELDS_H

#include "spec/spec_read.h"

/* What one value is, and where it lands. */
enum field_kind {
    FIELD_TEXT,  /* struct text */
    FIELD_PROSE, /* struct prose * */
    FIELD_SLUG,  /* struct text, as are all down to FIELD_HYPHENATED */
    FIELD_ID,
    FIELD_TIER,
    FIELD_REF, /* the id of a source */
    FIELD_URL,
    FIELD_EMAIL,
    FIELD_LANGUAGE,
    FIELD_COLOUR,
    FIELD_PATH,
    FIELD_SIZE,
    FIELD_HYPHENATED,
    FIELD_PICTURE,    /* struct picture: its file and path */
    FIELD_DATE,       /* struct dated */
    FIELD_LOOSE_DATE, /* struct dated */
    FIELD_EDITION,    /* struct edition_id */
    FIELD_SCORE,      /* struct score */
    FIELD_LIKELIHOOD, /* struct likelihood */
    FIELD_CHOICE,     /* an enum */
    FIELD_LETTER,     /* a char */
    FIELD_BOOL,       /* bool */
    FIELD_VERSION,    /* lands nowhere */
    FIELD_WORDS,      /* struct word_list: a map with keys of model/words.def */
    FIELD_RECORD,     /* the struct of the record */
    FIELD_KIND_COUNT
};

/* How many values stand there. Lists land in a struct of items, count, cap. */
enum field_shape {
    FIELD_ONE,
    FIELD_MANY,
    FIELD_ONE_OR_MANY, /* a single value is a list of one */
    FIELD_ROWS         /* a list of lists of text: struct table_row_list */
};

enum {
    FIELD_REQUIRED = 1,
    FIELD_NOT_EMPTY = 2, /* a list with at least one item; of one or many, a value where the key is given */
    FIELD_RUNNING = 4,   /* a text of whole sentences, which lint reads as it reads prose */
    FIELD_VERBATIM = 8,  /* words of somebody else, which lint leaves alone */
    FIELD_TRUE = 16,     /* a bool that is true when not given */
    FIELD_PRUNED = 32    /* with FIELD_NOT_EMPTY: in a pruned spec the list may be empty all the same */
};

struct choice {
    const char *word;
    int value;
    const char *doc; /* may be empty */
};

struct choices {
    const char *name;
    const char *noun; /* "a level" */
    const struct choice *items;
    size_t count;
};

struct record;

struct field {
    const char *key;
    enum field_kind kind;
    enum field_shape shape;
    unsigned flags;
    size_t offset;                 /* in the struct of its record */
    size_t size;                   /* of the member there */
    size_t at;                     /* offset plus 1 of a struct span for its place, 0: none */
    size_t has;                    /* offset plus 1 of a bool that says it was given, 0: none */
    const struct choices *choices; /* FIELD_CHOICE, FIELD_LETTER */
    const struct record *record;   /* FIELD_RECORD */
    const char *doc;
};

struct record {
    const char *name;
    const char *noun; /* "a role" */
    const struct field *fields;
    size_t count;
    size_t size;            /* of its struct */
    size_t span;            /* offset plus 1 of a struct span for its place, 0: none */
    const char *short_form; /* the key that a plain scalar in the map's place stands for, or NULL */
};

/* The table of a kind of file (of a roster: that of its columns), or NULL for FILE_UNKNOWN. */
const struct record *fields_of(enum file_kind kind);

/* The field of that key, or NULL. */
const struct field *fields_find(const struct record *record, struct str key);

/* Size of one value: of the member, or of an item of the list that it is. */
size_t fields_item_size(const struct field *field);

/* Any list of the model: they all begin like this. */
struct fields_list {
    void *items;
    size_t count, cap;
};

struct fields_list fields_list_at(const void *place);

/* Gives scores and bools of a new record their value for "not given". */
void fields_init(const struct record *record, void *place);

/* Calls visit for each value that fields of the record may hold, given or not, in order of the table, records
 * and lists from the inside: value is one item's address, owner the struct it is a member of. */
typedef void fields_visit(void *context, const struct field *field, const void *value,
                          const struct record *record, const void *owner);
void fields_walk(const struct record *record, const void *place, fields_visit *visit, void *context);

/* The seven steps of ICD 203, either term of each pair. */
struct fields_term {
    const char *term;
    enum likelihood_step step;
};
extern const struct fields_term fields_terms[];
extern const size_t fields_term_count;

#endif
