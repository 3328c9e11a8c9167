/* Features of words. What letters ask for is a range of the word, so that the face still kerns across its
 * ends. */
#include "text/feature.h"

#include <string.h>

#include "base/utf8.h"
#include "text/feature_bit.h"
#include "text/hyphen.h"

struct found {
    hb_feature_t *items;
    unsigned count;
};

static void add(struct found *found, hb_tag_t tag, uint32_t value, uint32_t from, uint32_t to)
{
    if (found->count < FEATURES_MOST)
        found->items[found->count++] = (hb_feature_t){tag, value, from, to};
}

static void add_of_item(struct found *found, unsigned wanted)
{
    static const struct feature_bit table[] = FEATURE_BITS(ITEM_);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (wanted & table[i].bit)
            add(found, table[i].tag, table[i].value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END);
}

static bool is_digit(uint32_t c)
{
    return c - '0' < 10;
}

static bool is_capital(uint32_t c)
{
    return hyphen_lower(c) != c;
}

static bool is_part(uint32_t c)
{
    return utf8_is_alphanumeric((int32_t)c);
}

static uint32_t next_of(struct str text, uint32_t *at)
{
    size_t i = *at;
    int32_t c = i < text.n ? utf8_next(text, &i) : 0;
    *at = (uint32_t)i;
    return c < 0 ? 0 : (uint32_t)c;
}

/* Letters and figures that stand together, with & between capitals, and what they are. */
struct name {
    uint32_t from, to;
    bool pairs;    /* two capitals side by side */
    bool small;    /* small letters, but for a plural's s and a version's v */
    uint32_t tail; /* where the small letters at its end begin; to: there are none */
};

/* The next name in [*at, text.n). */
static bool next_name(struct str text, uint32_t *at, struct name *name)
{
    uint32_t end = *at;
    while (*at < text.n && !is_part(next_of(text, &end)))
        *at = end;
    *name = (struct name){.from = *at, .to = *at, .tail = *at};
    for (uint32_t before = 0; *at < text.n; *at = end) {
        end = *at;
        uint32_t c = next_of(text, &end), after = next_of(text, &(uint32_t){end});
        bool joins = c == '&' && is_capital(before) && is_capital(after);
        if (!joins && !is_part(c))
            break;
        name->to = end;
        if (joins || is_capital(c) || is_digit(c)) {
            name->pairs |= !joins && is_capital(before) && is_capital(c);
            name->tail = end;
        } else {
            name->small |= !(c == 's' && !is_part(after)) && !(c == 'v' && is_digit(after));
        }
        before = joins ? before : c;
    }
    return name->to > name->from;
}

static bool is_one_of(struct str s, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(s, words[i]))
            return true;
    return false;
}

/* A number, European or Roman, with the end of a French ordinal. */
static bool is_ordinal(struct str text, const struct name *name)
{
    static const char *const of_first[] = {"er", "re", "ers", "res"}, *const of_others[] = {"e", "es"};
    struct str number = str_slice(text, name->from, name->tail), end = str_slice(text, name->tail, name->to);
    if (!number.n || !end.n || (name->from && strchr(".,:/_-", text.p[name->from - 1])))
        return false;
    if (str_is(number, "1") || str_is(number, "I"))
        return is_one_of(end, of_first, 4);
    bool figures = true,
         roman = number.n > 1 || str_is(number, "V") || str_is(number, "X"); /* Ce, Les are words */
    for (size_t i = 0; i < number.n; i++) {
        figures = figures && is_digit((unsigned char)number.p[i]);
        roman = roman && number.p[i] && strchr("IVXLC", number.p[i]);
    }
    return (figures || roman) && is_one_of(end, of_others, 2);
}

static bool is_french(const struct item *item)
{
    return item->language && item->language->is_french;
}

static void add_of_names(struct found *found, const struct item *item, struct str text, uint32_t from)
{
    bool french = is_french(item), small_capitals = item->features & ITEM_SMALL_CAPS;
    if (!french && !small_capitals)
        return;
    small_capitals = small_capitals && !places_is_address(text, from, text.n);
    struct name name;
    for (uint32_t at = from; next_name(text, &at, &name);) {
        bool ordinal = french && is_ordinal(text, &name);
        if (ordinal)
            add(found, HB_TAG('s', 'u', 'p', 's'), 1, name.tail, name.to);
        if (small_capitals && name.pairs && (ordinal || !name.small))
            add(found, HB_TAG('c', '2', 's', 'c'), 1, name.from, name.to);
    }
}

/* Kinds of figures are switched off in the fractions. */
static void add_of_fractions(struct found *found, struct str text, uint32_t from)
{
    static const char slash[] = "\u2044";
    enum { SLASH = sizeof slash - 1 };
    static const hb_tag_t kinds[] = {HB_TAG('t', 'n', 'u', 'm'), HB_TAG('l', 'n', 'u', 'm'),
                                     HB_TAG('o', 'n', 'u', 'm')};
    for (uint32_t at = from, least = from; at + SLASH < text.n; at++) {
        if (memcmp(text.p + at, slash, SLASH) != 0)
            continue;
        uint32_t start = at, end = at + SLASH;
        while (start > least && is_digit((unsigned char)text.p[start - 1]))
            start--;
        while (end < text.n && is_digit((unsigned char)text.p[end]))
            end++;
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
            add(found, kinds[i], 0, start, end);
        least = end;
        at = end - 1;
    }
}

static bool letters_may_ask(const struct item *item)
{
    return !item->face->shown.fixed_pitch && !(item->features & ITEM_SUPERSCRIPT);
}

unsigned features_find(const struct item *item, struct str text, uint32_t from, uint32_t to,
                       hb_feature_t *features)
{
    struct found found = {.items = features};
    add_of_item(&found, item->features);
    if (!letters_may_ask(item))
        return found.count;
    text = str_slice(text, 0, to);
    add_of_fractions(&found, text, from);
    add_of_names(&found, item, text, from);
    return found.count;
}

/* A word with a capital at its beginning at most, of ASCII and without &: it asks for nothing, unless it is
 * French. */
static bool is_usual(const struct item *item, struct str word)
{
    bool other = false;
    for (size_t i = 1; i < word.n; i++) {
        unsigned char c = (unsigned char)word.p[i];
        other |= c - (unsigned)'A' < 26u || c >= 0x80 || c == '&';
    }
    return !other && !is_french(item);
}

bool features_small(const struct item *item, struct str word, struct prelink_small *small)
{
    small->count = 0;
    if (is_usual(item, word) || !letters_may_ask(item))
        return true;
    hb_feature_t features[FEATURES_MOST];
    struct found found = {.items = features};
    add_of_fractions(&found, word, 0);
    add_of_names(&found, item, word, 0);
    for (unsigned i = 0; i < found.count; i++) {
        if (features[i].tag != HB_TAG('c', '2', 's', 'c') || small->count == PRELINK_SMALL_MOST)
            return false;
        small->parts[small->count++] = (struct prelink_part){(uint8_t)features[i].start, (uint8_t)features[i].end};
    }
    return true;
}

bool features_keep(const struct item *item, struct str word)
{
    if (is_usual(item, word) || !letters_may_ask(item))
        return true;
    if (is_french(item))
        return false;
    bool small_capitals = item->features & ITEM_SMALL_CAPS, before = false;
    for (size_t i = 0; i < word.n; i++) {
        unsigned char c = (unsigned char)word.p[i];
        bool capital = c >= 0x80 || (c >= 'A' && c <= 'Z');
        if (c == 0xE2 || (small_capitals && (c == '&' || (capital && before))))
            return false;
        before = capital;
    }
    return true;
}
