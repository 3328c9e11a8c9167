/* Copy ids: what they depend on, what their check letter catches, how people type them, and that signs are
 * balanced. */
#include "base/copy_id.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"

static struct copy_key key_of(const char *text)
{
    struct copy_key key;
    assert_null(copy_key_make(str_from(text), &key));
    return key;
}

static struct copy_id id_of(const char *secret, const char *member, const char *entity, const char *edition,
                            const char *tier)
{
    struct copy_key key = key_of(secret);
    struct copy_subject subject = {str_from(member), str_from(entity), str_from(edition), str_from(tier)};
    return copy_id_make(&key, &subject);
}

#define SECRET "0123456789abcdef0123456789abcdef"

static void key_rules(void **state)
{
    (void)state;
    struct copy_key key, same, zero = {{0}};
    memset(&key, 7, sizeof key);
    assert_string_equal(copy_key_make(STR(""), &key), "has fewer than 32 bytes");
    assert_memory_equal(&key, &zero, sizeof key);
    assert_non_null(copy_key_make(STR("0123456789abcdef0123456789abcde\n"), &key));
    assert_string_equal(copy_key_make(STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), &key),
                        "has fewer than 8 different bytes");
    key = key_of(SECRET);
    same = key_of(SECRET "\n");
    assert_memory_equal(&key, &same, sizeof key);
    same = key_of(SECRET "\r\n");
    assert_memory_equal(&key, &same, sizeof key);
    same = key_of(SECRET "\n\n");
    assert_memory_not_equal(&key, &same, sizeof key);
    same = key_of("0123456789abcdef0123456789abcdeg");
    assert_memory_not_equal(&key, &same, sizeof key);
}

/* Ids of copies that are out in the world must never change. This one was computed by another implementation.
 */
static void known_answer(void **state)
{
    (void)state;
    struct copy_id id = id_of(SECRET, "m-0001", "northwind", "2026-Q4", "member");
    assert_string_equal(id.text, "VNY3-649N-9JYE-XVRA");
}

static void every_field_counts(void **state)
{
    (void)state;
    struct copy_id ids[] = {
        id_of(SECRET, "m1", "ab", "2026-Q4", "member"),     id_of(SECRET, "m2", "ab", "2026-Q4", "member"),
        id_of(SECRET, "m1", "abc", "2026-Q4", "member"),    id_of(SECRET, "m1", "ab", "2026-Q3", "member"),
        id_of(SECRET, "m1", "ab", "2026-Q4", "circle"),     id_of(SECRET, "m1a", "b", "2026-Q4", "member"),
        id_of(SECRET, "m1", "ab", "2026-Q4m", "ember"),     id_of(SECRET, "m1", "AB", "2026-Q4", "member"),
        id_of(SECRET "x", "m1", "ab", "2026-Q4", "member"),
    };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(ids[i].text, ids[j].text);
    struct copy_id capital = id_of(SECRET, "M1", "ab", "2026-Q4", "member");
    assert_string_equal(capital.text, ids[0].text);
}

/* One long member id: folded in parts. */
static void long_member(void **state)
{
    (void)state;
    char small[200], large[200];
    memset(small, 'k', sizeof small - 1);
    memset(large, 'K', sizeof large - 1);
    small[199] = large[199] = '\0';
    struct copy_id a = id_of(SECRET, small, "e", "2026", "t"), b = id_of(SECRET, large, "e", "2026", "t");
    assert_string_equal(a.text, b.text);
    small[150] = 'x';
    b = id_of(SECRET, small, "e", "2026", "t");
    assert_string_not_equal(a.text, b.text);
}

static void reads_what_people_type(void **state)
{
    (void)state;
    static const char *const digits = "0123456789", *const others = "abcdefghjkmnpqrstvwxyz";
    struct copy_id read;
    for (int i = 0; i < 200; i++) {
        char member[16], typed[64];
        snprintf(member, sizeof member, "m%d", i);
        struct copy_id id = id_of(SECRET, member, "e", "2026", "t");
        assert_int_equal(strlen(id.text), 19);
        size_t n = 0;
        for (const char *p = id.text; *p; p++) {
            if (*p == '-' && i % 2)
                continue;
            char c = *p >= 'A' ? (char)(*p + 32) : *p;
            assert_true(c == '-' || strchr(digits, c) || strchr(others, c));
            if (c == '0')
                c = i % 3 ? 'o' : 'O';
            else if (c == '1')
                c = i % 3 ? 'l' : 'I';
            typed[n++] = c;
            if (i % 5 == 0)
                typed[n++] = ' ';
        }
        typed[n] = '\0';
        assert_true(copy_id_parse(str_from(typed), &read));
        assert_string_equal(read.text, id.text);
    }
    struct copy_id id = id_of(SECRET, "m", "e", "2026", "t");
    char spaced[64];
    snprintf(spaced, sizeof spaced, "\t%.4s\xE2\x80\x91%.4s \xC2\xA0%.4s\n%.4s", id.text, id.text + 5,
             id.text + 10, id.text + 15);
    assert_true(copy_id_parse(str_from(spaced), &read));
    assert_string_equal(read.text, id.text);
}

