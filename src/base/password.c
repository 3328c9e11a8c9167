/* The rule for passwords. It works on the stack only, and wipes that. */
#include "base/password.h"

#include <utf8proc.h>

#include <stdint.h>
#include <string.h>

#include "base/secret.h"
#include "base/utf8.h"

enum {
    ROOM = 2048,    /* code points of a decomposition; one character becomes 18 at most */
    WORD_LEAST = 4, /* a shorter word may be part of a good password by chance */
    WORD_MOST = 64,
};

struct weighing {
    int32_t points[ROOM]; /* the password, later folded to small ASCII letters */
    int32_t other[ROOM];  /* its compatibility form */
    bool ignored[PASSWORD_MAX_BYTES];
    size_t count;
};

static const char *const known[] = {"password", "passwort", "passwd",   "letmein",
                                    "welcome",  "iloveyou", "changeme", "secret",
                                    "admin",    "qwerty",   "qwertz",   "azerty",
                                    "dragon",   "monkey",   "sunshine", "football",
                                    "princess", "trustno1", "briefing", "correcthorsebatterystaple"};

static const char *const rows[] = {"qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl",
                                   "zxcvbnm",    "yxcvbnm",    "1234567890"};

/* Composed code points in points; how many, or 0 when they are too many or no UTF-8. */
static size_t normalise(struct str text, int32_t points[ROOM], int options)
{
    utf8proc_option_t all = (utf8proc_option_t)(options | UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.p;
    utf8proc_ssize_t n = utf8proc_decompose(bytes, (utf8proc_ssize_t)text.n, points, ROOM, all);
    if (n <= 0 || n > ROOM)
        return 0;
    n = utf8proc_normalize_utf32(points, n, all);
    return n > 0 ? (size_t)n : 0;
}

static size_t encode(const int32_t *points, size_t count, char bytes[PASSWORD_MAX_BYTES + 1])
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        utf8proc_uint8_t one[4];
        size_t length = (size_t)utf8proc_encode_char(points[i], one);
        if (n + length > PASSWORD_MAX_BYTES)
            return 0;
        memcpy(bytes + n, one, length);
        n += length;
    }
    bytes[n] = '\0';
    return n;
}

static bool has_category(const struct weighing *w, utf8proc_category_t category)
{
    for (size_t i = 0; i < w->count; i++)
        if (utf8proc_category(w->points[i]) == category)
            return true;
    return false;
}

static bool is_letter_or_digit(int32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

static int32_t fold(int32_t c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* Ignores each place of a word in the password, whatever case and signs stand between its letters. */
static void ignore_word(struct weighing *w, struct str word)
{
    int32_t letters[WORD_MOST];
    size_t n = 0;
    for (size_t i = 0; i < word.n && n < WORD_MOST;) {
        int32_t c = fold(utf8_next(word, &i));
        if (c >= 0 && is_letter_or_digit(c))
            letters[n++] = c;
    }
    if (n < WORD_LEAST)
        return;
    for (size_t start = 0; start < w->count; start++) {
        size_t at = start, found = 0;
        while (at < w->count && found < n &&
               (w->points[at] == letters[found] || (found && !is_letter_or_digit(w->points[at]))))
            found += w->points[at++] == letters[found];
        for (size_t i = start; found == n && i < at; i++)
            w->ignored[i] = true;
    }
}

/* What is one piece over and over is as long as the piece. */
static void ignore_repetition(struct weighing *w)
{
    for (size_t period = 1; period <= w->count / 2; period++) {
        size_t i = period;
        while (i < w->count && w->points[i] == w->points[i - period])
            i++;
        if (i == w->count) {
            w->count = period;
            return;
        }
    }
}

static bool follows(int32_t before, int32_t c)
{
    if (c - before <= 1 && before - c <= 1)
        return true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (const char *at = rows[i]; at[1]; at++)
            if ((at[0] == before && at[1] == c) || (at[1] == before && at[0] == c))
                return true;
    return false;
}

static const char *weigh(struct weighing *w, const struct str *words, size_t word_count)
{
    for (size_t i = 0; i < w->count; i++)
        w->points[i] = fold(w->points[i]);
    for (size_t i = 0; i < word_count; i++)
        ignore_word(w, words[i]);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        ignore_word(w, str_from(known[i]));
    ignore_repetition(w);
    size_t counted = 0, surprises = 0, different = 0;
    bool only_digits = true;
    int32_t before = -2;
    for (size_t i = 0; i < w->count; i++) {
        int32_t c = w->points[i];
        if (w->ignored[i])
            continue;
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++)
            seen = !w->ignored[j] && w->points[j] == c;
        counted++;
        different += !seen;
        surprises += !follows(before, c);
        only_digits = only_digits && c >= '0' && c <= '9';
        before = c;
    }
    if (counted < PASSWORD_LEAST)
        return "has fewer than 12 characters that count";
    if (only_digits)
        return "has no character but digits";
    if (different < PASSWORD_SURPRISES || surprises < PASSWORD_SURPRISES)
        return "is a sequence or has too few different characters";
    return NULL;
}

static const char *prepare(struct weighing *w, struct str typed, const struct str *words, size_t word_count,
                           struct password *out)
{
    if (typed.n == 0)
        return "is empty";
    if (utf8_invalid(typed) != SIZE_MAX)
        return "is no UTF-8";
    w->count = typed.n < ROOM ? normalise(typed, w->points, 0) : 0;
    size_t bytes = w->count && w->count <= PASSWORD_MAX_BYTES ? encode(w->points, w->count, out->bytes) : 0;
    if (bytes == 0)
        return "is longer than 127 bytes of UTF-8";
    if (has_category(w, UTF8PROC_CATEGORY_CC))
        return "has a control character";
    if (w->points[0] == ' ' || w->points[w->count - 1] == ' ')
        return "starts or ends with a blank";
    struct str composed = {out->bytes, bytes};
    size_t other = normalise(composed, w->other, UTF8PROC_COMPAT | UTF8PROC_IGNORE | UTF8PROC_STRIPNA);
    if (other != w->count || memcmp(w->other, w->points, other * sizeof *w->other) != 0 ||
        has_category(w, UTF8PROC_CATEGORY_CO))
        return "has a character that not every reader writes in the same form";
    return weigh(w, words, word_count);
}

const char *password_prepare(struct str typed, const struct str *words, size_t word_count,
                             struct password *out)
{
    struct weighing w;
    memset(&w, 0, sizeof w);
    memset(out, 0, sizeof *out);
    const char *why = prepare(&w, typed, words, word_count, out);
    secret_wipe(&w, sizeof w);
    if (why)
        secret_wipe(out, sizeof *out);
    return why;
}
