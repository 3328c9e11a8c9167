/* What the files that read scalars share. */
#ifndef BRIEFING_SPEC_DECODE_SCALAR_H
#define BRIEFING_SPEC_DECODE_SCALAR_H

#include "spec/decode.h"

/* Text of the tree, which goes when the file is read: itself where it stands in the source, else a copy. */
struct str scalar_keep(struct reader *reader, struct str s);

/* The scalar as one line, NFC, without blanks at its ends. False, and a diagnostic, when it holds a line
 * break. */
bool scalar_line(struct reader *reader, const struct field *field, const struct yaml_node *node,
                 struct str *line);

/* "'…' is no WHAT", with the hint unless it is empty. */
void scalar_bad(struct reader *reader, enum diag_code code, const struct yaml_node *node, struct str s,
                const char *what, const char *hint);

/* Dates, editions and scores (decode_number.c). */
void scalar_date(struct reader *reader, const struct field *field, const struct yaml_node *node, void *place);
void scalar_edition(struct reader *reader, const struct field *field, const struct yaml_node *node,
                    void *place);
void scalar_score(struct reader *reader, const struct field *field, const struct yaml_node *node,
                  void *place);

#endif
