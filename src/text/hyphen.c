/* Hyphenation at run time: a walk through the automaton from each letter, and the words of a paragraph. */
#include "text/hyphen.h"

#include <hb.h>

#include <string.h>

#include "base/utf8.h"
#include "text/exception.h"
#include "text/hyphen_cache.h"
#include "text/unit.h"
#include "text/words.h"

enum {
    PLACES_KEPT = 63,
    LEAST_LETTERS = 5 /* of a word that patterns may break; an exception may be shorter */
};

const struct hyphen_table *hyphen_find(const char *language)
{
    static const char *const names[][2] = {{"en", "en-US"},   {"en-US", "en-US"}, {"en-CA", "en-US"},
                                           {"en-*", "en-GB"}, {"de", "de"},       {"de-*", "de"},
                                           {"fr", "fr"},      {"fr-*", "fr"},     {"es", "es"},
                                           {"es-*", "es"},    {"it", "it"},       {"it-*", "it"}};
    const char *wanted = NULL;
    for (size_t i = 0; language && !wanted && i < sizeof names / sizeof names[0]; i++) {
        size_t n = strlen(names[i][0]);
        bool open = names[i][0][n - 1] == '*';
        if (open ? strncmp(language, names[i][0], n - 1) == 0 : strcmp(language, names[i][0]) == 0)
            wanted = names[i][1];
    }
    for (size_t i = 0; wanted && i < hyphen_table_count; i++)
        if (strcmp(hyphen_tables[i].name, wanted) == 0)
            return &hyphen_tables[i];
    return NULL;
}

static uint32_t letter_index(const struct hyphen_table *table, uint32_t c)
{
    size_t low = 0, high = table->alphabet_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (table->alphabet[middle] < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low < table->alphabet_count && table->alphabet[low] == c ? (uint32_t)low + 1 : 0;
}

/* Follows the edge of a letter from a state; the edge's index, or 0. */
static uint32_t follow(const struct hyphen_table *table, uint32_t state, uint32_t letter)
{
    for (uint32_t at = state;; at++) { /* the letters of a state are in order */
        uint32_t edge = table->edges[at];
        if ((edge >> 25) >= letter)
            return (edge >> 25) == letter ? at : 0;
        if (edge >> 24 & 1)
            return 0;
    }
}

/* Raises weights[i], for the place before letter i, by all patterns of a level that match. letters are
 * indices, with the letter for a word's end at both ends. A file with compounds is made for libhyphen's way:
 * of what begins patterns and ends at one letter only the longest counts, so that "orts" cuts nothing of
 * "Fortschritt", which is in the list. */
static void weigh(const struct hyphen_table *table, uint32_t root, const uint32_t *letters, size_t count,
                  uint8_t *weights)
{
    bool longest = table->roots[0] != 0, taken[HYPHEN_WORD_MOST + 2] = {false};
    for (size_t start = 0; start < count; start++) {
        uint32_t state = root;
        for (size_t i = start; i < count && state && letters[i]; i++) {
            uint32_t at = follow(table, state, letters[i]);
            if (!at)
                break;
            const uint8_t *values = table->values + table->edge_values[at];
            bool counts = table->edge_values[at] && !(longest && taken[i]);
            taken[i] = true;
            for (size_t j = 0; counts && j < values[0]; j++) {
                uint8_t *weight = &weights[start + values[1] + j];
                *weight = values[2 + j] > *weight ? values[2 + j] : *weight;
            }
            state = table->edges[at] & 0xFFFFFF;
        }
    }
}

static void hyphen_part(const struct hyphen_table *table, uint32_t root, const uint32_t *letters,
                        size_t count, bool *points)
{
    uint32_t indices[HYPHEN_WORD_MOST + 2];
    uint8_t weights[HYPHEN_WORD_MOST + 3] = {0};
    indices[0] = indices[count + 1] = letter_index(table, '.');
    for (size_t i = 0; i < count; i++)
        indices[i + 1] = letter_index(table, letters[i]);
    weigh(table, root, indices, count + 2, weights);
    for (size_t i = table->left; i + table->right <= count; i++)
        points[i] |= i > 0 && weights[i + 1] & 1;
}

static bool is_vowel(uint32_t c)
{
    static const uint16_t marked[] = {0xDF, 0xE7, 0xF0,
                                      0xF1, 0xF7, 0xFE}; /* those that are none from here on */
    for (size_t i = 0; i < sizeof marked / sizeof marked[0]; i++)
        if (c == marked[i])
            return false;
    return c >= 0xE0 || c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/* Patterns leave parts without a vowel in words that they do not know. These go with the part before them,
 * and an s before a consonant with the one behind it: Ori-gi-na-l-au-tor, Pro-gramm-s-tu-fe. */
static void join_bare(const uint32_t *letters, size_t count, bool *points)
{
    bool voiced = false;
    for (size_t i = 1, start = 0; i <= count; i++) {
        voiced = voiced || is_vowel(letters[i - 1]);
        if (i < count && !points[i])
            continue;
        if (!voiced && i < count && (!start || (letters[i - 1] == 's' && !is_vowel(letters[i])))) {
            points[i] = false;
            continue;
        }
        if (!voiced)
            points[start] = false;
        start = i;
        voiced = false;
    }
}

void hyphen_word(const struct hyphen_table *table, const uint32_t *letters, size_t count, bool *points)
{
    memset(points, 0, count * sizeof *points);
    if (count > HYPHEN_WORD_MOST)
        return;
    if (table->roots[0])
        hyphen_part(table, table->roots[0], letters, count, points);
    join_bare(letters, count, points);
    bool compound[HYPHEN_WORD_MOST];
    memcpy(compound, points, count * sizeof *points);
    for (size_t i = 0; i < count;) {
        size_t start = i++;
        while (i < count && !compound[i])
            i++;
        hyphen_part(table, table->roots[1], letters + start, i - start, points + start);
    }
    join_bare(letters, count, points);
}

uint32_t hyphen_lower(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
        return c + 32;
    if (c == 0x178)
        return 0xFF;
    if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177))
        return c | 1;
    return c;
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0xC0 && c < 0x180 && c != 0xD7 && c != 0xF7);
}

