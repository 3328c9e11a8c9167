/* Every field of the model has a row in the table that editions are copied by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "edition/shape.h"
#include "model/spec.h"

/* Marks the bytes of each member; what stays unmarked may be padding only, less than a pointer wide. */
static void check_shape(const struct shape *shape, size_t depth)
{
    assert_true(depth < 8);
    unsigned char *covered = calloc(1, shape->size);
    assert_non_null(covered);
    for (size_t i = 0; i < shape->count; i++) {
        const struct member *member = &shape->members[i];
        assert_true(member->offset + member->size <= shape->size);
        for (size_t j = 0; j < member->size; j++) {
            assert_int_equal(covered[member->offset + j], 0);
            covered[member->offset + j] = 1;
        }
        if (member->shape)
            check_shape(member->shape, depth + 1);
    }
    size_t gap = 0;
    for (size_t i = 0; i < shape->size; i++) {
        gap = covered[i] ? 0 : gap + 1;
        assert_true(gap < sizeof(void *));
    }
    free(covered);
}

static void every_field_has_a_row(void **state)
{
    (void)state;
    assert_int_equal(shape_spec.size, sizeof(struct spec));
    check_shape(&shape_spec, 0);
}

/* Anything with an audience is filtered by it: the row of its shape says so. */
static void check_audiences(const struct shape *shape, size_t *filtered)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct member *member = &shape->members[i];
        if (!member->shape)
            continue;
        if (member->shape->audience_rule != AUDIENCE_NONE) {
            assert_true(member->shape->audience < member->shape->size);
            ++*filtered;
        }
        check_audiences(member->shape, filtered);
    }
}

static void things_with_an_audience_are_filtered(void **state)
{
    (void)state;
    size_t filtered = 0;
    check_audiences(&shape_spec, &filtered);
    /* points thrice, figures, quotes, watches, sections and their quote, relationships, events, sources, notes */
    assert_int_equal(filtered, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_has_a_row),
        cmocka_unit_test(things_with_an_audience_are_filtered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
