/* The tables of fields.def as JSON Schema 2020-12, for completion and checking in editors. Editors read plain
 * scalars as numbers, booleans and null, where our reader sees text: the schema takes both. It says no more
 * than that reader does; what lies between fields it cannot say. */
#include <jansson.h>
#include <string.h>

#include "base/buf.h"
#include "model/words.h"
#include "spec/fields.h"

/* Names differ from those of the tables, with which they share $defs. */
struct kind_schema {
    const char *name;
    const char *types; /* of JSON: s(tring) n(umber) i(nteger) b(oolean) */
    const char *pattern;
    const char *doc;
};

static const struct kind_schema kinds[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = {"one-line", "snb", "^\\s*[^\\r\\n]*\\s*$", "One line of plain text."},
    [FIELD_PROSE] = {"prose", "snb", NULL,
                     "CommonMark: paragraphs, lists, block quotes, emphasis, strong, code and links."},
    [FIELD_SLUG] = {"slug", "si", "^\\s*[a-z0-9]+(-[a-z0-9]+)*\\s*$",
                    "Words of a-z and 0-9, joined by single hyphens."},
    [FIELD_ID] = {"any-id", "sn", "^\\s*[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\s*$", "An id."},
    [FIELD_TIER] = {"tier-id", "sn", "^\\s*[^\\r\\n]*\\s*$", "The id of a tier in the house."},
    [FIELD_REF] = {"source-id", "sn", "^\\s*[^\\r\\n]*\\s*$", "The id of a source in this spec."},
    [FIELD_URL] = {"web-address", "s",
                   "^\\s*([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)[^\\s]+\\s*$",
                   "An https, http or mailto address."},
    [FIELD_EMAIL] = {"mail-address", "s", "^\\s*[^@\\s]+@[^@\\s]+\\.[^@\\s]+\\s*$", "An address for mail."},
    [FIELD_LANGUAGE] = {"language-tag", "sb", "^\\s*[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\\s*$",
                        "A language tag of BCP 47: en-GB."},
    [FIELD_COLOUR] = {"colour", "s", "^\\s*#[0-9A-Fa-f]{6}\\s*$", "A colour: #0b3d5c."},
    [FIELD_PATH] = {"path", "sn", "^\\s*[^\\r\\n]*\\s*$", "A path, relative to this file."},
    [FIELD_SIZE] = {"size", "s", "^\\s*[0-9]+\\s*(B|kB|KB|MB|KiB|kiB|MiB)\\s*$", "A size: 5 MB."},
    [FIELD_HYPHENATED] = {"hyphenated-word", "s", "^\\s*[^\\s-]+(-[^\\s-]+)*\\s*$",
                          "A word with hyphens where it may break."},
    [FIELD_PICTURE] = {"picture-file", "sn", "^\\s*[^\\r\\n]*\\s*$",
                       "The path of a PNG or JPEG file in or beneath this file's folder."},
    [FIELD_DATE] = {"full-date", "s", "^\\s*[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\\s*$",
                    "A date: 2026-11-21."},
    [FIELD_LOOSE_DATE] = {"loose-date", "si",
                          "^\\s*[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\\s*$",
                          "A date, a month or a year: 2026-11-21, 2026-11 or 2026."},
    [FIELD_EDITION] = {"edition", "si", "^\\s*[0-9]{4}(-(Q[1-4]|0[1-9]|1[0-2]))?\\s*$",
                       "A quarter, a month or a year: 2026-Q4, 2026-11 or 2026."},
};

static void put(json_t *object, const char *key, json_t *value)
{
    if (!value || json_object_set_new(object, key, value) != 0)
        base_out_of_memory();
}

static void push(json_t *array, json_t *value)
{
    if (!value || json_array_append_new(array, value) != 0)
        base_out_of_memory();
}

static json_t *types_of(const char *letters)
{
    json_t *types = json_array();
    for (; *letters; letters++)
        push(types, json_string(*letters == 's'   ? "string"
                                : *letters == 'n' ? "number"
                                : *letters == 'i' ? "integer"
                                                  : "boolean"));
    return types;
}

/* A score as a number can be told exactly by listing all: a rule on multiples of 0.01 fails on binary
 * fractions. */
static json_t *score_schema(void)
{
    json_t *schema = json_object(), *forms = json_array(), *number = json_object(), *text = json_object();
    json_t *values = json_array();
    for (int hundredths = 0; hundredths <= 100; hundredths++)
        push(values, hundredths % 100 ? json_real(hundredths / 100.0) : json_integer(hundredths / 100));
    put(number, "enum", values);
    put(text, "type", json_string("string"));
    put(text, "pattern", json_string("^\\s*(0(\\.[0-9]{1,2})?|1(\\.0{1,2})?)\\s*$"));
    put(schema, "description", json_string("A decimal from 0.00 to 1.00 with at most two places."));
    push(forms, number);
    push(forms, text);
    put(schema, "anyOf", forms);
    return schema;
}

