/* Reading one scalar: its exact form, and what to say when it is another. */
#include "spec/decode_scalar.h"

#include <stdint.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "prose/prose.h"
#include "spec/syntax.h"

static struct str shown(struct reader *reader, struct str value)
{
    return decode_shown(reader->arena, value);
}

struct str scalar_keep(struct reader *reader, struct str s)
{
    struct str source = reader->source->text;
    uintptr_t start = (uintptr_t)source.p, here = (uintptr_t)s.p;
    return here >= start && here - start < source.n ? s : str_dup(reader->arena, s);
}

bool scalar_line(struct reader *reader, const struct field *field, const struct yaml_node *node,
                 struct str *line)
{
    *line = str_trim(node->value);
    if (memchr(line->p, '\n', line->n) || memchr(line->p, '\r', line->n)) {
        struct diag *diag = diag_add(reader->diags, DIAG_LINE_BREAK, node->span,
                                     "'%s' is one line of text, and this has a line break", field->key);
        if (node->style == YAML_LITERAL)
            diag_hint(reader->diags, diag, "begin it with '>-' in place of '|': that joins the lines");
        else
            diag_hint(reader->diags, diag, "join the lines, without an empty line between them");
        return false;
    }
    *line = scalar_keep(reader, utf8_nfc(reader->scratch, *line));
    return true;
}

static void read_prose(struct reader *reader, const struct field *field, const struct yaml_node *node,
                       void *place)
{
    struct arena_mark mark = arena_mark(reader->scratch);
    struct diag_origin origin = yaml_origin(reader->scratch, node);
    size_t errors = reader->diags->errors;
    struct prose *prose = prose_parse(reader->arena, node->value, &origin, reader->diags);
    if (prose->count == 0 && reader->diags->errors == errors)
        diag_add(reader->diags, DIAG_EMPTY_VALUE, node->span, "'%s' has no text", field->key);
    *(struct prose **)place = prose;
    arena_rewind(reader->scratch, mark);
}

static void read_slug(struct reader *reader, const struct field *field, const struct yaml_node *node,
                      struct str s)
{
    if (syntax_slug(s))
        return;
    struct diag *diag;
    if (s.n > 64)
        diag = diag_add(reader->diags, DIAG_BAD_SLUG, node->span,
                        "'%s' is a slug of at most 64 characters, and this has %zu", field->key, utf8_length(s));
    else
        diag = diag_add(reader->diags, DIAG_BAD_SLUG, node->span, "'%s' is a slug, and '" STR_FMT "' is none",
                        field->key, STR_ARG(shown(reader, s)));
    struct str near = syntax_slug_near(reader->arena, s);
    if (syntax_slug(near))
        diag_hint(reader->diags, diag, "did you mean '" STR_FMT "'?", STR_ARG(near));
    else
        diag_hint(reader->diags, diag, "words of a-z and 0-9, joined by single hyphens");
}

static void read_url(struct reader *reader, const struct field *field, const struct yaml_node *node,
                     struct str s)
{
    if (syntax_url(s) && prose_url_allowed(s))
        return;
    struct diag *diag =
        diag_add(reader->diags, DIAG_BAD_URL, node->span, "'" STR_FMT "' is no https, http or mailto address",
                 STR_ARG(shown(reader, s)));
    (void)field;
    struct str https = str_printf(reader->arena, "https://" STR_FMT, STR_ARG(s));
    bool scheme = str_find(s, STR(":")) != SIZE_MAX;
    if (syntax_email(s))
        diag_hint(reader->diags, diag, "did you mean 'mailto:" STR_FMT "'?", STR_ARG(shown(reader, s)));
    else if (!scheme && str_find(s, STR(".")) != SIZE_MAX && s.p[0] != '.' && syntax_url(https))
        diag_hint(reader->diags, diag, "did you mean '" STR_FMT "'?", STR_ARG(shown(reader, https)));
    else if (str_find(s, STR(" ")) != SIZE_MAX)
        diag_hint(reader->diags, diag, "a blank in an address is written %%20");
}

