/* The example houses in specs/houses: each is read without a word of complaint; one of a language other than
 * English replaces every fixed word of the page; and no two look alike. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "model/words.h"
#include "spec/spec_read.h"
#include "spec_reading.h"

enum { HOUSES_MOST = 32, LARGEST = 1 << 20 };

struct houses {
    struct house *items[HOUSES_MOST];
    size_t count;
};

static void house_add(struct reading *fixture, struct houses *houses, const char *path)
{
    struct str text;
    const char *why;
    bool too_large;
    assert_true(file_read(&fixture->arena, path, LARGEST, &text, &why, &too_large));
    assert_true(houses->count < HOUSES_MOST);
    struct diag_source *source = diag_source_new(&fixture->arena, str_from(path), text);
    struct house *house = house_read(&fixture->arena, source, &fixture->diags);
    assert_non_null(house);
    assert_int_equal(fixture->diags.errors + fixture->diags.warnings, 0);
    houses->items[houses->count++] = house;
}

/* specs/house.yaml and all of specs/houses. */
static struct houses read_all(struct reading *fixture)
{
    struct houses houses = {0};
    house_add(fixture, &houses, TEST_SRC "/specs/house.yaml");
    DIR *folder = opendir(TEST_SRC "/specs/houses");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (str_ends(str_from(entry->d_name), STR(".yaml")))
            house_add(fixture, &houses,
                      str_z(&fixture->arena,
                            str_printf(&fixture->arena, "%s/specs/houses/%s", TEST_SRC, entry->d_name)));
    closedir(folder);
    assert_true(houses.count >= 3);
    return houses;
}

static void a_foreign_house_replaces_every_word(void **state)
{
    const struct houses houses = read_all(*state);
    size_t foreign = 0;
    for (size_t i = 0; i < houses.count; i++) {
        if (str_starts(houses.items[i]->language.s, STR("en")))
            continue;
        struct words words;
        foreign++;
        words_init(&words, houses.items[i]);
        for (int id = 0; id < WORD_COUNT; id++)
            if (!words.replaced[id] || !words.text[id].n)
                fail_msg(STR_FMT ": the word '%s' is not replaced", STR_ARG(houses.items[i]->source->name),
                         word_key((enum word_id)id));
    }
    assert_true(foreign > 0);
}

static void no_two_houses_look_alike(void **state)
{
    const struct houses houses = read_all(*state);
    size_t letter = 0;
    for (size_t i = 0; i < houses.count; i++) {
        const struct house *one = houses.items[i];
        letter += one->paper == PAPER_LETTER;
        assert_true(one->publisher.logo.file.s.n > 0);
        for (size_t j = 0; j < i; j++) {
            const struct house *other = houses.items[j];
            assert_false(str_eq(one->theme.accent.s, other->theme.accent.s));
            assert_false(str_eq(one->theme.body.s, other->theme.body.s));
            assert_false(str_eq(one->publisher.logo.file.s, other->publisher.logo.file.s));
        }
    }
    assert_true(letter > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_foreign_house_replaces_every_word, reading_open, reading_close),
        cmocka_unit_test_setup_teardown(no_two_houses_look_alike, reading_open, reading_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
