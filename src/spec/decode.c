/* Walking a tree along the tables: maps, lists, what is unknown, missing, empty or of the wrong shape. */
#include "spec/decode.h"

#include <string.h>

#include "model/words.h"
#include "spec/decode_hints.h"
#include "spec/decode_scalar.h"

static void decode_map(struct reader *reader, const struct record *record, const struct yaml_node *node,
                       void *place);

static bool is_empty(const struct yaml_node *node)
{
    return node->kind == YAML_SCALAR && str_trim(node->value).n == 0;
}

/* Nobody can tell whether an empty audience means nobody or everybody. */
static void hint_empty_audience(struct reader *reader, const struct field *field, struct diag *diag)
{
    if (field->kind == FIELD_TIER && field->shape == FIELD_ONE_OR_MANY)
        diag_hint(reader->diags, diag,
                  "name the tiers that may read it; without the key it is for the house's default tier");
}

/* The next "{name}" of a text at or after *at, moving *at behind it; empty when there is none. */
static struct str next_slot(struct str text, size_t *at)
{
    for (size_t i = *at; i < text.n; i++) {
        if (text.p[i] != '{')
            continue;
        const char *close = memchr(text.p + i, '}', text.n - i);
        if (!close)
            break;
        *at = (size_t)(close - text.p) + 1;
        return str_slice(text, i, *at);
    }
    return (struct str){0};
}

/* A slot that the English word has not is never filled in, and would print with its braces; one that is left out takes
 * a number or a name off the page. */
static void check_slots(struct reader *reader, const struct text *key, const struct text *value)
{
    struct str english = word_english(word_find(key->s)), slot;
    for (size_t at = 0; (slot = next_slot(value->s, &at)).n;) {
        if (str_find(english, slot) != SIZE_MAX)
            continue;
        struct diag *diag = diag_add(reader->diags, DIAG_WORD_SLOTS, value->at,
                                     "nothing is filled in for '" STR_FMT "' in this word",
                                     STR_ARG(decode_shown(reader->arena, slot)));
        diag_hint(reader->diags, diag, "in English it is '" STR_FMT "'", STR_ARG(english));
    }
    for (size_t at = 0; (slot = next_slot(english, &at)).n;) {
        if (str_find(value->s, slot) != SIZE_MAX)
            continue;
        struct diag *diag = diag_add(reader->diags, DIAG_WORD_SLOTS, value->at,
                                     "this word lacks '" STR_FMT "', which is filled in on the page", STR_ARG(slot));
        diag_hint(reader->diags, diag, "in English it is '" STR_FMT "'", STR_ARG(english));
    }
}

static void decode_words(struct reader *reader, const struct field *field, const struct yaml_node *node,
                         char *place)
{
    if (node->kind != YAML_MAP) {
        hint_shape(reader, field, node, "a map");
        return;
    }
    struct word_list list = {ARENA_ARRAY(reader->arena, struct word, node->count), 0, node->count};
    static const struct field value_field = {.key = "words", .kind = FIELD_TEXT, .size = sizeof(struct text)};
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_entry *entry = &node->entries[i];
        if (word_find(entry->key->value) == WORD_COUNT) {
            hint_unknown_fixed_word(reader, entry->key);
        } else if (entry->value->kind != YAML_SCALAR) {
            hint_shape(reader, &value_field, entry->value, "one line of text");
        } else if (!is_empty(entry->value)) {
            struct word *word = &list.items[list.count++];
            word->key = (struct text){scalar_keep(reader, entry->key->value), entry->key->span};
            decode_scalar(reader, &value_field, entry->value, &word->value);
            check_slots(reader, &word->key, &word->value);
        }
    }
    memcpy(place, &list, sizeof list);
}

/* One item of a list, or the only value of a field. */
static void decode_value(struct reader *reader, const struct field *field, const struct yaml_node *node,
                         void *place)
{
    if (field->kind == FIELD_RECORD)
        decode_map(reader, field->record, node, place);
    else if (node->kind == YAML_SCALAR)
        decode_scalar(reader, field, node, place);
    else
        hint_shape(reader, field, node, hint_wanted(field->kind));
}