static void read_language(struct reader *reader, const struct yaml_node *node, struct str s)
{
    if (syntax_language(s))
        return;
    struct diag *diag = diag_add(reader->diags, DIAG_BAD_LANGUAGE, node->span,
                                 "'" STR_FMT "' is no language tag", STR_ARG(shown(reader, s)));
    struct str near = str_dup(reader->arena, str_slice(s, 0, 64));
    char *p = (char *)near.p;
    for (size_t i = 0; i < near.n; i++)
        if (p[i] == '_')
            p[i] = '-';
    if (syntax_language(near))
        diag_hint(reader->diags, diag, "did you mean '" STR_FMT "'?", STR_ARG(near));
    else
        diag_hint(reader->diags, diag, "write a tag such as en, en-GB or zh-Hant");
}

void scalar_bad(struct reader *reader, enum diag_code code, const struct yaml_node *node, struct str s,
                const char *what, const char *hint)
{
    struct diag *diag =
        diag_add(reader->diags, code, node->span, "'" STR_FMT "' is no %s", STR_ARG(shown(reader, s)), what);
    if (*hint)
        diag_hint(reader->diags, diag, "%s", hint);
}

/* The kinds that land in a struct text. */
static void read_text(struct reader *reader, const struct field *field, const struct yaml_node *node,
                      void *place)
{
    struct text text = {.at = node->span};
    if (!scalar_line(reader, field, node, &text.s))
        return;
    struct str s = text.s;
    uint64_t bytes;
    switch (field->kind) {
    case FIELD_SLUG:
        read_slug(reader, field, node, s);
        break;
    case FIELD_ID:
        if (!syntax_id(s))
            scalar_bad(reader, DIAG_BAD_ID, node, s, "id",
                       "letters, digits, '.', '_' and '-', at most 64, a letter or digit first");
        break;
    case FIELD_URL:
        read_url(reader, field, node, s);
        break;
    case FIELD_EMAIL:
        if (!syntax_email(s))
            scalar_bad(reader, DIAG_BAD_EMAIL, node, s, "address for mail", "write it as name@example.org");
        break;
    case FIELD_LANGUAGE:
        read_language(reader, node, s);
        break;
    case FIELD_COLOUR:
        if (!syntax_colour(s))
            scalar_bad(reader, DIAG_BAD_COLOUR, node, s, "colour",
                       "'#' and six hexadecimal digits, in quotes: \"#0b3d5c\"");
        break;
    case FIELD_SIZE:
        if (!syntax_size(s, &bytes))
            scalar_bad(reader, DIAG_BAD_SIZE, node, s, "size from 10 kB to 1000 MB",
                       "write it as 5 MB or 800 kB");
        break;
    case FIELD_HYPHENATED:
        if (!syntax_hyphenated(s))
            scalar_bad(reader, DIAG_BAD_HYPHENATION, node, s, "hyphenated word",
                       "write it as inter-net-work");
        break;
    default: /* text, and ids that are looked up between the fields */
        break;
    }
    memcpy(place, &text, sizeof text);
}

static bool climbs_out(struct str path)
{
    int depth = 0;
    size_t from = 0;
    for (size_t i = 0; i <= path.n; i++) {
        if (i < path.n && path.p[i] != '/')
            continue;
        struct str part = str_slice(path, from, i);
        if (str_is(part, ".."))
            depth--;
        else if (part.n && !str_is(part, "."))
            depth++;
        if (depth < 0)
            return true;
        from = i + 1;
    }
    return false;
}

static void read_picture(struct reader *reader, const struct field *field, const struct yaml_node *node,
                         void *place)
{
    struct picture picture;
    memcpy(&picture, place, sizeof picture);
    picture.file.at = node->span;
    if (!scalar_line(reader, field, node, &picture.file.s))
        return;
    struct str file = picture.file.s;
    if (!reader->folder) {
        struct diag *diag = diag_add(reader->diags, DIAG_BAD_PATH, node->span,
                                     "a file from standard input has no folder to find '" STR_FMT "' in",
                                     STR_ARG(shown(reader, file)));
        diag_hint(reader->diags, diag, "name its folder by --base DIR");
        return;
    }
    const char *path = file_join(reader->arena, str_from(reader->folder), file);
    picture.path = str_from(path);
    bool exists = file_is_beneath(path, "/");
    /* A path that climbs out is refused whether or not it exists; one that exists, by where its links lead.
     */
    bool out =
        reader->pictures_beneath && (climbs_out(file) || (exists && !file_is_beneath(path, reader->folder)) ||
                                     (file.p[0] == '/' && !file_is_beneath(path, reader->folder)));
    if (out) {
        struct diag *diag =
            diag_add(reader->diags, DIAG_BAD_PATH, node->span,
                     "'" STR_FMT "' lies outside the folder of the spec", STR_ARG(shown(reader, file)));
        diag_hint(reader->diags, diag,
                  "put the picture in or beneath that folder, or name a higher one by --base DIR");
        return;
    }
    memcpy(place, &picture, sizeof picture);
}

