/* A located tree → the structs of the model, as the tables of fields.def say. All faults of a file are found:
 * what is wrong is reported and left out, and decoding goes on. */
#ifndef BRIEFING_SPEC_DECODE_H
#define BRIEFING_SPEC_DECODE_H

#include "spec/fields.h"
#include "yaml/yaml_tree.h"

struct reader {
    struct arena *arena;
    struct diags *diags;
    struct diag_source *source;
    enum file_kind kind;
    const char *folder;    /* that pictures are relative to; NULL: there is none (standard input) */
    bool pictures_beneath; /* pictures must lie in or beneath folder */
    struct arena *scratch; /* the tree, and what is needed only while it is read: set by decode_file */
    bool pruned;           /* set by decode_file: the spec says `pruned: true` */
};

/* Parses the source and decodes it into place, a zeroed struct of the kind's table. What is required and
 * missing is reported. place may be partly filled when there are errors. Returns the place where the file's
 * map begins. */
struct span decode_file(struct reader *reader, void *place);

/* Reads one scalar of a field into place (decode_scalar.c). The node is a scalar and not empty. */
void decode_scalar(struct reader *reader, const struct field *field, const struct yaml_node *node,
                   void *place);

/* The start of a long value, for messages: one line, at most 40 code points and an ellipsis. */
struct str decode_shown(struct arena *arena, struct str value);

/* False when diagnostics of that code are no longer kept, so that their hints need not be worked out. */
bool decode_wanted(const struct diags *diags, enum diag_code code);

/* The words in quotation marks, for a hint: "'a', 'b' or 'c'". */
struct str decode_alternatives(struct arena *arena, const struct str *words, size_t count);

/* Hints "did you mean …?" at the nearest of the candidates, looked for whatever the case first. Returns it,
 * or an empty slice when none is near or nobody would see the hint. */
struct str decode_hint_nearest(struct arena *arena, struct diags *diags, struct diag *diag, struct str word,
                               const struct str *candidates, size_t count);

#endif
