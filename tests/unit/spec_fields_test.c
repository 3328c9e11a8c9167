/* The tables of fields.def fit the structs of the model, and the printed forms hold every key. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "spec/fields.h"

static const enum file_kind file_kinds[] = {FILE_SPEC, FILE_HOUSE, FILE_RUN, FILE_NEWSLETTER, FILE_ROSTER};

static size_t size_of_kind(const struct field *field)
{
    switch (field->kind) {
    case FIELD_PROSE:
        return sizeof(struct prose *);
    case FIELD_PICTURE: /* by its first member, or whole */
        return field->size == sizeof(struct text) ? field->size : sizeof(struct picture);
    case FIELD_DATE:
    case FIELD_LOOSE_DATE:
        return sizeof(struct dated);
    case FIELD_EDITION:
        return sizeof(struct edition_id);
    case FIELD_SCORE:
        return sizeof(struct score);
    case FIELD_LIKELIHOOD:
        return sizeof(struct likelihood);
    case FIELD_CHOICE:
        return sizeof(enum level);
    case FIELD_LETTER:
        return sizeof(char);
    case FIELD_BOOL:
        return sizeof(bool);
    case FIELD_WORDS:
        return sizeof(struct word_list);
    case FIELD_RECORD:
        return field->record->size;
    default:
        return sizeof(struct text);
    }
}

static void check_record(const struct record *record, int depth)
{
    assert_true(depth < 8);
    assert_true(record->count > 0 && record->count <= 64);
    for (size_t i = 0; i < record->count; i++) {
        const struct field *field = &record->fields[i];
        assert_ptr_equal(fields_find(record, str_from(field->key)), field);
        assert_true(strlen(field->doc) > 3);
        assert_true(field->offset + field->size <= record->size);
        assert_true((field->kind == FIELD_CHOICE || field->kind == FIELD_LETTER) == (field->choices != NULL));
        bool here = field->kind == FIELD_RECORD && field->size == 0; /* MAP_HERE: the same struct */
        if (field->kind != FIELD_VERSION && field->shape != FIELD_ONE)
            assert_true(field->size >= sizeof(struct fields_list));
        else if (field->kind != FIELD_VERSION && !here && strcmp(field->key, "copy") != 0)
            assert_int_equal(field->size, size_of_kind(field));
        if (field->kind == FIELD_PICTURE)
            assert_true(field->offset + sizeof(struct picture) <= record->size);
        if (field->kind == FIELD_RECORD)
            check_record(field->record, depth + 1);
    }
    if (record->short_form)
        assert_non_null(fields_find(record, str_from(record->short_form)));
}

static void test_tables_fit_the_model(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof file_kinds / sizeof file_kinds[0]; i++)
        check_record(fields_of(file_kinds[i]), 0);
    assert_null(fields_of(FILE_UNKNOWN));
    assert_null(fields_find(fields_of(FILE_SPEC), STR("confidnce")));
}

static void test_not_given(void **state)
{
    (void)state;
    struct spec spec = {0};
    fields_init(fields_of(FILE_SPEC), &spec);
    assert_int_equal(spec.confidence.score.hundredths, -1);
    const struct field *scale = fields_find(fields_of(FILE_HOUSE), STR("scale"));
    const struct field *bands = fields_find(scale->record, STR("bands"));
    struct band band = {0};
    fields_init(bands->record, &band);
    assert_true(band.publish);
    assert_int_equal(band.from.hundredths, -1);
}

static void test_terms_are_pairs(void **state)
{
    (void)state;
    assert_int_equal(fields_term_count, 14);
    for (size_t i = 0; i < fields_term_count; i++)
        assert_int_equal(fields_terms[i].step, LIKELIHOOD_REMOTE + i / 2);
}

static void test_printed_forms_hold_every_key(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof file_kinds / sizeof file_kinds[0]; i++) {
        const struct record *record = fields_of(file_kinds[i]);
        struct buf schema = {0}, reference = {0};
        spec_schema(&schema, file_kinds[i]);
        spec_reference(&reference, file_kinds[i]);
        buf_char(&schema, 0);
        buf_char(&reference, 0);
        for (size_t j = 0; j < record->count; j++) {
            char key[80];
            snprintf(key, sizeof key, "| `%s` |", record->fields[j].key);
            assert_non_null(strstr(reference.p, key));
            snprintf(key, sizeof key, "\"%s\": {", record->fields[j].key);
            if (file_kinds[i] != FILE_ROSTER)
                assert_non_null(strstr(schema.p, key));
        }
        buf_done(&schema);
        buf_done(&reference);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables_fit_the_model),
        cmocka_unit_test(test_not_given),
        cmocka_unit_test(test_terms_are_pairs),
        cmocka_unit_test(test_printed_forms_hold_every_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
