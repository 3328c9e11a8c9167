/* Messages and hints of the decoder: what was found, what is wanted, and what was perhaps meant. */
#include "spec/decode_hints.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "model/words.h"
#include "spec/syntax.h"

enum { SHOWN = 40, MOST_KEYS = 64, KEYS_TOLD = 9, MOST_CANDIDATES = 2000 };

bool decode_wanted(const struct diags *diags, enum diag_code code)
{
    return diags->per_code[code] <= diags->limit;
}

struct str decode_shown(struct arena *arena, struct str value)
{
    value = str_trim(value);
    size_t end = 0, shown = 0;
    while (end < value.n && shown < SHOWN && value.p[end] != '\n') {
        utf8_next(value, &end);
        shown++;
    }
    if (end == value.n)
        return value;
    return str_printf(arena, STR_FMT "…", STR_ARG(str_slice(value, 0, end)));
}

struct str decode_alternatives(struct arena *arena, const struct str *words, size_t count)
{
    struct buf buf = {0};
    for (size_t i = 0; i < count; i++)
        buf_printf(&buf, "%s'" STR_FMT "'", i == 0 ? "" : i + 1 < count ? ", " : " or ", STR_ARG(words[i]));
    struct str text = str_dup(arena, buf_view(&buf));
    buf_done(&buf);
    return text;
}

static bool same_letters(struct str a, struct str b)
{
    bool same = a.n == b.n;
    for (size_t i = 0; same && i < a.n; i++)
        same = syntax_lower(a.p[i]) == syntax_lower(b.p[i]);
    return same;
}

/* The only candidate that the word is a part of ("strategy"), or that stands in it behind a colon
 * ("TLP:GREEN"). */
static struct str only_one_with(struct str word, const struct str *candidates, size_t count)
{
    enum { LEAST = 4 };
    struct str found = {0};
    for (size_t i = 0; i < count; i++) {
        struct str one = candidates[i];
        bool part = (word.n >= LEAST && str_find(one, word) != SIZE_MAX) ||
                    (one.n < word.n && word.p[word.n - one.n - 1] == ':' && str_ends(word, one));
        if (part && found.n)
            return (struct str){0};
        if (part)
            found = one;
    }
    return found;
}

struct str decode_hint_nearest(struct arena *arena, struct diags *diags, struct diag *diag, struct str word,
                               const struct str *candidates, size_t count)
{
    if (!decode_wanted(diags, diag->code))
        return (struct str){0};
    if (count > MOST_CANDIDATES)
        count = MOST_CANDIDATES;
    struct str nearest = {0};
    for (size_t i = 0; i < count && nearest.n == 0; i++)
        if (same_letters(word, candidates[i]))
            nearest = candidates[i];
    if (nearest.n == 0)
        nearest = str_nearest(word, candidates, count);
    if (nearest.n == 0)
        nearest = only_one_with(word, candidates, count);
    if (nearest.n)
        diag_hint(diags, diag, "did you mean '" STR_FMT "'?", STR_ARG(decode_shown(arena, nearest)));
    return nearest;
}

const char *hint_wanted(enum field_kind kind)
{
    static const char *const wanted[FIELD_KIND_COUNT] = {
        [FIELD_TEXT] = "one line of text",
        [FIELD_PROSE] = "prose",
        [FIELD_SLUG] = "a slug such as northwind-transit-exchange",
        [FIELD_ID] = "an id such as s1",
        [FIELD_TIER] = "the id of a tier",
        [FIELD_REF] = "the id of a source",
        [FIELD_URL] = "an address such as https://example.org/",
        [FIELD_EMAIL] = "an address such as desk@example.org",
        [FIELD_LANGUAGE] = "a language such as en-GB",
        [FIELD_COLOUR] = "a colour such as \"#0b3d5c\"",
        [FIELD_PATH] = "a path",
        [FIELD_SIZE] = "a size such as 5 MB",
        [FIELD_HYPHENATED] = "a word such as inter-net-work",
        [FIELD_PICTURE] = "the path of a picture",
        [FIELD_DATE] = "a date such as 2026-11-21",
        [FIELD_LOOSE_DATE] = "a date such as 2026-11-21, 2026-11 or 2026",
        [FIELD_EDITION] = "an edition such as 2026-Q4, 2026-11 or 2026",
        [FIELD_SCORE] = "a score from 0.00 to 1.00",
        [FIELD_LIKELIHOOD] = "a likelihood such as roughly even chance",
        [FIELD_CHOICE] = "a word",
        [FIELD_LETTER] = "a grade",
        [FIELD_BOOL] = "true or false",
        [FIELD_VERSION] = "1",
        [FIELD_WORDS] = "a map",
        [FIELD_RECORD] = "a map",
    };
    return wanted[kind];
}

