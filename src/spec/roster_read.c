/* Reading a roster: one member a line, its columns in any order. */
#include <stdlib.h>
#include <string.h>

#include "spec/decode.h"
#include "spec/idmap.h"
#include "spec/roster_csv.h"
#include "spec/syntax.h"
#include "spec/tiers.h"

enum { MOST_COLUMNS = 64 };

struct columns {
    const struct field *fields[MOST_COLUMNS]; /* of each column; NULL: not known */
    size_t count;
};

static struct str small_letters(struct arena *arena, struct str word)
{
    char *small = arena_alloc(arena, word.n + 1);
    for (size_t i = 0; i < word.n; i++)
        small[i] = syntax_lower(word.p[i]);
    return (struct str){small, word.n};
}

static bool is_heading(struct arena *arena, const struct record *record, const struct csv_row *row)
{
    for (size_t i = 0; i < row->count && i < MOST_COLUMNS; i++)
        if (fields_find(record, small_letters(arena, row->items[i].s)))
            return true;
    return false;
}

/* Of a heading line that is one field: what parts its columns, as spreadsheets of many countries write them,
 * or NULL. */
static const char *separator_of(struct str line)
{
    return memchr(line.p, ';', line.n) ? "semicolons" : memchr(line.p, '\t', line.n) ? "tabs" : NULL;
}

static void read_heading(struct reader *reader, const struct csv_row *row, struct columns *columns)
{
    const struct record *record = fields_of(FILE_ROSTER);
    struct str keys[MOST_COLUMNS];
    bool given[MOST_COLUMNS] = {0};
    for (size_t i = 0; i < record->count; i++)
        keys[i] = str_from(record->fields[i].key);
    columns->count = row->count;
    if (!is_heading(reader->arena, record,
                    row)) { /* a member's line, most likely: its fields are not to be told */
        struct diag *diag =
            diag_add(reader->diags, DIAG_ROSTER_COLUMN, row->span, "the first line names no column");
        const char *separator = row->count == 1 ? separator_of(row->items[0].s) : NULL;
        if (separator)
            diag_hint(reader->diags, diag, "columns are separated by commas, not by %s", separator);
        else
            diag_hint(reader->diags, diag, "columns are " STR_FMT,
                      STR_ARG(decode_alternatives(reader->arena, keys, record->count)));
        return;
    }
    for (size_t i = 0; i < row->count && i < MOST_COLUMNS; i++) {
        const struct text *name = &row->items[i];
        const struct field *field = fields_find(record, name->s);
        struct str shown = decode_shown(reader->arena, name->s);
        if (!field) {
            struct diag *diag = diag_add(reader->diags, DIAG_ROSTER_COLUMN, name->at,
                                         "unknown column '" STR_FMT "'", STR_ARG(shown));
            struct str near =
                decode_hint_nearest(reader->arena, reader->diags, diag, name->s, keys, record->count);
            if (near.n)
                given[fields_find(record, near) - record->fields] = true;
            else
                diag_hint(reader->diags, diag, "columns are " STR_FMT,
                          STR_ARG(decode_alternatives(reader->arena, keys, record->count)));
            continue;
        }
        for (size_t j = 0; j < i; j++)
            if (columns->fields[j] == field)
                diag_add(reader->diags, DIAG_ROSTER_COLUMN, name->at, "column '" STR_FMT "' stands twice",
                         STR_ARG(shown));
        columns->fields[i] = field;
        given[field - record->fields] = true;
    }
    if (row->count > MOST_COLUMNS)
        diag_add(reader->diags, DIAG_ROSTER_COLUMN, row->span, "the heading has %zu columns", row->count);
    for (size_t i = 0; i < record->count; i++)
        if ((record->fields[i].flags & FIELD_REQUIRED) && !given[i])
            diag_add(reader->diags, DIAG_ROSTER_COLUMN, row->span, "column '%s' is missing",
                     record->fields[i].key);
}

