/* The tables of fields.def as a page for people: Markdown. */
#include <string.h>

#include "base/buf.h"
#include "model/words.h"
#include "spec/fields.h"

enum { MOST_TABLES = 64 };

/* Tables in the order in which they are first named, each once. */
struct pages {
    const struct record *items[MOST_TABLES];
    size_t count;
};

static void gather(struct pages *pages, const struct record *record)
{
    for (size_t i = 0; i < pages->count; i++)
        if (pages->items[i] == record)
            return;
    if (pages->count < MOST_TABLES)
        pages->items[pages->count++] = record;
}

static const char *const kind_names[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = "text",
    [FIELD_PROSE] = "prose",
    [FIELD_SLUG] = "slug",
    [FIELD_ID] = "id",
    [FIELD_TIER] = "tier",
    [FIELD_REF] = "id of a source",
    [FIELD_URL] = "url",
    [FIELD_EMAIL] = "address for mail",
    [FIELD_LANGUAGE] = "language tag",
    [FIELD_COLOUR] = "colour (`\"#0b3d5c\"`)",
    [FIELD_PATH] = "path",
    [FIELD_SIZE] = "size (`5 MB`)",
    [FIELD_HYPHENATED] = "hyphenated word",
    [FIELD_PICTURE] = "path of a picture",
    [FIELD_DATE] = "date",
    [FIELD_LOOSE_DATE] = "loose date",
    [FIELD_EDITION] = "edition",
    [FIELD_SCORE] = "score",
    [FIELD_LIKELIHOOD] = "likelihood",
    [FIELD_BOOL] = "`true` or `false`",
    [FIELD_VERSION] = "`1`",
    [FIELD_WORDS] = "map of fixed words, see below",
};

static void write_value(struct buf *out, const struct field *field)
{
    if (field->kind == FIELD_RECORD) {
        buf_printf(out, "[%s](#%s)", field->record->name, field->record->name);
    } else if (field->choices) {
        for (size_t i = 0; i < field->choices->count; i++)
            buf_printf(out, "%s`%s`", i ? " " : "", field->choices->items[i].word);
    } else {
        buf_text(out, kind_names[field->kind]);
    }
}

static void write_field(struct buf *out, const struct field *field)
{
    buf_printf(out, "| `%s` | ", field->key);
    if (field->shape == FIELD_MANY)
        buf_text(out, "list of ");
    else if (field->shape == FIELD_ROWS)
        buf_text(out, "list of lists of ");
    write_value(out, field);
    if (field->shape == FIELD_ONE_OR_MANY)
        buf_text(out, ", or a list of them");
    buf_printf(out, " | %s | %s |\n",
               field->flags & FIELD_REQUIRED && field->flags & FIELD_NOT_EMPTY ? "yes, at least one"
               : field->flags & FIELD_REQUIRED                                 ? "yes"
                                                                               : "",
               field->doc);
}

static void write_words_told(struct buf *out, const struct record *record)
{
    for (size_t i = 0; i < record->count; i++) {
        const struct choices *choices = record->fields[i].choices;
        if (!choices || !*choices->items[0].doc)
            continue;
        buf_printf(out, "\nThe words of `%s`:\n\n", record->fields[i].key);
        for (size_t j = 0; j < choices->count; j++)
            buf_printf(out, "- `%s`%s%s\n", choices->items[j].word, *choices->items[j].doc ? ": " : "",
                       choices->items[j].doc);
    }
}

static void write_table(struct buf *out, const struct record *record, bool first)
{
    if (!first) {
        buf_printf(out, "\n## %s\n", record->name);
        if (record->short_form)
            buf_printf(out, "\n%s may be written as its `%s` alone.\n", record->noun, record->short_form);
    }
    buf_text(out, "\n| key | takes | required | meaning |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < record->count; i++)
        write_field(out, &record->fields[i]);
    write_words_told(out, record);
}

static void write_likelihoods(struct buf *out)
{
    buf_text(out, "\n## likelihood\n\nThe seven steps of ICD 203, by either term:\n\n");
    for (size_t i = 0; i + 1 < fields_term_count; i += 2)
        buf_printf(out, "- %s, %s\n", fields_terms[i].term, fields_terms[i + 1].term);
}

static void write_fixed_words(struct buf *out)
{
    buf_text(out, "\n## words\n\nWhat stands in {braces} is filled in, and must stay.\n\n| key | English "
                  "|\n| --- | --- |\n");
    for (size_t i = 0; i < WORD_COUNT; i++)
        buf_printf(out, "| `%s` | " STR_FMT " |\n", word_key((enum word_id)i),
                   STR_ARG(word_english((enum word_id)i)));
}

void spec_reference(struct buf *out, enum file_kind kind)
{
    const struct record *root = fields_of(kind);
    if (!root)
        return;
    struct pages pages = {.count = 0};
    bool likelihood = false, words = false;
    gather(&pages, root);
    for (size_t i = 0; i < pages.count; i++)
        for (size_t j = 0; j < pages.items[i]->count; j++) {
            const struct field *field = &pages.items[i]->fields[j];
            if (field->kind == FIELD_RECORD)
                gather(&pages, field->record);
            likelihood = likelihood || field->kind == FIELD_LIKELIHOOD;
            words = words || field->kind == FIELD_WORDS;
        }
    buf_printf(out, "# The keys of %s\n", kind == FILE_ROSTER ? "a roster" : root->noun);
    for (size_t i = 0; i < pages.count; i++)
        write_table(out, pages.items[i], i == 0);
    if (likelihood)
        write_likelihoods(out);
    if (words)
        write_fixed_words(out);
}