static void decode_items(struct reader *reader, const struct field *field, const struct yaml_node *node,
                         char *place)
{
    size_t size = fields_item_size(field);
    struct fields_list list = {arena_array(reader->arena, node->count, size), 0, node->count};
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *item = node->items[i];
        if (is_empty(item)) {
            diag_add(reader->diags, DIAG_EMPTY_VALUE, item->span, "an item of '%s' is empty", field->key);
            continue;
        }
        char *slot = (char *)list.items + size * list.count++;
        if (field->kind == FIELD_RECORD)
            fields_init(field->record, slot);
        decode_value(reader, field, item, slot);
    }
    memcpy(place, &list, sizeof list);
}

static void decode_rows(struct reader *reader, const struct field *field, const struct yaml_node *node,
                        char *place)
{
    struct table_row_list rows = {ARENA_ARRAY(reader->arena, struct table_row, node->count), 0, node->count};
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *line = node->items[i];
        if (line->kind != YAML_LIST) {
            hint_shape(reader, field, line, "a list of cells");
            continue;
        }
        struct table_row *row = &rows.items[rows.count++];
        *row = (struct table_row){ARENA_ARRAY(reader->arena, struct text, line->count), 0, line->count,
                                  line->span};
        for (size_t j = 0; j < line->count; j++) {
            struct text *cell = &row->items[row->count++];
            cell->at = line->items[j]->span;
            if (!is_empty(line->items[j]))
                decode_value(reader, field, line->items[j], cell);
        }
    }
    memcpy(place, &rows, sizeof rows);
}

static void decode_list(struct reader *reader, const struct field *field, const struct yaml_node *node,
                        const struct yaml_node *key, char *place)
{
    if (node->kind != YAML_LIST) {
        hint_shape(reader, field, node, field->shape == FIELD_ROWS ? "a list of rows" : "a list");
        return;
    }
    bool may_be_empty = !(field->flags & FIELD_NOT_EMPTY) || (field->flags & FIELD_PRUNED && reader->pruned);
    if (node->count == 0 && !may_be_empty) {
        struct diag *diag =
            diag_add(reader->diags, DIAG_EMPTY_VALUE, key->span, "'%s' needs at least one item", field->key);
        hint_empty_audience(reader, field, diag);
        return;
    }
    if (field->shape == FIELD_ROWS)
        decode_rows(reader, field, node, place);
    else
        decode_items(reader, field, node, place);
}

static void decode_field(struct reader *reader, const struct field *field, const struct yaml_entry *entry,
                         char *owner)
{
    const struct yaml_node *node = entry->value;
    char *place = owner + field->offset;
    if (is_empty(node)) {
        if (field->kind == FIELD_COLOUR) {
            struct diag *diag =
                diag_add(reader->diags, DIAG_BAD_COLOUR, entry->key->span, "'%s' is empty", field->key);
            diag_hint(reader->diags, diag, "without quotes '#' begins a comment: write \"#0b3d5c\"");
        }
        if (field->shape == FIELD_ONE_OR_MANY && field->flags & FIELD_NOT_EMPTY) {
            struct diag *diag =
                diag_add(reader->diags, DIAG_EMPTY_VALUE, entry->key->span, "'%s' is empty", field->key);
            hint_empty_audience(reader, field, diag);
        }
        if (field->flags & FIELD_REQUIRED) {
            struct diag *diag =
                diag_add(reader->diags, DIAG_EMPTY_VALUE, entry->key->span, "'%s' is empty", field->key);
            diag_hint(reader->diags, diag, "it takes %s",
                      field->shape == FIELD_ONE ? hint_wanted(field->kind) : "a list");
        }
        return;
    }
    if (field->at)
        memcpy(owner + field->at - 1, &node->span, sizeof node->span);
    if (field->has)
        memcpy(owner + field->has - 1, &(bool){true}, sizeof(bool));
    if (field->kind == FIELD_WORDS) {
        decode_words(reader, field, node, place);
    } else if (field->shape == FIELD_ONE) {
        decode_value(reader, field, node, place);
    } else if (field->shape == FIELD_ONE_OR_MANY && node->kind == YAML_SCALAR) {
        struct yaml_node *one = (struct yaml_node *)node;
        struct yaml_node list = {.kind = YAML_LIST, .span = node->span, .items = &one, .count = 1};
        decode_items(reader, field, &list, place);
    } else {
        decode_list(reader, field, node, entry->key, place);
    }
}

