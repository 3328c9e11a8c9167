/* What the decoder says when something is unknown, missing or of the wrong shape. */
#ifndef BRIEFING_SPEC_DECODE_HINTS_H
#define BRIEFING_SPEC_DECODE_HINTS_H

#include "spec/decode.h"

/* "one line of text", "a date such as 2026-11-21" … */
const char *hint_wanted(enum field_kind kind);

void hint_shape(struct reader *reader, const struct field *field, const struct yaml_node *node,
                const char *wanted);
void hint_shape_of_map(struct reader *reader, const struct record *record, const struct yaml_node *node);
void hint_missing(struct reader *reader, const struct record *record, const struct field *field,
                  const struct yaml_node *map);

/* Returns the fields (bits in the order of the table) that need not be called missing as well: the one that
 * was perhaps meant, or all when the whole map is a text that YAML misread for want of quotes. */
uint64_t hint_unknown_key(struct reader *reader, const struct record *record, const struct yaml_node *map,
                          const struct yaml_entry *entry);
void hint_unknown_fixed_word(struct reader *reader, const struct yaml_node *key);

#endif
