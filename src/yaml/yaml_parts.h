/* What the files of this room share; no other room includes it. */
#ifndef BRIEFING_YAML_YAML_PARTS_H
#define BRIEFING_YAML_YAML_PARTS_H

#include <yaml.h>

#include "yaml/yaml_tree.h"

/* What libyaml is given: the source without its byte order mark and, where the source has bytes or characters that
 * no file may have, with harmless ones of the same length in their place. So every offset stays true, and the
 * rest of a damaged file is checked as well. */
struct yaml_input {
    struct str text;
    size_t bom; /* bytes before text in the source */
};

/* Checks the characters of a source (yaml_check.c). False when parsing it makes no sense: UTF-16, or a text made
 * to keep libyaml busy. */
bool yaml_check_source(struct arena *arena, struct diag_source *source, struct yaml_input *input,
                       struct diags *diags);

/* Checks what escapes put into a double-quoted scalar. */
void yaml_check_escapes(struct arena *arena, const struct yaml_node *scalar, struct diags *diags);

/* Rules for tags and keys (yaml_rules.c). span holds the properties of a node, with its tag. */
void yaml_check_tag(struct diags *diags, const yaml_char_t *tag, enum yaml_kind kind, struct span span);
/* False, and a diagnostic at span, when a node cannot be a key. */
bool yaml_check_key(struct diags *diags, const struct yaml_node *key, bool alias, struct span span);
/* Leaves the first of a map's entries with the same key; names the others. */
void yaml_drop_duplicates(struct diags *diags, struct yaml_node *map);

/* libyaml counts characters; spans count bytes. A table of every 256th character. */
struct yaml_marks {
    struct str text;
    size_t bom;
    uint32_t *table; /* NULL: all is ASCII */
};

void yaml_marks_init(struct yaml_marks *marks, struct arena *arena, struct yaml_input input);
/* Source offset of character index of the input; past the end: the end. */
size_t yaml_marks_offset(const struct yaml_marks *marks, size_t index);

/* Says in plain words why libyaml stopped (yaml_syntax.c). */
void yaml_syntax_report(const yaml_parser_t *parser, const struct yaml_marks *marks, struct diag_source *source,
                        struct diags *diags);

#endif
