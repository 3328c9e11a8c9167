/* The tables of fields.def as data, and walking over them. */
#include "spec/fields.h"

#include <stddef.h>
#include <string.h>

/* Every pass over fields.def gives some of these macros a meaning and leaves the others empty. */
#define CHOICES(name, noun) static const struct choice choices_##name##_items[] = {
#define CHOICE(word, value, doc) {word, (int)(value), doc},
#define CHOICES_END(name) };
#define TABLE(name, tag, noun)
#define FIELD(tag, member, key, kind, shape, flags, ...)
#define ENUM(tag, member, key, kind, shape, choices, flags, ...)
#define MAP(tag, member, key, table, shape, flags, ...)
#define MAP_HERE(key, table, flags, doc)
#define TABLE_END(name, tag, span, short_form)
#include "spec/fields.def"
#undef CHOICES
#undef CHOICE
#undef CHOICES_END
#undef TABLE

#define CHOICES(name, noun)                                                                                            \
    static const struct choices choices_##name = {#name, noun, choices_##name##_items,                                 \
                                                  sizeof choices_##name##_items / sizeof choices_##name##_items[0]};
#define CHOICE(word, value, doc)
#define CHOICES_END(name)
#define TABLE(name, tag, noun) static const struct record record_##name;
#include "spec/fields.def"
#undef CHOICES
#undef TABLE
#undef FIELD
#undef ENUM
#undef MAP
#undef MAP_HERE
#undef TABLE_END