/* The terms for completion, and a pattern for those who begin them with a capital. */
static json_t *likelihood_schema(void)
{
    json_t *schema = json_object(), *forms = json_array(), *terms = json_array(), *term = json_object();
    json_t *any = json_object();
    struct buf pattern = {0};
    buf_text(&pattern, "^\\s*(");
    for (size_t i = 0; i < fields_term_count; i++) {
        push(terms, json_string(fields_terms[i].term));
        if (i)
            buf_char(&pattern, '|');
        for (const char *p = fields_terms[i].term; *p; p++) {
            if (*p == ' ')
                buf_char(&pattern, ' ');
            else
                buf_printf(&pattern, "[%c%c]", *p - 'a' + 'A', *p);
        }
    }
    buf_text(&pattern, ")\\s*$");
    put(term, "enum", terms);
    put(any, "type", json_string("string"));
    put(any, "pattern", json_stringn(pattern.p, pattern.n));
    buf_done(&pattern);
    put(schema, "description", json_string("A term of ICD 203."));
    push(forms, term);
    push(forms, any);
    put(schema, "anyOf", forms);
    return schema;
}

static json_t *words_schema(void)
{
    json_t *schema = json_object(), *keys = json_object();
    for (size_t i = 0; i < WORD_COUNT; i++) {
        struct str english = word_english((enum word_id)i);
        json_t *word = json_object();
        put(word, "description", json_stringn(english.p, english.n));
        put(word, "type", json_pack("[s, s, s, s]", "string", "number", "boolean", "null"));
        put(word, "pattern", json_string(kinds[FIELD_TEXT].pattern));
        put(keys, word_key((enum word_id)i), word);
    }
    put(schema, "type", json_string("object"));
    put(schema, "properties", keys);
    put(schema, "additionalProperties", json_false());
    return schema;
}

static json_t *kind_schema(enum field_kind kind)
{
    const struct kind_schema *from = &kinds[kind];
    json_t *schema = json_object();
    put(schema, "description", json_string(from->doc));
    put(schema, "type", types_of(from->types));
    if (from->pattern)
        put(schema, "pattern", json_string(from->pattern));
    if (kind == FIELD_LOOSE_DATE || kind == FIELD_EDITION) { /* a year that an editor reads as a number */
        put(schema, "minimum", json_integer(1000));
        put(schema, "maximum", json_integer(9999));
    }
    if (kind == FIELD_SLUG)
        put(schema, "maxLength", json_integer(64));
    return schema;
}

static json_t *choice_schema(const struct choices *choices, bool digits_too)
{
    json_t *schema = json_object(), *words = json_array();
    for (size_t i = 0; i < choices->count; i++) {
        const char *word = choices->items[i].word;
        push(words, json_string(word));
        if (digits_too && *word >= '0' && *word <= '9')
            push(words, json_integer(*word - '0'));
    }
    put(schema, "enum", words);
    return schema;
}

static json_t *reference_to(const char *name)
{
    return json_pack("{s: o}", "$ref", json_sprintf("#/$defs/%s", name));
}

static void define_record(json_t *defs, const struct record *record);

/* One value of a field, without its list. */
static json_t *value_schema(json_t *defs, const struct field *field)
{
    switch (field->kind) {
    case FIELD_RECORD:
        if (!json_object_get(defs, field->record->name))
            define_record(defs, field->record);
        return reference_to(field->record->name);
    case FIELD_CHOICE:
    case FIELD_LETTER:
        return choice_schema(field->choices, field->kind == FIELD_LETTER);
    case FIELD_BOOL:
        return json_pack("{s: [b, b, s, s]}", "enum", 1, 0, "true", "false");
    case FIELD_VERSION:
        return json_pack("{s: [i, s]}", "enum", 1, "1");
    case FIELD_WORDS:
        return words_schema();
    case FIELD_SCORE:
        if (!json_object_get(defs, "score"))
            put(defs, "score", score_schema());
        return reference_to("score");
    case FIELD_LIKELIHOOD:
        if (!json_object_get(defs, "likelihood"))
            put(defs, "likelihood", likelihood_schema());
        return reference_to("likelihood");
    default:
        if (!json_object_get(defs, kinds[field->kind].name))
            put(defs, kinds[field->kind].name, kind_schema(field->kind));
        return reference_to(kinds[field->kind].name);
    }
}

