/* Passwords: the rule, the form, and that nothing is left behind. */
#include "base/password.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"

static const struct str words[] = {{"quiet-harbour", 13}, {"Ärger & Söhne", 15}, {"un", 2}};

static const char *try(const char *typed, struct password *out)
{
    return password_prepare(str_from(typed), words, sizeof words / sizeof *words, out);
}

static void good_ones_pass(void **state)
{
    (void)state;
    struct password password;
    assert_null(try("kQ7.vr2!xTq0", &password));
    assert_string_equal(password.bytes, "kQ7.vr2!xTq0");
    assert_null(try("unhurried lamp grove", &password)); /* "un" is too short to be a word */
    assert_null(try("Quiet Harbour: velvet cactus", &password));
}

static void composed(void **state)
{
    (void)state;
    struct password password;
    assert_null(try("e\xCC\x81toile lointaine", &password));
    assert_string_equal(password.bytes, "\xC3\xA9toile lointaine");
}

static void weak_ones_are_refused(void **state)
{
    (void)state;
    static const char *const weak[] = {"",
                                       "kQ7.vr2!xT",
                                       "aaaaaaaaaaaaaaaaaaaa",
                                       "abcdabcdabcdabcd",
                                       "mnopqrstuvwxyz",
                                       "Quiet.Harbour 2026",
                                       "\xC3\x84rger & S\xC3\xB6hne 7",
                                       "passwordpassword1",
                                       "281736450981726354",
                                       " velvet cactus lamp",
                                       "velvet cactus lamp\t",
                                       "velvet\u00A0cactus lamp",
                                       "velvet \uFB01g cactus",
                                       "velvet \u200B cactus lamp",
                                       "velvet \xFF cactus lamp"};
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++) {
        struct password password;
        memset(&password, 'x', sizeof password);
        assert_non_null(try(weak[i], &password));
        for (size_t k = 0; k < sizeof password; k++)
            assert_int_equal(password.bytes[k], 0);
    }
}

static void limit_of_bytes(void **state)
{
    (void)state;
    char text[4096];
    struct password password;
    for (size_t n = 120; n < sizeof text; n = n < 140 ? n + 1 : n * 2) {
        for (size_t i = 0; i < n; i++)
            text[i] = "kQ7.vr2!xTq0wme"[(i * i + i / 7) % 15];
        const char *why = password_prepare((struct str){text, n}, NULL, 0, &password);
        if (n <= PASSWORD_MAX_BYTES)
            assert_null(why);
        else
            assert_string_equal(why, "is longer than 127 bytes of UTF-8");
    }
}

static void secrets(void **state)
{
    (void)state;
    char a[32] = {0}, b[32] = {0}, zero[32] = {0};
    secret_random(a, sizeof a);
    secret_random(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
    secret_wipe(a, sizeof a);
    assert_memory_equal(a, zero, sizeof a);
    secret_wipe(NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_ones_pass), cmocka_unit_test(composed), cmocka_unit_test(weak_ones_are_refused),
        cmocka_unit_test(limit_of_bytes), cmocka_unit_test(secrets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