static bool is_gap(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* Rosters are long and stay in memory for the whole run: the list has just the room it needs. */
static void read_entities(struct reader *reader, const struct text *cell, struct member *member)
{
    static const struct field slug = {.key = "entities", .kind = FIELD_SLUG};
    size_t words = 0;
    for (size_t i = 0; i < cell->s.n; i++)
        words += !is_gap(cell->s.p[i]) && (i == 0 || is_gap(cell->s.p[i - 1]));
    member->entities = (struct text_list){ARENA_ARRAY(reader->arena, struct text, words), 0, words};
    for (size_t at = 0; at < cell->s.n;) {
        size_t end = at;
        while (end < cell->s.n && !is_gap(cell->s.p[end]))
            end++;
        struct str word = str_slice(cell->s, at, end);
        at = end + 1;
        if (str_is(word, "*")) {
            member->all_entities = true;
        } else if (word.n) {
            const struct yaml_node node = {.kind = YAML_SCALAR, .span = cell->at, .value = word};
            decode_scalar(reader, &slug, &node, ARENA_PUSH(reader->arena, &member->entities));
        }
    }
}

static void read_cell(struct reader *reader, const struct field *field, const struct text *cell,
                      struct member *member)
{
    if (str_trim(cell->s).n == 0) {
        if (field->flags & FIELD_REQUIRED)
            diag_add(reader->diags, DIAG_EMPTY_VALUE, cell->at, "'%s' is empty", field->key);
        return;
    }
    const struct yaml_node node = {.kind = YAML_SCALAR, .span = cell->at, .value = cell->s};
    if (field->shape == FIELD_MANY) {
        read_entities(reader, cell, member);
    } else if (field->kind == FIELD_CHOICE) {
        int value = true;
        decode_scalar(reader, field, &node, &value);
        member->personal_copy = value != 0;
    } else {
        decode_scalar(reader, field, &node, (char *)member + field->offset);
    }
}

struct roster_reader {
    struct reader reader;
    const struct house *house;
    struct member *members; /* by malloc: what a growing list leaves behind in an arena stays there */
    size_t count, cap;
    struct columns columns;
    bool headed;
};

static struct member *add_member(struct roster_reader *roster)
{
    if (roster->count == roster->cap) {
        roster->cap = roster->cap ? roster->cap * 2 : 64;
        roster->members = base_realloc(roster->members, roster->cap * sizeof *roster->members);
    }
    struct member *member = &roster->members[roster->count++];
    *member = (struct member){.personal_copy = true};
    return member;
}

static void read_row(void *context, const struct csv_row *row)
{
    struct roster_reader *roster = context;
    struct reader *reader = &roster->reader;
    const struct columns *columns = &roster->columns;
    if (!roster->headed) {
        roster->headed = true;
        read_heading(reader, row, &roster->columns);
        return;
    }
    if (row->count != columns->count) {
        struct diag *diag =
            diag_add(reader->diags, DIAG_ROSTER_ROW, row->span,
                     "this line has %zu fields, and the heading %zu", row->count, columns->count);
        diag_hint(reader->diags, diag,
                  row->count > columns->count ? "a field with a comma wants quotes"
                                              : "an empty field keeps its comma");
        return;
    }
    struct member *member = add_member(roster);
    member->span = row->span;
    for (size_t i = 0; i < row->count && i < MOST_COLUMNS; i++)
        if (columns->fields[i])
            read_cell(reader, columns->fields[i], &row->items[i], member);
    if (roster->house)
        tiers_check(reader->arena, roster->house, &member->tier, reader->diags);
}

static void check_ids(const struct roster *roster, struct diags *diags)
{
    struct arena scratch;
    struct idmap seen;
    arena_init(&scratch);
    idmap_init(&seen, &scratch, roster->members.count);
    for (size_t i = 0; i < roster->members.count; i++) {
        const struct text *id = &roster->members.items[i].id;
        size_t first = id->s.n ? idmap_add(&seen, syntax_lower_copy(&scratch, id->s), i) : i;
        if (first == i)
            continue;
        struct diag *diag =
            diag_add(diags, DIAG_DUPLICATE_ID, id->at, "there are two members '" STR_FMT "'", STR_ARG(id->s));
        diag_note(diags, diag, roster->members.items[first].id.at, "the first one");
    }
    arena_done(&scratch);
}

struct roster *roster_read(struct arena *arena, struct diag_source *source, const struct house *house,
                           struct diags *diags)
{
    size_t errors = diags->errors;
    struct roster_reader context = {
        .reader = {.arena = arena, .diags = diags, .source = source, .kind = FILE_ROSTER},
        .house = house,
    };
    struct roster *roster = ARENA_NEW(arena, struct roster);
    roster->source = source;
    source->confidential = true;
    struct str text = yaml_check_text(arena, source, diags);
    csv_read(arena, source, text, diags, read_row, &context);
    if (!context.headed && diags->errors == errors)
        diag_add(diags, DIAG_ROSTER_COLUMN, span_at(source, 0, 0), "the roster has no heading line");
    roster->members =
        (struct member_list){ARENA_ARRAY(arena, struct member, context.count), context.count, context.count};
    if (context.count)
        memcpy(roster->members.items, context.members, context.count * sizeof *context.members);
    free(context.members);
    check_ids(roster, diags);
    return diags->errors == errors ? roster : NULL;
}
