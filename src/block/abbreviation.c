/* Finding the spec's abbreviations in running text, so that assistive technology can say them in full. */
#include "block/inline.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"

struct entry {
    struct str short_form, long_form;
    size_t order;     /* in the spec */
    size_t paragraph; /* in which it was found last */
};

struct abbreviation_index {
    struct entry *items; /* by short form, then order */
    size_t count;
    size_t paragraph; /* number of the current one, from 1 */
};

static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = str_cmp(a->short_form, b->short_form);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

struct abbreviation_index *abbreviation_index_make(struct arena *arena, const struct abbreviation_list *list)
{
    if (!list->count)
        return NULL;
    struct abbreviation_index *index = ARENA_NEW(arena, struct abbreviation_index);
    index->items = ARENA_ARRAY(arena, struct entry, list->count);
    for (size_t i = 0; i < list->count; i++) {
        struct entry entry = {list->items[i].short_form.s, list->items[i].long_form.s, i, 0};
        if (entry.short_form.n && entry.long_form.n)
            index->items[index->count++] = entry;
    }
    qsort(index->items, index->count, sizeof *index->items, compare);
    return index;
}

void abbreviation_paragraph(struct abbreviation_index *index)
{
    if (index)
        index->paragraph++;
}

static struct entry *find(const struct abbreviation_index *index, struct str word)
{
    size_t low = 0, high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(index->items[middle].short_form, word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < index->count && str_eq(index->items[low].short_form, word) ? &index->items[low] : NULL;
}

/* Letters and digits of any script; punctuation of Latin-1 and of the general and CJK blocks is none. */
static bool is_word(int32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return c > 0xbf && !(c >= 0x2000 && c <= 0x206f) && !(c >= 0x3000 && c <= 0x303f);
}

static bool is_joint(int32_t c)
{
    return c == '-' || c == '/' || c == '&' || c == '.' || c == '+' || c == '_';
}

/* End of the run of word characters that starts at offset at; with joints, of the runs that single joints link, as in
 * "AS-SET" or "TCP/IP". No abbreviation is longer than the limit, which keeps long chains of joints cheap. */
enum { LONGEST_COMPOUND = 48 };

static size_t word_end(struct str text, size_t at, bool joints)
{
    size_t end = at, limit = joints ? at + LONGEST_COMPOUND : text.n;
    while (at < text.n && at < limit) {
        int32_t c = utf8_next(text, &at);
        if (is_word(c)) {
            end = at;
            continue;
        }
        size_t next = at;
        if (!joints || !is_joint(c) || next == text.n || !is_word(utf8_next(text, &next)))
            break;
    }
    return end;
}

bool abbreviation_next(struct abbreviation_index *index, struct str text, size_t *at, size_t *end,
                       struct str *long_form)
{
    while (*at < text.n) {
        size_t after = *at;
        if (!is_word(utf8_next(text, &after))) {
            *at = after;
            continue;
        }
        size_t stops[2] = {word_end(text, *at, true), word_end(text, *at, false)};
        for (int i = 0; i < 2; i++) {
            struct entry *found = find(index, str_slice(text, *at, stops[i]));
            if (found && found->paragraph != index->paragraph) {
                found->paragraph = index->paragraph;
                *end = stops[i];
                *long_form = found->long_form;
                return true;
            }
        }
        *at = stops[1];
    }
    return false;
}
