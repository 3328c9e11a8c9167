/* A spec's id, edition and date from the lines at its margin; by parsing where they do not stand there
 * plainly. */
#include "batch/glance.h"

#include <string.h>

#include "spec/spec_read.h"
#include "yaml/yaml_tree.h"

enum { KEY_ID, KEY_EDITION, KEY_AS_OF, KEY_COUNT };
static const char *const keys[KEY_COUNT] = {"id", "edition", "as_of"};

static bool is_plain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
}

/* The value of a line after its colon: letters, digits and '-', perhaps quoted, perhaps with a comment. false
 * when it is anything else. */
static bool plain_value(struct str rest, struct str *value)
{
    rest = str_trim(rest);
    char quote = rest.n && (rest.p[0] == '"' || rest.p[0] == '\'') ? rest.p[0] : 0;
    size_t from = quote ? 1 : 0, to = from;
    while (to < rest.n && is_plain(rest.p[to]))
        to++;
    *value = str_slice(rest, from, to);
    if (quote && (to >= rest.n || rest.p[to++] != quote))
        return false;
    struct str tail = str_trim(str_slice(rest, to, rest.n));
    bool apart = to < rest.n && (rest.p[to] == ' ' || rest.p[to] == '\t');
    return value->n > 0 && (tail.n == 0 || (apart && tail.p[0] == '#'));
}

/* false when the text is not as plain as this look wants it. */
static bool look(struct str text, struct str values[KEY_COUNT])
{
    bool seen[KEY_COUNT] = {0};
    for (size_t at = 0; at < text.n;) {
        const char *end = memchr(text.p + at, '\n', text.n - at);
        size_t to = end ? (size_t)(end - text.p) : text.n;
        struct str line = str_slice(text, at, to);
        at = to + 1;
        if (line.n == 0 || line.p[0] == ' ' || line.p[0] == '#')
            continue;
        if (line.p[0] && strchr("{\"'?!&*%\t", line.p[0]))
            return false;
        const char *colon = memchr(line.p, ':', line.n);
        struct str key = str_slice(line, 0, colon ? (size_t)(colon - line.p) : 0);
        for (int i = 0; colon && i < KEY_COUNT; i++) {
            if (!str_is(str_trim(key), keys[i]))
                continue;
            if (seen[i] || !plain_value(str_slice(line, key.n + 1, line.n), &values[i]))
                return false;
            seen[i] = true;
        }
    }
    return seen[KEY_ID];
}

static void parse(struct arena *scratch, struct str text, struct str values[KEY_COUNT])
{
    struct diags diags; /* read for good, the file gives them again */
    diags_init(&diags, scratch);
    struct diag_source *source = diag_source_new(scratch, STR(""), text);
    const struct yaml_node *root = yaml_parse(scratch, source, &diags);
    for (int i = 0; i < KEY_COUNT; i++) {
        const struct yaml_node *node = root && root->kind == YAML_MAP ? yaml_find(root, keys[i]) : NULL;
        values[i] = node && node->kind == YAML_SCALAR ? str_trim(node->value) : (struct str){0};
    }
}

struct glance glance_at(struct arena *arena, struct str text)
{
    struct glance glance = {0};
    struct str values[KEY_COUNT] = {0};
    struct arena scratch;
    arena_init(&scratch);
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_slice(text, 3, text.n);
    if (!look(text, values))
        parse(&scratch, text, values);
    if (spec_is_slug(values[KEY_ID]))
        glance.id = str_dup(arena, values[KEY_ID]);
    struct date as_of;
    if (!edition_parse(values[KEY_EDITION], &glance.edition)) {
        glance.edition = (struct edition_id){0};
        if (date_parse(values[KEY_AS_OF], false, &as_of))
            glance.edition = edition_quarter_of(as_of);
    }
    arena_done(&scratch);
    return glance;
}