static void refuses_what_is_none(void **state)
{
    (void)state;
    static const char *const none[] = {"",
                                       "-",
                                       "7KQM",
                                       "UUUU-UUUU-UUUU-UUUU",
                                       "0000-0000-0000-0000",
                                       "briefing.pdf",
                                       "7KQM.2F9X.AB3D.9TZC",
                                       "\xFF\xFE",
                                       "7KQM-2F9X-AB3D-9TZ\xC3\xA9"};
    struct copy_id id, longer;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_false(copy_id_parse(str_from(none[i]), &id));
        assert_int_equal(id.text[0], '\0');
    }
    assert_false(copy_id_parse((struct str){"0\0"
                                            "00",
                                            4},
                               &id));
    id = id_of(SECRET, "m", "e", "2026", "t");
    char text[32];
    snprintf(text, sizeof text, "%s0", id.text);
    assert_false(copy_id_parse(str_from(text), &longer));
}

/* Each of the 31 wrong letters at each place, and each exchange of two different letters. */
static void check_letter(void **state)
{
    (void)state;
    static const char alphabet[] = COPY_ID_ALPHABET;
    struct copy_id read;
    for (int copy = 0; copy < 50; copy++) {
        char member[16];
        snprintf(member, sizeof member, "m%d", copy);
        struct copy_id id = id_of(SECRET, member, "e", "2026", "t");
        for (size_t i = 0; i < 19; i++) {
            struct copy_id wrong = id;
            for (size_t k = 0; id.text[i] != '-' && k < 32; k++) {
                wrong.text[i] = alphabet[k];
                assert_int_equal(copy_id_parse(str_from(wrong.text), &read), alphabet[k] == id.text[i]);
            }
            for (size_t j = 0; j < i; j++) {
                wrong = id;
                wrong.text[i] = id.text[j];
                wrong.text[j] = id.text[i];
                bool same = strcmp(wrong.text, id.text) == 0 || id.text[i] == '-' || id.text[j] == '-';
                if (!same)
                    assert_false(copy_id_parse(str_from(wrong.text), &read));
            }
        }
    }
}

static void signs(void **state)
{
    (void)state;
    struct copy_id a = id_of(SECRET, "a", "e", "2026", "t"), b = id_of(SECRET, "b", "e", "2026", "t");
    int sum_a = 0, sum_b = 0, agree = 0, neighbours = 0, last = 1;
    for (int i = 0; i < 10000; i++) {
        char line[32];
        snprintf(line, sizeof line, "the line %d of a page", i);
        int one = copy_id_sign(&a, str_from(line)), two = copy_id_sign(&b, str_from(line));
        assert_true((one == 1 || one == -1) && (two == 1 || two == -1));
        sum_a += one;
        sum_b += two;
        agree += one * two;
        neighbours += one * last;
        last = one;
    }
    /* 5 standard deviations */
    assert_in_range(sum_a + 500, 0, 1000);
    assert_in_range(sum_b + 500, 0, 1000);
    assert_in_range(agree + 500, 0, 1000);
    assert_in_range(neighbours + 500, 0, 1000);
}

/* The same letters, whatever a reader made of case, spaces, hyphens and quotes. */
static void signs_fold(void **state)
{
    (void)state;
    int changed = 0;
    for (int i = 0; i < 64; i++) {
        char member[16];
        snprintf(member, sizeof member, "m%d", i);
        struct copy_id id = id_of(SECRET, member, "e", "2026", "t");
        int sign = copy_id_sign(&id, STR("the \xE2\x80\x9CNordic\xE2\x80\x9D re-\xC3\xA9tude"));
        assert_int_equal(copy_id_sign(&id, STR("The Nordic RE\xC2\xAD\xC3\xA9tude.")), sign);
        int ligature = copy_id_sign(&id, STR("office"));
        assert_int_equal(copy_id_sign(&id, STR("o\xEF\xAC\x83"
                                               "ce")),
                         ligature);
        assert_int_equal(copy_id_sign(&id, STR("o\u6600\u6600\u6900"
                                               "ce")),
                         ligature);
        changed += copy_id_sign(&id, STR("the Nordic re\xC3\xA8tude")) != sign;
    }
    assert_in_range(changed, 12, 52);
    char many[1000];
    memset(many, 'x', sizeof many);
    struct copy_id id = id_of(SECRET, "m", "e", "2026", "t");
    int sum = 0;
    for (size_t n = 0; n < sizeof many; n++)
        sum += copy_id_sign(&id, (struct str){many, n});
    assert_in_range(sum + 200, 0, 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_rules),
        cmocka_unit_test(known_answer),
        cmocka_unit_test(every_field_counts),
        cmocka_unit_test(long_member),
        cmocka_unit_test(reads_what_people_type),
        cmocka_unit_test(refuses_what_is_none),
        cmocka_unit_test(check_letter),
        cmocka_unit_test(signs),
        cmocka_unit_test(signs_fold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
