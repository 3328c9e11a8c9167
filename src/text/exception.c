/* Words that a house hyphenates its own way: sorted once, found by halves. */
#include "text/exception.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/hyphen.h"

struct exception {
    struct str language;
    uint32_t *letters; /* lower case */
    bool *points;      /* before each letter */
    size_t count, position;
};

struct text_exceptions {
    struct exception *items;
    size_t count;
    struct str told;
};

static int compare_words(const struct exception *a, const struct exception *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++)
        if (a->letters[i] != b->letters[i])
            return a->letters[i] < b->letters[i] ? -1 : 1;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    return str_cmp(a->language, b->language);
}

static int compare(const void *left, const void *right)
{
    const struct exception *a = left, *b = right;
    int order = compare_words(a, b);
    return order ? order : (a->position > b->position) - (a->position < b->position);
}

static struct exception read_word(struct arena *arena, const struct text_exception_word *from, size_t position)
{
    struct exception made = {.language = from->language, .position = position};
    made.letters = ARENA_ARRAY(arena, uint32_t, from->word.n + 1);
    made.points = ARENA_ARRAY(arena, bool, from->word.n + 1);
    for (size_t at = 0; at < from->word.n;) {
        int32_t c = utf8_next(from->word, &at);
        if (c == '-')
            made.points[made.count] = made.count > 0;
        else if (c > 0)
            made.letters[made.count++] = hyphen_lower((uint32_t)c);
    }
    return made;
}

/* Each with its lengths before it. */
static struct str tell(struct arena *arena, const struct text_exception_word *words, size_t count)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += 2 * sizeof n + words[i].language.n + words[i].word.n;
    char *told = arena_room(arena, 1, n), *out = told;
    for (size_t i = 0; i < count; i++) {
        const struct str parts[] = {words[i].language, words[i].word};
        for (size_t part = 0; part < 2; part++) {
            memcpy(out, &parts[part].n, sizeof n);
            out += sizeof n;
            if (parts[part].n)
                memcpy(out, parts[part].p, parts[part].n);
            out += parts[part].n;
        }
    }
    return (struct str){told, n};
}

struct str exceptions_told(const struct text_exceptions *all)
{
    return all ? all->told : (struct str){0};
}

const struct text_exceptions *text_exceptions_make(struct arena *arena, const struct text_exception_word *words,
                                                   size_t count)
{
    if (!count)
        return NULL;
    struct text_exceptions *made = ARENA_NEW(arena, struct text_exceptions);
    made->items = ARENA_ARRAY(arena, struct exception, count);
    made->count = count;
    made->told = tell(arena, words, count);
    for (size_t i = 0; i < count; i++)
        made->items[i] = read_word(arena, &words[i], i);
    qsort(made->items, count, sizeof *made->items, compare);
    return made;
}

static const struct exception *find(const struct text_exceptions *all, const struct exception *wanted)
{
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_words(&all->items[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < all->count && compare_words(&all->items[low], wanted) == 0 ? &all->items[low] : NULL;
}

bool exception_word(const struct text_exceptions *all, const char *language, uint32_t *letters, size_t count,
                    bool *points)
{
    if (!all || !language)
        return false;
    struct exception wanted = {.language = str_from(language), .letters = letters, .count = count};
    const struct exception *found = find(all, &wanted);
    wanted.language.n = strcspn(language, "-");
    if (!found)
        found = find(all, &wanted);
    if (found)
        memcpy(points, found->points, count * sizeof *points);
    return found != NULL;
}
