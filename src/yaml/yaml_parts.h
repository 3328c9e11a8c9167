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

/* libyaml, with a whole text to read (yaml_feed.c). The text is borrowed, and is UTF-8 without characters that libyaml
 * refuses, as yaml_check_source leaves it. Out of memory ends the process. */
struct yaml_feed {
    yaml_parser_t parser;
    yaml_char_t *copy, *own; /* its buffer, and the one that it came with; NULL: it fills its own */
};

void yaml_feed_open(struct yaml_feed *feed, struct str text);
void yaml_feed_close(struct yaml_feed *feed);

/* libyaml counts characters; spans count bytes. */
struct yaml_marks {
    struct str text;
    size_t bom;
    size_t index, at; /* the last place that was asked for: characters and bytes before it */
};

void yaml_marks_init(struct yaml_marks *marks, struct yaml_input input);
/* Source offset of character index of the input; past the end: the end. */
size_t yaml_marks_offset(struct yaml_marks *marks, size_t index);

/* Says in plain words why libyaml stopped (yaml_syntax.c). */
void yaml_syntax_report(const yaml_parser_t *parser, struct yaml_marks *marks, struct diag_source *source,
                        struct diags *diags);

#endif
