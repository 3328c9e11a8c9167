/* Writing a spec along the tables of fields.def. */
#include "spec/spec_write.h"

#include <string.h>

#include "base/decimal.h"
#include "prose/prose.h"
#include "spec/fields.h"
#include "spec/scalar_write.h"

enum { STEP = 2 }; /* columns a level is indented by */

struct writer {
    struct buf *out;
    size_t start;       /* of what is written, in out */
    struct buf prose;   /* the one that is being written */
    struct arena arena; /* for the forms of dates and scores */
    struct str audience;
};

static void write_fields(struct writer *writer, const struct record *record, const char *place,
                         size_t indent);

/* Begins a line, unless it is begun: what follows "- " or stands at the very start. */
static void begin_line(struct writer *writer, size_t indent)
{
    struct buf *out = writer->out;
    size_t written = out->n - writer->start;
    if (written >= 2 && memcmp(out->p + out->n - 2, "- ", 2) == 0)
        return;
    if (written)
        buf_char(out, '\n');
    buf_repeat(out, ' ', indent);
}

static void write_key(struct writer *writer, const struct field *field, size_t indent)
{
    begin_line(writer, indent);
    buf_text(writer->out, field->key);
    buf_char(writer->out, ':');
}

static struct str choice_word(const struct choices *choices, int value)
{
    for (size_t i = 0; i < choices->count; i++)
        if (choices->items[i].value == value)
            return str_from(choices->items[i].word);
    return (struct str){0};
}

static struct str file_name(struct str path)
{
    size_t from = path.n;
    while (from && path.p[from - 1] != '/')
        from--;
    return str_slice(path, from, path.n);
}

static struct str enum_word(const struct field *field, const char *place)
{
    int value = (unsigned char)*place;
    if (field->kind == FIELD_CHOICE)
        memcpy(&value, place, sizeof value);
    return choice_word(field->choices, value);
}

static struct str date_word(struct arena *arena, const char *place)
{
    struct dated dated;
    memcpy(&dated, place, sizeof dated);
    return date_is_set(dated.date) ? date_iso(arena, dated.date) : (struct str){0};
}

static struct str score_word(struct arena *arena, const char *place)
{
    struct score score;
    memcpy(&score, place, sizeof score);
    return score.hundredths < 0 ? (struct str){0} : score_format(arena, score.hundredths);
}

static struct str edition_word(struct arena *arena, const char *place)
{
    struct edition_id edition;
    memcpy(&edition, place, sizeof edition);
    return edition_format(arena, edition);
}

static struct str likelihood_word(const char *place)
{
    struct likelihood likelihood;
    memcpy(&likelihood, place, sizeof likelihood);
    return likelihood.step == LIKELIHOOD_NONE ? (struct str){0} : likelihood.term;
}

static struct str bool_word(const struct field *field, const char *place)
{
    bool value;
    memcpy(&value, place, sizeof value);
    return value == ((field->flags & FIELD_TRUE) != 0) ? (struct str){0} : value ? STR("true") : STR("false");
}

/* The value in one line, empty when it is not given; *typed when it is no text of the writer of the spec. */
static struct str value_word(struct writer *writer, const struct field *field, const char *place, bool *typed)
{
    struct text text;
    *typed = true;
    switch (field->kind) {
    case FIELD_VERSION:
        return STR("1");
    case FIELD_CHOICE:
    case FIELD_LETTER:
        return enum_word(field, place);
    case FIELD_DATE:
    case FIELD_LOOSE_DATE:
        return date_word(&writer->arena, place);
    case FIELD_SCORE:
        return score_word(&writer->arena, place);
    case FIELD_EDITION:
        return edition_word(&writer->arena, place);
    case FIELD_LIKELIHOOD:
        return likelihood_word(place);
    case FIELD_BOOL:
        return bool_word(field, place);
    case FIELD_WORDS:
    case FIELD_PROSE:
    case FIELD_RECORD:
        return (struct str){0};
    default:
        *typed = false;
        memcpy(&text, place, sizeof text);
        return field->kind == FIELD_PICTURE ? file_name(text.s) : text.s;
    }
}

static const struct prose *prose_at(const char *place)
{
    return *(struct prose *const *)(const void *)place;
}

static void write_prose(struct writer *writer, const char *place, size_t indent)
{
    buf_clear(&writer->prose);
    prose_write(&writer->prose, prose_at(place));
    scalar_write_text(writer->out, buf_view(&writer->prose), indent);
}

/* False, and nothing written, when it is not given. What stands before the value is a key, "- " or "["
 * already. */
static bool write_scalar(struct writer *writer, const struct field *field, const char *place, size_t indent)
{
    bool typed;
    if (field->kind == FIELD_PROSE) {
        write_prose(writer, place, indent);
        return true;
    }
    struct str word = value_word(writer, field, place, &typed);
    if (typed)
        buf_str(writer->out, word);
    else
        scalar_write_line(writer->out, word);
    return word.n != 0;
}

static bool is_prose_given(const char *place)
{
    const struct prose *prose = prose_at(place);
    return prose && prose->count;
}

/* ---- lists */