#define PLACE(tag, member) (offsetof(struct tag, member) + 1)
#define LANDS(tag, member) .offset = offsetof(struct tag, member), .size = sizeof(((struct tag *)0)->member)
#define CHOICES(name, noun)
#define TABLE(name, tag, noun) static const struct field fields_##name[] = {
#define FIELD(tag, member, name, what, form, flag, ...)                                                                \
    {.key = name, .kind = FIELD_##what, .shape = FIELD_##form, .flags = flag, LANDS(tag, member), .doc = __VA_ARGS__},
#define ENUM(tag, member, name, what, form, set, flag, ...)                                                            \
    {.key = name, .kind = FIELD_##what, .shape = FIELD_##form, .flags = flag, LANDS(tag, member),                      \
     .choices = &choices_##set, .doc = __VA_ARGS__},
#define MAP(tag, member, name, table, form, flag, ...)                                                                 \
    {.key = name, .kind = FIELD_RECORD, .shape = FIELD_##form, .flags = flag, LANDS(tag, member),                      \
     .record = &record_##table, .doc = __VA_ARGS__},
#define MAP_HERE(name, table, flag, text)                                                                              \
    {.key = name, .kind = FIELD_RECORD, .flags = flag, .record = &record_##table, .doc = text},
#define TABLE_END(name, tag, span, short_form) };
#include "spec/fields.def"
#undef TABLE
#undef FIELD
#undef ENUM
#undef MAP
#undef MAP_HERE
#undef TABLE_END

#define TABLE(name, tag, noun) static const struct record record_##name = {#name, noun,
#define FIELD(tag, member, key, kind, shape, flags, ...)
#define ENUM(tag, member, key, kind, shape, choices, flags, ...)
#define MAP(tag, member, key, table, shape, flags, ...)
#define MAP_HERE(key, table, flags, doc)
#define TABLE_END(name, tag, span, short_form)                                                                         \
    fields_##name, sizeof fields_##name / sizeof fields_##name[0], sizeof(struct tag), span, short_form};
#include "spec/fields.def"

const struct fields_term fields_terms[] = {
    {"almost no chance", LIKELIHOOD_REMOTE},       {"remote", LIKELIHOOD_REMOTE},
    {"very unlikely", LIKELIHOOD_VERY_UNLIKELY},   {"highly improbable", LIKELIHOOD_VERY_UNLIKELY},
    {"unlikely", LIKELIHOOD_UNLIKELY},             {"improbable", LIKELIHOOD_UNLIKELY},
    {"roughly even chance", LIKELIHOOD_EVEN},      {"roughly even odds", LIKELIHOOD_EVEN},
    {"likely", LIKELIHOOD_LIKELY},                 {"probable", LIKELIHOOD_LIKELY},
    {"very likely", LIKELIHOOD_VERY_LIKELY},       {"highly probable", LIKELIHOOD_VERY_LIKELY},
    {"almost certain", LIKELIHOOD_ALMOST_CERTAIN}, {"nearly certain", LIKELIHOOD_ALMOST_CERTAIN},
};
const size_t fields_term_count = sizeof fields_terms / sizeof fields_terms[0];

const struct record *fields_of(enum file_kind kind)
{
    switch (kind) {
    case FILE_SPEC:
        return &record_spec;
    case FILE_HOUSE:
        return &record_house;
    case FILE_RUN:
        return &record_run;
    case FILE_NEWSLETTER:
        return &record_newsletter;
    case FILE_ROSTER:
        return &record_member;
    case FILE_UNKNOWN:
        break;
    }
    return NULL;
}

const struct field *fields_find(const struct record *record, struct str key)
{
    for (size_t i = 0; i < record->count; i++)
        if (record->fields[i].key[0] == (key.n ? key.p[0] : 0) && str_is(key, record->fields[i].key))
            return &record->fields[i];
    return NULL;
}

size_t fields_item_size(const struct field *field)
{
    if (field->shape == FIELD_ONE)
        return field->size;
    if (field->shape == FIELD_ROWS)
        return sizeof(struct table_row);
    if (field->kind == FIELD_RECORD)
        return field->record->size;
    return field->kind == FIELD_CHOICE ? sizeof(struct align_cell) : sizeof(struct text);
}

struct fields_list fields_list_at(const void *place)
{
    /* The lists of the model differ only in what items points to; a copy keeps clear of aliasing. */
    _Static_assert(sizeof(struct fields_list) == sizeof(struct text_list), "lists begin alike");
    struct fields_list list;
    memcpy(&list, place, sizeof list);
    return list;
}

void fields_init(const struct record *record, void *place)
{
    char *base = place;
    for (size_t i = 0; i < record->count; i++) {
        const struct field *field = &record->fields[i];
        if (field->shape != FIELD_ONE)
            continue;
        if (field->kind == FIELD_SCORE)
            memcpy(base + field->offset, &(struct score){.hundredths = -1}, sizeof(struct score));
        else if (field->kind == FIELD_BOOL)
            memcpy(base + field->offset, &(bool){(field->flags & FIELD_TRUE) != 0}, sizeof(bool));
        else if (field->kind == FIELD_RECORD)
            fields_init(field->record, base + field->offset);
    }
}

static void walk_rows(const struct field *field, const char *place, fields_visit *visit, void *context,
                      const struct record *record, const void *owner)
{
    struct table_row_list rows;
    memcpy(&rows, place, sizeof rows);
    for (size_t i = 0; i < rows.count; i++)
        for (size_t j = 0; j < rows.items[i].count; j++)
            visit(context, field, &rows.items[i].items[j], record, owner);
}

void fields_walk(const struct record *record, const void *place, fields_visit *visit, void *context)
{
    const char *base = place;
    for (size_t i = 0; i < record->count; i++) {
        const struct field *field = &record->fields[i];
        const char *value = base + field->offset;
        if (field->kind == FIELD_VERSION || field->kind == FIELD_WORDS)
            continue;
        if (field->shape == FIELD_ROWS) {
            walk_rows(field, value, visit, context, record, place);
            continue;
        }
        struct fields_list list = {.count = 1};
        size_t size = fields_item_size(field);
        if (field->shape != FIELD_ONE) {
            list = fields_list_at(value);
            value = list.items;
        }
        for (size_t j = 0; j < list.count; j++, value += size) {
            if (field->kind == FIELD_RECORD)
                fields_walk(field->record, value, visit, context);
            else
                visit(context, field, value, record, place);
        }
    }
}
