/* String slices: comparing, cutting, copying, and the nearest of several words. */
#include "base/str.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "base/format.h"

struct str str_from(const char *text)
{
    return text ? (struct str){text, strlen(text)} : (struct str){0};
}

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(struct str a, const char *text)
{
    return str_eq(a, str_from(text));
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.p, b.p, n) : 0;
    if (order)
        return order;
    return a.n < b.n ? -1 : a.n > b.n;
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq((struct str){s.p, prefix.n}, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq(str_slice(s, s.n - suffix.n, s.n), suffix);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str str_trim(struct str s)
{
    while (s.n && is_blank(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

struct str str_slice(struct str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from >= to)
        return (struct str){0};
    return (struct str){s.p + from, to - from};
}

size_t str_find(struct str s, struct str what)
{
    if (what.n == 0)
        return 0;
    for (size_t i = 0; i + what.n <= s.n; i++) {
        const char *hit = memchr(s.p + i, what.p[0], s.n - i - what.n + 1);
        if (!hit)
            break;
        i = (size_t)(hit - s.p);
        if (memcmp(hit, what.p, what.n) == 0)
            return i;
    }
    return SIZE_MAX;
}

struct str str_dup(struct arena *arena, struct str s)
{
    char *copy = arena_room(arena, s.n + 1, 1);
    if (s.n)
        memcpy(copy, s.p, s.n);
    copy[s.n] = '\0';
    return (struct str){copy, s.n};
}

const char *str_z(struct arena *arena, struct str s)
{
    return str_dup(arena, s).p;
}

struct str str_printf(struct arena *arena, const char *format, ...)
{
    char first[256]; /* most are short */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = format_text(first, sizeof first, format, args);
    va_end(args);
    size_t size = n > 0 ? (size_t)n : 0;
    char *text = arena_room(arena, size + 1, 1);
    if (size < sizeof first)
        memcpy(text, first, size);
    else
        format_text(text, size + 1, format, again);
    text[size] = '\0';
    va_end(again);
    return (struct str){text, size};
}

enum { NEAREST_LONGEST = 64 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t edit_distance(struct str a, struct str b)
{
    size_t rows[3][NEAREST_LONGEST + 1];
    for (size_t j = 0; j <= b.n; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t *row = rows[i % 3], *above = rows[(i - 1) % 3];
        const size_t *above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t cost = a.p[i - 1] != b.p[j - 1];
            row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
                row[j] = least(row[j], above2[j - 2] + 1);
        }
    }
    return rows[a.n % 3][b.n];
}

struct str str_nearest(struct str word, const struct str *candidates, size_t count)
{
    struct str best = {0};
    if (word.n == 0 || word.n > NEAREST_LONGEST)
        return best;
    size_t best_distance = word.n / 3 > 1 ? word.n / 3 + 1 : 2;
    if (word.n <= 2)
        best_distance = 1;
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].n > NEAREST_LONGEST || candidates[i].n == 0)
            continue;
        size_t distance = edit_distance(word, candidates[i]);
        if (distance < best_distance && distance < candidates[i].n) {
            best_distance = distance;
            best = candidates[i];
        }
    }
    return best;
}
