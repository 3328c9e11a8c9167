/* Words, minutes and independent sources. */
#include "edition/count.h"

#include <stdint.h>

#include "base/utf8.h"
#include "prose/prose.h"

enum { WORDS_A_MINUTE = 230 };

/* Root of a set, halving the path on the way. */
static size_t root_of(size_t *parent, size_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

/* True when two sets became one. The smaller number becomes the root; path halving alone keeps this near linear. */
static bool join(size_t *parent, size_t a, size_t b)
{
    a = root_of(parent, a);
    b = root_of(parent, b);
    if (a == b)
        return false;
    parent[a > b ? a : b] = a > b ? b : a;
    return true;
}

size_t count_independent(struct arena *arena, const struct source_list *sources, const struct id_index *ids)
{
    size_t *parent = ARENA_ARRAY(arena, size_t, sources->count + 1);
    struct id_index publishers = {0};
    for (size_t i = 0; i < sources->count; i++) {
        parent[i] = i;
        id_index_add(arena, &publishers, sources->items[i].publisher.s);
    }
    id_index_sort(&publishers);
    size_t count = sources->count;
    for (size_t i = 0; i < sources->count; i++) {
        const struct source *source = &sources->items[i];
        if (source->publisher.s.n)
            count -= join(parent, i, id_index_find(&publishers, source->publisher.s));
        size_t repeated = source->repeats.s.n ? id_index_find(ids, source->repeats.s) : SIZE_MAX;
        if (repeated < sources->count)
            count -= join(parent, i, repeated);
    }
    return count;
}

static size_t prose_count(const struct prose *prose)
{
    return prose ? prose_words(prose) : 0;
}

static size_t texts_count(const struct text *items, size_t count)
{
    size_t words = 0;
    for (size_t i = 0; i < count; i++)
        words += utf8_words(items[i].s);
    return words;
}

static size_t points_count(const struct point_list *points)
{
    size_t words = 0;
    for (size_t i = 0; i < points->count; i++)
        words += prose_count(points->items[i].text);
    return words;
}

static size_t section_count(const struct section *section)
{
    size_t words = utf8_words(section->heading.s) + prose_count(section->text);
    if (section->has_quote)
        words += prose_count(section->quote.text);
    if (section->has_figure)
        words += utf8_words(section->figure.caption.s);
    if (section->has_table) {
        words += utf8_words(section->table.caption.s) + texts_count(section->table.columns.items,
                                                                    section->table.columns.count);
        for (size_t i = 0; i < section->table.rows.count; i++)
            words += texts_count(section->table.rows.items[i].items, section->table.rows.items[i].count);
    }
    return words;
}

size_t count_words(const struct spec *spec)
{
    size_t words = utf8_words(spec->headline.s) + utf8_words(spec->deck.s) + prose_count(spec->profile) +
                   prose_count(spec->relevance) + points_count(&spec->key_points) + points_count(&spec->what_it_does) +
                   points_count(&spec->why_it_matters) + prose_count(spec->outlook.short_term) +
                   prose_count(spec->outlook.medium_term) + prose_count(spec->outlook.long_term) +
                   prose_count(spec->disclosures);
    for (size_t i = 0; i < spec->quotes.count; i++)
        words += prose_count(spec->quotes.items[i].text);
    for (size_t i = 0; i < spec->what_to_watch.count; i++)
        words += prose_count(spec->what_to_watch.items[i].text) + utf8_words(spec->what_to_watch.items[i].trigger.s);
    for (size_t i = 0; i < spec->sections.count; i++)
        words += section_count(&spec->sections.items[i]);
    for (size_t i = 0; i < spec->timeline.count; i++)
        words += prose_count(spec->timeline.items[i].text);
    for (size_t i = 0; i < spec->about.count; i++)
        words += prose_count(spec->about.items[i].text);
    for (size_t i = 0; i < spec->corrections.count; i++)
        words += prose_count(spec->corrections.items[i].text);
    return words;
}

size_t count_minutes(size_t words)
{
    size_t minutes = words / WORDS_A_MINUTE + (words % WORDS_A_MINUTE != 0);
    return minutes ? minutes : 1;
}