static void write_words(struct writer *writer, const struct field *field, const char *items, size_t count)
{
    size_t size = fields_item_size(field);
    buf_char(writer->out, '[');
    for (size_t i = 0; i < count; i++) {
        buf_text(writer->out, i ? ", " : "");
        write_scalar(writer, field, items + i * size, 0);
    }
    buf_char(writer->out, ']');
}

/* Whether nothing is given but what a plain value in the map's place stands for. */
static bool is_short(struct writer *writer, const struct record *record, const char *place)
{
    if (!record->short_form)
        return false;
    for (size_t i = 0; i < record->count; i++) {
        const struct field *field = &record->fields[i];
        const char *value = place + field->offset;
        bool typed, given;
        if (strcmp(field->key, record->short_form) == 0)
            continue;
        if (field->shape != FIELD_ONE)
            given = fields_list_at(value).count || (field->kind == FIELD_TIER && writer->audience.n);
        else
            given = field->kind == FIELD_PROSE ? is_prose_given(value)
                                               : value_word(writer, field, value, &typed).n != 0;
        if (given)
            return false;
    }
    return true;
}

static const struct field *short_field(const struct record *record)
{
    return fields_find(record, str_from(record->short_form));
}

static void write_item(struct writer *writer, const struct record *record, const char *place, size_t indent)
{
    if (is_short(writer, record, place))
        write_scalar(writer, short_field(record), place + short_field(record)->offset, indent);
    else
        write_fields(writer, record, place, indent);
}

static void write_rows(struct writer *writer, const char *place, size_t indent)
{
    struct table_row_list rows;
    memcpy(&rows, place, sizeof rows);
    for (size_t i = 0; i < rows.count; i++) {
        begin_line(writer, indent);
        buf_text(writer->out, "- [");
        for (size_t j = 0; j < rows.items[i].count; j++) {
            buf_text(writer->out, j ? ", " : "");
            scalar_write_line(writer->out, rows.items[i].items[j].s);
        }
        buf_char(writer->out, ']');
    }
}

static void write_list(struct writer *writer, const struct field *field, const char *place, size_t indent)
{
    struct fields_list list = fields_list_at(place);
    if (list.count == 0 && field->kind == FIELD_TIER && writer->audience.n) {
        write_key(writer, field, indent);
        buf_char(writer->out, ' ');
        scalar_write_line(writer->out, writer->audience);
    }
    if (list.count == 0 && field->flags & FIELD_REQUIRED) { /* all of it was for others */
        write_key(writer, field, indent);
        buf_text(writer->out, " []");
    }
    if (list.count == 0)
        return;
    write_key(writer, field, indent);
    if (field->shape == FIELD_ROWS) {
        write_rows(writer, place, indent + STEP);
    } else if (field->kind == FIELD_RECORD) {
        const char *item = list.items;
        for (size_t i = 0; i < list.count; i++, item += field->record->size) {
            begin_line(writer, indent + STEP);
            buf_text(writer->out, "- ");
            write_item(writer, field->record, item, indent + 2 * STEP);
        }
    } else {
        buf_char(writer->out, ' ');
        write_words(writer, field, list.items, list.count);
    }
}

/* ---- fields */

/* A map of which nothing is given leaves no key. */
static void write_map(struct writer *writer, const struct field *field, const char *place, size_t indent)
{
    size_t before = writer->out->n;
    struct str audience = writer->audience;
    writer->audience = (struct str){0}; /* what stands in a thing is for those who read the thing */
    write_key(writer, field, indent);
    size_t empty = writer->out->n;
    if (is_short(writer, field->record, place)) {
        const struct field *only = short_field(field->record);
        if (is_prose_given(place + only->offset)) {
            buf_char(writer->out, ' ');
            write_scalar(writer, only, place + only->offset, indent + STEP);
        }
    } else {
        write_fields(writer, field->record, place, indent + STEP);
    }
    if (writer->out->n == empty)
        writer->out->n = before;
    writer->audience = audience;
}

static bool is_left_out(const struct field *field, const char *owner)
{
    bool has = true;
    if (field->has)
        memcpy(&has, owner + field->has - 1, sizeof has);
    return !has;
}

static void write_field(struct writer *writer, const struct field *field, const char *owner, size_t indent)
{
    const char *place = owner + field->offset;
    if (is_left_out(field, owner))
        return;
    if (field->shape != FIELD_ONE) {
        write_list(writer, field, place, indent);
        return;
    }
    if (field->kind == FIELD_RECORD) {
        write_map(writer, field, place, indent);
        return;
    }
    if (field->kind == FIELD_PROSE && !is_prose_given(place))
        return;
    size_t before = writer->out->n;
    write_key(writer, field, indent);
    buf_char(writer->out, ' ');
    if (!write_scalar(writer, field, place, indent + STEP))
        writer->out->n = before;
}

/* The tables bound the depth. */
static void write_fields(struct writer *writer, const struct record *record, const char *place, size_t indent)
{
    for (size_t i = 0; i < record->count; i++)
        write_field(writer, &record->fields[i], place, indent);
}

void spec_write(struct buf *out, const struct spec *spec, struct str audience)
{
    struct writer writer = {.out = out, .start = out->n, .audience = audience};
    arena_init(&writer.arena);
    write_fields(&writer, fields_of(FILE_SPEC), (const char *)spec, 0);
    buf_char(out, '\n');
    buf_done(&writer.prose);
    arena_done(&writer.arena);
}