static const char *shape_of(const struct yaml_node *node)
{
    return node->kind == YAML_MAP ? "a map" : node->kind == YAML_LIST ? "a list" : "text";
}

static struct span start_of(const struct yaml_node *node)
{
    if (node->kind == YAML_MAP && !node->flow && node->count)
        return node->entries[0].key->span;
    struct span span = node->span;
    if (node->kind != YAML_SCALAR && span.end > span.start + 1)
        span.end = span.start + 1;
    return span;
}

static const char *shape_cure(const struct yaml_node *node, bool list_wanted, bool map_wanted)
{
    if (list_wanted)
        return node->kind == YAML_MAP ? "put '- ' before the first key of each item"
                                      : "write each item on a line of its own behind '- ', or all in [ ]";
    if (map_wanted)
        return node->kind != YAML_LIST ? ""
               : node->flow            ? "there is only one: write { } with its keys instead of [ ]"
                                       : "there is only one: take the '- ' away";
    return node->flow ? "a text that begins with { or [ wants quotes"
                      : "a text with ': ' in it, or '- ' before it, wants quotes";
}

void hint_shape(struct reader *reader, const struct field *field, const struct yaml_node *node,
                const char *wanted)
{
    bool list_wanted = str_starts(str_from(wanted), STR("a list"));
    const char *part = "";
    if (field->shape == FIELD_ROWS && !str_is(str_from(wanted), "a list of rows"))
        part = list_wanted ? "a row of " : "a cell of ";
    else if (field->shape != FIELD_ONE && !list_wanted)
        part = "an item of ";
    struct diag *diag = diag_add(reader->diags, DIAG_WRONG_SHAPE, start_of(node),
                                 "%s'%s' takes %s, and this is %s", part, field->key, wanted, shape_of(node));
    bool map = field->kind == FIELD_WORDS || field->kind == FIELD_RECORD;
    const char *cure = shape_cure(node, list_wanted, map);
    if (*cure)
        diag_hint(reader->diags, diag, "%s", cure);
}

static struct str keys_of(struct arena *arena, const struct record *record, bool only_required)
{
    struct str keys[MOST_KEYS];
    size_t count = 0;
    for (size_t i = 0; i < record->count && count < MOST_KEYS; i++)
        if (!only_required || (record->fields[i].flags & FIELD_REQUIRED))
            keys[count++] = str_from(record->fields[i].key);
    return decode_alternatives(arena, keys, count);
}

void hint_shape_of_map(struct reader *reader, const struct record *record, const struct yaml_node *node)
{
    struct diag *diag = diag_add(reader->diags, DIAG_WRONG_SHAPE, start_of(node),
                                 "%s is a map, and this is %s", record->noun, shape_of(node));
    const char *cure = shape_cure(node, false, true);
    if (*cure)
        diag_hint(reader->diags, diag, "%s", cure);
    else if (decode_wanted(reader->diags, DIAG_WRONG_SHAPE))
        diag_hint(reader->diags, diag, "write its keys beneath, each with a colon: " STR_FMT,
                  STR_ARG(keys_of(reader->arena, record, record->count > KEYS_TOLD)));
}

