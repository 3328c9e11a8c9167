/* Diagnostics that are found apart from the list that they belong to. */
#include "diag/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct str nth(const struct diags *diags, size_t n)
{
    const struct diag *diag = diags->first;
    while (diag && n-- > 0)
        diag = diag->next;
    return diag ? diag->message : (struct str){0};
}

static void stand_where_the_list_ended(void **state)
{
    (void)state;
    struct arena arena, own;
    arena_init(&arena);
    arena_init(&own);
    struct diags diags, apart;
    diags_init(&diags, &arena);
    diag_add(&diags, DIAG_UNKNOWN_KEY, span_none(), "first");
    struct diag **place = diags.last;
    diags_fork(&apart, &diags, &own);
    diag_add(&diags, DIAG_UNKNOWN_KEY, span_none(), "last");
    struct diag *diag = diag_add(&apart, DIAG_REPEATED_TEXT, span_none(), "second");
    diag_hint(&apart, diag, "a hint");
    diag_note(&apart, diag, span_none(), "a note");
    diag_note(&apart, diag, span_none(), "another");
    diag_add(&apart, DIAG_WRONG_ARTICLE, span_none(), "third");
    diags_join(&diags, place, &apart);
    arena_done(&own);
    static const char *const wanted[] = {"first", "second", "third", "last"};
    for (size_t i = 0; i < 4; i++)
        assert_true(str_is(nth(&diags, i), wanted[i]));
    const struct diag *second = diags.first->next;
    assert_true(str_is(second->hint, "a hint"));
    assert_true(str_is(second->notes->message, "a note") && str_is(second->notes->next->message, "another"));
    assert_null(second->notes->next->next);
    assert_int_equal(diags.warnings, 2);
    assert_int_equal(diags.errors, 2);
    diag_add(&diags, DIAG_UNKNOWN_KEY, span_none(), "behind it");
    assert_true(str_is(nth(&diags, 4), "behind it"));
    arena_done(&arena);
}

static void stand_at_the_end_of_an_empty_list(void **state)
{
    (void)state;
    struct arena arena, own;
    arena_init(&arena);
    arena_init(&own);
    struct diags diags, apart;
    diags_init(&diags, &arena);
    struct diag **place = diags.last;
    diags_fork(&apart, &diags, &own);
    diags_join(&diags, place, &apart);
    assert_null(diags.first);
    diag_add(&apart, DIAG_WRONG_ARTICLE, span_none(), "first");
    diags_join(&diags, place, &apart);
    diag_add(&diags, DIAG_UNKNOWN_KEY, span_none(), "second");
    assert_true(str_is(nth(&diags, 0), "first") && str_is(nth(&diags, 1), "second"));
    arena_done(&own);
    arena_done(&arena);
}

static void are_as_many_as_one_list_has(void **state)
{
    (void)state;
    static const size_t before[] = {0, 40, 150}, more[] = {30, 90, 250};
    for (size_t i = 0; i < 9; i++) {
        struct arena arena, own;
        arena_init(&arena);
        arena_init(&own);
        struct diags diags, apart;
        diags_init(&diags, &arena);
        diags.warnings_as_errors = true;
        for (size_t k = 0; k < before[i / 3]; k++)
            diag_add(&diags, DIAG_WRONG_ARTICLE, span_none(), "before");
        diags_fork(&apart, &diags, &own);
        for (size_t k = 0; k < more[i % 3]; k++)
            diag_add(&apart, DIAG_WRONG_ARTICLE, span_none(), "apart");
        diags_join(&diags, diags.last, &apart);
        size_t all = before[i / 3] + more[i % 3], kept = 0;
        for (const struct diag *diag = diags.first; diag; diag = diag->next)
            kept++;
        assert_int_equal(diags.per_code[DIAG_WRONG_ARTICLE], all);
        assert_int_equal(diags.errors, all);
        assert_int_equal(kept, all < diags.limit ? all : diags.limit);
        arena_done(&own);
        arena_done(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stand_where_the_list_ended),
        cmocka_unit_test(stand_at_the_end_of_an_empty_list),
        cmocka_unit_test(are_as_many_as_one_list_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