/* A word of the text: its letters in lower case and where each stands. */
struct spelling {
    uint32_t letters[HYPHEN_WORD_MOST], at[HYPHEN_WORD_MOST];
    size_t count;
    bool too_long, odd; /* odd: with digits or capitals inside, a name or a code rather than a word */
};

/* How the words of a unit are broken. */
struct manner {
    const struct hyphen_table *table; /* NULL: by exceptions alone */
    const char *language;
};

/* Opens a place, where there is no other. */
static bool open_place(struct setting *setting, uint32_t at)
{
    uint8_t *place = &setting->para->places[at];
    if (*place != PLACE_NONE)
        return false;
    *place = PLACE_HYPHEN;
    return true;
}

/* found: a bit for each byte of the unit, as far as there are some, that may be hyphenated before. */
static bool open_word(struct setting *setting, const struct manner *manner, const struct unit *unit,
                      struct spelling *word, uint64_t *found)
{
    if (word->odd || word->too_long || word->count < 2)
        return false;
    bool points[HYPHEN_WORD_MOST] = {false}, any = false;
    if (!exception_word(setting->para->in->exceptions, manner->language, word->letters, word->count,
                        points) &&
        manner->table && word->count >= LEAST_LETTERS)
        hyphen_cache_word(setting->hyphens, manner->table, word->letters, word->count, points);
    for (size_t i = 1; i < word->count; i++) {
        uint32_t offset = word->at[i] - unit->from;
        if (!points[i])
            continue;
        any |= open_place(setting, word->at[i]);
        if (offset < PLACES_KEPT)
            *found |= (uint64_t)1 << offset;
    }
    return any;
}

/* One unit: letters between other signs. */
static bool search_unit(struct setting *setting, const struct manner *manner, const struct unit *unit,
                        uint64_t *found)
{
    struct str text = {setting->para->text.p, unit->to};
    if (places_is_address(text, unit->from, unit->to))
        return false;
    struct spelling word = {0};
    bool any = false;
    for (size_t i = unit->from; i < unit->to;) {
        size_t at = i;
        int32_t next = utf8_next(text, &i);
        uint32_t c = next < 0 ? 0xFFFD : (uint32_t)next;
        if ((c >= '0' && c <= '9') || c == '_' || c >= 0x300) {
            word.odd |= c < 0x2000 || c > 0x206F; /* beyond punctuation, not of these alphabets */
            if (word.odd)
                continue;
        }
        if (!is_letter(c)) {
            any |= open_word(setting, manner, unit, &word, found);
            word.count = 0;
            word.odd = word.too_long = false;
            continue;
        }
        word.odd |= word.count > 0 && hyphen_lower(c) != c;
        word.too_long |= word.count == HYPHEN_WORD_MOST;
        if (word.too_long)
            continue;
        word.letters[word.count] = hyphen_lower(c);
        word.at[word.count++] = (uint32_t)at;
    }
    return open_word(setting, manner, unit, &word, found) || any;
}

/* The same, without a search where the word was seen before. Exceptions are a document's own: what they say
 * is not kept. */
static bool open_unit(struct setting *setting, const struct manner *manner, const struct unit *unit)
{
    struct word_hyphens *known = words_hyphens(unit->shaped);
    uint64_t found = 0;
    bool any = false;
    if (!known || setting->para->in->exceptions || unit->to - unit->from > PLACES_KEPT)
        return search_unit(setting, manner, unit, &found);
    if (known->table != manner->table) {
        any = search_unit(setting, manner, unit, &found);
        *known = (struct word_hyphens){manner->table, found};
        return any;
    }
    for (uint32_t offset = 1; known->places >> offset; offset++)
        if (known->places >> offset & 1)
            any |= open_place(setting, unit->from + offset);
    return any;
}

bool hyphens_open(struct setting *setting)
{
    struct manner manner = {NULL, NULL};
    const struct text_exceptions *exceptions = setting->para->in->exceptions;
    uint32_t least = exceptions ? 2 : LEAST_LETTERS;
    bool any = false;
    for (size_t i = 0; i < setting->units.count; i++) {
        struct unit *unit = &setting->units.items[i];
        const struct item *item = &setting->items.items[unit->item];
        const struct text_run *run = &setting->para->in->runs[item->run];
        if (unit->space != SPACE_NONE || unit->forced || unit->to - unit->from < least || item->missing ||
            item->script != HB_SCRIPT_LATIN || run->no_break || run->format.family == TEXT_MONO)
            continue;
        const char *wanted = run->language ? run->language : setting->para->in->language;
        if (wanted != manner.language)
            manner = (struct manner){hyphen_find(wanted), wanted};
        if ((!manner.table && !exceptions) || !open_unit(setting, &manner, unit))
            continue;
        unit->has_places = any = true;
    }
    return any;
}
