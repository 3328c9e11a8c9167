/* The exact form of single values. */
#include "spec/syntax.h"

enum { LONGEST_ID = 64, LONGEST_EMAIL = 254, LONGEST_LOCAL = 64 };

struct str syntax_lower_copy(struct arena *arena, struct str s)
{
    char *copy = arena_alloc(arena, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        copy[i] = syntax_lower(s.p[i]);
    return (struct str){copy, s.n};
}

static bool is_alnum(char c)
{
    return syntax_is_digit(c) || syntax_is_letter(c);
}

static bool is_beyond_ascii(char c)
{
    return (unsigned char)c >= 0x80;
}

bool syntax_slug(struct str s)
{
    if (s.n == 0 || s.n > LONGEST_ID)
        return false;
    bool hyphen = true;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '-' ? hyphen : !(syntax_is_digit(c) || (c >= 'a' && c <= 'z')))
            return false;
        hyphen = c == '-';
    }
    return !hyphen;
}

struct str syntax_slug_near(struct arena *arena, struct str s)
{
    if (s.n > 4 * LONGEST_ID)
        return (struct str){0};
    char *copy = arena_alloc(arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (is_beyond_ascii(s.p[i]))
            return (struct str){0};
        if (is_alnum(s.p[i]))
            copy[n++] = syntax_lower(s.p[i]);
        else if (s.p[i] != '\'' && n && copy[n - 1] != '-')
            copy[n++] = '-';
    }
    while (n && (n > LONGEST_ID || copy[n - 1] == '-'))
        n--;
    return (struct str){copy, n};
}

bool syntax_id(struct str s)
{
    if (s.n == 0 || s.n > LONGEST_ID || !is_alnum(s.p[0]))
        return false;
    for (size_t i = 1; i < s.n; i++)
        if (!is_alnum(s.p[i]) && s.p[i] != '.' && s.p[i] != '_' && s.p[i] != '-')
            return false;
    return true;
}

/* ---- language tags */

struct subtags {
    struct str items[32];
    size_t count, next;
};

static bool split_subtags(struct str s, struct subtags *subtags)
{
    size_t from = 0;
    for (size_t i = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] != '-') {
            if (!is_alnum(s.p[i]))
                return false;
            continue;
        }
        if (i == from || i - from > 8 || subtags->count == sizeof subtags->items / sizeof subtags->items[0])
            return false;
        subtags->items[subtags->count++] = str_slice(s, from, i);
        from = i + 1;
    }
    return true;
}

/* Takes the next subtag if it has from least to most characters, all letters or (digits) all digits or any.
 */
static bool take(struct subtags *subtags, size_t least, size_t most, bool letters, bool digits)
{
    if (subtags->next == subtags->count)
        return false;
    struct str s = subtags->items[subtags->next];
    if (s.n < least || s.n > most)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (syntax_is_digit(s.p[i]) ? !digits : !letters)
            return false;
    subtags->next++;
    return true;
}

static bool take_variant(struct subtags *subtags)
{
    if (take(subtags, 5, 8, true, true))
        return true;
    return subtags->next < subtags->count && syntax_is_digit(subtags->items[subtags->next].p[0]) &&
           take(subtags, 4, 4, true, true);
}

static bool same_subtag(struct str a, struct str b)
{
    bool same = a.n == b.n;
    for (size_t i = 0; same && i < a.n; i++)
        same = syntax_lower(a.p[i]) == syntax_lower(b.p[i]);
    return same;
}

/* Was the subtag before next already taken at or after from? Only of use for variants and singletons. */
static bool taken_before(const struct subtags *subtags, size_t from)
{
    for (size_t i = from; i + 1 < subtags->next; i++)
        if (same_subtag(subtags->items[i], subtags->items[subtags->next - 1]))
            return true;
    return false;
}

static bool take_extensions(struct subtags *subtags)
{
    size_t from = subtags->next;
    while (subtags->next < subtags->count) {
        bool private_use = same_subtag(subtags->items[subtags->next], STR("x"));
        if (!take(subtags, 1, 1, true, true) || taken_before(subtags, from))
            return false;
        if (!take(subtags, private_use ? 1 : 2, 8, true, true))
            return false;
        while (take(subtags, private_use ? 1 : 2, 8, true, true))
            ;
        if (private_use)
            return subtags->next == subtags->count;
    }
    return true;
}