static void read_likelihood(struct reader *reader, const struct field *field, const struct yaml_node *node,
                            void *place)
{
    struct str s;
    if (!scalar_line(reader, field, node, &s))
        return;
    struct str lower = syntax_lower_copy(reader->arena, str_slice(s, 0, 64));
    struct str terms[32];
    for (size_t i = 0; i < fields_term_count; i++) {
        terms[i] = str_from(fields_terms[i].term);
        if (s.n == lower.n && str_eq(lower, terms[i])) {
            memcpy(place, &(struct likelihood){fields_terms[i].step, terms[i]}, sizeof(struct likelihood));
            return;
        }
    }
    struct diag *diag = diag_add(reader->diags, DIAG_UNKNOWN_LIKELIHOOD, node->span,
                                 "'" STR_FMT "' is no term of likelihood", STR_ARG(shown(reader, s)));
    if (decode_hint_nearest(reader->arena, reader->diags, diag, s, terms, fields_term_count).n == 0)
        diag_hint(reader->diags, diag, "one of " STR_FMT,
                  STR_ARG(decode_alternatives(reader->arena, terms, fields_term_count)));
}

static void read_choice(struct reader *reader, const struct field *field, const struct yaml_node *node,
                        void *place)
{
    enum { MOST = 16 };
    struct str s, words[MOST];
    const struct choices *choices = field->choices;
    if (!scalar_line(reader, field, node, &s))
        return;
    for (size_t i = 0; i < choices->count && i < MOST; i++) {
        words[i] = str_from(choices->items[i].word);
        if (!str_eq(s, words[i]))
            continue;
        int value = choices->items[i].value;
        if (field->kind == FIELD_LETTER)
            *(char *)place = (char)value;
        else
            memcpy(place, &value, sizeof value);
        return;
    }
    struct diag *diag = diag_add(reader->diags, DIAG_UNKNOWN_WORD, node->span, "'" STR_FMT "' is not %s",
                                 STR_ARG(shown(reader, s)), choices->noun);
    if (decode_hint_nearest(reader->arena, reader->diags, diag, s, words, choices->count).n == 0)
        diag_hint(reader->diags, diag, "one of " STR_FMT,
                  STR_ARG(decode_alternatives(reader->arena, words, choices->count)));
}

static void read_bool(struct reader *reader, const struct field *field, const struct yaml_node *node,
                      void *place)
{
    struct str s;
    if (!scalar_line(reader, field, node, &s))
        return;
    bool value = str_is(s, "true");
    if (value || str_is(s, "false")) {
        memcpy(place, &value, sizeof value);
        return;
    }
    scalar_bad(reader, DIAG_UNKNOWN_WORD, node, s, "truth value", "write true or false");
}

static void read_version(struct reader *reader, const struct yaml_node *node)
{
    struct str s = str_trim(node->value);
    if (!str_is(s, "1"))
        diag_add(reader->diags, DIAG_BAD_VERSION, node->span,
                 "version '" STR_FMT "' of the language is not known; there is 1", STR_ARG(shown(reader, s)));
}

void decode_scalar(struct reader *reader, const struct field *field, const struct yaml_node *node,
                   void *place)
{
    switch (field->kind) {
    case FIELD_PROSE:
        read_prose(reader, field, node, place);
        break;
    case FIELD_PICTURE:
        read_picture(reader, field, node, place);
        break;
    case FIELD_DATE:
    case FIELD_LOOSE_DATE:
        scalar_date(reader, field, node, place);
        break;
    case FIELD_EDITION:
        scalar_edition(reader, field, node, place);
        break;
    case FIELD_SCORE:
        scalar_score(reader, field, node, place);
        break;
    case FIELD_LIKELIHOOD:
        read_likelihood(reader, field, node, place);
        break;
    case FIELD_CHOICE:
    case FIELD_LETTER:
        read_choice(reader, field, node, place);
        break;
    case FIELD_BOOL:
        read_bool(reader, field, node, place);
        break;
    case FIELD_VERSION:
        read_version(reader, node);
        break;
    default:
        read_text(reader, field, node, place);
        break;
    }
}
