/* What is known while plain YAML is read; shared by the two files that do it. */
#ifndef BRIEFING_YAML_YAML_PLAIN_H
#define BRIEFING_YAML_YAML_PLAIN_H

#include "yaml/yaml_parts.h"

/* A list or map that is being filled. */
struct frame {
    struct yaml_node *node;
    size_t indent; /* column of its keys or dashes */
    size_t cap;
    struct yaml_node *key;
    bool wanting;    /* a value, for the key or behind the dash */
    bool indentless; /* a list whose dashes stand below the key's first letter */
};

struct plain {
    struct arena *arena;
    struct diag_source *source;
    const char *p; /* the text, which ends with nothing in particular */
    size_t n, bom;
    size_t at;
    struct frame frames[YAML_MAX_DEPTH];
    unsigned depth;
};

static inline bool yaml_plain_at_line_end(const struct plain *plain)
{
    return plain->at == plain->n || plain->p[plain->at] == '\n';
}

static inline bool yaml_plain_is_at(const struct plain *plain, char c)
{
    return plain->at < plain->n && plain->p[plain->at] == c;
}

static inline void yaml_plain_skip_blanks(struct plain *plain)
{
    while (yaml_plain_is_at(plain, ' '))
        plain->at++;
}

/* A node in bytes [from, to) of the text. */
struct yaml_node *yaml_plain_node(struct plain *plain, enum yaml_kind kind, size_t from, size_t to);
/* A whole node into the container that wants it; false where none does. */
bool yaml_plain_add(struct plain *plain, struct yaml_node *node);

/* Scalars that begin at plain->at (yaml_plain_scalar.c): taken, with plain->at behind them, or false where
 * one is not plain. */
bool yaml_plain_quoted(struct plain *plain, char quote);
bool yaml_plain_word(struct plain *plain);         /* without quotes, outside of [ ] and { } */
bool yaml_plain_word_in_flow(struct plain *plain); /* and within */
/* `|` or `>`, with or without `-`; the container's own indentation is `outer` columns. */
bool yaml_plain_block(struct plain *plain, size_t outer);

#endif