void hint_missing(struct reader *reader, const struct record *record, const struct field *field,
                  const struct yaml_node *map)
{
    struct diag *diag = diag_add(reader->diags, DIAG_MISSING_KEY, start_of(map),
                                 "missing key '%s': %s needs it", field->key, record->noun);
    if (field->kind == FIELD_VERSION)
        diag_hint(reader->diags, diag, "begin the file with '%s: 1'", field->key);
    else if (field->shape != FIELD_ONE)
        diag_hint(reader->diags, diag, "it takes a list");
    else if (field->kind != FIELD_RECORD && field->kind != FIELD_CHOICE)
        diag_hint(reader->diags, diag, "it takes %s", hint_wanted(field->kind));
}

/* Where else in the file's language a key stands: the key of the map that holds it, or NULL. */
static const char *owner_of_key(const struct record *root, const struct record *here, struct str key)
{
    for (size_t i = 0; i < root->count; i++) {
        const struct field *field = &root->fields[i];
        if (field->kind == FIELD_RECORD && field->record != here && fields_find(field->record, key))
            return field->key;
    }
    return NULL;
}

uint64_t hint_unknown_key(struct reader *reader, const struct record *record, const struct yaml_node *map,
                          const struct yaml_entry *entry)
{
    static const char comma[] = "a text with a comma inside { } wants quotes";
    struct str word = entry->key->value;
    struct diag *diag = diag_add(reader->diags, DIAG_UNKNOWN_KEY, entry->key->span,
                                 "unknown key '" STR_FMT "'", STR_ARG(decode_shown(reader->arena, word)));
    bool alone = record->short_form && map->count == 1 && !map->flow;
    if (!decode_wanted(reader->diags, DIAG_UNKNOWN_KEY))
        return alone ? UINT64_MAX : 0;
    struct str keys[MOST_KEYS];
    size_t count = 0;
    for (; count < record->count && count < MOST_KEYS; count++)
        keys[count] = str_from(record->fields[count].key);
    const struct record *root = fields_of(reader->kind);
    const char *owner;
    struct str meant = decode_hint_nearest(reader->arena, reader->diags, diag, word, keys, count);
    if (meant.n) {
        if (map->flow)
            diag_hint(reader->diags, diag, STR_FMT " And %s", STR_ARG(diag->hint), comma);
    } else if (map->flow) {
        diag_hint(reader->diags, diag, "%s", comma);
    } else if (alone) {
        diag_hint(reader->diags, diag, "a text with ': ' in it wants quotes");
        return UINT64_MAX;
    } else if (record != root && fields_find(root, word)) {
        diag_hint(reader->diags, diag, "'" STR_FMT "' stands at the margin of the file: take its indent away",
                  STR_ARG(word));
    } else if ((owner = owner_of_key(root, record, word)) != NULL) {
        diag_hint(reader->diags, diag, "'" STR_FMT "' belongs under '%s'", STR_ARG(word), owner);
    } else if (record->count <= KEYS_TOLD) {
        diag_hint(reader->diags, diag, "%s takes " STR_FMT, record->noun,
                  STR_ARG(keys_of(reader->arena, record, false)));
    }
    const struct field *field = meant.n ? fields_find(record, meant) : NULL;
    return field ? (uint64_t)1 << (field - record->fields) : 0;
}

void hint_unknown_fixed_word(struct reader *reader, const struct yaml_node *key)
{
    struct diag *diag =
        diag_add(reader->diags, DIAG_UNKNOWN_KEY, key->span, "unknown key '" STR_FMT "' of 'words'",
                 STR_ARG(decode_shown(reader->arena, key->value)));
    if (!decode_wanted(reader->diags, DIAG_UNKNOWN_KEY))
        return;
    struct str keys[WORD_COUNT];
    for (size_t i = 0; i < WORD_COUNT; i++)
        keys[i] = str_from(word_key((enum word_id)i));
    if (decode_hint_nearest(reader->arena, reader->diags, diag, key->value, keys, WORD_COUNT).n == 0)
        diag_hint(reader->diags, diag, "the reference of `house` lists the words that a house may replace");
}