bool syntax_language(struct str s)
{
    struct subtags subtags = {.count = 0};
    if (!split_subtags(s, &subtags) || !take(&subtags, 2, 3, true, false))
        return false;
    for (int extended = 0; extended < 3 && take(&subtags, 3, 3, true, false); extended++)
        ;
    take(&subtags, 4, 4, true, false);
    if (!take(&subtags, 2, 2, true, false))
        take(&subtags, 3, 3, false, true);
    size_t variants = subtags.next;
    while (take_variant(&subtags))
        if (taken_before(&subtags, variants))
            return false;
    return take_extensions(&subtags);
}

/* ---- addresses */

static bool starts_with_scheme(struct str s, struct str scheme)
{
    return s.n > scheme.n && same_subtag(str_slice(s, 0, scheme.n), scheme);
}

static bool has_blank_or_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F)
            return true;
    return false;
}

bool syntax_url(struct str s)
{
    static const struct str schemes[] = {{"https://", 8}, {"http://", 7}};
    if (has_blank_or_control(s))
        return false;
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (starts_with_scheme(s, schemes[i]))
            return is_alnum(s.p[schemes[i].n]) || is_beyond_ascii(s.p[schemes[i].n]) ||
                   s.p[schemes[i].n] == '[';
    return starts_with_scheme(s, STR("mailto:"));
}

static bool domain_valid(struct str domain)
{
    size_t label = 0, dots = 0;
    for (size_t i = 0; i <= domain.n; i++) {
        if (i < domain.n && domain.p[i] != '.') {
            if (!is_alnum(domain.p[i]) && !is_beyond_ascii(domain.p[i]) && domain.p[i] != '-')
                return false;
            continue;
        }
        if (i == label || i - label > 63 || domain.p[label] == '-' || domain.p[i - 1] == '-')
            return false;
        dots += i < domain.n;
        label = i + 1;
    }
    return dots > 0;
}

bool syntax_email(struct str s)
{
    static const struct str signs = {"!#$%&'*+-/=?^_`{|}~", 19};
    size_t at = str_find(s, STR("@"));
    if (at == (size_t)-1 || at == 0 || at > LONGEST_LOCAL || s.n > LONGEST_EMAIL)
        return false;
    bool dot = true;
    for (size_t i = 0; i < at; i++) {
        char c = s.p[i];
        if (c == '.'
                ? dot
                : !is_alnum(c) && !is_beyond_ascii(c) && str_find(signs, (struct str){&c, 1}) == (size_t)-1)
            return false;
        dot = c == '.';
    }
    return !dot && domain_valid(str_slice(s, at + 1, s.n));
}

/* ---- the rest */

bool syntax_colour(struct str s)
{
    if (s.n != 7 || s.p[0] != '#')
        return false;
    for (size_t i = 1; i < s.n; i++) {
        char c = syntax_lower(s.p[i]);
        if (!syntax_is_digit(c) && !(c >= 'a' && c <= 'f'))
            return false;
    }
    return true;
}

bool syntax_size(struct str s, uint64_t *bytes)
{
    static const struct {
        struct str name;
        uint64_t bytes;
    } units[] = {{{"B", 1}, 1},      {{"kB", 2}, 1000},  {{"KB", 2}, 1000},    {{"MB", 2}, 1000000},
                 {{"KiB", 3}, 1024}, {{"kiB", 3}, 1024}, {{"MiB", 3}, 1048576}};
    enum { LEAST = 10000, MOST = 1000000000 };
    uint64_t number = 0;
    size_t i = 0;
    for (; i < s.n && syntax_is_digit(s.p[i]); i++) {
        number = number * 10 + (uint64_t)(s.p[i] - '0');
        if (number > MOST)
            return false;
    }
    struct str unit = str_trim(str_slice(s, i, s.n));
    for (size_t u = 0; i > 0 && u < sizeof units / sizeof units[0]; u++)
        if (str_eq(unit, units[u].name)) {
            *bytes = number * units[u].bytes;
            return *bytes >= LEAST && *bytes <= MOST;
        }
    return false;
}

bool syntax_hyphenated(struct str s)
{
    size_t letters = 0;
    bool hyphen = true;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '-' ? hyphen : !syntax_is_letter(c) && !is_beyond_ascii(c) && c != '\'')
            return false;
        hyphen = c == '-';
        letters += !hyphen;
    }
    return !hyphen && letters >= 2;
}
