/* A reader of JSON for what this program has written itself. */
#include "batch/json_scan.h"

#include <string.h>

#include "base/utf8.h"

enum { DEEPEST = 4, MOST_MEMBERS = 16, MOST_DIGITS = 18 };

struct scan {
    const char *p, *end;
    struct buf *out; /* NULL: nothing is written */
    json_member *visit;
    void *self;
};

static bool is_one_of(char c, const char *characters)
{
    return c && strchr(characters, c);
}

static void skip_space(struct scan *scan)
{
    while (scan->p < scan->end &&
           (*scan->p == ' ' || *scan->p == '\n' || *scan->p == '\t' || *scan->p == '\r'))
        scan->p++;
}

static void put(struct scan *scan, const char *from)
{
    if (scan->out)
        buf_add(scan->out, from, (size_t)(scan->p - from));
}

/* Takes a character behind white space. */
static bool take(struct scan *scan, char c)
{
    skip_space(scan);
    if (scan->p == scan->end || *scan->p != c)
        return false;
    const char *from = scan->p++;
    put(scan, from);
    return true;
}

static bool take_string(struct scan *scan)
{
    skip_space(scan);
    const char *from = scan->p;
    if (scan->p == scan->end || *scan->p++ != '"')
        return false;
    unsigned char all = 0;
    for (; scan->p < scan->end && *scan->p != '"'; scan->p++) {
        unsigned char c = (unsigned char)*scan->p;
        all |= c;
        if (c < 0x20)
            return false;
        if (c == '\\' && (++scan->p == scan->end || !is_one_of(*scan->p, "\"\\bfnrt")))
            return false;
    }
    bool ascii = all < 0x80;
    if (scan->p == scan->end ||
        (!ascii && utf8_invalid((struct str){from, (size_t)(scan->p - from)}) != SIZE_MAX))
        return false;
    scan->p++;
    put(scan, from);
    return true;
}

/* A whole number as it would be written: 0, 7, -12. */
static bool take_number(struct scan *scan)
{
    const char *from = scan->p;
    if (*scan->p == '-')
        scan->p++;
    const char *digits = scan->p;
    while (scan->p < scan->end && *scan->p >= '0' && *scan->p <= '9')
        scan->p++;
    size_t count = (size_t)(scan->p - digits);
    if (count == 0 || count > MOST_DIGITS || (*digits == '0' && (count > 1 || digits > from)) ||
        (scan->p < scan->end && is_one_of(*scan->p, ".eE")))
        return false;
    put(scan, from);
    return true;
}

static bool take_word(struct scan *scan)
{
    static const char *const words[] = {"null", "true", "false"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if ((size_t)(scan->end - scan->p) < n || memcmp(scan->p, words[i], n) != 0)
            continue;
        const char *from = scan->p;
        scan->p += n;
        put(scan, from);
        return true;
    }
    return false;
}

static bool take_value(struct scan *scan, int depth);

static bool take_list(struct scan *scan, int depth)
{
    if (!take(scan, '['))
        return false;
    if (take(scan, ']'))
        return true;
    do {
        if (!take_value(scan, depth))
            return false;
    } while (take(scan, ','));
    return take(scan, ']');
}

static bool is_new(const struct str *keys, size_t count, struct str key)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(keys[i], key))
            return false;
    return true;
}

/* Only objects of the outermost list are told of. */
static bool take_object(struct scan *scan, int depth)
{
    struct str keys[MOST_MEMBERS];
    size_t count = 0;
    bool told = scan->visit && depth == 2;
    if (!take(scan, '{'))
        return false;
    bool more = !take(scan, '}');
    while (more) {
        skip_space(scan);
        const char *from = scan->p;
        if (count == MOST_MEMBERS || !take_string(scan))
            return false;
        struct str key = {from + 1, (size_t)(scan->p - from) - 2};
        if (!is_new(keys, count, key) || memchr(key.p, '\\', key.n) || !take(scan, ':'))
            return false;
        keys[count++] = key;
        skip_space(scan);
        from = scan->p;
        if (!take_value(scan, depth))
            return false;
        if (told && key.n)
            scan->visit(scan->self, key, (struct str){from, (size_t)(scan->p - from)});
        more = take(scan, ',');
        if (!more && !take(scan, '}'))
            return false;
    }
    if (told)
        scan->visit(scan->self, (struct str){0}, (struct str){0});
    return true;
}

/* depth: of what it stands in. */
static bool take_value(struct scan *scan, int depth)
{
    skip_space(scan);
    if (scan->p == scan->end)
        return false;
    switch (*scan->p) {
    case '[':
        return depth > 1 && depth < DEEPEST && take_list(scan, depth + 1);
    case '{':
        return depth < DEEPEST && take_object(scan, depth + 1);
    case '"':
        return depth > 1 && take_string(scan);
    default:
        if (depth == 1)
            return false;
        return *scan->p == '-' || (*scan->p >= '0' && *scan->p <= '9') ? take_number(scan) : take_word(scan);
    }
}

bool json_scan(struct str text, struct buf *out, json_member *visit, void *self)
{
    struct scan scan = {text.p, text.p + text.n, out, visit, self};
    size_t begun = out ? out->n : 0;
    bool ok = text.n && take_list(&scan, 1);
    skip_space(&scan);
    ok = ok && scan.p == scan.end;
    if (!ok && out)
        out->n = begun;
    return ok;
}

void json_scan_text(struct buf *out, struct str value)
{
    static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
    if (value.n < 2 || value.p[0] != '"')
        return;
    for (size_t i = 1; i + 1 < value.n; i++) {
        char c = value.p[i];
        if (c == '\\') {
            c = value.p[++i];
            const char *letter = strchr(letters, c);
            c = letter ? meant[letter - letters] : c;
        }
        buf_char(out, c);
    }
}