static json_t *list_schema(json_t *items, bool not_empty)
{
    json_t *schema = json_object();
    put(schema, "type", json_string("array"));
    put(schema, "items", items);
    if (not_empty)
        put(schema, "minItems", json_integer(1));
    return schema;
}

/* The kinds whose pattern a text of nothing but blanks fits. */
static bool fits_blanks(enum field_kind kind)
{
    return kind == FIELD_TEXT || kind == FIELD_PROSE || kind == FIELD_TIER || kind == FIELD_REF ||
           kind == FIELD_PATH || kind == FIELD_PICTURE;
}

static json_t *field_schema(json_t *defs, const struct field *field)
{
    bool required = field->flags & FIELD_REQUIRED, not_empty = field->flags & FIELD_NOT_EMPTY;
    json_t *schema = value_schema(defs, field);
    if (fits_blanks(field->kind) && field->shape != FIELD_ROWS && (required || field->shape != FIELD_ONE))
        put(schema, "pattern", json_string("\\S"));
    if (field->shape == FIELD_MANY) {
        not_empty = not_empty && !(field->flags & FIELD_PRUNED);
        schema = list_schema(schema, not_empty);
    } else if (field->shape == FIELD_ONE_OR_MANY) {
        json_t *forms = json_array();
        push(forms, schema);
        push(forms, list_schema(json_copy(schema), not_empty));
        schema = json_pack("{s: o}", "anyOf", forms);
        required = required || not_empty; /* a key without a value is no way out */
    } else if (field->shape == FIELD_ROWS) {
        json_t *cell = json_pack("{s: [o, {s: s}]}", "anyOf", schema, "type", "null");
        schema = list_schema(list_schema(cell, false), not_empty);
    }
    /* A key with nothing behind it is as good as none. */
    if (!required)
        schema = json_pack("{s: [o, {s: s}]}", "anyOf", schema, "type", "null");
    put(schema, "description", json_string(field->doc));
    return schema;
}

/* What FIELD_PRUNED says: only a spec with `pruned: true` may leave these lists empty. */
static void put_pruned(json_t *schema, const struct record *record)
{
    json_t *lists = json_object();
    for (size_t i = 0; i < record->count; i++)
        if (record->fields[i].flags & FIELD_PRUNED)
            put(lists, record->fields[i].key, json_pack("{s: i}", "minItems", 1));
    if (json_object_size(lists)) {
        put(schema, "if",
            json_pack("{s: {s: {s: [b, s]}}, s: [s]}", "properties", "pruned", "enum", 1, "true", "required",
                      "pruned"));
        put(schema, "else", json_pack("{s: O}", "properties", lists));
    }
    json_decref(lists);
}

static json_t *record_schema(json_t *defs, const struct record *record)
{
    json_t *schema = json_object(), *properties = json_object(), *required = json_array();
    put(schema, "type", json_string("object"));
    put(schema, "properties", properties);
    for (size_t i = 0; i < record->count; i++) {
        const struct field *field = &record->fields[i];
        put(properties, field->key, field_schema(defs, field));
        if (field->flags & FIELD_REQUIRED)
            push(required, json_string(field->key));
    }
    if (json_array_size(required))
        put(schema, "required", required);
    else
        json_decref(required);
    put(schema, "additionalProperties", json_false());
    put_pruned(schema, record);
    return schema;
}

static void define_record(json_t *defs, const struct record *record)
{
    json_t *schema = record_schema(defs, record);
    if (record->short_form) {
        json_t *short_form = value_schema(defs, fields_find(record, str_from(record->short_form)));
        put(short_form, "pattern", json_string("\\S"));
        schema = json_pack("{s: [o, o]}", "anyOf", short_form, schema);
    }
    put(defs, record->name, schema);
}

static int add_to_buf(const char *data, size_t n, void *buf)
{
    buf_add(buf, data, n);
    return 0;
}

void spec_schema(struct buf *out, enum file_kind kind)
{
    const struct record *record = fields_of(kind);
    if (!record || kind == FILE_ROSTER)
        return;
    json_t *root = json_object(), *defs = json_object();
    put(root, "$schema", json_string("https://json-schema.org/draft/2020-12/schema"));
    put(root, "title", json_sprintf("briefing: %s", record->noun));
    json_t *body = record_schema(defs, record);
    if (json_object_update(root, body) != 0)
        base_out_of_memory();
    json_decref(body);
    put(root, "$defs", defs);
    if (json_dump_callback(root, add_to_buf, out, JSON_INDENT(2) | JSON_REAL_PRECISION(3)) != 0)
        base_out_of_memory();
    buf_char(out, '\n');
    json_decref(root);
}
