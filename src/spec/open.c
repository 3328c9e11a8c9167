/* Opening a file, and telling what kind of file it is. */
#include <string.h>

#include "base/file.h"
#include "spec/spec_read.h"
#include "spec/syntax.h"

struct diag_source *spec_open(struct arena *arena, const char *path, size_t max_bytes, struct diags *diags)
{
    return spec_open_named(arena, path, max_bytes, span_none(), diags);
}

struct diag_source *spec_open_named(struct arena *arena, const char *path, size_t max_bytes,
                                    struct span named_at, struct diags *diags)
{
    struct str text;
    const char *why = "";
    bool too_large;
    struct str name = strcmp(path, "-") == 0 ? STR("<stdin>") : str_from(path);
    if (file_read(arena, path, max_bytes, &text, &why, &too_large))
        return diag_source_new(arena, name, text);
    if (too_large) {
        struct diag_source *source = diag_source_new(arena, name, (struct str){"", 0});
        diag_add(diags, DIAG_FILE_TOO_LARGE, span_at(source, 0, 0), "the file is larger than %zu bytes",
                 max_bytes);
    } else {
        diag_add(diags, DIAG_CANNOT_READ, named_at, "cannot read " STR_FMT ": %s", STR_ARG(name), why);
    }
    return NULL;
}

static enum file_kind kind_of_key(struct str key)
{
    static const struct {
        const char *key;
        enum file_kind kind;
    } kinds[] = {
        {"briefing", FILE_SPEC}, {"house", FILE_HOUSE}, {"run", FILE_RUN}, {"newsletter", FILE_NEWSLETTER}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_is(key, kinds[i].key))
            return kinds[i].kind;
    return FILE_UNKNOWN;
}

static struct str next_line(struct str text, size_t *at)
{
    const char *end = memchr(text.p + *at, '\n', text.n - *at);
    size_t to = end ? (size_t)(end - text.p) : text.n;
    struct str line = str_slice(text, *at, to);
    *at = end ? to + 1 : to;
    return line;
}

static struct str unquoted(struct str s)
{
    s = str_trim(s);
    return s.n && (s.p[0] == '"' || s.p[0] == '\'') ? str_slice(s, 1, s.n) : s;
}

/* The key of a map's first entry on this line, without its quotes; empty when there is none. *rest is what
 * follows its colon, without an opening quote. */
static struct str key_of_line(struct str line, struct str *rest)
{
    *rest = (struct str){0};
    if (line.p[0] == '{')
        line = str_trim(str_slice(line, 1, line.n));
    const char *colon = line.n ? memchr(line.p, ':', line.n) : NULL;
    if (!colon)
        return (struct str){0};
    size_t at = (size_t)(colon - line.p);
    *rest = unquoted(str_slice(line, at + 1, line.n));
    struct str key = unquoted(str_slice(line, 0, at));
    if (key.n && (key.p[key.n - 1] == '"' || key.p[key.n - 1] == '\''))
        key.n--;
    return key;
}

static bool is_heading(struct str line)
{
    bool id = false, name = false, tier = false;
    size_t from = 0;
    for (size_t i = 0; i <= line.n; i++) {
        if (i < line.n && line.p[i] != ',')
            continue;
        struct str field = str_trim(str_slice(line, from, i));
        if (field.n >= 2 && field.p[0] == '"' && field.p[field.n - 1] == '"')
            field = str_slice(field, 1, field.n - 1);
        id = id || str_is(field, "id");
        name = name || str_is(field, "name");
        tier = tier || str_is(field, "tier");
        from = i + 1;
    }
    return id + name + tier >= 2;
}

enum file_kind spec_kind_of(const struct diag_source *source)
{
    struct str text = source->text;
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_slice(text, 3, text.n);
    bool first = true;
    enum file_kind by_first = FILE_UNKNOWN;
    for (size_t at = 0; at < text.n;) {
        struct str line = next_line(text, &at);
        struct str trimmed = str_trim(line);
        if (trimmed.n == 0 || trimmed.p[0] == '#' || trimmed.p[0] == '%' || str_starts(trimmed, STR("---")))
            continue;
        if (first && trimmed.n == 1 && trimmed.p[0] == '{')
            continue; /* a flow mapping over several lines, as JSON is written */
        if (first && (is_heading(trimmed) || str_ends(source->name, STR(".csv"))))
            return FILE_ROSTER;
        /* Keys have no order in YAML: where the first one is another, a version at the margin tells. */
        struct str rest;
        bool margin = line.p[0] != ' ' && line.p[0] != '\t';
        enum file_kind kind = first || margin ? kind_of_key(key_of_line(trimmed, &rest)) : FILE_UNKNOWN;
        if (first)
            by_first = kind;
        if (kind != FILE_UNKNOWN && rest.n && syntax_is_digit(rest.p[0]))
            return kind;
        first = false;
    }
    if (by_first == FILE_UNKNOWN && str_ends(source->name, STR(".csv")))
        return FILE_ROSTER;
    return by_first;
}