static void decode_short_form(struct reader *reader, const struct record *record,
                              const struct yaml_node *node, char *place)
{
    const struct field *field = fields_find(record, str_from(record->short_form));
    decode_scalar(reader, field, node, place + field->offset);
}

static void report_missing(struct reader *reader, const struct record *record, const struct yaml_node *node,
                           uint64_t seen)
{
    for (size_t i = 0; i < record->count; i++)
        if ((record->fields[i].flags & FIELD_REQUIRED) && !(seen & (uint64_t)1 << i))
            hint_missing(reader, record, &record->fields[i], node);
}

static void decode_entries(struct reader *reader, const struct record *record, const struct yaml_node *node,
                           char *place)
{
    uint64_t seen = 0;
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_entry *entry = &node->entries[i];
        const struct field *field = fields_find(record, entry->key->value);
        if (!field) {
            seen |= hint_unknown_key(reader, record, node, entry);
            continue;
        }
        seen |= (uint64_t)1 << (field - record->fields);
        decode_field(reader, field, entry, place);
    }
    report_missing(reader, record, node, seen);
}

static void decode_map(struct reader *reader, const struct record *record, const struct yaml_node *node,
                       void *place)
{
    if (record->span)
        memcpy((char *)place + record->span - 1, &node->span, sizeof node->span);
    if (node->kind == YAML_SCALAR && record->short_form)
        decode_short_form(reader, record, node, place);
    else if (node->kind == YAML_MAP)
        decode_entries(reader, record, node, place);
    else
        hint_shape_of_map(reader, record, node);
}

static const struct yaml_entry *entry_of(const struct yaml_node *map, const char *key)
{
    for (size_t i = 0; map->kind == YAML_MAP && i < map->count; i++)
        if (str_is(map->entries[i].key->value, key))
            return &map->entries[i];
    return NULL;
}

static bool says(const struct yaml_entry *entry, const char *value)
{
    return entry && entry->value->kind == YAML_SCALAR && str_is(entry->value->value, value);
}

/* A file of another kind than was asked for: one error instead of one for each of its keys. */
static bool is_other_kind(struct reader *reader, const struct record *wanted, const struct yaml_node *root)
{
    static const enum file_kind kinds[] = {FILE_NEWSLETTER, FILE_SPEC, FILE_HOUSE, FILE_RUN};
    if (entry_of(root, wanted->fields[0].key))
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct record *other = fields_of(kinds[i]);
        const struct yaml_entry *entry = entry_of(root, other->fields[0].key);
        if (!says(entry, "1")) /* `house: FILE` is a key of runs */
            continue;
        struct diag *diag = diag_add(reader->diags, DIAG_WRONG_SHAPE, entry->key->span,
                                     "this is %s, and %s is wanted here", other->noun, wanted->noun);
        diag_hint(reader->diags, diag, "%s begins with the line '%s: 1'", wanted->noun,
                  wanted->fields[0].key);
        return true;
    }
    return false;
}

struct span decode_file(struct reader *reader, void *place)
{
    const struct record *record = fields_of(reader->kind);
    fields_init(record, place);
    struct arena scratch;
    arena_init(&scratch);
    reader->scratch = &scratch;
    struct span start = span_at(reader->source, 0, 0);
    struct yaml_node *root = yaml_parse(&scratch, reader->source, reader->diags);
    if (root && !is_other_kind(reader, record, root)) {
        reader->pruned = reader->kind == FILE_SPEC && says(entry_of(root, "pruned"), "true");
        decode_map(reader, record, root, place);
        start = root->kind == YAML_MAP && root->count ? root->entries[0].key->span : root->span;
    }
    reader->scratch = NULL;
    arena_done(&scratch);
    return start;
}
