/* Files that are written and take their names together. */
#define _GNU_SOURCE
#include "base/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    char folder[64], first[96], second[96];
};

static int make_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    if (!place)
        return -1;
    *state = place;
    snprintf(place->folder, sizeof place->folder, "/tmp/briefing-stream-test-XXXXXX");
    if (!mkdtemp(place->folder))
        return -1;
    snprintf(place->first, sizeof place->first, "%s/first", place->folder);
    snprintf(place->second, sizeof place->second, "%s/second", place->folder);
    return 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    unlink(place->first);
    unlink(place->second);
    int left = rmdir(place->folder); /* nothing else is left in it */
    free(place);
    return left;
}

static void keep(const char *path, const char *words, struct stream_set *set)
{
    struct stream stream;
    const char *why = NULL;
    stream_open(&stream, path);
    buf_text(&stream.out, words);
    assert_true(stream_keep(&stream, set, &why));
    assert_null(why);
}

static void has(const char *path, const char *words)
{
    char text[32] = "";
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    if (!file)
        return;
    size_t n = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    assert_int_equal(n, strlen(words));
    assert_memory_equal(text, words, n);
}

static void names_come_together(void **state)
{
    const struct place *place = *state;
    for (int synced = 0; synced < 2; synced++) {
        struct stream_set set = {0};
        const char *why = NULL;
        keep(place->first, synced ? "later" : "one", &set);
        keep(place->second, "two", &set);
        if (synced)
            has(place->first, "one");
        else
            assert_int_not_equal(access(place->first, F_OK), 0);
        assert_null(stream_set_name(&set, synced, &why));
        has(place->first, synced ? "later" : "one");
        has(place->second, "two");
        stream_set_done(&set);
        assert_int_equal(set.count, 0);
        has(place->first, synced ? "later" : "one");
    }
}

static void what_has_no_name_goes(void **state)
{
    const struct place *place = *state;
    struct stream_set set = {0};
    const char *why = NULL;
    keep(place->first, "one", &set);
    stream_set_done(&set);
    assert_int_not_equal(access(place->first, F_OK), 0);
    /* A folder stands where the second one is to be. */
    char blocked[128];
    snprintf(blocked, sizeof blocked, "%s/.", place->folder);
    keep(place->first, "one", &set);
    keep(place->second, "two", &set);
    free(set.paths[1]);
    set.paths[1] = strdup(blocked);
    assert_ptr_equal(stream_set_name(&set, true, &why), set.paths[1]);
    assert_non_null(why);
    stream_set_done(&set);
    has(place->first, "one");
}

static void too_many_are_refused(void **state)
{
    const struct place *place = *state;
    struct stream_set set = {0};
    struct stream stream;
    const char *why = NULL;
    for (size_t i = 0; i < STREAM_SET_FILES; i++)
        keep(place->first, "one", &set);
    stream_open(&stream, place->second);
    assert_false(stream_keep(&stream, &set, &why));
    assert_non_null(why);
    stream_set_done(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_come_together, make_place, remove_place),
        cmocka_unit_test_setup_teardown(what_has_no_name_goes, make_place, remove_place),
        cmocka_unit_test_setup_teardown(too_many_are_refused, make_place, remove_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
