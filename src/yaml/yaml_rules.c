/* What YAML permits and the language does not: tags beyond the core ones, keys that are no words, keys twice. */
#include "yaml/yaml_parts.h"

#include <stdlib.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The tag as it is written, in properties that start at span. */
static struct span tag_span(struct span span)
{
    struct str text = span.source->text;
    uint32_t from = span.start;
    while (from < text.n && text.p[from] != '!')
        from++;
    uint32_t to = from;
    while (to < text.n && !is_blank(text.p[to]) && text.p[to] != ',')
        to++;
    return (struct span){span.source, from, to};
}

void yaml_check_tag(struct diags *diags, const yaml_char_t *tag, enum yaml_kind kind, struct span span)
{
    static const struct {
        const char *name;
        enum yaml_kind kind;
    } core[] = {{"str", YAML_SCALAR},  {"int", YAML_SCALAR}, {"float", YAML_SCALAR}, {"bool", YAML_SCALAR},
                {"null", YAML_SCALAR}, {"seq", YAML_LIST},   {"map", YAML_MAP}};
    static const char *const kinds[] = {"a text", "a list", "a map"};
    if (!tag)
        return;
    struct str name = str_from((const char *)tag), prefix = STR("tag:yaml.org,2002:");
    struct str local = str_starts(name, prefix) ? str_slice(name, prefix.n, name.n) : (struct str){0};
    span = tag_span(span);
    for (size_t i = 0; i < sizeof core / sizeof *core; i++) {
        if (!str_is(local, core[i].name))
            continue;
        if (core[i].kind != kind)
            diag_add(diags, DIAG_UNKNOWN_TAG, span, "the tag !!%s does not fit %s", core[i].name, kinds[kind]);
        return;
    }
    struct str written = str_slice(span.source->text, span.start, span.end);
    struct diag *diag = diag_add(diags, DIAG_UNKNOWN_TAG, span, "unknown tag '" STR_FMT "'",
                                 STR_ARG(str_slice(written, 0, 80)));
    diag_hint(diags, diag, "delete the tag: every value is text; a text that starts with ! wants quotes");
}

static int compare_keys(const void *left, const void *right)
{
    const struct yaml_entry *const *a = left, *const *b = right;
    int order = str_cmp((*a)->key->value, (*b)->key->value);
    if (order)
        return order;
    return *a < *b ? -1 : *a > *b;
}

/* Of few keys each is compared with all before it. */
static bool are_surely_unlike(const struct yaml_node *map)
{
    enum { FEW = 16 };
    if (map->count > FEW)
        return false;
    for (size_t i = 1; i < map->count; i++)
        for (size_t j = 0; j < i; j++)
            if (str_eq(map->entries[i].key->value, map->entries[j].key->value))
                return false;
    return true;
}

void yaml_drop_duplicates(struct diags *diags, struct yaml_node *map)
{
    if (are_surely_unlike(map))
        return;
    struct yaml_entry **sorted = base_malloc(map->count * sizeof(struct yaml_entry *));
    for (size_t i = 0; i < map->count; i++)
        sorted[i] = &map->entries[i];
    qsort(sorted, map->count, sizeof(struct yaml_entry *), compare_keys);
    const struct yaml_entry *first = sorted[0];
    bool any = false;
    for (size_t i = 1; i < map->count; i++) {
        struct yaml_node *key = sorted[i]->key;
        if (!str_eq(key->value, first->key->value)) {
            first = sorted[i];
            continue;
        }
        struct diag *diag = diag_add(diags, DIAG_DUPLICATE_KEY, key->span, "duplicate key '" STR_FMT "'",
                                     STR_ARG(str_slice(key->value, 0, 80)));
        diag_note(diags, diag, first->key->span, "first given here");
        sorted[i]->value = NULL;
        any = true;
    }
    free(sorted);
    if (!any)
        return;
    size_t kept = 0;
    for (size_t i = 0; i < map->count; i++)
        if (map->entries[i].value)
            map->entries[kept++] = map->entries[i];
    map->count = kept;
}

bool yaml_check_key(struct diags *diags, const struct yaml_node *key, bool alias, struct span span)
{
    struct diag *diag;
    if (alias) {
        diag = diag_add(diags, DIAG_BAD_KEY, span, "an alias cannot be a key");
        diag_hint(diags, diag, "write the key itself");
    } else if (key->kind != YAML_SCALAR) {
        diag = diag_add(diags, DIAG_BAD_KEY, span, "a %s cannot be a key", key->kind == YAML_MAP ? "map" : "list");
        diag_hint(diags, diag, "a text that starts with %c wants quotes", key->kind == YAML_MAP ? '{' : '[');
    } else if (key->value.n == 0) {
        diag = diag_add(diags, DIAG_BAD_KEY, span, "a value without a key");
        diag_hint(diags, diag, "write a key before the ':', or put the text in quotes");
    } else if (key->style == YAML_PLAIN && str_is(key->value, "<<")) {
        diag = diag_add(diags, DIAG_MERGE_KEY, span, "merge keys are not part of the language");
        diag_hint(diags, diag, "write the keys out, or let the whole value be an alias");
    } else {
        return true;
    }
    return false;
}
