/* YAML text → a tree in which every node knows its place. The rules of the language that hold for every file
 * (UTF-8, one document, no duplicate keys, limits) are checked here. */
#ifndef BRIEFING_YAML_YAML_TREE_H
#define BRIEFING_YAML_YAML_TREE_H

#include "diag/diag.h"

/* YAML_MAX_EXPANDED: nodes that all aliases of a file may stand for together; a long scalar counts as one more for each
 * 40 of its bytes. An alias shares its anchor's node, so the tree is a graph without cycles; walking it visits each node
 * of the file, and at most that many more. */
enum { YAML_MAX_BYTES = 4 * 1024 * 1024, YAML_MAX_DEPTH = 32, YAML_MAX_EXPANDED = 100000 };

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };
enum yaml_scalar_style { YAML_PLAIN, YAML_SINGLE, YAML_DOUBLE, YAML_LITERAL, YAML_FOLDED };

struct yaml_entry {
    struct yaml_node *key; /* always a scalar */
    struct yaml_node *value;
};

struct yaml_node {
    enum yaml_kind kind;
    enum yaml_scalar_style style;
    bool flow; /* written with { } or [ ] */
    struct span span;
    struct str value;           /* scalar */
    struct yaml_node **items;   /* list */
    struct yaml_entry *entries; /* map, in order of the file, without duplicates */
    size_t count;
};

/* Parses a source. Every fault goes to diags; returns the root, or NULL when there is none (an empty file, a
 * syntax error: what stood before it has still been checked). Nodes live in the arena. */
struct yaml_node *yaml_parse(struct arena *arena, struct diag_source *source, struct diags *diags);

/* Checks the characters of a source that is no YAML (a roster) by the same rules. Returns its text, with what was
 * reported blotted out so that every offset stays true; empty when reading it makes no sense. */
struct str yaml_check_text(struct arena *arena, struct diag_source *source, struct diags *diags);

/* The value of a key of a map, or NULL. */
const struct yaml_node *yaml_find(const struct yaml_node *map, const char *key);

/* Where each byte of a scalar's value stands in its source. */
struct diag_origin yaml_origin(struct arena *arena, const struct yaml_node *scalar);

#endif
